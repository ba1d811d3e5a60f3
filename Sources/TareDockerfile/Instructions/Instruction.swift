/// A checked instruction of a stage.
public struct Instruction: Hashable, Sendable {
    /// What it does.
    public var action: Action
    /// Its text with continued lines joined, for the history.
    public var original: String
    /// The lines that it takes in the file, heredocs included.
    public var lines: ClosedRange<Int>
    /// Where its keyword stands.
    public var position: SourcePosition

    /// What an instruction does.
    public enum Action: Hashable, Sendable {
        /// Copies, unpacks archives, fetches.
        case add(FileTransfer)
        /// Declares arguments.
        case arg([ArgumentDeclaration])
        /// The default command; `nil` for an empty one.
        case cmd(CommandForm)
        /// Copies.
        case copy(FileTransfer)
        /// The command.
        case entrypoint(CommandForm)
        /// Sets environment variables.
        case env([NameValue])
        /// Names ports: `80`, `80/tcp`, `8000-8010`.
        case expose([SyntaxWord])
        /// How to see whether a container is well.
        case healthcheck(HealthCheck)
        /// Sets notes.
        case label([NameValue])
        /// Names the author.
        case maintainer(SyntaxWord)
        /// Keeps an instruction for images made from this one.
        case onBuild(String)
        /// Runs a command.
        case run(RunStep)
        /// The shell of the shell form.
        case shell([String])
        /// The signal that stops a container.
        case stopSignal(SyntaxWord)
        /// The user of what follows.
        case user(SyntaxWord)
        /// Places for data.
        case volume([SyntaxWord])
        /// The folder of what follows.
        case workdir(SyntaxWord)
    }

    /// Whether it may change files, and so makes a layer where it does.
    public var makesLayer: Bool {
        switch action {
        case .add, .copy, .run, .workdir: true
        default: false
        }
    }
}
