import TareDockerfile

/// Which step of a build it is.
struct StepPlace {
    var stage: Stage
    /// From 1; 0 for `FROM`.
    var index: Int
    var count: Int
    var text: String
    var position: SourcePosition
    /// The Dockerfile, or the image whose ONBUILD it is.
    var file: String

    /// For messages: `Dockerfile:3:1`.
    var subject: String { "\(file):\(position)" }
}
