"""What the page and its doors bear: typing alone and beside others, a team's mixed work, and a server that is killed.

    python tests/benchmarks/web.py typing [--keys 120] [--beside 49]
    python tests/benchmarks/web.py load [--agents 200] [--seconds 300] [--store URL]
    python tests/benchmarks/web.py kill [--approvals 1000] [--store URL]

Each starts a server of its own on loopback, with the demo brand.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

V1 = "/api/v1"
MESSAGES = (
    "My parka was due on Tuesday and tracking hasn't moved for {n} days. What's going on?",
    "Ordered a size 12, got a 14, and the form wants a photo of a box I threw away {n} days ago.",
    "Do the Causeway boots come up small? I'm between sizes, usually a {n}.",
    "Your chat cut me off {n} times today. I only want to know where my refund is.",
    "Just back from {n} days in the hills with your rucksack. Best thing I own, thank you!",
)
TYPED = "Hi there. Unfortunately we can't see that from here, so send us a message and we'll look into it today. "
TYPING_BARS = (100.0, 150.0)
"""Milliseconds, p95: alone, and beside 49 others (DESIGN section 7)."""


@dataclass(frozen=True)
class Server:
    """A server that runs, and a token for one agent of it."""

    url: str
    token: str
    process: "subprocess.Popen[bytes]"
    store: str


@contextmanager
def serving(count: int, store: str | None = None, team: bool = True) -> Iterator[Server]:
    """A server with that many messages in its inbox, all drafted."""
    from assistant import demo
    from assistant.context import CustomerContext
    from assistant.pipeline import Assistant
    from assistant.store import Store
    from assistant.web.team import Member, TeamFile, new_token, token_sha256

    with tempfile.TemporaryDirectory(prefix="replywright-bench-") as folder:
        place = store or str(Path(folder) / "inbox.db")
        token = new_token()
        file = Path(folder) / "team.yaml"
        people = TeamFile(people=(Member(name="Bench", role="lead", token_sha256=token_sha256(token)),))
        file.write_text(json.dumps(people.model_dump(mode="json")), encoding="utf-8")
        brand = demo.brand()
        assistant = Assistant(brand)
        with Store.open(place) as kept:
            contexts = [
                CustomerContext(id=f"b{n}", channel="x", message=MESSAGES[n % len(MESSAGES)].format(n=2 + n % 40))
                for n in range(count)
            ]
            kept.put_messages(contexts)
            drafted = {one.message: assistant.draft(one) for one in contexts[: 5 * 40]}
            for one in contexts:
                kept.save_proposal(one.id, drafted[one.message].model_copy(update={"id": one.id}))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "assistant.cli", "web", "--brand", "demo", "--store", place]
        command += ["--port", str(port), *(["--team", str(file)] if team else [])]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url, process)
            yield Server(url, token, process, place)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)


def typing(keys: int, beside: int) -> None:
    """Print how long a keystroke takes to its highlight, in a real browser, alone and beside other editors."""
    for others, bar in ((0, TYPING_BARS[0]), (beside, TYPING_BARS[1])):
        with serving(60, team=False) as server:
            stop = threading.Event()
            crowd = [threading.Thread(target=_editor, args=(server.url, n, stop), daemon=True) for n in range(others)]
            for one in crowd:
                one.start()
            took = _typed(server.url, keys)
            stop.set()
            for one in crowd:
                one.join(10)
        said = "alone" if not others else f"beside {others} editors"
        middle, edge = statistics.median(took), p95(took)
        _say(f"keystroke to highlight, {said}: median {middle:.0f} ms, p95 {edge:.0f} ms (bar {bar:g})")


def _typed(url: str, keys: int) -> list[float]:
    from playwright.sync_api import sync_playwright

    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        raise SystemExit("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.wait_for_selector("[data-box]")
        page.wait_for_function(
            "document.querySelector('[data-verdict]').textContent.startsWith('Pass')", timeout=60_000
        )
        page.keyboard.press("e")
        page.keyboard.insert_text(TYPED)
        page.wait_for_function("CSS.highlights.size > 0")
        page.evaluate(
            """() => {
              window.took = []; let typed = 0;
              document.querySelector('[data-box]').addEventListener('input', () => { typed = performance.now(); });
              const set = CSS.highlights.set.bind(CSS.highlights);
              CSS.highlights.set = (...given) => { window.took.push(performance.now() - typed); return set(...given); };
            }"""
        )
        for number in range(keys):
            before = page.evaluate("window.took.length")
            page.keyboard.type("abcdefghijklmnopqrstuvwxyz "[number % 27])
            page.wait_for_function("before => window.took.length > before", arg=before, polling=5)
        took: list[float] = page.evaluate("window.took")
        browser.close()
    return took


def _editor(url: str, number: int, stop: threading.Event) -> None:
    """Somebody who types five characters a second in bursts, as the page would send it."""
    rng = random.Random(number)  # noqa: S311 # the same work in every run
    with httpx2.Client(base_url=url) as client:
        text = ""
        while not stop.is_set():
            text = text[-200:] if len(text) > 250 else text
            for _ in range(rng.randint(5, 20)):
                text += rng.choice("etaoin shrdlu ")
                client.post("/api/check", json={"key": f"b{number}", "text": TYPED + text})
                if stop.wait(0.2):
                    return
            stop.wait(rng.uniform(0.5, 2.0))


def load(agents: int, seconds: float, store: str | None) -> None:
    """Print errors and times by route for a team's mixed work, bounded to that many seconds."""
    took: dict[str, list[float]] = defaultdict(list)
    wrong: dict[str, int] = defaultdict(int)

    async def call(client: httpx2.AsyncClient, name: str, method: str, path: str, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            answer = await client.request(method, path, **options)
        except httpx2.HTTPError as error:
            wrong[f"{name}: {type(error).__name__}"] += 1
            return None
        took[name].append((time.perf_counter() - began) * 1e3)
        if answer.status_code >= 400 and answer.status_code != 409:
            wrong[f"{name}: {answer.status_code}"] += 1
        return answer

    async def agent(server: Server, number: int, until: float) -> None:
        rng = random.Random(number)  # noqa: S311 # the same work in every run
        headers = {"Authorization": f"Bearer {server.token}"}
        async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
            await asyncio.sleep(rng.uniform(0, 5))
            turn = 0
            while time.monotonic() < until:
                key = f"b{number * 20 + turn % 20}"
                turn += 1
                await call(client, "version", "GET", "/api/inbox")
                answer = await call(client, "open a message", "GET", f"{V1}/inbox/{key}")
                for end in range(40, len(TYPED), 18):
                    await call(client, "check", "POST", "/api/check", json={"key": key, "text": TYPED[:end]})
                    await asyncio.sleep(rng.uniform(0.2, 0.6))
                if turn % 3 == 0:
                    said = {"id": "d", "channel": "x", "message": rng.choice(MESSAGES).format(n=rng.randint(2, 400))}
                    await call(client, "draft", "POST", f"{V1}/draft", json=said)
                drafts = answer.json()["proposal"]["drafts"] if answer is not None and answer.status_code == 200 else []
                if drafts:
                    body = {"decision": "approve", "text": drafts[0]["text"]}
                    await call(client, "approve", "POST", f"{V1}/inbox/{key}/decision", json=body)
                await asyncio.sleep(rng.uniform(2, 6))

    async def team(server: Server) -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(agent(server, number, until) for number in range(agents)))

    with serving(agents * 20, store) as server:
        asyncio.run(team(server))
        kind = "Postgres" if store else "SQLite"
        _say(f"{agents} agents for {seconds:g} s on {kind}: {sum(map(len, took.values())):,} requests")
        for name, times in sorted(took.items()):
            _say(f"  {name:16} {len(times):7,}  median {statistics.median(times):6.0f} ms  p95 {p95(times):6.0f} ms")
        _say(f"  errors: {dict(wrong) or 'none'}")


