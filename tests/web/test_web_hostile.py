from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import Customer, CustomerContext
from assistant.store import Store
from assistant.web.inbox import Inbox
from tone_rules.situation import Fact, Turn

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
TEMPLATE = "${document.title='owned'} {{constructor.constructor('document.title=1')()}} `"
OVERRIDE = "\u202egnp.exe\u202c"
HUGE = "🏴󠁧󠁢󠁥󠁮󠁧󠁿👩‍👩‍👧‍👦" * 2000


def _hostile() -> list[CustomerContext]:
    return [
        CustomerContext(
            id=f"evil {SCRIPT}",
            channel="x",
            message=f"{SCRIPT} {TEMPLATE} {OVERRIDE} Where is my parcel?",
            thread=(Turn(role="other", author=SCRIPT, text=SCRIPT + TEMPLATE),),
            attachments=(SCRIPT,),
            customer=Customer(name=f"Eve {SCRIPT}{TEMPLATE}{OVERRIDE}", handle=SCRIPT, segment=SCRIPT),
            facts=(
                Fact(name=SCRIPT, value=SCRIPT + TEMPLATE, source=SCRIPT),
                Fact(name="notes", value="n" * 200_000, visibility="internal"),
            ),
        ),
        CustomerContext(
            id="long", channel="forum", message=HUGE + "x" * (50_000 - len(HUGE)), customer=Customer(name="z" * 200_000)
        ),
        CustomerContext(
            id="zalgo", channel="x", message="Z" + "\u0335\u0327\u034e" * 300 + " late parcel \x1b[31m\x07"
        ),
    ]


def test_a_log_line_stays_one_line(brand: Brand, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A message whose id would colour, turn or forge a log line is named by it, and does none of that."""
    key = f"evil\x1b[31m\r\nINFO: all is well {OVERRIDE}"

    class Broken:
        size = 1

        def draft(self, *_: Any) -> None:
            raise RuntimeError("the drafter fell over")

    with Store.open(tmp_path / "inbox.db") as store:
        store.put_messages([CustomerContext(id=key, channel="x", message="Where is my parcel?")])
        inbox = Inbox(store, brand, lambda _: Broken())  # type: ignore[arg-type, return-value]
        inbox.draft(key)
        item = inbox.get(key)
    assert item is not None
    assert item.mark == "failed"
    (line,) = (one.getMessage() for one in caplog.records)
    assert "evil" in line
    assert line.isprintable()


@pytest.mark.browser
def test_hostile_text_is_shown_and_inert(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Markup, templates, bidi overrides, control characters and very long text are text: nothing runs or overflows."""
    site = serve(_hostile())
    page, seen = visit(site)
    for key in [message.id for message in _hostile()]:
        page.evaluate("key => window.replywright.open(key)", key)
        page.wait_for_function("key => window.replywright.shown() === key", arg=key)
        page.locator("[data-box]").fill(f"{SCRIPT}{TEMPLATE} [name]")
        page.wait_for_selector(".rw-finding")
        page.wait_for_timeout(200)
        assert page.title().startswith(site.brand.name)
        assert page.evaluate("document.querySelectorAll('#rw-desk script, #rw-desk img').length") == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate("document.querySelector('#rw-desk').innerHTML.length") < 400_000
    assert "owned" not in page.title()
    assert seen.dialogs == []
    assert seen.errors == []


@pytest.mark.browser
def test_overrides_and_control_characters_are_named(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """What would turn text around or hide it is shown by its number."""
    site = serve(_hostile())
    page, _ = visit(site)
    page.evaluate("key => window.replywright.open(key)", f"evil {SCRIPT}")
    page.wait_for_function("key => window.replywright.shown() === key", arg=f"evil {SCRIPT}")
    text = page.locator("#rw-desk").inner_text()
    assert "[U+202E]gnp.exe[U+202C]" in text
    assert "\u202e" not in text
