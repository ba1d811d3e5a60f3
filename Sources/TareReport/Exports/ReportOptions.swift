/// What a report leaves out or adds.
public struct ReportOptions: Sendable, Hashable {
    /// Leaves out facts of the machine and the command line.
    public var anonymise: Bool
    /// The command line that repeats the run.
    public var command: String?
    /// Prints one figure a page, large.
    public var lecture: Bool

    /// The model beside published figures; empty where no model took part.
    public var validation: [ValidationRow]

    /// Makes options.
    public init(
        anonymise: Bool = false,
        command: String? = nil,
        lecture: Bool = false,
        validation: [ValidationRow] = []
    ) {
        self.validation = validation
        self.anonymise = anonymise
        self.command = command
        self.lecture = lecture
    }
}
