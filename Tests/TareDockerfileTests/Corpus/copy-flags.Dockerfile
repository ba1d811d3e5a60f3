FROM alpine AS base
COPY --parents --exclude=*.md --exclude=**/test src/./lib docs /out/
COPY --chown=app:app --chmod=u=rwX,go=rX --link assets /assets/
COPY --from=alpine:3.18 /etc/alpine-release /old-release
ADD --chown=10:20 --chmod=0755 ./install.sh archive.tar.gz /opt/
ADD --unpack=false pkg.tar /pkg.tar
