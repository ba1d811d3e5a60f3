import TareCore

/// Why an exchange had no answer.
enum HTTPFailure: Error {
    /// libcurl is not on this machine.
    case missing
    /// The transfer broke off or could not begin; another try may help.
    case broken(String)
    /// Another try will not help: a bad address, an untrusted certificate, an unknown host.
    case refused(String)
    /// An interrupt, or an error of the receiver or of the body's source.
    case stopped(TareError?)
}
