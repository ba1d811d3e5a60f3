FROM node:18 AS ui
WORKDIR /ui
COPY ui/package*.json ./
RUN npm ci
COPY ui .
RUN npm run build
FROM golang:1.21 AS api
WORKDIR /api
COPY go.* ./
RUN go mod download
COPY . .
COPY --from=ui /ui/dist ./internal/web/dist
RUN go build -o /usr/local/bin/api ./cmd/api
FROM gcr.io/distroless/base-debian12:nonroot@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d
COPY --from=api /usr/local/bin/api /usr/local/bin/api
USER nonroot:nonroot
ENTRYPOINT ["/usr/local/bin/api"]
