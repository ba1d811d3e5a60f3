FROM debian:12
ARG HTTP_PROXY
ARG http_proxy=$HTTP_PROXY
ARG BUILD_DATE VCS_REF=unknown
LABEL org.opencontainers.image.created=$BUILD_DATE org.opencontainers.image.revision="$VCS_REF"
RUN --network=none true
RUN --network=host true
