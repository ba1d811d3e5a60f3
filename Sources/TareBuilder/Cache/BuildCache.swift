import Glibc
import TareCore
import TareLinux

/// Remembers what steps made, by what decides their result: a small file a step.
///
/// The layers are in the image store, where a lasting lease keeps them. Beside it lies, for each place in a Dockerfile,
/// what the step there depended on the last time: for telling why a step is not taken from the cache.
struct BuildCache: Sendable {
    private let steps: String
    private let places: String

    /// The lease that keeps the cache's layers; ending it gives them to the next collection.
    static let lease = "build-cache"

    init(_ folder: String) throws(TareError) {
        steps = folder + "/steps"
        places = folder + "/places"
        try FolderMaking.make(steps)
        try FolderMaking.make(places)
    }

    func find(_ key: StepKey) throws(TareError) -> StepRecord? {
        let path = try path(key)
        guard let text = try? FileReading.text(at: path, limit: 1 << 20) else { return nil }
        // A damaged record is none: the step is built again.
        return try? JSONText.decode(StepRecord.self, from: text, subject: path)
    }

    func put(_ key: StepKey, _ record: StepRecord) throws(TareError) {
        // Somebody may clear the cache while a build goes on.
        try FolderMaking.make(steps)
        try AtomicFile.write(path(key), text: JSONText.encode(record))
    }

    private func path(_ key: StepKey) throws(TareError) -> String { steps + "/" + (try key.digest().hex) + ".json" }

    /// What the step at a place depended on the last time.
    func last(_ place: String) throws(TareError) -> StepKey? {
        let path = try self.place(place)
        guard let text = try? FileReading.text(at: path, limit: 64 << 20) else { return nil }
        return try? JSONText.decode(StepKey.self, from: text, subject: path)
    }

    func remember(_ place: String, _ key: StepKey) throws(TareError) {
        try FolderMaking.make(places)
        try AtomicFile.write(self.place(place), text: JSONText.encode(key, pretty: false))
    }

    private func place(_ text: String) throws(TareError) -> String {
        places + "/" + (try SHA256.digest(of: text).hex) + ".json"
    }
}
