"""What the page and its doors bear: typing alone and beside others, a team's mixed work, and a server that is killed.

    python tests/benchmarks/web.py inbox [--messages 2000]
    python tests/benchmarks/web.py routes [--messages 8000]
    python tests/benchmarks/web.py typing [--keys 120] [--beside 49]
    python tests/benchmarks/web.py load [--agents 200] [--seconds 300] [--servers 1] [--store URL | postgres]
    python tests/benchmarks/web.py kill [--approvals 1000] [--store URL | postgres]

All but the first start a server of their own on loopback, with the demo brand. `--store postgres` also starts a
Postgres server of its own, where its programs are installed (Debian: postgresql).
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from web_load import OF_AN_AGENT, worked
from web_routes import costs
from web_server import TYPED, V1, Server, filled, serving

TYPING_BARS = (100.0, 150.0)
"""Milliseconds, p95: alone, and beside 49 others (DESIGN section 7)."""
OPEN_BAR, LIST_BAR = 2.0, 100.0
"""Seconds of processor time until an inbox of 2,000 messages is open, and milliseconds, p95, of its list: our own."""


def inbox(messages: int) -> None:
    """Print how long a full inbox takes to open, and its list to be shown, searched and filtered, in this process."""
    from assistant import demo
    from assistant.store import Store
    from assistant.web.inbox import Inbox
    from assistant.web.list_view import list_html
    from assistant.web.people import Person
    from assistant.web.views import Asked

    class Idle:
        size = 1

        def close(self) -> None:
            pass

    brand, person = demo.brand(), Person(name="Bench", role="lead")
    with tempfile.TemporaryDirectory(prefix="replywright-bench-") as folder, Store.open(Path(folder) / "in.db") as kept:
        filled(kept, brand, messages, messages // 4)
        began = time.process_time()
        opened = Inbox(kept, brand, lambda _: Idle())  # type: ignore[arg-type, return-value]
        opened.sync()
        took = time.process_time() - began
        _say(f"{messages:,} messages, a quarter decided: opened in {took:.2f} s of CPU (bar {OPEN_BAR:g})")
        shown: dict[str, Asked] = {
            "all": Asked(),
            "a filter": Asked(queue="todo", channel="x"),
            "a search": Asked(query="parka tuesday"),
            "one found": Asked(query="@kim177"),
        }
        for name, asked in shown.items():
            times = []
            for n in range(60):
                opened.claimed(f"b{messages - 1 - n}", None if n % 2 else _claim(n))  # a list that has changed
                began = time.process_time()
                list_html(opened, asked, person, team=True)
                times.append((time.process_time() - began) * 1e3)
            middle, edge = statistics.median(times), p95(times)
            _say(f"  list, {name:10} median {middle:5.1f} ms  p95 {edge:5.1f} ms (bar {LIST_BAR:g})")


def _claim(number: int) -> Any:
    from datetime import UTC, datetime, timedelta

    from assistant.store.claims import Claim

    return Claim(person=f"Bench {number}", until=datetime.now(UTC) + timedelta(minutes=3))


def routes(messages: int) -> None:
    """Print what a request of each kind costs the server, alone; and the same machine's time for a bare loop."""
    began, number = time.process_time(), 0
    for _ in range(10_000_000):
        number += 1  # noqa: SIM113 # this is what is timed
    _say(f"ten million additions: {time.process_time() - began:.2f} s; an inbox of {messages:,} messages")
    with serving(messages) as server:
        for name, cost, size in costs(server, messages):
            _say(f"  {name:18} {cost:6.1f} ms of CPU  {size:9,} bytes")


def typing(keys: int, beside: int) -> None:
    """Print how long a keystroke takes to its highlight, in a real browser, alone and beside other editors."""
    for others, bar in ((0, TYPING_BARS[0]), (beside, TYPING_BARS[1])):
        with serving(60, people=1 + others) as server:
            stop, crowd = threading.Event(), []
            refused: dict[int, int] = defaultdict(int)
            for n in range(others):
                crowd.append(threading.Thread(target=_editor, args=(server, 1 + n, stop, refused), daemon=True))
                crowd[-1].start()
            took = _typed(server, keys)
            stop.set()
            for one in crowd:
                one.join(10)
        said = "alone" if not others else f"beside {others} editors"
        middle, edge = statistics.median(took), p95(took)
        _say(f"keystroke to highlight, {said}: median {middle:.0f} ms, p95 {edge:.0f} ms (bar {bar:g})")
        if refused:
            _say(f"  refused: {dict(refused)}")


