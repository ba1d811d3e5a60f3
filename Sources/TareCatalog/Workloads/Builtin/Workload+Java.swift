extension Workload {
    /// A web service in Java: a small jar on a large runtime.
    ///
    /// The compiler is in a build root only; the jar has fixed times, so that it is the same file every time.
    public static let java = Workload(
        id: "java",
        title: "Java 17",
        runtimePackages: ["openjdk-17-jre-headless"],
        buildPackages: ["openjdk-17-jdk-headless"],
        files: [
            WorkloadFile(
                path: "/build/Server.java",
                text: """
                    import com.sun.net.httpserver.HttpServer;
                    import java.net.InetSocketAddress;
                    import java.nio.charset.StandardCharsets;

                    public final class Server {
                        public static void main(String[] arguments) throws Exception {
                            String text = "{\\"service\\":\\"java\\",\\"answer\\":\\"ready\\"}";
                            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
                            HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", 8080), 0);
                            server.createContext("/", exchange -> {
                                exchange.getResponseHeaders().set("Content-Type", "application/json");
                                exchange.sendResponseHeaders(200, answer.length);
                                try (var body = exchange.getResponseBody()) { body.write(answer); }
                            });
                            server.start();
                        }
                    }

                    """
            )
        ],
        buildCommands: [
            "mkdir -p /build/classes /build/out/srv/app",
            "javac -d /build/classes /build/Server.java",
            "jar --create --date=2026-01-01T00:00:00Z --file /build/out/srv/app/server.jar --main-class Server"
                + " -C /build/classes .",
        ],
        command: ["/usr/bin/java", "-jar", "/srv/app/server.jar"],
        port: 8080,
        readiness: .http(path: "/")
    )
}
