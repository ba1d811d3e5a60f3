extension Workload {
    /// A web server with a static page: one native package and its libraries.
    public static let nginx = Workload(
        id: "nginx",
        title: "nginx with a static site",
        runtimePackages: ["nginx"],
        files: [
            WorkloadFile(
                path: "/srv/www/index.html",
                text: """
                    <!doctype html>
                    <html lang="en">
                    <head><meta charset="utf-8"><title>Tare</title></head>
                    <body><h1>It answers</h1><p>A static page, served by nginx.</p></body>
                    </html>

                    """
            ),
            WorkloadFile(
                path: "/srv/www/nginx.conf",
                text: """
                    user www-data;
                    worker_processes 1;
                    pid /run/nginx.pid;
                    error_log stderr;
                    events { worker_connections 512; }
                    http {
                        include /etc/nginx/mime.types;
                        access_log off;
                        server {
                            listen 80;
                            root /srv/www;
                        }
                    }

                    """
            ),
        ],
        command: ["/usr/sbin/nginx", "-c", "/srv/www/nginx.conf", "-g", "daemon off;"],
        port: 80,
        readiness: .http(path: "/")
    )
}
