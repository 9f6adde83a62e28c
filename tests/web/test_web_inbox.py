from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.context import Customer, CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Assistant, Proposal
from assistant.store.verification import verify
from assistant.triage import Triage
from assistant.web.theme import text_of

pytestmark = pytest.mark.browser

NOW = datetime.now(UTC)


class Instant(Assistant):
    """Answers at once and always the same, for tests of many messages."""

    def triage(self, *_: Any) -> Triage:
        """Nothing in particular."""
        return Triage()

    def draft(self, context: CustomerContext, *_: Any, **__: Any) -> Proposal:
        """One draft."""
        return Proposal(
            id=context.id, status="ready", triage=Triage(), drafts=(Draft(text="Thanks!", drafter="playbook"),)
        )


def _demo(*ids: str) -> list[CustomerContext]:
    return [post for post in demo.inbox() if not ids or post.id in ids]


def _post(key: str, ago: timedelta, **more: Any) -> CustomerContext:
    fields = {"channel": "x", "message": "Where is my parcel? Nine days now.", "created_at": NOW - ago, **more}
    return CustomerContext(id=key, customer=Customer(name=key.title()), **fields)


def _team(*names: str) -> tuple[Any, dict[str, str]]:
    from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256

    tokens = {name: new_token() for name in names}
    roles: dict[str, Any] = {"Olu": "owner", "Lea": "lead"}
    people = tuple(
        Member(name=name, role=roles.get(name, "agent"), token_sha256=token_sha256(token))
        for name, token in tokens.items()
    )
    return Team(TeamFile(people=people)), tokens


def _shown(page: Any, key: str) -> None:
    page.wait_for_function("key => window.replywright.shown?.() === key", arg=key)


def _keys(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".rw-item", "all => all.map(one => one.dataset.key)")
    return found


def _asked(page: Any, name: str) -> None:
    """Wait for a dialog that a key has opened."""
    page.wait_for_selector(f'dialog[open][data-dialog="{name}"]')


def _closed(page: Any) -> None:
    page.wait_for_function("!document.querySelector('dialog[open]')")


def _reject(page: Any) -> None:
    page.keyboard.press("r")
    _asked(page, "reject")
    page.keyboard.type("Answered by telephone")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _closed(page)


