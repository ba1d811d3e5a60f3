extension Workload {
    /// A key-value store in memory.
    public static let redis = Workload(
        id: "redis",
        title: "Redis",
        runtimePackages: ["redis-server"],
        files: [
            WorkloadFile(
                path: "/srv/app/redis.conf",
                text: """
                    bind 0.0.0.0
                    protected-mode no
                    port 6379
                    daemonize no
                    save ""
                    appendonly no
                    dir /tmp

                    """
            )
        ],
        command: ["/usr/bin/redis-server", "/srv/app/redis.conf"],
        port: 6379,
        readiness: .redisPing
    )
}
