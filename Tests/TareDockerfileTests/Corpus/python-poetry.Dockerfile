FROM python:3.11-slim AS builder
ENV POETRY_VERSION=1.7.1 \
    POETRY_HOME="/opt/poetry" \
    POETRY_VIRTUALENVS_IN_PROJECT=true \
    PATH="/opt/poetry/bin:$PATH"
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update \
    && apt-get install --no-install-recommends -y \
        # needed for the installer
        curl \
        # needed for wheels that must be compiled
        build-essential \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY poetry.lock pyproject.toml ./
RUN poetry install --without dev --no-root

FROM python:3.11-slim
COPY --from=builder /app/.venv /app/.venv
ENV VIRTUAL_ENV=/app/.venv PATH="/app/.venv/bin:${PATH}"
ENTRYPOINT ["gunicorn"]
CMD ["-b", ":8000", "app:create_app()"]
