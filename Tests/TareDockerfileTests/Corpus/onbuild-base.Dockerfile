FROM python:3.11
ONBUILD WORKDIR /app
ONBUILD COPY requirements.txt ./
ONBUILD RUN pip install --no-cache-dir \
    -r requirements.txt
ONBUILD COPY --chown=app:app . .
ONBUILD CMD ["python", "main.py"]
