/// The instructions of a Dockerfile.
public enum Keyword: String, Sendable, CaseIterable {
    /// Copies files, unpacks archives.
    case add = "ADD"
    /// Declares a value that the build's caller may set.
    case arg = "ARG"
    /// The default command or its words.
    case cmd = "CMD"
    /// Copies files.
    case copy = "COPY"
    /// The command.
    case entrypoint = "ENTRYPOINT"
    /// Sets environment variables.
    case env = "ENV"
    /// Names ports.
    case expose = "EXPOSE"
    /// Begins a stage from a base.
    case from = "FROM"
    /// How to see whether a container is well.
    case healthcheck = "HEALTHCHECK"
    /// Sets notes.
    case label = "LABEL"
    /// The author; outdated.
    case maintainer = "MAINTAINER"
    /// An instruction for images made from this one.
    case onBuild = "ONBUILD"
    /// Runs a command.
    case run = "RUN"
    /// The shell of the shell form.
    case shell = "SHELL"
    /// The signal that stops a container.
    case stopSignal = "STOPSIGNAL"
    /// The user of what follows.
    case user = "USER"
    /// Names places for data.
    case volume = "VOLUME"
    /// The folder of what follows.
    case workdir = "WORKDIR"

    /// Reads a keyword in any case.
    public init?(_ text: String) { self.init(rawValue: text.uppercased()) }
}
