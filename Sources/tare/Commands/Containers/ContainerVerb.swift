import ArgumentParser
import TareCore
import TareEngine

/// What most container verbs take: one or more containers, each dealt with whatever became of the one before.
enum ContainerWork {
    /// Does something with each container and prints its word, as docker does; ends with 1 where one failed.
    static func each(
        _ words: [String],
        of engine: Engine,
        _ body: (ContainerID) throws(TareError) -> String?
    ) throws {
        var failed: TareError?
        for word in words {
            do throws(TareError) {
                let id = try engine.find(word)
                try Output.data(try body(id) ?? word)
            } catch {
                Output.failure(error)
                failed = failed ?? error
            }
        }
        if let failed { throw Ending(code: failed.code.exitCode) }
    }
}
