FROM alpine:3.19
ARG TOOL_VERSION="1.2.3"
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \
    https://example.org/tool-${TOOL_VERSION}.tar.gz /tmp/
RUN set -eux; \
	tar -xzf /tmp/tool-*.tar.gz -C /usr/local --strip-components=1; \
	tool --version
