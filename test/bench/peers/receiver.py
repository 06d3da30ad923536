"""A receiver of X's webhook as the first bots had it: CRC is answered, deliveries are believed."""

import base64
import hashlib
import hmac
import os

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/webhook/twitter")
def crc():
    secret = os.environ["TWITTER_API_SECRET"].encode()
    mac = hmac.new(secret, request.args["crc_token"].encode(), hashlib.sha256)
    return jsonify(response_token="sha256=" + base64.b64encode(mac.digest()).decode())


@app.post("/webhook/twitter")
def event():
    request.get_json()
    return "", 200


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
