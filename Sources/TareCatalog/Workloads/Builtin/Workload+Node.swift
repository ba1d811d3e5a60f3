extension Workload {
    /// A web service in JavaScript on the distribution's Node.js.
    public static let node = Workload(
        id: "node",
        title: "Node.js",
        runtimePackages: ["nodejs"],
        files: [
            WorkloadFile(
                path: "/srv/app/server.js",
                text: """
                    'use strict';
                    const http = require('http');

                    const server = http.createServer((request, response) => {
                        response.writeHead(200, { 'Content-Type': 'application/json' });
                        response.end(JSON.stringify({ service: 'node', answer: 'ready' }));
                    });
                    server.listen(8080, '0.0.0.0');

                    """
            )
        ],
        command: ["/usr/bin/node", "/srv/app/server.js"],
        environment: ["NODE_ENV": "production"],
        port: 8080,
        readiness: .http(path: "/")
    )
}
