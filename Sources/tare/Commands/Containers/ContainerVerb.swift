import TareCore
import TareEngine

/// What most container verbs take: one or more containers, each dealt with whatever became of the one before.
enum ContainerWork {
    /// Does something with each container and prints its word, as docker does; ends with the first failure's code.
    static func each(
        _ words: [String],
        of engine: Engine,
        json: Bool,
        _ body: (ContainerID) throws(TareError) -> String?
    ) throws {
        try NamedWork.each(words, json: json) { (word) throws(TareError) in try body(try engine.find(word)) ?? word }
    }
}
