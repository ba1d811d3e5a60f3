/// What `COPY` and `ADD` have in common: from where, to where, and as whose.
public struct FileTransfer: Hashable, Sendable {
    /// Paths, patterns or, for `ADD`, addresses; those that announce a heredoc are not among them.
    public var sources: [SyntaxWord]
    /// Files whose text stands in the Dockerfile.
    public var documents: [Heredoc]
    /// Where to.
    public var destination: SyntaxWord
    /// `--from`: a stage by name or number, or an image; only `COPY` has it.
    public var from: SyntaxWord?
    /// `--chown`: `user[:group]`, by name or number.
    public var owner: SyntaxWord?
    /// `--chmod`: octal, or symbolic as `u=rwX,go=rX`.
    public var mode: SyntaxWord?
    /// `--link`: the layer does not depend on what is beneath.
    public var isLinked = false
    /// `--parents`: folders above a source are kept; only `COPY` has it.
    public var keepsParents = false
    /// `--exclude`: patterns of what is left out.
    public var excludes: [SyntaxWord] = []
    /// `--checksum`: what an address must hold; only `ADD` has it.
    public var checksum: SyntaxWord?
    /// `--unpack`: whether archives are unpacked; `nil` for the rule of `ADD`, that local ones are and fetched ones not.
    public var unpacks: Bool?
    /// `--keep-git-dir`; only `ADD` has it.
    public var keepsGitFolder = false
}
