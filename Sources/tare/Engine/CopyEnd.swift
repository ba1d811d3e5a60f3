/// One side of `cp`.
enum CopyEnd {
    /// A path in a container.
    case container(String, path: String)
    /// A path of the host.
    case host(String)
    /// A tar on standard input or output.
    case stream

    /// Reads `-`, `CONTAINER:PATH` or a path; what begins with `/` or `.` is the host's whatever else is in it.
    init(_ text: String) {
        if text == "-" {
            self = .stream
        } else if !text.hasPrefix("/"), !text.hasPrefix("."), let colon = text.firstIndex(of: ":"),
            colon != text.startIndex
        {
            self = .container(String(text[..<colon]), path: String(text[text.index(after: colon)...]))
        } else {
            self = .host(text)
        }
    }
}
