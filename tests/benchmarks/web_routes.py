"""What each route costs the server: processor time of its process for one request, with nobody else there."""

import os
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
from web_load import look_event
from web_server import TYPED, V1, Server

TIMES = 40
"""Requests of each kind, after as many that fill what is kept: patterns that were compiled, rows that were drawn."""
SETS = 4
"""The median of so many parts is what is printed: what the server does by itself now and then falls out."""

_TICKS = os.sysconf("SC_CLK_TCK")


def costs(server: Server, messages: int) -> Iterator[tuple[str, float, int]]:
    """Each kind of request: its name, milliseconds of processor time of the server's process, bytes of an answer."""
    with httpx2.Client(
        base_url=server.url, headers={"Authorization": f"Bearer {server.token()}"}, timeout=60
    ) as client:
        config = client.get("/config").json()
        event = look_event(config)
        left = iter(range(messages))

        def look(key: str, session: str) -> Any:
            body = {"data": [], "event_data": {"key": key}, "fn_index": event, "session_hash": session}
            return client.post("/gradio_api/run/predict", json={**body, "trigger_id": event})

        def approve() -> Any:
            key = f"b{next(left)}"
            text = client.get(f"{V1}/inbox/{key}").json()["proposal"]["drafts"][0]["text"]
            return client.post(f"{V1}/inbox/{key}/decision", json={"decision": "approve", "text": text})

        number = iter(range(10**9))
        kinds: dict[str, Callable[[], Any]] = {
            "notices": lambda: client.get(f"{V1}/notices"),
            "news": lambda: client.post("/api/inbox", json={"key": ""}),
            "check": lambda: client.post("/api/check", json={"key": "b7", "text": f"{TYPED}{next(number)}"}),
            "advice": lambda: client.post("/api/advice", json={"key": "b7", "text": f"{TYPED}{next(number)}"}),
            "look": lambda: look(f"b{next(number) % messages}", "s"),
            "look, new session": lambda: look("b7", f"new{next(number)}"),
            "page": lambda: client.get("/"),
            "list": lambda: client.get(f"{V1}/inbox", params={"status": "open", "limit": 20}),
            "message": lambda: client.get(f"{V1}/inbox/b{next(number) % messages}"),
            "message, approve": approve,
        }
        for name, ask in kinds.items():
            for _ in range(TIMES):
                answer = ask()
            times = []
            for _ in range(SETS):
                began = _used(server.process.pid)
                for _ in range(TIMES // SETS):
                    answer = ask()
                    answer.raise_for_status()
                times.append((_used(server.process.pid) - began) * 1e3 / (TIMES // SETS))
            yield name, statistics.median(times), len(answer.content)


def _used(process: int) -> float:
    """Seconds of processor time that a process has used by itself."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
