from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.context import CustomerContext

pytestmark = pytest.mark.browser

ORDER = "HY-318207"
"""The private order number of the demo's `stuck-parka`."""


def _demo(*ids: str) -> list[CustomerContext]:
    return [post for post in demo.inbox() if not ids or post.id in ids]


def _open(page: Any, key: str) -> None:
    page.locator(f'.rw-item[data-key="{key}"]').click()
    page.wait_for_function("key => window.replywright.shown?.() === key", arg=key)


def _verdict(page: Any, start: str) -> None:
    page.wait_for_function("start => document.querySelector('[data-verdict]').textContent.startsWith(start)", arg=start)


def _type(page: Any, text: str) -> None:
    page.keyboard.press("e")
    page.keyboard.type(text)


def _pasted(page: Any) -> str:
    """What the clipboard holds, as a person would find out: the page itself may not read it."""
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+v")
    text = page.locator("#paste").input_value()
    page.evaluate("document.querySelector('#paste').remove()")
    return text


def test_the_demo_inbox_opens_with_every_message(demo_site: Any, visit: Callable[..., Any]) -> None:
    """All 25 are listed, the most urgent is open with its draft, nothing leaves loopback and no script fails."""
    page, seen = visit(demo_site)
    assert page.locator(".rw-item").count() == 25
    first = page.locator('.rw-item[aria-current="true"]')
    assert first.count() == 1
    assert "Critical" in first.inner_text()
    assert page.locator("[data-box]").inner_text().strip()
    page.wait_for_timeout(1500)
    assert {urlsplit(url).hostname for url in seen.requests if not url.startswith("data:")} == {"127.0.0.1"}
    assert seen.errors == []
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)").count("Maxine") == 0


