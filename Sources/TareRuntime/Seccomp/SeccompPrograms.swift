import FoundationEssentials
import TareCore
import TareLinux

/// Compiled filters, kept by the digest of the profile that they come from.
///
/// crun has libseccomp compile a profile at each start, which is more than half of its CPU time; the program is the same
/// each time. The first container with a profile has it compiled and its program is taken from crun's state folder; all
/// later ones are given the program (crun's annotation `run.oci.seccomp_bpf_data`) beside the profile, which stays in the
/// bundle for other runtimes and readers.
///
/// A file has the digest of the program in its first line: one that was damaged is compiled anew, never used.
struct SeccompPrograms: Sendable, Hashable {
    /// The annotation that crun reads.
    static let annotation = "run.oci.seccomp_bpf_data"
    /// In a bundle's folder: where the program should go that crun has compiled for it.
    static let wanted = "seccomp.wanted"
    /// The kernel's greatest program: 4,096 instructions of 8 bytes (BPF_MAXINSNS).
    private static let greatest = 4096 * 8

    /// Where they are kept; nobody but root may write there.
    let folder: String

    /// The path for a profile's program.
    func path(for profile: SeccompSpec) throws(TareError) -> String {
        let text = try JSONText.encode(profile, pretty: false)
        return PathText.join(folder, try SHA256.digest(of: text).hex)
    }

    /// The program in base64, or `nil` where there is none that can be trusted.
    func program(at path: String) -> String? {
        guard let text = try? FileReading.text(at: path, limit: Self.greatest * 2) else { return nil }
        let lines = text.split(separator: "\n")
        guard lines.count == 2, let data = Data(base64Encoded: String(lines[1])), Self.isProgram([UInt8](data)),
            let digest = try? SHA256.digest(of: [UInt8](data)), digest.hex == lines[0]
        else { return nil }
        return String(lines[1])
    }

    /// Takes a program that crun has compiled, where a bundle wants one; a failure costs a compilation next time.
    ///
    /// - Parameters:
    ///   - compiled: crun's file.
    ///   - bundle: the bundle's folder.
    func take(_ compiled: String, for bundle: String) {
        let note = PathText.join(bundle, Self.wanted)
        guard let path = FileReading.valueIfPresent(at: note), path.hasPrefix(folder + "/"),
            let bytes = try? FileReading.bytes(at: compiled, limit: Self.greatest), Self.isProgram(bytes),
            let digest = try? SHA256.digest(of: bytes)
        else { return }
        let text = "\(digest.hex)\n\(Data(bytes).base64EncodedString())\n"
        guard (try? FolderMaking.make(folder, mode: 0o700)) != nil else { return }
        try? AtomicFile.write(path, text: text, mode: 0o600)
    }

    private static func isProgram(_ bytes: [UInt8]) -> Bool {
        !bytes.isEmpty && bytes.count % 8 == 0 && bytes.count <= greatest
    }
}
