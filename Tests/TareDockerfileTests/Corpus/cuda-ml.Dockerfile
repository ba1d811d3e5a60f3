ARG BASE=nvidia/cuda:12.2.0-runtime-ubuntu22.04
FROM ${BASE}
ARG DEBIAN_FRONTEND=noninteractive
ENV LD_LIBRARY_PATH=/usr/local/nvidia/lib:/usr/local/nvidia/lib64${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean; \
    apt-get update && apt-get install -y python3-pip
RUN --mount=type=secret,id=pip,target=/root/.config/pip/pip.conf pip3 install torch
WORKDIR /workspace
