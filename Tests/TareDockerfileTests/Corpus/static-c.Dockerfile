# syntax=docker/dockerfile:1
FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
COPY hello.c /src/
RUN gcc -O2 -static -s -o /hello /src/hello.c
FROM scratch
COPY --from=build /hello /hello
ENTRYPOINT ["/hello"]
