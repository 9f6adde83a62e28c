import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.brand import Brand
from assistant.models import ChatModel
from assistant.pipeline import Assistant
from assistant.settings import ModelSettings

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))
from stub import Server, serving

pytestmark = pytest.mark.browser

KEY = "stuck-parka"
ORDER = "HY-318207"
"""The private order number of that message."""
FIRST = "A parka that stands still that long is worth chasing. Send us a direct message and we can look for it."
FURTHER = "That is a long time without news of your parka. If you send us a direct message, we can ask where it is."
LEAK = f"Your order {ORDER} has not moved. Send us a direct message and we can ask where it is."
PARTS = 12
"""Into which the stub cuts a stream."""


def _writing(*texts: str) -> Callable[[dict[str, Any]], str]:
    replies = [{"text": one, "why": "", "sources": []} for one in texts]
    return lambda _: json.dumps({"replies": replies, "unknown": [], "abstained": ""})


@pytest.fixture
def stub() -> Iterator[Server]:
    """A chat model's server on loopback, whose streams go on only as far as a test lets them."""
    server = serving(reply=_writing(FIRST))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(stub: Server, serve: Callable[..., Any], visit: Callable[..., Any]) -> Iterator[tuple[Any, Any]]:
    """A page with one message open that a model has drafted, and the site behind it."""
    settings = ModelSettings(model="good", base_url=stub.url, retries=0, triage=False, timeout=20.0, seconds=20.0)
    model = ChatModel(settings)

    def assistant_for(brand: Brand) -> Assistant:
        return Assistant(brand, model=model)

    site = serve([one for one in demo.inbox() if one.id == KEY], assistant_for=assistant_for)
    page, seen = visit(site)
    page.wait_for_function("document.querySelector('[data-verdict]').textContent.startsWith('Passes')")
    yield page, site
    assert seen.errors == []
    model.close()


def _answer(page: Any, start: str) -> None:
    page.wait_for_function(
        "start => document.querySelector('#rw-reply [data-answer]').textContent.startsWith(start)", arg=start
    )


def test_a_further_draft_grows_and_is_there_once_it_is_checked(opened: tuple[Any, Any], stub: Server) -> None:
    """It stands in the editor's place and is no text to approve or copy; then it is a draft like any other."""
    page, site = opened
    half = Event()
    stub.reply = _writing(FURTHER)
    stub.before_part = lambda number: number < PARTS // 2 or half.wait(20)
    page.locator("[data-another]").click()
    page.wait_for_function("document.querySelector('[data-growing-text]').textContent.startsWith('That is a long')")
    assert not page.locator("[data-box]").is_visible()
    assert "checked as it grows" in page.locator("[data-growing-said]").inner_text()
    page.locator("[data-growing-text]").click(click_count=3)
    assert page.evaluate("getSelection().toString()") == ""
    page.keyboard.press("a")
    page.keyboard.press("c")
    assert FIRST in stub.asked[-1]["messages"][1]["content"], "the model is told which drafts there are"
    half.set()
    page.wait_for_function("text => document.querySelector('[data-box]').textContent.startsWith(text)", arg=FURTHER)
    page.wait_for_function("document.querySelector('[data-verdict]').textContent.startsWith('Passes')")
    assert not page.locator("[data-growing]").is_visible()
    assert decisions(site.store, KEY) == ()
    item = site.desk.inbox.get(KEY)
    assert [one.text[:20] for one in item.proposal.drafts] == [FIRST[:20], FURTHER[:20]]
    assert item.proposal.provenance["usage"]["calls"] == 2, "what both drafts took is told together"


def test_what_stops_is_marked_at_once_and_a_failure_is_said(opened: tuple[Any, Any], stub: Server) -> None:
    """A leak is marked while the rest still comes; stopped, all is as it was; a failure brings the playbook and why."""
    page, site = opened
    half = Event()
    stub.reply = _writing(LEAK)
    stub.before_part = lambda number: number < PARTS // 2 or half.wait(20)
    page.locator("[data-another]").click()
    page.wait_for_selector("[data-growing-text] .rw-mark-block")
    assert "A rule stops this already" in page.locator("[data-growing-said]").inner_text()
    assert page.locator("[data-growing-text]").inner_text() != LEAK
    page.keyboard.press("Escape")
    _answer(page, "Stopped. Everything is as it was.")
    assert page.locator("[data-box]").inner_text().startswith(FIRST)
    half.set()
    stub.reply = lambda _: "no JSON at all"
    page.locator("[data-another]").click()
    _answer(page, "The embedded drafter wrote: the answer had not the shape that was asked for.")
    drafts = site.desk.inbox.get(KEY).proposal.drafts
    assert drafts[0].text.startswith(FIRST)
    assert {one.drafter for one in drafts[1:]} == {"playbook"}
