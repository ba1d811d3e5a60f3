from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def index():
    return jsonify(service="flask", answer="ready")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080)
