# syntax=docker/dockerfile:1
FROM debian:12
RUN <<EOF
set -e
apt-get update
apt-get install -y vim
rm -rf /var/lib/apt/lists/*
EOF
RUN <<-"SCRIPT"
	#!/usr/bin/env python3
	print("$HOME is not replaced")
	SCRIPT
RUN python3 <<PY > /out.txt && cat <<'SH' | bash
print("hello")
PY
echo "two heredocs"
SH
COPY <<-one <<'two' /etc/app/
	FOO=${FOO:-bar}
	one
RAW=${NOT}
two
