import FoundationEssentials
import TareCore
import TareTestSupport
import Testing

@Suite(
    "JSON of the container verbs",
    .enabled(if: ContainerHost.canRun, "needs root, crun, nftables and busybox-static"),
    .serialized
)
struct ContainerDocumentTestsSerial {
    @Test("each verb under --json prints one document that fits its schema")
    func documents() throws {
        let host = try ContainerHost()
        let calls = [
            ("network create shop", "work"), ("volume create data", "work"), ("image ls", "image-list"),
            ("container create --name made box:1 true", "work"),
            (
                "container run -d --name web --network shop -p 127.0.0.1:8080:80 -v data:/data --health-cmd true box:1",
                "work"
            ),
            ("container ps --all", "container-list"), ("container inspect web made", "container-inspect"),
            ("container stats --interval 20ms", "container-stats"), ("container top web", "container-top"),
            ("container health web", "container-health"), ("container port web", "container-port"),
            ("container diff web", "container-diff"), ("container pause web", "work"),
            ("container unpause web", "work"),
            ("container commit web shop/web:2", "image-pull"), ("container update --cpus 0.5 web", "work"),
            ("image inspect box:1 shop/web:2", "image-inspect"), ("image history shop/web:2", "image-history"),
            ("image df", "image-df"), ("image load box.tar", "image-load"), ("image tag box:1 other:1", "work"),
            ("network ls", "network-list"), ("network inspect shop", "network-list"), ("volume ls", "volume-list"),
            ("volume inspect data", "volume-list"), ("container kill web", "work"), ("container wait web", "work"),
            ("container start web", "work"), ("container restart --time 0 web", "work"),
            ("container stop --time 0 web", "work"), ("container rm web", "work"),
            ("container prune --force", "container-prune"), ("volume prune --all --force", "volume-prune"),
            ("network rm shop", "work"), ("image rm other:1", "image-remove"),
            ("image prune --all --force", "image-prune"), ("container events", "container-events"),
        ]
        for (words, schema) in calls {
            let call =
                words.contains("box:1 true") || words.contains("run -d")
                ? words.replacing("create --name", with: "create --json --name").replacing(
                    "run -d", with: "run --json -d")
                : words + " --json"
            let outcome = try host.run(call)
            #expect(outcome.code == 0, "\(call): \(outcome.messages)")
            #expect(try host.tare.faults(of: outcome.output, schema: schema) == "", "\(call): \(outcome.output)")
        }
        #expect(try host.leftOvers() == [])
    }

    @Test("a verb that fails under --json prints one document, and names what was meant")
    func failures() throws {
        let host = try ContainerHost()
        for (words, code, schema) in [
            ("container inspect nothing", 66, "error"), ("container rm nothing", 66, "work"),
            ("image inspect nothing:1", 66, "error"), ("network rm nothing", 66, "work"),
            ("volume rm nothing", 66, "work"), ("container ps --filter stats=x", 64, "error"),
            ("container prune", 64, "error"), ("network create bad --subnet 10.0.0.0", 64, "error"),
        ] as [(String, Int32, String)] {
            let outcome = try host.run("\(words) --json")
            #expect(outcome.code == code, "\(words): \(outcome.messages)")
            #expect(try host.tare.faults(of: outcome.output, schema: schema) == "", "\(words): \(outcome.output)")
            #expect(outcome.messages.hasPrefix("error: "), "\(words)")
        }
        #expect(try host.run("container ps --filter stats=x").messages.contains("did you mean status=?"))
    }
}
