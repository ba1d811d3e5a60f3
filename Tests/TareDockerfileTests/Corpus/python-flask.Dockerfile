FROM python:3.12-slim

# Bytecode files in a layer are waste.
ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED 1

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=1000:1000 . /app

USER 1000:1000
EXPOSE 5000/tcp
CMD [ "python3", "-m", "flask", "run", "--host=0.0.0.0" ]