def _typed(server: Server, keys: int) -> list[float]:
    from playwright.sync_api import sync_playwright

    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        raise SystemExit("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        signed = {"form": {"token": server.token()}, "headers": {"Origin": server.url}}
        page.request.post(f"{server.url}/sign-in", **signed)
        page.goto(server.url)
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


def _editor(server: Server, number: int, stop: threading.Event, refused: dict[int, int]) -> None:
    """Somebody who types five characters a second in bursts, as the page would send it."""
    rng = random.Random(number)  # noqa: S311 # the same work in every run
    headers = {"Authorization": f"Bearer {server.token(number)}"}
    with httpx2.Client(base_url=server.url, headers=headers, timeout=60) as client:
        text = ""
        while not stop.is_set():
            text = text[-200:] if len(text) > 250 else text
            for _ in range(rng.randint(5, 20)):
                text += rng.choice("etaoin shrdlu ")
                answer = client.post("/api/check", json={"key": f"b{number}", "text": TYPED + text})
                if answer.status_code != 200:
                    refused[answer.status_code] += 1
                if stop.wait(0.2):
                    return
            stop.wait(rng.uniform(0.5, 2.0))


def load(agents: int, seconds: float, store: str | None, several: int) -> None:
    """Print errors and times by route for a team's mixed work, bounded to that many seconds."""
    with ExitStack() as stack:
        place = stack.enter_context(_place(store))
        servers = [stack.enter_context(serving(agents * OF_AN_AGENT, place, people=agents))]
        servers += [stack.enter_context(serving(0, servers[0].store, people=agents)) for _ in range(several - 1)]
        began = time.monotonic()
        calls = asyncio.run(worked(servers, agents, seconds))
        kind = "Postgres" if store else "SQLite"
        many = sum(map(len, calls.took.values()))
        took, beside = time.monotonic() - began, f", {several} servers" if several > 1 else ""
        _say(f"{agents} agents for {seconds:g} s on {kind}{beside}: {many:,} requests in {took:.0f} s")
        for name, times in sorted(calls.took.items()):
            middle, edge = statistics.median(times), p95(times)
            _say(f"  {name:10} {len(times):7,}  median {middle:6.0f} ms  p95 {edge:6.0f} ms  most {max(times):6.0f} ms")
        for name, times in sorted(calls.refused.items()):
            middle, edge = statistics.median(times), p95(times)
            _say(f"  {name:10} {len(times):7,}  refused, server busy, after {middle:.0f} ms  p95 {edge:.0f} ms")
        _say(f"  errors: {dict(calls.wrong) or 'none'}")


@contextmanager
def _place(store: str | None) -> Iterator[str | None]:
    """Where the store is to be; for `postgres` a database on a server that lives as long."""
    if store != "postgres":
        yield store
        return
    sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
    from conftest import new_database, private_postgres

    with private_postgres() as place:
        yield new_database(place, "bench")


def kill(approvals: int, store: str | None) -> None:
    """Kill the server while approvals run, and look for each confirmed one in the store; its chain must verify."""
    from assistant.approval import decisions
    from assistant.store import Store, verify

    confirmed: list[str] = []
    refused: dict[int, int] = defaultdict(int)
    with _place(store) as place, serving(approvals, place, people=AT_ONCE) as server:
        left = iter(range(approvals))
        lock = threading.Lock()

        def approved(client: httpx2.Client, key: str) -> int:
            read = client.get(f"{V1}/inbox/{key}")
            if read.status_code != 200:
                return read.status_code
            body = {"decision": "approve", "text": read.json()["proposal"]["drafts"][0]["text"]}
            return client.post(f"{V1}/inbox/{key}/decision", json=body).status_code

        def work(person: int) -> None:
            headers = {"Authorization": f"Bearer {server.token(person)}"}
            with httpx2.Client(base_url=server.url, headers=headers, timeout=30) as client:
                while server.process.poll() is None:
                    with lock:
                        number = next(left, None)
                    if number is None:
                        return
                    try:
                        status = approved(client, f"b{number}")
                    except httpx2.HTTPError:
                        return
                    with lock:
                        if status != 200:
                            refused[status] += 1
                            continue
                        confirmed.append(f"b{number}")
                        if len(confirmed) == approvals // 2:
                            os.killpg(server.process.pid, signal.SIGKILL)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(AT_ONCE)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        if len(confirmed) < approvals // 2:
            raise SystemExit(f"only {len(confirmed)} approvals were confirmed; refused: {dict(refused)}")
        server.process.wait(20)
        with Store.open(server.store) as kept:
            lost = [key for key in confirmed if not decisions(kept, key)]
            report = verify(kept)
            _say(
                f"killed after {len(confirmed):,} confirmed approvals on {'Postgres' if store else 'SQLite'}: "
                f"{len(lost)} lost, {report.records:,} records, chain {'holds' if report.ok else report.problems}; "
                f"refused: {dict(refused) or 'none'}"
            )


AT_ONCE = 8
"""Approvals that run at one time."""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 stay below."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    opened = verbs.add_parser("inbox")
    opened.add_argument("--messages", type=int, default=2000)
    routed = verbs.add_parser("routes")
    routed.add_argument("--messages", type=int, default=8000)
    typed = verbs.add_parser("typing")
    typed.add_argument("--keys", type=int, default=120)
    typed.add_argument("--beside", type=int, default=49)
    loaded = verbs.add_parser("load")
    loaded.add_argument("--agents", type=int, default=200)
    loaded.add_argument("--seconds", type=float, default=300)
    loaded.add_argument("--servers", type=int, default=1, help="On one store, each with its part of the team.")
    killed = verbs.add_parser("kill")
    killed.add_argument("--approvals", type=int, default=1000)
    for one in (loaded, killed):
        one.add_argument("--store", help="a Postgres URL, or `postgres`; SQLite in a folder of its own by default")
    given = parser.parse_args()
    match given.verb:
        case "inbox":
            inbox(given.messages)
        case "routes":
            routes(given.messages)
        case "typing":
            typing(given.keys, given.beside)
        case "load":
            load(given.agents, given.seconds, given.store, given.servers)
        case _:
            kill(given.approvals, given.store)


if __name__ == "__main__":
    main()
