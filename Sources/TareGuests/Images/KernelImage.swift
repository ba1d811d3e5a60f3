import TareCore

/// The Linux/x86 boot protocol's header of a bzImage, as far as it says where the compressed kernel is.
///
/// The ELF kernel inside, started by its PVH entry, saves the guest a hundred million instructions of decompressor.
/// Source: Linux, Documentation/arch/x86/boot.rst, fields setup_sects (0x1f1), header (0x202), version (0x206),
/// payload_offset (0x248) and payload_length (0x24c).
struct KernelImage {
    /// The compressed kernel's range in the file; its last four bytes, the unpacked length, are left out.
    var payload: Range<Int>
    /// The unpacked length in bytes, as the last four bytes of the payload say.
    var unpackedLength: Int

    /// Reads the header.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - subject: its path, for the error.
    /// - Throws: `invalid` where it is no bzImage; `unsupported` where it is not packed by LZ4.
    init(_ bytes: [UInt8], subject: String) throws(TareError) {
        func number(_ offset: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        guard bytes.count > 0x260, number(0x202, 4) == 0x5372_6448, number(0x206, 2) >= 0x0208 else {
            throw TareError(
                .invalid, subject: subject,
                "cannot take the kernel out: it is no bzImage of boot protocol 2.08 or later")
        }
        let sectors = bytes[0x1f1] == 0 ? 4 : Int(bytes[0x1f1])
        let start = (sectors + 1) * 512 + number(0x248, 4)
        let length = number(0x24c, 4)
        guard length > 8, start + length <= bytes.count else {
            throw TareError(
                .invalid, subject: subject, "cannot take the kernel out: its header points outside the file")
        }
        // The magic number of LZ4's legacy frame, which is what the kernel's build makes.
        guard number(start, 4) == 0x184C_2102 else {
            throw TareError(
                .unsupported,
                subject: subject,
                "cannot take the kernel out: it is not packed by LZ4",
                hint: "use Debian 12's linux-image-cloud-amd64"
            )
        }
        payload = start..<(start + length - 4)
        unpackedLength = number(start + length - 4, 4)
    }
}
