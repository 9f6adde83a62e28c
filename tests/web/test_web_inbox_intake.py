from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = f"=cmd|calc {SCRIPT} ${{document.title='owned'}} \u202egnp.exe \x1b[31mred {'👩‍👩‍👧‍👦' * 500}"
DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: 'text/csv' }));
    for (const kind of ['dragover', 'drop']) {
        document.querySelector('#rw-desk').dispatchEvent(
            new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
}"""


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _summary(page: Any, part: str) -> None:
    page.wait_for_function("part => document.querySelector('[data-summary]').textContent.includes(part)", arg=part)


def test_a_dropped_file_is_mapped_previewed_and_taken(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Columns are guessed and may be changed, bad rows are told by number, and what is taken is drafted."""
    site = serve([])
    page, seen = visit(site, empty=True)
    rows = ["Post;Who;Where;Order no", "My parcel is nine days late;Ana;Twitter;NW-7", ";Ben;Twitter;NW-8"]
    page.evaluate(DROP, ["mentions.csv", "\n".join([*rows, "Thank you all so much;Cleo;Myspace;"])])
    dialog = page.get_by_role("dialog", name="Import messages")
    _summary(page, "Choose the channel")
    dialog.get_by_label("What the column Where holds").select_option("channel")
    _summary(page, "1 message can be imported, 2 rows can’t")
    dialog.get_by_label("What the column Order no holds").select_option("private")
    dialog.get_by_label("What the column Who holds").select_option("name")
    page.wait_for_function("document.querySelector('[data-rows]').textContent.includes('Ana')")
    bad = dialog.locator("[data-bad-list]").inner_text()
    assert "Row 3 the message is empty" in bad
    assert "Row 4 'channel': unknown channel 'myspace'" in bad
    dialog.get_by_role("button", name="Import 1 message", exact=True).click()
    page.wait_for_selector(".rw-item")
    (item,) = site.desk.inbox.items()
    assert (item.context.customer.name, item.context.channel) == ("Ana", "x")
    assert [(one.name, one.value, one.visibility) for one in item.context.facts] == [("order_no", "NW-7", "private")]
    page.wait_for_function("document.querySelector('[data-box]').textContent.length > 20")
    assert seen.errors == []


def test_a_file_that_is_none_says_so(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """A file from a button that can't be read is refused in words, and another one can be chosen."""
    page, _ = visit(serve([]), empty=True)
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Import messages")
    choose = dialog.locator("[data-file]")
    choose.first.set_input_files({"name": "book.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04\x00\x00"})
    dialog.get_by_text("NUL bytes").wait_for()
    assert not dialog.locator("[data-take-file]").is_visible()
    line = b'{"id": "1", "channel": "x", "message": "Where is it?"}\n'
    choose.last.set_input_files({"name": "a.jsonl", "mimeType": "application/json", "buffer": line})
    _summary(page, "1 message can be imported.")
    assert not dialog.locator("[data-mapping]").is_visible()


def test_a_pasted_message_is_drafted_and_opened(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Channel, customer and facts come with it; the draft stands in the editor without another step."""
    site = serve([])
    page, seen = visit(site, empty=True)
    page.keyboard.press("p")
    dialog = page.get_by_role("dialog", name="Paste one message")
    dialog.get_by_label("What the customer wrote").fill("My boots leak after two weeks. What now?")
    dialog.get_by_label("Channel").select_option("facebook")
    dialog.get_by_label("Name (optional)").fill("Ana Cole")
    dialog.get_by_role("button", name="Add a fact").click()
    dialog.get_by_label("What it is called").fill("order number")
    dialog.get_by_label("What it is", exact=True).fill("NW-48213")
    dialog.get_by_role("button", name="Draft a reply").click()
    page.wait_for_function("document.querySelector('[data-box]').textContent.length > 20")
    (item,) = site.desk.inbox.items()
    assert page.evaluate("window.replywright.shown()") == item.key
    assert (item.context.channel, item.context.customer.name) == ("facebook", "Ana Cole")
    assert [(one.name, one.visibility) for one in item.context.facts] == [("order_number", "private")]
    assert "NW-48213" not in page.locator("[data-box]").inner_text()
    assert seen.errors == []


def test_hostile_files_and_pastes_are_text(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Markup, formulas, overrides, escapes and 200 kB in cells, headings, names and pastes run and break nothing."""
    site = serve([])
    page, seen = visit(site, empty=True)
    header = f"message;channel;{_cell(SCRIPT)}"
    rows = [f"{_cell(HOSTILE)};x;{_cell(SCRIPT)}", f"{_cell('y' * 200_000)};x;", f"Hello;{_cell(SCRIPT)};"]
    page.evaluate(DROP, [f"{SCRIPT}.csv", "\n".join([header, *rows])])
    _summary(page, "1 message can be imported, 2 rows can’t")
    dialog = page.get_by_role("dialog", name="Import messages")
    assert SCRIPT in dialog.inner_text()
    assert "[U+202E]gnp.exe" in dialog.inner_text()
    dialog.locator("[data-take-file]").click()
    page.wait_for_selector(".rw-item")
    page.keyboard.press("p")
    paste = page.get_by_role("dialog", name="Paste one message")
    paste.get_by_label("What the customer wrote").fill(f"{HOSTILE[:20_000]} twice")
    paste.get_by_label("Name (optional)").fill(SCRIPT)
    paste.get_by_role("button", name="Draft a reply").click()
    page.wait_for_function("document.querySelectorAll('.rw-item').length === 2")
    page.keyboard.press("/")
    page.keyboard.type("<script>")
    page.wait_for_timeout(400)
    assert "owned" not in page.title()
    inside = "document.querySelectorAll(':is(#rw-desk, #rw-intake, #rw-top) :is(script, img)').length"
    assert page.evaluate(inside) == 0
    assert "\u202e" not in page.locator("#rw-desk").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert seen.dialogs == []
    assert seen.errors == []
