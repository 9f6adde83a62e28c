"""A team's mixed work on a server: people with the page open, and beside each a program that works the same inbox."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import httpx2
from web_server import MESSAGES, TYPED, V1, Server

TRIES = 5
"""How often somebody who is told that the server is busy asks before they give up."""
OF_AN_AGENT = 40
"""Messages that one agent answers at most."""


class Calls:
    """What a team asked for: how long each answer took, and which were none."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.took: dict[str, list[float]] = defaultdict(list)
        self.refused: dict[str, list[float]] = defaultdict(list)
        """How long it took to say that the server is busy."""
        self.wrong: dict[str, int] = defaultdict(int)

    async def call(self, client: httpx2.AsyncClient, name: str, method: str, path: str, **options: Any) -> Any:
        """Ask until the server is not too busy; the answer, None where none came or it was an error."""
        for _ in range(TRIES):
            began = time.perf_counter()
            try:
                answer = await client.request(method, path, **options)
            except httpx2.HTTPError as error:
                self.wrong[f"{name}: {type(error).__name__}"] += 1
                return None
            took = (time.perf_counter() - began) * 1e3
            if answer.status_code != 503 or "retry-after" not in answer.headers:
                break
            self.refused[name].append(took)
            await asyncio.sleep(int(answer.headers["retry-after"]))
        else:
            self.wrong[f"{name}: given up"] += 1
            return None
        self.took[name].append(took)
        if answer.status_code >= 400:
            self.wrong[f"{name}: {answer.status_code} {answer.json().get('detail', '')[:200]}"] += 1
            return None
        return answer


class Page:
    """The page in somebody's browser: it asks for news, and for itself where anything changed."""

    def __init__(self, client: httpx2.AsyncClient, event: int, session: str, calls: Calls) -> None:
        """Nothing is open yet."""
        self.key = ""
        self._client, self._event, self._session, self._calls = client, event, session, calls
        self._version = -1
        self._lock = asyncio.Lock()

    async def poll(self) -> None:
        """Ask for news as often as the server says."""
        pause = 3.0
        while True:
            answer = await self._calls.call(self._client, "news", "POST", "/api/inbox", json={"key": self.key})
            if answer is not None:
                news = answer.json()
                pause, changed, self._version = news["pause"], news["version"] != self._version, news["version"]
                if changed:
                    await self.look()
            await asyncio.sleep(pause)

    async def look(self) -> None:
        """Open a message, or show it anew: an event, and the parts of the page that answer it."""
        async with self._lock:
            key, began = self.key, time.perf_counter()
            try:
                shown = await self._answered(key)
            except httpx2.HTTPError as error:
                self._calls.wrong[f"look: {type(error).__name__}"] += 1
                return
            took = (time.perf_counter() - began) * 1e3
            if not shown:  # the page says so and asks again with its next news
                self._calls.refused["look"].append(took)
                return
            self._calls.took["look"].append(took)
            if f'"{key}"' not in shown:
                self._calls.wrong["look: another message"] += 1

    async def _answered(self, key: str) -> str:
        """What the page shows then; nothing where the server is too busy."""
        body = {"data": [], "event_data": {"key": key}, "fn_index": self._event, "session_hash": self._session}
        answer = await self._client.post("/gradio_api/run/predict", json={**body, "trigger_id": self._event})
        if answer.status_code == 500 and "the server is busy" in answer.text:
            return ""
        answer.raise_for_status()
        return answer.text


async def _agent(server: Server, number: int, until: float, event: int, calls: Calls) -> None:
    """Somebody with the page open, and beside it a program that works with the same inbox."""
    rng = random.Random(number)  # noqa: S311 # the same work in every run
    headers = {"Authorization": f"Bearer {server.token(number)}"}
    async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
        await asyncio.sleep(rng.uniform(0, 10))
        page = Page(client, event, f"s{number}", calls)
        polling = asyncio.create_task(page.poll())
        for turn in range(OF_AN_AGENT):
            key = page.key = f"b{number * OF_AN_AGENT + turn}"
            await page.look()
            for end in range(40, len(TYPED), 18):
                await calls.call(client, "check", "POST", "/api/check", json={"key": key, "text": TYPED[:end]})
                await asyncio.sleep(rng.uniform(0.2, 0.6))
            if (turn + number) % 3 == 0:
                said = {"id": "d", "channel": "x", "message": rng.choice(MESSAGES).format(n=rng.randint(2, 400))}
                await calls.call(client, "draft", "POST", f"{V1}/draft", json=said)
            answer = await calls.call(client, "message", "GET", f"{V1}/inbox/{key}")
            drafts = answer.json()["proposal"]["drafts"] if answer is not None else []
            if drafts:
                body = {"decision": "approve", "text": drafts[0]["text"]}
                await calls.call(client, "approve", "POST", f"{V1}/inbox/{key}/decision", json=body)
            await calls.call(client, "list", "GET", f"{V1}/inbox", params={"status": "open", "limit": 20})
            await asyncio.sleep(rng.uniform(2, 6))
            if time.monotonic() > until:
                break
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


def look_event(config: dict[str, Any]) -> int:
    """The number of the event that opens a message in the page."""
    inbox = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "rw-inbox")
    return int(next(one["id"] for one in config["dependencies"] if [inbox, "look"] in one["targets"]))


async def worked(servers: Sequence[Server], agents: int, seconds: float) -> Calls:
    """Let that many people work for that many seconds, each at one of the servers; what they asked for."""
    calls, until = Calls(), time.monotonic() + seconds
    headers = {"Authorization": f"Bearer {servers[0].token()}"}
    async with httpx2.AsyncClient(base_url=servers[0].url, headers=headers, timeout=60) as one:
        event = look_event((await one.get("/config")).json())
    at = [servers[number % len(servers)] for number in range(agents)]
    await asyncio.gather(*(_agent(server, number, until, event, calls) for number, server in enumerate(at)))
    return calls
