FROM debian:12
COPY --chmod=755 <<"EOF" /entrypoint.sh
#!/bin/sh
# $1 stays as it is
exec "$@"
EOF
SHELL ["/bin/bash", "-c"]
ENTRYPOINT /entrypoint.sh "$0" "$@"
CMD echo "hello world"
STOPSIGNAL 9
