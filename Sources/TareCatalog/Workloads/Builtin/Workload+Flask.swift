extension Workload {
    /// A web service in Python: an interpreter, a framework and a few lines of one's own.
    public static let flask = Workload(
        id: "flask",
        title: "Python 3 with Flask",
        runtimePackages: ["python3"],
        appPackages: ["python3-flask"],
        files: [
            WorkloadFile(
                path: "/srv/app/app.py",
                text: """
                    from flask import Flask, jsonify

                    app = Flask(__name__)


                    @app.get("/")
                    def index():
                        return jsonify(service="flask", answer="ready")


                    if __name__ == "__main__":
                        app.run(host="0.0.0.0", port=8080)

                    """
            )
        ],
        command: ["/usr/bin/python3", "/srv/app/app.py"],
        environment: ["PYTHONDONTWRITEBYTECODE": "1"],
        port: 8080,
        readiness: .http(path: "/")
    )
}
