import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.errors import InputError
from assistant.store import Store
from assistant.web.hooks import SIGNATURE, TOLERANCE, Hooks, Incoming, Told, signature, signed

SECRET = "shared between both sides"  # noqa: S105 # of this test alone
VARIABLE = "HOOK_SECRET"
FIELDS = {"id": "data.post.id", "message": "data.post.text", "customer.handle": "data.author.handle"}
PUSHED = {"data": {"post": {"id": "h1", "text": "Where is my parka? Nine days now."}, "author": {"handle": "@ana"}}}


class Heard(BaseHTTPRequestHandler):
    """Another system's end: fails once, then takes what is pushed."""

    got: ClassVar[list[tuple[dict[str, Any], str]]] = []
    failing = 1

    def do_POST(self) -> None:  # the library's name
        """Take one request."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if type(self).failing:
            type(self).failing -= 1
            self.send_response(503)
        else:
            assert signed(body, self.headers[SIGNATURE], SECRET)
            self.got.append((json.loads(body), self.headers[SIGNATURE]))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a system that is told of escalations."""
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    Heard.got.clear()
    Heard.failing = 1
    server = HTTPServer(("127.0.0.1", 0), Heard)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/escalations"
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(brand: Brand, listener: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The application with a system that pushes in and one that is told."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app
    from assistant.web.team import Member, Team, TeamFile, token_sha256

    monkeypatch.setattr("assistant.web.hooks.TRIES", (0.01, 0.01))
    hooks = Hooks(
        incoming=(Incoming(name="social", secret_env=VARIABLE, fields=FIELDS, channel="x"),),
        escalations=Told(url=listener, secret_env=VARIABLE),
    )
    people = (Member(name="Ana", token_sha256=token_sha256("rw_ana")),)
    message = next(one for one in demo.inbox() if one.id == "snapped-buckle")
    with Store.open(tmp_path / "inbox.db") as store:
        app = create_app(brand, store, messages=[message], door=Team(TeamFile(people=people, hooks=hooks)))
        with TestClient(app, base_url="http://127.0.0.1:7860") as client:
            assert app.state.desk.inbox.settled(120)
            yield client


def _push(client: Any, pushed: Any, given: str | None = None, name: str = "social") -> Any:
    body = json.dumps(pushed).encode()
    headers = {SIGNATURE: signature(body, SECRET) if given is None else given}
    return client.post(f"/hooks/{name}", content=body, headers=headers)


def test_what_is_pushed_and_signed_is_drafted(client: Any) -> None:
    """A message in another system's shape is read by the paths of its hook, kept and drafted; again it is the same."""
    assert _push(client, PUSHED).json()["new"] == 1
    assert _push(client, [PUSHED]).json()["same"] == 1
    desk = client.app.state.desk
    assert desk.inbox.settled(60)
    item = desk.inbox.get("h1")
    assert item.context.customer.handle == "@ana"
    assert item.context.channel == "x"
    assert item.proposal is not None


def test_what_is_not_signed_so_is_refused(client: Any) -> None:
    """No signature, another body's, an old one, a wrong secret and an unknown name are refused, and nothing is kept."""
    body = json.dumps(PUSHED).encode()
    old = signature(body, SECRET, int(time.time()) - TOLERANCE - 5)
    for given in ("", "v1=x", signature(b"{}", SECRET), old, signature(body, "guess"), "t=²,v1=x", "t=9" * 200):
        assert _push(client, PUSHED, given.encode("ascii", "ignore").decode()).status_code == 401, given
    assert _push(client, PUSHED, name="other").status_code == 401
    assert client.get("/hooks/social", headers={SIGNATURE: signature(b"", SECRET)}).status_code == 401
    assert client.app.state.desk.store.counts() == {"open": 1}


def test_a_wrong_message_says_what_is_wrong(client: Any) -> None:
    """One without an id or of no context is refused with a word that repeats none of it."""
    answer = _push(client, {"data": {"post": {"text": "my PIN is 4711"}}})
    assert answer.status_code == 422
    assert "id" in answer.json()["detail"]
    assert "4711" not in answer.text
    assert _push(client, {"data": {"post": {"id": "h2"}}}).status_code == 422


def test_an_escalation_is_told_and_tried_again(client: Any) -> None:
    """Who wants to know of escalations is told who takes over and why, signed, without the customer's words."""
    body = {"decision": "escalate", "reason": "Hurt by the buckle", "escalated_to": "Product safety"}
    headers = {"Authorization": "Bearer rw_ana"}
    assert client.post("/api/v1/inbox/snapped-buckle/decision", json=body, headers=headers).status_code == 200
    until = time.monotonic() + 30
    while not Heard.got and time.monotonic() < until:
        time.sleep(0.02)
    told, _ = Heard.got[0]
    assert (told["to"], told["reason"], told["by"]) == ("Product safety", "Hurt by the buckle", "Ana")
    assert "daughter" not in json.dumps(told)


def test_an_id_may_be_a_number() -> None:
    """Many systems count their posts and their authors; anything else in an id's place is refused."""
    hook = Incoming.model_construct(name="social", secret_env=VARIABLE, fields=FIELDS, channel="x")
    data = {"post": {"id": 48213, "text": "Where is my kettle?"}, "author": {"handle": 7}}
    context = hook.context({"data": data})
    assert (context.id, context.customer.handle) == ("48213", "7")
    for wrong in (True, {"x": 1}, [1], 1.5):
        with pytest.raises(InputError, match="id"):
            hook.context({"data": {**data, "post": {"id": wrong, "text": "x"}}})


def test_a_hook_without_its_secret_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that the environment lacks is named when the file is read, not when the first message comes."""
    monkeypatch.delenv("HOOK_SECRET", raising=False)
    with pytest.raises(ValueError, match="HOOK_SECRET"):
        Hooks(incoming=(Incoming(name="social", secret_env=VARIABLE),))
