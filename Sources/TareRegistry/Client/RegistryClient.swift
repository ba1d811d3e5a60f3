import FoundationEssentials
import TareCore
import TareLinux
import TareOCI

/// Talks to registries of the OCI distribution specification 1.1.
///
/// Pull: `resolve` a tag or digest, then `manifest`, then `fetchBlob` for what is missing. Push: `hasBlob`, `mountBlob`
/// or `pushBlob` for each blob, then `pushManifest`. A transfer that breaks off goes on where it stopped. Every manifest
/// and blob is checked against its digest before anybody sees its last byte.
///
///     let client = RegistryClient()
///     let repository = try RegistryRepository(host: "127.0.0.1:5000", name: "tare/nginx")
///     let manifest = try client.manifest("latest", in: repository)
///
/// All calls block. A client may be used by several threads at once; each has a connection of its own meanwhile.
public struct RegistryClient: Sendable {
    /// Whom to trust and how long to wait.
    public let options: HTTPOptions
    /// How often to try again.
    public let retry: RetryPolicy
    /// The size of a piece of a chunked upload, in bytes; 0 sends a blob whole.
    public let chunk: Int64
    private let credentials: @Sendable (String) throws(TareError) -> RegistryCredentials?
    private let pool = HTTPPool()
    private let tokens = AccessTokens()

    /// Makes a client; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - options: whom to trust and how long to wait.
    ///   - retry: how often to try again.
    ///   - chunk: the size of a piece of a chunked upload, in bytes; 0 sends a blob whole.
    ///   - credentials: what is known for a host, asked when its registry wants it.
    public init(
        options: HTTPOptions = HTTPOptions(),
        retry: RetryPolicy = RetryPolicy(),
        chunk: Int64 = 32 << 20,
        credentials: @escaping @Sendable (String) throws(TareError) -> RegistryCredentials? = { _ in nil }
    ) {
        self.options = options
        self.retry = retry
        self.chunk = chunk
        self.credentials = credentials
    }

    /// Asks whether the host speaks the protocol, with the credentials that are known.
    ///
    /// - Throws: `noPermission` where the credentials are refused, `unavailable` where nobody answers.
    public func ping(_ host: String) throws(TareError) {
        let repository = try RegistryRepository(host: host, name: "ping")
        let answer = try send(HTTPRequest(.get, base(repository) + "/v2/"), to: repository, scopes: [])
        guard answer.isSuccess else { throw failure(of: answer, subject: host, "cannot use the registry") }
    }

    /// Where a repository's requests go: HTTPS, or plain HTTP on this machine unless certificates were spoken of.
    func base(_ repository: RegistryRepository) -> String {
        // The name people know is not the host that serves it.
        let host = repository.host == "docker.io" ? "registry-1.docker.io" : repository.host
        // Who says whom to trust on this machine means a server with a certificate.
        let isPlain = options.plainHTTP || repository.isLoopback && options.certificates == nil && !options.insecure
        return (isPlain ? "http://" : "https://") + host
    }

    /// An address in a repository: `.../v2/<name>/<path>`.
    func address(_ repository: RegistryRepository, _ path: String) -> String {
        "\(base(repository))/v2/\(repository.name)/\(path)"
    }

    /// Sends a request with what the registry wants for authorisation; no retries for broken transfers.
    ///
    /// - Parameters:
    ///   - request: the request. Its body is made anew for a second try by `body`.
    ///   - repository: the one it is about.
    ///   - scopes: what a token must allow.
    ///   - body: makes the body, again for each try.
    ///   - receive: gets a 2xx body.
    /// - Returns: the answer, whatever its status.
    /// - Throws: where there was none.
    func once(
        _ request: HTTPRequest,
        to repository: RegistryRepository,
        scopes: [RegistryScope],
        body: (() throws(TareError) -> HTTPBody)? = nil,
        receive: ((HTTPResponse, UnsafeRawBufferPointer) throws(TareError) -> Void)? = nil
    ) throws(HTTPFailure) -> HTTPResponse {
        var asked = false
        while true {
            var sent = request
            // A location may be on another host; what this one has trusted us with is not for that one.
            if request.url.hasPrefix(base(repository) + "/"), let header = tokens.header(for: scopes) {
                sent.headers.add("Authorization", header)
            }
            if let body {
                do throws(TareError) { sent.body = try body() } catch { throw .stopped(error) }
            }
            let answer = try pool.withConnection { (connection) throws(HTTPFailure) in
                try connection.exchange(sent, options: options, receive: receive)
            }
            guard answer.status == 401, !asked else { return answer }
            asked = true
            guard try authorise(answer, repository: repository, scopes: scopes) else { return answer }
        }
    }

