"""A server that speaks the OpenAI protocol on loopback, and misbehaves as the model's name asks it to.

`python tests/models/stub.py PORT [LATENCY]` runs it by itself, for measuring.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WHATEVER = {
    "text": "Hello",
    "replies": [{"text": "That is too long a wait. Send us its number in a direct message.", "why": "", "sources": []}],
    "unknown": [],
    "abstained": "",
}
"""Said where nothing else is given: it fits a shape with a text, and the one of drafts."""


class Server(ThreadingHTTPServer):
    """Answers every chat with `reply`, a function of the request's body; keeps what was asked."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, reply: Any = None, latency: float = 0.0, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.reply = reply or (lambda _: json.dumps(WHATEVER))
        self.latency = latency
        self.asked: list[dict[str, Any]] = []
        self.before_part: Callable[[int], object] = lambda _: None
        """Called before each part of a stream, with its number from 0."""
        self.failures = 0
        self.connections = 0
        """That are open."""
        self._counting = threading.Lock()

    @property
    def url(self) -> str:
        """What a client is given as base_url."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection until it ends."""
        with self._counting:
            self.connections += 1
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._counting:
                self.connections -= 1

    def handle_error(self, *_: Any) -> None:
        """A client that hung up is part of the tests."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for the client to say that it has the headers
    server: Server

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        if self.server.latency:
            time.sleep(self.server.latency)
        mood = body["model"]
        wants = body.get("response_format", {}).get("type")
        match mood:
            case "busy" | "busy-once":
                self.server.failures += 1
                if mood == "busy" or self.server.failures == 1:
                    return self._json({"error": {"message": "slow down"}}, 429, {"retry-after": "0"})
            case "failing":
                return self._json({"error": {"message": "oops"}}, 500)
            case "key":
                return self._json({"error": {"message": "bad key"}}, 401)
            case "hang":
                time.sleep(20)
                return None
            case "hang-up":
                self.close_connection = True
                return None
            case "html":
                return self._send(b"<html><h1>Bad gateway</h1></html>", "text/html", 502)
            case "html-200":
                return self._send(b"<html><h1>Please sign in</h1></html>", "text/html", 200)
            case "wrong-type":
                return self._send(b"OK", "text/plain", 200)
            case "huge":
                return self._json(_completion("x" * 10_000_000), 200)
            case "no-schema" if wants == "json_schema":
                return self._json({"error": {"message": "response_format json_schema is not supported"}}, 400)
            case "no-format" if wants:
                return self._json({"error": {"message": "unknown field response_format"}}, 400)
            case "rejects":
                return self._json({"error": {"message": "this model does not exist"}}, 404)
        text = self.server.reply(body)
        reason = "stop"
        match mood:
            case "length":
                text, reason = text[: len(text) // 2], "length"
            case "filtered":
                text, reason = "", "content_filter"
            case "bad-json":
                text = text[: len(text) // 2]
            case "wrong-shape":
                text = json.dumps({"haiku": 3})
            case "empty":
                text = ""
            case "chatty":
                text = f"Sure! Here it is:\n```json\n{text}\n```"
        refusal = "I can't help with that." if mood == "refuses" else None
        text = "" if refusal else text
        if body.get("stream"):
            return self._stream(text, reason, mood, refusal)
        if mood == "cut":
            return self._cut(json.dumps(_completion(text)).encode())
        return self._json(_completion(text, reason, refusal), 200)

    def _json(self, value: Any, status: int, headers: dict[str, str] | None = None) -> None:
        self._send(json.dumps(value).encode(), "application/json", status, headers)

    def _send(self, content: bytes, kind: str, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _cut(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.close_connection = True

    def _stream(self, text: str, reason: str, mood: str, refusal: str | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        step = max(1, len(text) // 12)
        parts = [text[at : at + step] for at in range(0, len(text), step)]
        for number, part in enumerate(parts):
            if mood in ("cut", "cut-quietly") and number == len(parts) // 2:
                if mood == "cut-quietly":
                    self.wfile.write(b"data: [DONE]\n\n")
                return
            self.server.before_part(number)
            if mood == "drip":
                time.sleep(0.4)
            self._event({"content": part, "role": "assistant"})
        if refusal:
            self._event({"refusal": refusal})
        self._event({}, reason)
        self._chunk({"choices": [], "usage": _USAGE})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, Any], reason: str | None = None) -> None:
        self._chunk({"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})

    def _chunk(self, more: dict[str, Any]) -> None:
        base = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub"}
        self.wfile.write(f"data: {json.dumps(base | more)}\n\n".encode())
        self.wfile.flush()


_USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def _completion(text: str, reason: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    message = {"role": "assistant", "content": None if refusal else text, "refusal": refusal}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": _USAGE,
    }


def serving(**options: Any) -> Server:
    """A server that runs in a thread until it is shut down."""
    server = Server(**options)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


if __name__ == "__main__":
    Server(port=int(sys.argv[1]), latency=float(sys.argv[2]) if len(sys.argv) > 2 else 0.0).serve_forever()
