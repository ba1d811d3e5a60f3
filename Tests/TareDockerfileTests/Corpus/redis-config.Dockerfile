FROM redis:7-bookworm
COPY <<EOF /usr/local/etc/redis/redis.conf
maxmemory 64mb
maxmemory-policy allkeys-lru
EOF
CMD [ "redis-server", "/usr/local/etc/redis/redis.conf" ]
