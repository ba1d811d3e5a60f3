FROM postgres:16
ENV POSTGRES_USER=app POSTGRES_DB=app
COPY ./initdb.d/*.sql ./initdb.d/*.sh /docker-entrypoint-initdb.d/
VOLUME ["/var/lib/postgresql/data"]
HEALTHCHECK CMD pg_isready -U "$POSTGRES_USER" -d "$POSTGRES_DB" || exit 1
