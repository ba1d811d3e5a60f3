import TareCore
import Yams

extension ScenarioParse {
    /// `services[].load`: `{ requests: 50/s, cpu: 2ms, p99: 50ms }`.
    mutating func load(_ node: Node?) -> LoadTemplate? {
        guard let node else { return nil }
        let what = "load"
        let known = ["requests", "cpu", "shape", "threads", "bytes", "reads", "p99"]
        let fields = fields(node, of: what, known: known)
        require(["requests", "cpu"], in: fields, of: what, at: node)
        let requests = template(fields["requests"], "load.requests") { (text) throws(UnitFailure) in
            _ = try UnitText.requestsPerSecond(text)
        }
        func time(_ text: String) throws(UnitFailure) {
            guard try UnitText.seconds(text) > 0 else {
                throw UnitFailure("`\(text)` is no time at all", hint: "write more than zero, such as `2ms`")
            }
        }
        let cpu = template(fields["cpu"], "load.cpu", time)
        var load = LoadTemplate(requests: requests ?? "1/s", cpu: cpu ?? "1ms")
        load.shape = word(fields["shape"], "load.shape", among: LoadTemplate.shapes)
        load.threads = word(fields["threads"], "load.threads", among: LoadTemplate.disciplines)
        load.bytes = template(fields["bytes"], "load.bytes") { (text) throws(UnitFailure) in
            _ = try UnitText.bytes(text)
        }
        load.reads = whole(fields["reads"], "load.reads", in: 0...100_000)
        load.p99 = template(fields["p99"], "load.p99", time)
        return load
    }
}
