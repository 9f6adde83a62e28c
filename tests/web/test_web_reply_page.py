import time
from collections.abc import Callable
from typing import Any

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.context import CustomerContext
from tone_rules.situation import Turn

pytestmark = pytest.mark.browser

ORDER = "HY-318207"
"""The private order number of the demo's `stuck-parka`."""


def _demo(*ids: str) -> list[CustomerContext]:
    return [post for post in demo.inbox() if post.id in ids]


def _open(page: Any, key: str) -> None:
    page.locator(f'.rw-item[data-key="{key}"]').click()
    page.wait_for_function("key => window.replywright.shown?.() === key", arg=key)


def _verdict(page: Any, start: str) -> None:
    page.wait_for_function("start => document.querySelector('[data-verdict]').textContent.startsWith(start)", arg=start)


def _box(page: Any) -> str:
    text: str = page.locator("[data-box]").inner_text()
    return text


def _marked(page: Any, name: str = "rw-block") -> list[str]:
    found: list[str] = page.evaluate(
        "name => [...(CSS.highlights.get(name) || [])].map(range => range.toString())", name
    )
    return found


def test_an_approval_can_be_undone_while_it_counts_down(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Nothing is recorded while it counts down; undone, the text can be changed again; run out, it is recorded."""
    site = serve(_demo("bravo-raincoat"), hold=3)
    page, _ = visit(site)
    _verdict(page, "Passes")
    page.clock.install()
    page.keyboard.press("a")
    page.wait_for_selector("[data-held]:not([hidden])")
    assert "Nothing is recorded yet" in page.locator("[data-held]").inner_text()
    assert page.locator("[data-box]").get_attribute("contenteditable") == "false"
    page.keyboard.press("z")
    assert page.locator("#rw-reply [data-answer]").inner_text() == "Undone. Nothing was recorded."
    assert page.locator("[data-box]").get_attribute("contenteditable") == "plaintext-only"
    page.clock.run_for(4000)
    assert decisions(site.store, "bravo-raincoat") == ()
    page.keyboard.press("a")
    page.wait_for_selector("[data-held]:not([hidden])")
    assert decisions(site.store, "bravo-raincoat") == ()
    page.clock.run_for(4000)
    page.wait_for_selector(".rw-decided")
    assert len(decisions(site.store, "bravo-raincoat")) == 1


def _decided(page: Any, site: Any, key: str) -> Any:
    """What was decided of a message, as soon as anything was."""
    until = time.monotonic() + 30
    while not decisions(site.store, key) and time.monotonic() < until:
        page.wait_for_timeout(50)
    return decisions(site.store, key)


def test_the_next_approval_and_leaving_the_page_send_what_waits(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """Working on never loses an approval: the one before is sent at once, and a closed page sends its last."""
    site = serve(_demo("bravo-raincoat", "stuck-parka"), hold=60)
    page, _ = visit(site)
    for key in ("bravo-raincoat", "stuck-parka"):
        _open(page, key)
        _verdict(page, "Passes")
        page.keyboard.press("a")
        page.wait_for_selector("[data-held]:not([hidden])")
    page.wait_for_function("document.querySelectorAll('.rw-item-done').length === 1")
    assert len(decisions(site.store, "bravo-raincoat")) == 1
    assert decisions(site.store, "stuck-parka") == ()
    page.goto("about:blank")
    assert len(_decided(page, site, "stuck-parka")) == 1


def test_an_approval_that_waits_for_its_turn_is_sent_by_a_page_that_is_left(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """Behind a question that has no answer yet it is not lost."""
    site = serve(_demo("bravo-raincoat"))
    page, _ = visit(site)
    _open(page, "bravo-raincoat")
    _verdict(page, "Passes")
    page.evaluate("window.replywright.turn(() => {})")
    page.keyboard.press("a")
    page.wait_for_selector("[data-actions][aria-busy]")
    assert decisions(site.store, "bravo-raincoat") == ()
    page.goto("about:blank")
    assert len(_decided(page, site, "bravo-raincoat")) == 1


def test_one_key_goes_to_a_finding_and_one_takes_its_fix(demo_site: Any, visit: Callable[..., Any]) -> None:
    """F8 goes round the findings with a hint at the place, Ctrl+. takes the fix, Ctrl+Z takes it back."""
    page, _ = visit(demo_site)
    _open(page, "bravo-raincoat")
    words = "Sorry about the soaking. Please do not hesitate to reach out, and we will utilise all we have. ^DO"
    page.locator("[data-box]").fill(words)
    page.wait_for_selector("[data-findings] .rw-finding button.rw-button")
    page.locator("[data-box]").focus()
    page.keyboard.press("Control+Home")
    places = []
    for _ in range(2):
        page.keyboard.press("F8")
        places.append(page.evaluate("getSelection().toString()"))
        assert page.locator("[data-hint]").is_visible()
    assert places[0]
    assert page.locator("[data-hint]").inner_text()
    box, hint = page.locator("[data-box]").bounding_box(), page.locator("[data-hint]").bounding_box()
    assert hint["x"] >= 0
    assert hint["y"] > box["y"]
    assert len(set(places)) == 2
    for _ in range(6):
        if page.locator("[data-hint] button").count():
            break
        page.keyboard.press("F8")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.wait_for_function("before => document.querySelector('[data-box]').textContent !== before", arg=words)
    fixed = _box(page)
    page.keyboard.press("Control+z")
    assert _box(page) == words
    page.keyboard.press("Control+.")
    page.wait_for_function("after => document.querySelector('[data-box]').textContent === after", arg=fixed)


def test_what_is_to_be_left_out_is_removed_and_no_advice_put_in(demo_site: Any, visit: Callable[..., Any]) -> None:
    """The words go with one space, the next sentence keeps its capital, and Ctrl+Z brings them back."""
    page, _ = visit(demo_site)
    _open(page, "bravo-raincoat")
    words = "Please be advised that we open at nine. Do not hesitate to write. ^DO"
    page.locator("[data-box]").fill(words)
    out = page.locator(".rw-finding", has_text="leave it out").get_by_role("button", name="Remove")
    out.nth(1).click()
    page.wait_for_function("!document.querySelector('[data-box]').textContent.includes('hesitate')")
    assert _box(page) == "Please be advised that we open at nine. Write. ^DO"
    page.keyboard.press("Control+z")
    assert _box(page) == words
    out.nth(0).click()
    page.wait_for_function("!document.querySelector('[data-box]').textContent.includes('advised')")
    assert _box(page) == "We open at nine. Do not hesitate to write. ^DO"


def test_a_message_is_closed_without_a_reply_and_that_undone(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """One key closes it, the same seconds as for an approval are left to undo that, and the record says why."""
    site = serve(_demo("bravo-raincoat"), hold=60)
    page, _ = visit(site)
    _verdict(page, "Passes")
    page.keyboard.press("y")
    page.wait_for_selector("[data-held]:not([hidden])")
    assert "without a reply" in page.locator("[data-held-text]").inner_text()
    page.keyboard.press("z")
    page.wait_for_selector("[data-held]", state="hidden")
    assert decisions(site.store, "bravo-raincoat") == ()
    page.get_by_role("button", name="No reply y", exact=True).click()
    page.get_by_role("button", name="Record now").click()
    page.wait_for_selector(".rw-decided")
    (kept,) = decisions(site.store, "bravo-raincoat")
    assert (kept.decision, kept.reason, kept.text) == ("reject", "No reply needed", None)
    assert "Closed without a reply by Robin" in page.locator("[data-notice]").inner_text()


def test_a_hint_stands_at_the_place_and_goes_when_somebody_types(demo_site: Any, visit: Callable[..., Any]) -> None:
    """Pointing at marked words shows what is wrong beside them; a keystroke takes it away and nothing else."""
    page, _ = visit(demo_site)
    _open(page, "bravo-raincoat")
    page.locator("[data-box]").fill("Dear [name], thank you.")
    _verdict(page, "Blocked")
    at = page.evaluate(
        "(() => { const {x, y, width, height} = [...CSS.highlights.get('rw-block')][0].getBoundingClientRect();"
        " return [x + width / 2, y + height / 2]; })()"
    )
    page.mouse.move(*at)
    page.wait_for_function("document.querySelector('[data-hint]').matches(':popover-open')")
    assert "[name]" in page.locator("[data-hint]").inner_text()
    page.locator("[data-box]").focus()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.wait_for_function("!document.querySelector('[data-hint]').matches(':popover-open')")
    assert _box(page) == "Dear [name], thank you.!"


def test_advice_and_numbers_follow_a_pause(demo_site: Any, visit: Callable[..., Any]) -> None:
    """The one thing that helps most stands under the text, typing asks for it once, and numbers open on demand."""
    page, seen = visit(demo_site)
    _open(page, "bravo-raincoat")
    page.wait_for_selector("[data-advice]:not([hidden])")
    page.keyboard.press("e")
    count = len([url for url in seen.requests if url.endswith("api/advice")])
    page.keyboard.type(" And that is how it goes on and on with this coat.", delay=20)
    page.wait_for_timeout(1500)
    asked = len([url for url in seen.requests if url.endswith("api/advice")]) - count
    assert 1 <= asked <= 3
    page.locator("[data-box]").fill("We will look at it and we will look at it again. " * 8)
    page.wait_for_function("document.querySelector('[data-first]').textContent.startsWith('Shorten it by')")
    assert not page.get_by_text("Says what happens next").is_visible()
    page.locator("[data-advice] summary").click()
    assert page.get_by_text("Says what happens next").is_visible()


def test_the_triage_is_corrected_by_keyboard(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """G opens it, space and arrows answer, Enter drafts anew; what was typed before stays as a text of one's own."""
    site = serve(_demo("bravo-raincoat"))
    page, _ = visit(site)
    page.keyboard.press("e")
    page.keyboard.type(" Mine.")
    typed = _box(page)
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    dialog = page.get_by_role("dialog", name="Correct the triage")
    dialog.get_by_label("refund return").focus()
    page.keyboard.press("Space")
    ticked = dialog.locator('input[name="intents"]:checked')
    for name in ticked.evaluate_all("all => all.map(one => one.value)"):
        if name != "refund_return":
            dialog.locator(f'input[value="{name}"]').focus()
            page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rw-chip-person")
    assert site.desk.inbox.get("bravo-raincoat").triage.intents == ("refund_return",)
    assert "corrected by Robin" in page.locator("#rw-card").inner_text()
    assert _box(page) != typed
    page.get_by_role("radio", name="Your text").click()
    assert _box(page) == typed


def test_a_thread_that_moves_on_keeps_the_text_and_asks_to_be_read(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """What was added is shown, the text of before stays, and nothing goes out until somebody has read it."""
    site = serve(_demo("bravo-raincoat"))
    page, _ = visit(site)
    page.keyboard.press("e")
    page.keyboard.type(" Mine.")
    typed = _box(page)
    page.keyboard.press("Escape")
    site.store.add_turn("bravo-raincoat", Turn(role="customer", text="<b>Wait</b>, it was the zip."))
    page.wait_for_selector("[data-moved]:not([hidden])")
    assert "<b>Wait</b>, it was the zip." in page.locator("[data-moved]").inner_text()
    page.wait_for_function("text => document.querySelector('[data-box]').innerText === text", arg=typed)
    page.keyboard.press("a")
    page.wait_for_function(
        "document.querySelector('#rw-reply [data-answer]').textContent.startsWith('The thread moved on')"
    )
    assert decisions(site.store, "bravo-raincoat") == ()
    page.keyboard.press("v")
    assert not page.locator("[data-moved]").is_visible()
    _verdict(page, "Passes")
    page.keyboard.press("a")
    page.wait_for_selector(".rw-decided")
    assert decisions(site.store, "bravo-raincoat")[-1].text == typed.strip()


def test_two_people_approve_where_the_brand_asks(
    serve: Callable[..., Any], visit: Callable[..., Any], brand: Any
) -> None:
    """The first hands over and waits, the second approves from the same page's inbox; one alone can't."""
    from assistant.web.people import Local, Person

    door = Local(Person(name="Robin", role="owner"))
    site = serve(_demo("stuck-parka"), brand=brand.model_copy(update={"four_eyes": True}), door=door)
    page, _ = visit(site)
    _verdict(page, "Passes")
    assert page.get_by_role("button", name="Approve and copy").count() == 0
    page.get_by_role("button", name="Hand to a second person").click()
    page.wait_for_function("document.querySelector('[data-notice-title]').textContent.startsWith('Waits for')")
    assert "Second person" in page.locator(".rw-item").inner_text()
    assert page.get_by_role("button", name="Waits for a second person").is_disabled()
    door._person = Person(name="Lee", role="agent")
    page.reload()
    page.get_by_role("radio", name="Robin’s text").wait_for()
    page.get_by_role("button", name="Approve a", exact=True).click()
    page.wait_for_selector(".rw-decided")
    kept = decisions(site.store, "stuck-parka")[-1]
    assert (kept.author, kept.reviewer) == ("Robin", "Lee")
