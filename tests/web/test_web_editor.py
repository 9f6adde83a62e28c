from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

FAMILY = "👩‍👩‍👧‍👦"
"""One picture of seven code points and eleven UTF-16 units."""
SAID = """() => ['rw-block', 'rw-error', 'rw-warning', 'rw-suggestion'].flatMap(
    name => [...(CSS.highlights.get(name) || [])].map(range => range.toString()))"""


@pytest.fixture
def page(demo_site: Any, visit: Callable[..., Any]) -> Iterator[Any]:
    """The page with one message open whose text is the test's own."""
    page, seen = visit(demo_site)
    page.locator('.rw-item[data-key="bravo-raincoat"]').click()
    page.wait_for_function("window.replywright.shown() === 'bravo-raincoat'")
    page.locator("[data-box]").fill("")
    yield page
    page.evaluate("window.replywright.edit()")
    assert seen.errors == []


def _settled(page: Any, marked: str) -> None:
    page.wait_for_function(f"marked => ({SAID})().includes(marked)", arg=marked)


def _read(page: Any) -> str:
    text: str = page.evaluate("document.querySelector('[data-box]').innerText")
    return text


@pytest.mark.parametrize(
    "before",
    [
        f"{FAMILY} {FAMILY} ",
        "שלום עולם، مرحبا بكم ",
        "e\u0301\u0302 o\u0308 ञ्ञ ก็ ",
        "\U0001f9e5" * 30 + " ",
        "one\n\ntwo\n",
        "ﷺ 🏳️‍🌈 ZWJ\u200d \u200f",
    ],
    ids=["family", "right to left", "combining", "astral", "lines", "joiners"],
)
def test_the_right_characters_are_marked(page: Any, before: str) -> None:
    """Behind letters of any width, direction and composition exactly the words of a finding are painted."""
    page.locator("[data-box]").fill(f"{before}[name] {before}[date].")
    _settled(page, "[date]")
    marked = page.evaluate("[...CSS.highlights.get('rw-block')].map(range => range.toString())")
    assert {one for one in marked if len(one) < 20} == {"[name]", "[date]"}


def test_a_long_paste_is_marked_in_the_right_places(page: Any) -> None:
    """Ten thousand characters pasted at once, a finding at each end: both are painted, and the text is as pasted."""
    text = "[name] " + ("The 🧥 coat; é́ שלום. " * 500)[:10_000] + " [date]"
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("[data-box]").focus()
    page.keyboard.press("Control+v")
    _settled(page, "[date]")
    assert "[name]" in page.evaluate(SAID)
    assert page.evaluate("document.querySelector('[data-box]').textContent") == text


def test_undo_and_redo_survive_checks(page: Any) -> None:
    """What was typed before several checks is taken back and brought again by the browser's own history."""
    page.locator("[data-box]").focus()
    for word in ("Hello", " [name]", " again"):
        with page.expect_response("**/api/check"):
            page.keyboard.type(word)
    assert _read(page) == "Hello [name] again"
    for _ in range(20):
        page.keyboard.press("Control+z")
    assert "[name]" not in _read(page)
    for _ in range(20):
        page.keyboard.press("Control+Shift+z")
    assert _read(page) == "Hello [name] again"
    _settled(page, "[name]")


def test_a_selection_survives_checks_and_news_from_others(page: Any, demo_site: Any) -> None:
    """Neither the answer of a check nor a new state of the message moves what is selected or the text."""
    from assistant.store import claims

    page.locator("[data-box]").focus()
    page.keyboard.type("Hello [name], there")
    page.evaluate(
        "(() => { const text = document.querySelector('[data-box]').firstChild; const range = new Range();"
        "range.setStart(text, 2); range.setEnd(text, 9);"
        "getSelection().removeAllRanges(); getSelection().addRange(range); })()"
    )
    claims.claim(demo_site.store, "bravo-raincoat", "Robin", take=True)
    demo_site.desk.inbox.sync()
    page.evaluate("window.replywright.open('bravo-raincoat')")
    page.wait_for_function("Number(document.querySelector('.rw-list').dataset.number) === replywright.asked().number")
    claims.release(demo_site.store, "bravo-raincoat", "Robin")
    assert page.evaluate("getSelection().toString()") == "llo [na"
    assert _read(page) == "Hello [name], there"


def test_an_input_method_composes_undisturbed(page: Any) -> None:
    """Kana become a word while checks run in between; nothing is doubled, lost or ended early."""
    page.locator("[data-box]").focus()
    page.keyboard.type("Hi [name] ")
    devtools = page.context.new_cdp_session(page)
    for kana in ("こ", "こん", "こんに", "こんにち", "こんにちは"):
        devtools.send("Input.imeSetComposition", {"text": kana, "selectionStart": len(kana), "selectionEnd": len(kana)})
        page.wait_for_timeout(130)
    _settled(page, "[name]")
    assert _read(page) == "Hi [name] こんにちは"
    devtools.send("Input.insertText", {"text": "今日は"})
    page.wait_for_timeout(200)
    assert _read(page) == "Hi [name] 今日は"
    page.keyboard.type(" [date]")
    _settled(page, "[date]")


def test_a_busy_server_is_told_of_and_asked_again(page: Any) -> None:
    """A refused check keeps the text, says so, and comes again after the time that the server names."""
    refused: list[str] = []

    def once(route: Any) -> None:
        if refused:
            route.continue_()
            return
        refused.append(route.request.post_data)
        route.fulfill(status=503, headers={"Retry-After": "1"}, json={"detail": "the server is busy"})

    page.route("**/api/check", once)
    page.locator("[data-box]").fill("Hello [name]")
    page.wait_for_function("document.querySelector('[data-verdict]').textContent.startsWith('The server is busy')")
    assert _read(page) == "Hello [name]"
    _settled(page, "[name]")
    page.unroute("**/api/check")