def test_a_leak_is_marked_refused_and_approved_once_it_is_gone(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """A private order number blocks as it is typed, Approve is refused with the reason, and without it approves."""
    site = serve(_demo("stuck-parka", "bravo-raincoat"))
    page, _ = visit(site)
    _open(page, "stuck-parka")
    _verdict(page, "Passes")
    before = page.locator("[data-box]").inner_text()
    _type(page, f" 🧥🧥 Your order {ORDER} is late.")
    _verdict(page, "Blocked")
    assert "rw-primary" not in page.locator('[data-press="approve"]').get_attribute("class").split()
    marked = page.evaluate("[...CSS.highlights.get('rw-block')].map(range => range.toString())")
    assert ORDER in marked
    assert ORDER not in page.locator("[data-findings]").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_selector('#rw-reply [data-answer][data-is="refused"]')
    assert "Not approved" in page.locator("#rw-reply [data-answer]").inner_text()
    assert decisions(site.store, "stuck-parka") == ()
    mended = f"{before.strip()} Thanks."
    page.locator("[data-box]").fill(mended)
    _verdict(page, "Passes")
    page.get_by_role("button", name="Approve a", exact=True).click()
    page.wait_for_selector('[data-notice][data-is="done"]')
    kept = decisions(site.store, "stuck-parka")[-1]
    assert (kept.decision, kept.reviewer, kept.text) == ("edit", "Robin", mended)
    assert "Approved" in page.locator('.rw-item[data-key="stuck-parka"]').inner_text()
    assert page.locator("[data-box]").get_attribute("contenteditable") == "false"


def test_copying_approves_first(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """The clipboard gets the text that the store holds as approved, and nothing where approving is refused."""
    site = serve(_demo("stuck-parka", "bravo-raincoat"))
    page, _ = visit(site)
    _open(page, "stuck-parka")
    page.evaluate("navigator.clipboard.writeText('before')")
    _type(page, f" {ORDER}")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector('#rw-reply [data-answer][data-is="refused"]')
    assert _pasted(page) == "before"
    _open(page, "bravo-raincoat")
    page.keyboard.press("c")
    page.wait_for_function("document.querySelector('#rw-reply [data-answer]').textContent === 'Approved and copied.'")
    kept = decisions(site.store, "bravo-raincoat")[-1]
    assert kept.decision == "approve"
    assert _pasted(page) == kept.text


def test_what_a_reply_binds_somebody_to_is_listed(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Once approved, a reply's commitments stand beside it as tasks; a reply without any shows none."""
    site = serve(_demo("stuck-parka", "bravo-raincoat"))
    page, _ = visit(site)
    _open(page, "bravo-raincoat")
    page.keyboard.press("a")
    page.wait_for_selector(".rw-decided")
    bound = decisions(site.store, "bravo-raincoat")[-1].commitments
    assert page.locator("[data-tasks]").is_visible() == bool(bound)
    _open(page, "stuck-parka")
    page.locator("[data-box]").fill("I'm sorry you're still without it. I'll write to you here by tomorrow noon. ^MR")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-tasks]:not([hidden]) li")
    assert "I'll write to you here" in page.locator("[data-tasks]").inner_text()
    assert "tomorrow noon" in page.locator("[data-tasks]").inner_text()


def test_escalating_asks_to_whom_and_why(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """An injury is marked for a specialist with its owner; escalating records both, with the holding reply."""
    site = serve(_demo("snapped-buckle"))
    page, _ = visit(site)
    assert "Product safety" in page.locator("[data-notice]").inner_text()
    holding = page.locator("[data-box]").inner_text().strip()
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Escalate this message")
    assert dialog.get_by_label("To whom").input_value() == "Product safety"
    dialog.get_by_role("button", name="Escalate", exact=True).click()
    assert dialog.is_visible(), "a reason is required"
    dialog.get_by_label("Why").fill("Cut on the buckle, same batch as two others")
    dialog.get_by_role("button", name="Escalate", exact=True).click()
    page.wait_for_selector('[data-notice][data-is="done"]')
    kept = decisions(site.store, "snapped-buckle")[-1]
    assert (kept.decision, kept.escalated_to, kept.text) == ("escalate", "Product safety", holding)
    assert kept.reason == "Cut on the buckle, same batch as two others"


def test_rejecting_asks_why(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """A rejection is recorded with its reason, and shown."""
    site = serve(_demo("bravo-raincoat"))
    page, _ = visit(site)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="Reject these drafts")
    dialog.get_by_label("Why").fill("Answered by telephone")
    dialog.get_by_role("button", name="Reject", exact=True).click()
    page.wait_for_selector('[data-notice][data-is="done"]')
    assert decisions(site.store, "bravo-raincoat")[-1].decision == "reject"
    assert "Answered by telephone" in page.locator("[data-notice]").inner_text()


def test_a_rule_that_may_be_overridden_asks_for_a_reason(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """An override names the rule and the reason; a leak offers none."""
    site = serve(_demo("bravo-raincoat", "stuck-parka"))
    page, _ = visit(site)
    _open(page, "stuck-parka")
    _type(page, f" {ORDER}")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('#rw-reply [data-answer][data-is="refused"]')
    assert page.get_by_role("button", name="Override…", exact=True).count() == 0
    _open(page, "bravo-raincoat")
    _type(page, " We are considering legal action.")
    _verdict(page, "Blocked")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Override…", exact=True).click()
    dialog = page.get_by_role("dialog", name="Approve in spite of a finding")
    dialog.get_by_label("Why is it right here?").fill("Legal cleared this wording")
    dialog.get_by_role("button", name="Override and approve").click()
    page.wait_for_selector('[data-notice][data-is="done"]')
    overrides = decisions(site.store, "bravo-raincoat")[-1].overrides
    assert [(one.rule, one.reason, one.by) for one in overrides] == [
        ("general.Threat", "Legal cleared this wording", "Robin")
    ]


def test_the_inbox_goes_by_keys(demo_site: Any, visit: Callable[..., Any]) -> None:
    """J and k move, / searches, keys typed into a field stay text, ? shows the keys, n takes another draft."""
    page, _ = visit(demo_site)
    keys = page.eval_on_selector_all(".rw-item", "all => all.map(one => one.dataset.key)")
    for press, wanted in (("j", keys[1]), ("j", keys[2]), ("k", keys[1])):
        page.keyboard.press(press)
        page.wait_for_function("key => window.replywright.shown() === key", arg=wanted)
    page.keyboard.press("n")
    assert page.locator('.rw-variant[aria-checked="true"]').inner_text().endswith("2")
    page.keyboard.press("/")
    page.keyboard.type("parka")
    page.wait_for_function("document.querySelectorAll('.rw-item').length < 25")
    assert page.locator('.rw-item[data-key="stuck-parka"]').count() == 1
    assert page.locator("#rw-search").input_value() == "parka"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog", name="Keys").is_visible()


def test_filters_show_what_they_name(demo_site: Any, visit: Callable[..., Any]) -> None:
    """Each filter shows as many messages as it counts, and a channel shows only its own."""
    page, _ = visit(demo_site)
    for queue in ("escalate", "no_reply", "todo", "done", "all"):
        tab = page.locator(f'[data-queue="{queue}"]')
        tab.click()
        page.wait_for_selector(f'[data-queue="{queue}"][aria-pressed="true"]')
        assert page.locator(".rw-item").count() == int(tab.locator("span").inner_text())
    page.get_by_label("Filter by channel").select_option("trustpilot")
    page.wait_for_function("document.querySelectorAll('.rw-item').length < 25")
    assert set(page.locator(".rw-item .rw-via").all_inner_texts()) == {"Trustpilot"}


def test_what_was_typed_survives_looking_elsewhere(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Going to another message and another draft and back keeps an edit that was not approved."""
    site = serve(_demo("stuck-parka", "bravo-raincoat"))
    page, _ = visit(site)
    _open(page, "bravo-raincoat")
    _type(page, " Kept.")
    page.keyboard.press("Escape")
    _open(page, "stuck-parka")
    assert "Kept." not in page.locator("[data-box]").inner_text()
    _open(page, "bravo-raincoat")
    page.keyboard.press("n")
    page.wait_for_function("!document.querySelector('[data-box]').textContent.includes('Kept.')")
    page.locator(".rw-variant").first.click()
    assert "Kept." in page.locator("[data-box]").inner_text()


def test_a_message_that_needs_no_reply_says_why(demo_site: Any, visit: Callable[..., Any]) -> None:
    """It shows the reason and no draft, until somebody asks for one anyway."""
    quiet = next(item for item in demo_site.desk.inbox.items("no_reply"))
    page, _ = visit(demo_site)
    _open(page, quiet.key)
    assert "No reply needed." in page.locator("[data-notice]").inner_text()
    assert page.locator("[data-box]").inner_text() == ""
    page.get_by_role("button", name="Draft anyway", exact=True).click()
    page.wait_for_function("document.querySelector('[data-box]').textContent.length > 20")


def test_offsets_hold_behind_emoji_and_other_scripts(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Findings behind emoji, right-to-left letters and line ends are painted on exactly their words."""
    site = serve(_demo("bravo-raincoat"))
    page, _ = visit(site)
    page.locator("[data-box]").fill("👩‍👩‍👧 שלום é\n🧥🧥 [name] and\n[date]")
    _verdict(page, "Blocked")
    marked = page.evaluate("[...CSS.highlights.get('rw-block')].map(range => range.toString())")
    assert set(marked) == {"[name]", "[date]"}