    /// Sends a request, again where the transfer broke or the server asked for patience.
    func send(
        _ request: HTTPRequest,
        to repository: RegistryRepository,
        scopes: [RegistryScope],
        body: (() throws(TareError) -> HTTPBody)? = nil
    ) throws(TareError) -> HTTPResponse {
        var failed = 0
        while true {
            let last: HTTPFailure?
            var asked: Double?
            do throws(HTTPFailure) {
                let answer = try once(request, to: repository, scopes: scopes, body: body)
                guard Self.isTransient(answer.status) else { return answer }
                asked = answer.headers["Retry-After"].flatMap(Double.init)
                if failed + 1 >= retry.tries { return answer }
                last = nil
            } catch {
                last = error
            }
            failed += 1
            if let last { try giveUp(last, failed: failed, subject: repository.description) }
            RetryPolicy.sleep(retry.wait(after: failed, asked: asked))
            try InterruptFlag.check(repository.description)
        }
    }

    /// Throws where another try will not help or enough were made.
    func giveUp(_ failure: HTTPFailure, failed: Int, subject: String) throws(TareError) {
        switch failure {
        case .missing:
            throw TareError(
                .unavailable,
                subject: "libcurl",
                "cannot talk to a registry: libcurl.so.4 is not on this machine",
                hint: "apt-get install libcurl4"
            )
        case .stopped(let cause?): throw cause
        case .stopped(nil): throw TareError(.cancelled, subject: subject, "the transfer was interrupted")
        case .refused(let words):
            throw TareError(.unavailable, subject: subject, "cannot reach the registry: \(words)", hint: hint(words))
        case .broken(let words):
            guard failed >= retry.tries else { return }
            throw TareError(
                .unavailable,
                subject: subject,
                "the transfer broke off \(failed) times in a row: \(words)",
                hint: "see that the registry runs, then repeat the command: it goes on where it stopped"
            )
        }
    }

    private func hint(_ words: String) -> String? {
        words.contains("certificate")
            ? "trust its certificate with --certificates FILE, or use --plain-http where it has none" : nil
    }

    /// Statuses after which a later try may help.
    static func isTransient(_ status: Int) -> Bool { [408, 429, 500, 502, 503, 504].contains(status) }

    /// Gets what a challenge asks for.
    ///
    /// - Returns: whether there is something new to try with.
    private func authorise(
        _ answer: HTTPResponse,
        repository: RegistryRepository,
        scopes: [RegistryScope]
    ) throws(HTTPFailure) -> Bool {
        tokens.forget(scopes)
        let challenges = answer.headers.all("WWW-Authenticate").flatMap(AuthChallenge.all)
        let known: RegistryCredentials?
        do throws(TareError) { known = try credentials(repository.host) } catch { throw .stopped(error) }
        if let bearer = challenges.first(where: { $0.scheme == "bearer" }) {
            guard let header = try token(for: bearer, scopes: scopes, credentials: known) else { return false }
            tokens.keep(header, for: scopes)
            return true
        }
        if challenges.contains(where: { $0.scheme == "basic" }), let known {
            tokens.keep(known.basicHeader, for: nil)
            return true
        }
        return false
    }

    /// Asks a token server, in the way of the distribution project's token specification.
    private func token(
        for challenge: AuthChallenge,
        scopes: [RegistryScope],
        credentials: RegistryCredentials?
    ) throws(HTTPFailure) -> String? {
        guard let realm = challenge.parameters["realm"] else { return nil }
        var query: [String] = []
        if let service = challenge.parameters["service"] { query.append("service=" + PercentText.query(service)) }
        for scope in scopes { query.append("scope=" + PercentText.query(scope.description)) }
        if scopes.isEmpty, let scope = challenge.parameters["scope"] {
            query.append("scope=" + PercentText.query(scope))
        }
        let mark = realm.contains("?") ? "&" : "?"
        var request = HTTPRequest(.get, realm + (query.isEmpty ? "" : mark + query.joined(separator: "&")))
        if let credentials { request.headers.add("Authorization", credentials.basicHeader) }
        let answer = try pool.withConnection { (connection) throws(HTTPFailure) in
            try connection.exchange(request, options: options)
        }
        guard answer.isSuccess else { return nil }
        struct Answer: Decodable {
            var token: String?
            var access_token: String?
        }
        let read = try? JSONDecoder().decode(Answer.self, from: Data(answer.body))
        return (read?.token ?? read?.access_token).map { "Bearer " + $0 }
    }
}
