"""Pictures of every page, full and empty, at two sizes, in light and dark: for looking at, and for the docs.

`python tests/web/pictures.py [WORD ...]` serves the demo brand with a team of three, a month of decisions and runs of
three suites, and writes PNG files to tests/output; words keep those whose name holds one of them.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from conftest import FLAGS
from seeding import seed

from assistant import demo
from assistant.brand import Brand
from assistant.store import Store, claims
from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256

OUTPUT = Path(__file__).resolve().parents[1] / "output"
SIZES = {"desk": (1280, 800), "tablet": (834, 1112)}
PEOPLE = {"Robin Vale": "owner", "Sam Ortega": "lead", "Priya Nair": "agent"}
REPLY = (
    "Hello Priya. A whole morning by the door, and then somebody else’s bins. Unfortunately the driver stopped 340 m "
    "from you. Tell us at https://help.halyard.example/missing and we look for it today. ^IP"
)
"""An agent's edit with an internal fact of the demo's `number-in-public` in it, and a word that the demo avoids."""
OPEN = "desk => desk.shown() === '{key}' && document.querySelector('[data-verdict]').textContent.length > 12"


def runs(folder: Path, brand: Brand) -> None:
    """Logs of two runs of the demo suite, of one of the pairs, and of one that was stopped."""
    from assistant.web.evaluation.order import Order
    from eval import evaluate, load_suite
    from eval.answering import Answers
    from eval.scorers import scorers_of

    for name, by, log in (("pairs", "own", "1"), ("demo", "own", "2"), ("demo", "brand", "3")):
        suite = load_suite(name)
        answers = Answers(suite, None if by == "own" else brand)
        path = folder / f"{datetime.now(UTC):%Y%m%d}-00000{log}-{name}.jsonl"
        evaluate(answers, suite, scorers_of(suite), log=path)
        order = Order(suite=name, by=by, person="Sam Ortega", brand=brand.name)  # type: ignore[arg-type]
        order.kept_at(path).write_text(order.model_dump_json(), encoding="utf-8")
    half = folder / f"{datetime.now(UTC):%Y%m%d}-000004-demo.jsonl"
    half.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:14]), encoding="utf-8")
    order.kept_at(half).write_text(order.model_dump_json(), encoding="utf-8")


@contextmanager
def served(folder: Path, *, full: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """The application for a team, with everything in it or nothing: its address, and the tokens by person."""
    import uvicorn

    from assistant.web.app import create_app

    brand = demo.brand()
    tokens = {name: new_token() for name in PEOPLE}
    people = tuple(
        Member(name=name, role=role, token_sha256=token_sha256(tokens[name]))  # type: ignore[arg-type]
        for name, role in PEOPLE.items()
    )
    (folder / "runs").mkdir(parents=True)
    with Store.open(folder / "store.db") as store:
        if full:
            seed(store, brand, count=420, weeks=5)
            runs(folder / "runs", brand)
        posts = demo.just_in(datetime.now(UTC)) if full else []
        app = create_app(brand, store, messages=posts, door=Team(TeamFile(people=people)), runs=folder / "runs")
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started or app.state.desk.inbox.drafting:
            time.sleep(0.1)
        if full:
            claims.claim(store, "stuck-parka", "Sam Ortega", seconds=7200)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", tokens
        server.should_exit = True
        thread.join()


def states(full: bool) -> Iterator[tuple[str, str, str, str]]:
    """What is photographed: its name, the address, what is done there, and what says that it is there."""
    shown = ".rw-conversation .rw-turn-now" if full else ".rw-list .rw-empty"
    yield "inbox", "/", "0", shown
    yield "keys", "/", "desk.showKeys()", "dialog[open]"
    yield "rules", "/rules", "0", "#rw-rules-items"
    yield "evaluation", "/evaluation", "0", "[data-view]"
    yield "start", "/evaluation", "document.querySelector('[data-new]').click()", "dialog[open]"
    yield "insights", "/insights", "0", ".rw-insights"
    yield "paste", "/", "desk.intake('paste')", "dialog[open]"
    yield "import", "/", "desk.intake('import')", "dialog[open]"
    yield "notices", "/", "desk.tell()", "dialog[open]"
    if not full:
        return
    draft = f"document.querySelector('[data-box]').textContent = {REPLY!r}"
    typed = f"{draft}; document.querySelector('[data-box]').dispatchEvent(new Event('input'))"
    yield "reply", "/#number-in-public", typed, ".rw-finding-block"
    yield "numbers", "/#small-claims", "document.querySelector('[data-advice] details').open = true", "[data-advice]"
    yield "escalate", "/#snapped-buckle", "desk.ask('escalate')", "dialog[open]"
    yield "no-reply", "/#collab-babe", "0", ".rw-notice"
    yield "claimed", "/#stuck-parka", "0", ".rw-claim"
    yield "triage", "/#number-in-public", "desk.ask('triage')", "dialog[open]"
    rule = "document.querySelector('[data-rule=\"{}\"]').click()"
    yield "rule", "/rules", rule.format("general.Guarantee"), ".rw-examples"
    yield "rule-change", "/rules", f"{rule.format('general.Guarantee')}; CHANGE", ".rw-change"
    tried = "document.querySelector('[data-try]').textContent = 'We guarantee a new pair, and that is a promise.'"
    typing = "document.querySelector('[data-try]').dispatchEvent(new Event('input', {bubbles: true}))"
    steps = f"{rule.format('general.Guarantee')}; CHANGE; {tried}; {typing}; BACKTEST"
    yield "rule-tried", "/rules", steps, ".rw-trial"
    yield "rule-new", "/rules", "document.querySelector('[data-new]').click()", ".rw-new"
    oldest = "[...document.querySelectorAll('.rw-runs th a')].at(-1).href"
    yield "run", "/evaluation", f"location.href = {oldest}", "iframe:not([hidden])"
    yield "label", "/evaluation", "location.href = document.querySelector('a[href*=label]').href", ".rw-scales"
    pair = "document.querySelectorAll('[name=pair]')"
    yield "diff", "/evaluation", f"{pair}[1].click(); {pair}[2].click(); PAIR", "iframe:not([hidden])"


out = partial(print, flush=True)
CLICKS = {"CHANGE": "[data-tab=change]", "BACKTEST": "[data-backtest]", "PAIR": "[data-compare]"}
"""What is clicked once it is there."""


def photograph(page: Any, url: str, state: tuple[str, str, str, str], path: Path) -> None:
    """One state of one page, as soon as it is all there."""
    _, address, does, there = state
    page.goto("about:blank")
    page.goto(url + address)
    page.wait_for_selector("#rw-desk .rw-list, .rw-rules-list [data-rule], .rw-evaluation, .rw-insights")
    page.wait_for_function("!!window.replywright.showKeys")
    if "#" in address:
        page.wait_for_function(f"window.replywright.shown() === '{address.partition('#')[2]}'")
        page.wait_for_function("document.querySelector('.rw-decided') || document.querySelector('[data-verdict]')")
    steps = does.split("; ")
    for step in steps:
        if step in CLICKS:
            page.locator(CLICKS[step]).first.click()
        else:
            page.evaluate(f"() => {{ const desk = window.replywright; {step}; }}")
    page.locator(there).first.wait_for(state="visible")
    page.wait_for_timeout(900)
    page.screenshot(path=path)


def main(words: list[str]) -> None:
    """Take the pictures whose names hold one of the words, or all."""
    from playwright.sync_api import sync_playwright

    OUTPUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for full in (True, False):
            wanted = {
                f"{one[0]}{'' if full else '-empty'}-{size}-{look}": (one, size, look)
                for one in states(full)
                for size in SIZES
                for look in ("light", "dark")
            }
            wanted = {name: one for name, one in wanted.items() if not words or any(word in name for word in words)}
            if not wanted:
                continue
            with served(Path(folder) / str(full), full=full) as (url, tokens):
                for look in ("light", "dark"):
                    context = browser.new_context(color_scheme=look, reduced_motion="reduce")
                    context.request.post(
                        f"{url}/sign-in", form={"token": tokens["Robin Vale"]}, headers={"Origin": url}
                    )
                    page = context.new_page()
                    page.on("pageerror", lambda error: out("page error:", error))
                    for name, (state, size, of) in wanted.items():
                        if of != look:
                            continue
                        width, height = SIZES[size]
                        page.set_viewport_size({"width": width, "height": height})
                        try:
                            photograph(page, url, state, OUTPUT / f"{name}.png")
                            wide = page.evaluate("document.documentElement.scrollWidth")
                            out(name, "" if wide <= width else f"sticks out by {wide - width}")
                        except Exception as error:  # noqa: BLE001 - the other pictures are wanted all the same
                            out(name, "failed:", str(error).splitlines()[0])
                            page.screenshot(path=OUTPUT / f"{name}-failed.png")
                    context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