def _escalate(page: Any) -> None:
    page.keyboard.press("s")
    _asked(page, "escalate")
    page.keyboard.press("Tab")
    page.keyboard.type("Theirs to answer")
    while page.evaluate("document.activeElement.type !== 'submit'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _closed(page)


def _one_by_keys(page: Any) -> str:
    """Decide the message that is open, as an agent would; says how."""
    page.wait_for_function(
        """() => {
            const mark = document.querySelector('.rw-item[aria-current="true"]').dataset;
            return mark.key === window.replywright.shown() && (['no_reply', 'escalate'].includes(mark.mark)
                || /^(Passes|Blocked|Incomplete)/.test(document.querySelector('[data-verdict]').textContent)
                || !document.querySelector('[data-box]').textContent);
        }"""
    )
    mark = page.locator('.rw-item[aria-current="true"]').get_attribute("data-mark")
    if mark == "no_reply":
        page.keyboard.press("y")
        return "reject"
    if mark == "escalate":
        _escalate(page)
        return "escalate"
    if page.locator("[data-verdict]").inner_text().startswith("Passes"):
        page.keyboard.press("a")
        return "approve"
    _reject(page)
    return "reject"


def test_one_question_is_in_flight_and_a_button_takes_its_turn(profile: Any) -> None:
    """What is asked while another answer is awaited waits: of looks the newest, of buttons each, refused ones too."""
    page = profile.new_page()
    asked = page.evaluate(
        """script => {
            const said = [];
            const looks = new Function(`${script}; return latest`)()((number) => said.push(`look ${number}`));
            looks.ask(); looks.ask(); looks.ask();
            looks.act((number) => said.push(`approve ${number}`));
            looks.act((number) => said.push(`reject ${number}`));
            looks.got(1);
            looks.ask();
            said.push('...');
            looks.got(4);
            looks.done(6);
            looks.done(6);
            return said;
        }""",
        text_of("latest.js"),
    )
    assert asked == ["look 1", "approve 4", "...", "reject 6", "look 7"]
    page.close()


def test_the_demo_inbox_is_cleared_by_keyboard_alone(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """All 25 posts are approved, escalated or rejected without a pointer, one after another; the log verifies."""
    site = serve(demo.inbox())
    page, seen = visit(site, onward=True)
    decided: dict[str, str] = {}
    for _ in range(25):
        key = page.evaluate("window.replywright.shown()")
        assert key not in decided, "the next message opens by itself"
        decided[key] = _one_by_keys(page)
        if len(decided) < 25:
            page.wait_for_function("key => window.replywright.shown() !== key", arg=key)
    page.wait_for_function("document.querySelectorAll('.rw-item-done').length === 25")
    for key, how in decided.items():
        kept = decisions(site.store, key)[-1].decision
        assert kept == how, key
    assert {"approve", "escalate", "reject"} <= set(decided.values())
    assert site.store.counts().keys() == {"approved", "escalated", "rejected"}
    assert verify(site.store).ok
    assert seen.errors == []


def test_what_is_due_stands_in_words(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Late, due within the hour and due later are told apart by words, sorted so, and counted by the filter."""
    hours = {"late": 4.5, "soon": 1.4, "later": 0.2}
    site = serve([_post(name, timedelta(hours=ago)) for name, ago in hours.items()])
    page, _ = visit(site)
    assert _keys(page) == ["late", "soon", "later"]
    words = page.locator(".rw-due").all_inner_texts()
    assert [words[0], words[1][:7], words[2][:7]] == ["2 h late", "due in ", "due in "]
    assert "min" in words[1]
    page.locator('[data-queue="due"]').click()
    page.wait_for_function("document.querySelectorAll('.rw-item').length === 2")
    assert page.locator('[data-queue="due"] span').inner_text() == "2"


def test_the_message_asked_for_last_is_shown_and_none_is_decided_on_the_way(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """However fast messages are opened the last one stays; what is pressed before it is there decides nothing."""
    site = serve([_post(name, timedelta(hours=ago)) for name, ago in (("one", 3), ("two", 2), ("three", 1))])
    page, seen = visit(site)
    _shown(page, "one")
    page.evaluate(
        "(() => { const desk = window.replywright;"
        "for (const key of ['two', 'three', 'two', 'three']) {"
        " desk.open(key); desk.press('approve'); desk.ask('reject'); } })()"
    )
    _shown(page, "three")
    page.wait_for_selector('.rw-conversation[data-key="three"]')
    assert page.locator('.rw-item[aria-current="true"]').get_attribute("data-key") == "three"
    assert page.locator("dialog[open]").count() == 0
    assert [one.decision for one in site.desk.inbox.items()] == [None] * 3
    assert seen.errors == []


def test_filters_by_key_and_by_reason(demo_site: Any, visit: Callable[..., Any]) -> None:
    """A digit chooses a filter, and the reason to escalate narrows it; clearing shows all."""
    page, _ = visit(demo_site)
    page.keyboard.press("4")
    page.wait_for_selector('[data-queue="escalate"][aria-pressed="true"]')
    assert len(_keys(page)) == len(demo_site.desk.inbox.items("escalate"))
    page.get_by_label("Filter by reason to escalate").select_option("safety")
    page.wait_for_function("document.querySelectorAll('.rw-item').length === 1")
    assert _keys(page) == [one.key for one in demo_site.desk.inbox.items("escalate", reason="safety")]
    page.keyboard.press("Escape")
    page.keyboard.press("6")
    page.wait_for_selector("[data-clear]")
    page.locator("[data-clear]").click()
    page.wait_for_function("document.querySelectorAll('.rw-item').length === 25")


def test_a_colleague_is_seen_and_may_be_taken_over(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Opening claims: the other page says who answers, offers to take over, and the first hears of it."""
    door, tokens = _team("Ana", "Lee")
    site = serve([_post("one", timedelta(hours=2)), _post("two", timedelta(hours=1))], door=door)
    ana, _ = visit(site, token=tokens["Ana"])
    _shown(ana, "one")
    ana.wait_for_selector(".rw-chip-mine")
    lee, _ = visit(site, token=tokens["Lee"])
    _shown(lee, "two")
    assert "Ana is answering" in lee.locator('.rw-item[data-key="one"]').inner_text()
    lee.keyboard.press("k")
    lee.wait_for_selector(".rw-claim")
    assert "Ana is answering this message" in lee.locator(".rw-claim").inner_text()
    assert site.desk.inbox.get("two").claim is None or site.desk.inbox.get("two").claim.person == "Lee"
    lee.keyboard.press("o")
    lee.wait_for_selector(".rw-claim", state="detached")
    ana.wait_for_selector(".rw-claim")
    assert "Lee is answering" in ana.locator(".rw-claim").inner_text()
    lee.keyboard.press("4")
    assert lee.locator('[data-queue="mine"]').count() == 1
    lee.close()
    ana.wait_for_selector(".rw-claim", state="detached")


def test_nobody_alone_sees_claims(demo_site: Any, visit: Callable[..., Any]) -> None:
    """With one person there is no filter for what is mine, no claim is kept, and none is shown."""
    page, _ = visit(demo_site)
    page.keyboard.press("j")
    page.wait_for_timeout(400)
    assert page.locator('[data-queue="mine"], .rw-chip-mine, .rw-chip-held, .rw-claim').count() == 0
    assert all(one.claim is None for one in demo_site.desk.inbox.items())


def test_a_pause_is_told_to_all_and_only_a_lead_ends_it(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """A lead pauses with a reason; an agent sees it without buttons and can't approve until it is over."""
    door, tokens = _team("Ana", "Lea")
    site = serve([_post("one", timedelta(hours=1))], door=door)
    agent, _ = visit(site, token=tokens["Ana"])
    assert agent.locator("[data-tell]").count() == 0
    lead, _ = visit(site, token=tokens["Lea"])
    lead.locator("[data-tell]").click()
    dialog = lead.get_by_role("dialog", name="Tell everybody")
    dialog.get_by_text("Pause all replies").first.click()
    dialog.get_by_label("Why").fill("Bereavement <b>notice</b> today")
    dialog.get_by_role("button", name="Pause all replies").click()
    for page in (lead, agent):
        page.wait_for_selector(".rw-told-pause")
        assert "Bereavement <b>notice</b> today" in page.locator(".rw-told-pause").inner_text()
    assert agent.locator("[data-end]").count() == 0
    agent.wait_for_selector(".rw-item")
    lead.get_by_role("button", name="Resume").click()
    agent.wait_for_selector(".rw-told-pause", state="detached")
    lead.wait_for_selector(".rw-told-pause", state="detached")


def test_an_incident_is_posted_with_its_words(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """Words, address and end of an incident are shown to everybody; a wrong end is refused in words."""
    site = serve([_post("one", timedelta(hours=1))])
    page, seen = visit(site)
    page.locator("[data-tell]").click()
    dialog = page.get_by_role("dialog", name="Tell everybody")
    dialog.get_by_label("Words for replies, cleared for customers").fill("Our parcel tracking is down.")
    dialog.get_by_label("Where customers can follow it (optional)").fill("https://status.halyard.example/")
    dialog.get_by_label("Until (optional)").fill("2020-01-01T10:00")
    dialog.get_by_role("button", name="Post it").click()
    dialog.get_by_text("moment to come").wait_for()
    dialog.get_by_label("Until (optional)").fill("2099-01-01T10:00")
    dialog.get_by_role("button", name="Post it").click()
    told = page.locator(".rw-told-incident")
    told.wait_for()
    assert "Our parcel tracking is down." in told.inner_text()
    assert told.get_by_role("link").get_attribute("href") == "https://status.halyard.example/"
    assert seen.errors == []


def test_the_next_message_opens_unless_that_is_switched_off(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    """After a decision the next that waits opens, b goes back; with the setting off the page stays."""
    site = serve([_post(name, timedelta(hours=ago)) for name, ago in (("one", 3), ("two", 2), ("three", 1))])
    page, _ = visit(site, onward=True)
    _shown(page, "one")
    _reject(page)
    _shown(page, "two")
    page.keyboard.press("b")
    _shown(page, "one")
    page.keyboard.press("u")
    _shown(page, "two")
    page.keyboard.press("?")
    page.get_by_label("After a decision, open the next message that waits").uncheck()
    page.keyboard.press("Escape")
    _closed(page)
    _reject(page)
    page.wait_for_selector('.rw-item-done[data-key="two"]')
    _shown(page, "two")


def test_the_help_names_every_key_that_does_something(demo_site: Any, visit: Callable[..., Any]) -> None:
    """Each bound key stands in the overlay once, with what it does."""
    page, _ = visit(demo_site)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    shown = dialog.locator("kbd").all_inner_texts()
    bound = page.evaluate("[...window.replywright.keys.keys()]")
    digits = {str(number) for number in range(2, 7)}
    assert set(bound) - digits <= {*shown, "Ctrl Enter", "Ctrl ."}
    assert len(bound) == len(set(bound))


def test_a_long_inbox_is_shown_in_parts(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """The first 200 of 230 are shown, the list says so, and a button shows the rest."""
    posts = [_post(f"m{number}", timedelta(minutes=number), message=f"Thanks, {number}") for number in range(230)]
    site = serve(posts, assistant_for=Instant)
    page, _ = visit(site)
    assert len(_keys(page)) == 200
    assert "first 200 of 230" in page.locator(".rw-note").inner_text()
    page.get_by_role("button", name="Show 30 more").click()
    page.wait_for_function("document.querySelectorAll('.rw-item').length === 230")
    page.keyboard.press("/")
    page.keyboard.type("Thanks, 17")
    page.wait_for_function("document.querySelectorAll('.rw-item').length === 13")


def test_an_empty_inbox_says_how_to_begin(serve: Callable[..., Any], visit: Callable[..., Any]) -> None:
    """It offers a file, a pasted message and the REST door, and takes keys for the first two."""
    page, seen = visit(serve([]), empty=True)
    text = page.locator(".rw-begin").inner_text()
    for part in ("Import a file", "Paste a message", "POST /api/v1/inbox"):
        assert part in text
    page.keyboard.press("m")
    assert page.get_by_role("dialog", name="Import messages").is_visible()
    assert seen.errors == []
