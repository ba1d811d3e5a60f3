import TareCore

/// Takes bytes from first to last.
public protocol ByteOutput: AnyObject {
    /// Takes the next bytes. May block.
    func write(_ bytes: UnsafeRawBufferPointer) throws(TareError)
    /// Takes what was held back: the end has come.
    func finish() throws(TareError)
}

extension ByteOutput {
    func write(_ bytes: [UInt8]) throws(TareError) {
        var failure: TareError?
        bytes.withUnsafeBytes { buffer in
            do throws(TareError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
