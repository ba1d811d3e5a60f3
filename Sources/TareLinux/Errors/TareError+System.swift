import CTareLinux
import Glibc
import TareCore

extension TareError {
    /// The error behind a failed system call.
    ///
    /// - Parameters:
    ///   - wanted: what was tried, as a clause without a final stop: `cannot open the file`.
    ///   - subject: the path or name that it is about.
    ///   - number: the errno, read at once after the call.
    ///   - writing: whether something was being written, so that a full disk says "cannot write".
    ///   - hint: what to do; where it is `nil`, the usual advice for the errno.
    /// - Returns: the error, its code chosen from the errno.
    public static func system(
        _ wanted: String,
        subject: String,
        errno number: Int32,
        writing: Bool = false,
        hint: String? = nil
    ) -> TareError {
        let (code, advice): (Code, String?) =
            switch number {
            case EACCES, EPERM: (.noPermission, "run it as root, or choose a place that you may use")
            case ENOENT, ENOTDIR: (writing ? .cannotWrite : .notFound, nil)
            case EEXIST: (.exists, nil)
            case ENOSPC, EDQUOT:
                (writing ? .cannotWrite : .exhausted, "free some disk space, or set TARE_HOME elsewhere")
            case ENOMEM, EMFILE, ENFILE, EAGAIN: (.exhausted, nil)
            case ENOSYS, EOPNOTSUPP, ENODEV, EAFNOSUPPORT: (.unsupported, nil)
            case ETIMEDOUT: (.timedOut, nil)
            default: (writing ? .cannotWrite : .internal, nil)
            }
        let text = String(cString: tare_errno_text(number))
        return TareError(code, subject: subject, "\(wanted): \(text)", hint: hint ?? advice, errno: number)
    }
}
