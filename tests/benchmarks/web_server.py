"""A server of the demo brand on loopback, with an inbox that is drafted and a team at its door, for benchmarks."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import Customer, CustomerContext
from assistant.pipeline import Assistant
from assistant.store import Store

V1 = "/api/v1"
TYPED = "Hi there. Unfortunately we can't see that from here, so send us a message and we'll look into it today. "
MESSAGES = (
    "My parka was due on Tuesday and tracking hasn't moved for {n} days. What's going on?",
    "Ordered a size 12, got a 14, and the form wants a photo of a box I threw away {n} days ago.",
    "Do the Causeway boots come up small? I'm between sizes, usually a {n}.",
    "Your chat cut me off {n} times today. I only want to know where my refund is.",
    "Just back from {n} days in the hills with your rucksack. Best thing I own, thank you!",
)
QUICK = 0.2
"""Seconds: several times what a check takes once everything is built."""
_KINDS = 40
"""Different messages are drafted; the others get copies: what is measured comes after that."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and a token for each person of its team."""

    url: str
    tokens: tuple[str, ...]
    process: "subprocess.Popen[bytes]"
    store: str
    log: Path

    def token(self, number: int = 0) -> str:
        """The token of one person."""
        return self.tokens[number % len(self.tokens)]


def filled(store: Store, brand: Brand, count: int, decided: int = 0) -> None:
    """Put that many messages with their proposals into a store, and decide some of them."""
    assistant = Assistant(brand)
    contexts = [
        CustomerContext(
            id=f"b{n}",
            channel="x",
            message=MESSAGES[n % len(MESSAGES)].format(n=2 + n % _KINDS),
            customer=Customer(name=f"Kim {n}", handle=f"@kim{n}"),
        )
        for n in range(count)
    ]
    store.put_messages(contexts)
    drafted = {}
    for one in contexts:
        if one.message not in drafted and len(drafted) < _KINDS:
            drafted[one.message] = assistant.draft(one)
    kept = list(drafted.values())
    for n, one in enumerate(contexts):
        made = drafted.get(one.message, kept[n % len(kept)]).model_copy(update={"id": one.id})
        store.save_proposal(one.id, made)
        if n < decided:
            approve(store, brand, made, one, decision="reject", reviewer="Bench", reason="spam")


@contextmanager
def serving(count: int, store: str | None = None, people: int = 1) -> Iterator[Server]:
    """A server with that many messages in its inbox, all drafted, and that many people who may come in.

    Raises:
        SystemExit: it did not start; with the end of what it said.
    """
    from assistant import demo
    from assistant.web.team import Member, TeamFile, new_token, token_sha256

    with tempfile.TemporaryDirectory(prefix="replywright-bench-") as folder:
        place = store or str(Path(folder) / "inbox.db")
        tokens = tuple(new_token() for _ in range(people))
        file = Path(folder) / "team.yaml"
        members = tuple(
            Member(name=f"Bench {n}", role="lead", token_sha256=token_sha256(token)) for n, token in enumerate(tokens)
        )
        file.write_text(json.dumps(TeamFile(people=members).model_dump(mode="json")), encoding="utf-8")
        with Store.open(place) as kept:
            filled(kept, demo.brand(), count)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "assistant.cli", "web", "--brand", "demo", "--store", place]
        command += ["--runs", str(Path(folder) / "runs"), "--port", str(port), "--team", str(file)]
        log = Path(folder) / "server.log"
        with log.open("wb") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
        try:
            _wait_for(f"http://127.0.0.1:{port}", process, log)
            server = Server(f"http://127.0.0.1:{port}", tokens, process, place, log)
            _warm(server)
            yield server
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait(20)


def _warm(server: Server) -> None:
    """Wait until a check is quick: as it starts, a server builds what its rules need."""
    line = {"id": "warm", "channel": "x", "reply": TYPED}
    headers = {"Authorization": f"Bearer {server.token()}"}
    for _ in range(60):
        began = time.monotonic()
        httpx2.post(f"{server.url}{V1}/check", json=line, headers=headers, timeout=120)
        if time.monotonic() - began < QUICK:
            return
        time.sleep(1)


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
        try:
            httpx2.get(url, timeout=5)
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server did not answer:\n{log.read_text(errors='replace')[-2000:]}")
