import TareCore
import TareLinux

/// Named files that an image comes from: a folder, or an archive.
protocol MemberStore: Sendable {
    /// The path that the user gave.
    var subject: String { get }
    /// Whether there is a member of that name.
    func contains(_ name: String) -> Bool
    /// Its bytes.
    func open(_ name: String) throws(TareError) -> any ByteInput
}

extension MemberStore {
    /// A small member as a value.
    func document<Value: Decodable>(_ type: Value.Type, _ name: String) throws(TareError) -> Value {
        try JSONText.decode(
            type, from: String(decoding: try bytes(name), as: UTF8.self), subject: subject + "/" + name)
    }

    func bytes(_ name: String) throws(TareError) -> [UInt8] {
        try open(name).all(limit: ContentStore.longestDocument)
    }

    func missing(_ name: String) -> TareError {
        TareError(.notFound, subject: subject, "cannot find \(name) in it", hint: "save or copy the image again")
    }
}
