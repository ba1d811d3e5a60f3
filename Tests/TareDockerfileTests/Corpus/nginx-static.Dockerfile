FROM nginx:1.25-alpine
LABEL maintainer="web@example.org" \
      org.opencontainers.image.title="A static site" \
      org.opencontainers.image.description="Line one \
and its second half"
COPY nginx.conf /etc/nginx/conf.d/default.conf
COPY --chmod=644 public/ /usr/share/nginx/html/
EXPOSE 80 443
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
