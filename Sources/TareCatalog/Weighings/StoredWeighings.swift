import CTareData
import TareCore

/// The weighings that came with the program: they stand in where nothing can be weighed here.
public enum StoredWeighings {
    private struct Document: Decodable { var weighings: [Weighing] }

    private static let loaded: Result<[Weighing], TareError> = Result { () throws(TareError) in
        let text = String(decoding: Array(EmbeddedFile(tare_data_weighings())), as: UTF8.self)
        return try JSONText.decode(Document.self, from: text, subject: "weighings.json").weighings
    }

    /// All of them.
    ///
    /// - Returns: the weighings, each with date and machine.
    /// - Throws: `TareError.corrupt` where the embedded document is damaged.
    public static func all() throws(TareError) -> [Weighing] { try loaded.get() }

    /// The weighing of a workload on a base.
    ///
    /// - Parameters:
    ///   - base: the base system's id.
    ///   - workload: the workload's id, or `nil` for the bare base.
    /// - Returns: the weighing, or `nil` where none is stored.
    /// - Throws: `TareError.corrupt` where the embedded document is damaged.
    public static func lookup(base: String, workload: String?) throws(TareError) -> Weighing? {
        try all().first { $0.base == base && $0.workload == workload }
    }
}
