ARG TAG=3.19.1
FROM alpine:${TAG%.*}
ENV P=/usr/local Q=${P#/usr} R=${P%%/*} S=${NONE:-fallback} T=${P:+set} U=${P/local/share} V=${P//l/L}
ENV ESC=\$P QUOTED='$P' DOUBLE="$P/x" BRACED="${P}x"
WORKDIR ${P}/app
COPY ./${S} $P/
USER ${USER_NAME:-nobody}
LABEL "com.example.vendor"="ACME ${S}" version='1.0'
EXPOSE ${PORT:-8080}/tcp
