FROM alpine
HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1s --start-interval=2s --retries=5 CMD ["curl", "-f", "http://localhost/"]
HEALTHCHECK NONE