def kill(approvals: int, store: str | None) -> None:
    """Kill the server while approvals run, and look for each confirmed one in the store; its chain must verify."""
    from assistant.approval import decisions
    from assistant.store import Store, verify

    confirmed: list[str] = []
    with serving(approvals, store) as server:
        left = iter(range(approvals))
        lock = threading.Lock()

        def approve() -> None:
            headers = {"Authorization": f"Bearer {server.token}"}
            with httpx2.Client(base_url=server.url, headers=headers, timeout=30) as client:
                while True:
                    with lock:
                        number = next(left, None)
                    if number is None:
                        return
                    try:
                        text = client.get(f"{V1}/inbox/b{number}").json()["proposal"]["drafts"][0]["text"]
                        answer = client.post(
                            f"{V1}/inbox/b{number}/decision", json={"decision": "approve", "text": text}
                        )
                    except (httpx2.HTTPError, ValueError):
                        return
                    if answer.status_code == 200:
                        with lock:
                            confirmed.append(f"b{number}")
                        if len(confirmed) == approvals // 2:
                            os.killpg(server.process.pid, signal.SIGKILL)

        threads = [threading.Thread(target=approve) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        server.process.wait(20)
        with Store.open(server.store) as kept:
            lost = [key for key in confirmed if not decisions(kept, key)]
            report = verify(kept)
            _say(
                f"killed after {len(confirmed):,} confirmed approvals: {len(lost)} lost, "
                f"{report.records:,} records, chain {'holds' if report.ok else report.problems}"
            )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 stay below."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            httpx2.get(url, timeout=5)
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not answer")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    typed = verbs.add_parser("typing")
    typed.add_argument("--keys", type=int, default=120)
    typed.add_argument("--beside", type=int, default=49)
    loaded = verbs.add_parser("load")
    loaded.add_argument("--agents", type=int, default=200)
    loaded.add_argument("--seconds", type=float, default=300)
    killed = verbs.add_parser("kill")
    killed.add_argument("--approvals", type=int, default=1000)
    for one in (loaded, killed):
        one.add_argument("--store", help="a Postgres URL; SQLite in a folder of its own by default")
    given = parser.parse_args()
    match given.verb:
        case "typing":
            typing(given.keys, given.beside)
        case "load":
            load(given.agents, given.seconds, given.store)
        case _:
            kill(given.approvals, given.store)


if __name__ == "__main__":
    main()
