extension Workload {
    /// A relational database; its cluster is made at the first start, as its official container image does it.
    ///
    /// A cluster made while the package is configured would carry a random system identifier into the image.
    public static let postgres = Workload(
        id: "postgres",
        title: "PostgreSQL 15",
        runtimePackages: ["postgresql-15"],
        files: [
            WorkloadFile(
                path: "/etc/postgresql-common/createcluster.conf",
                text: "create_main_cluster = false\n"
            ),
            WorkloadFile(
                path: "/srv/app/start",
                text: """
                    #!/bin/sh
                    # Makes the cluster at the first start, then becomes the server.
                    set -e
                    bin=/usr/lib/postgresql/15/bin
                    data=/var/lib/postgresql/15/tare
                    as_postgres="setpriv --reuid=postgres --regid=postgres --init-groups"
                    mkdir -p /run/postgresql
                    chown postgres:postgres /run/postgresql
                    if [ ! -s "$data/PG_VERSION" ]; then
                        mkdir -p "$data"
                        chown -R postgres:postgres /var/lib/postgresql
                        $as_postgres $bin/initdb --pgdata="$data" --auth=trust --encoding=UTF8 --locale=C --no-sync
                        echo "host all all all trust" >>"$data/pg_hba.conf"
                    fi
                    exec $as_postgres $bin/postgres -D "$data" -c listen_addresses='*' \\
                        -c unix_socket_directories=/run/postgresql

                    """,
                mode: 0o755
            ),
        ],
        command: ["/srv/app/start"],
        port: 5432,
        readiness: .postgresSelect
    )
}
