import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.approval import decisions
from assistant.brand import Brand
from assistant.checking import length_of
from assistant.pipeline import Assistant
from assistant.store import Store, erase, handovers
from assistant.web.advice import advised
from assistant.web.desk import Desk, Pressed
from assistant.web.editor import editor_value
from assistant.web.people import Person, Role
from assistant.web.triaging import correctors
from assistant.web.views import card_html
from tone_rules.situation import Turn

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))
from stub import Server, serving

ROBIN, LEE = Person(name="Robin", role="agent"), Person(name="Lee", role="agent")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds two messages of the demo."""
    with Store.open(tmp_path / "inbox.db") as store:
        store.put_messages(post for post in demo.inbox() if post.id in {"stuck-parka", "bravo-raincoat"})
        yield store


@pytest.fixture
def desk_of(brand: Brand, store: Store) -> Iterator[Callable[..., Desk]]:
    """A desk with its drafts made, for a brand that is changed as named."""
    desks: list[Desk] = []

    def made(*, assistant_for: Callable[[Brand], Assistant] = Assistant, **changed: Any) -> Desk:
        desks.append(Desk(brand.model_copy(update=changed), store, assistant_for))
        desks[-1].inbox.start()
        assert desks[-1].inbox.settled(120)
        return desks[-1]

    yield made
    for desk in desks:
        desk.inbox.stop()


@pytest.fixture
def stub() -> Iterator[Server]:
    """A chat model's server on loopback."""
    server = serving()
    yield server
    server.shutdown()
    server.server_close()


def _press(desk: Desk, key: str, action: str, person: Person = ROBIN, **more: Any) -> dict[str, Any]:
    item = desk.inbox.get(key)
    given = {"asked": {"key": key}, "key": key, "action": action, "seen": item.thread if item else "", **more}
    return desk.act(Pressed.model_validate(given), person)


def _text(desk: Desk, key: str) -> str:
    item = desk.inbox.get(key)
    assert item is not None
    assert item.proposal is not None
    return item.proposal.drafts[0].text


def _shown(desk: Desk, key: str, person: Person = ROBIN) -> dict[str, Any]:
    return editor_value(desk.inbox.get(key), desk, person)


def _said(desk: Desk, key: str, **changed: Any) -> dict[str, Any]:
    triage = desk.inbox.get(key).triage  # type: ignore[union-attr]
    assert triage is not None
    said = triage.model_dump(mode="json", include={"intents", "sentiment", "escalation", "review", "reply"})
    return {**said, **changed}


def test_a_corrected_triage_is_drafted_from_marked_and_recorded(desk_of: Callable[..., Desk], store: Store) -> None:
    """The reply follows what a person said the message is; the card says who, and the approval holds both triages."""
    from eval.records import from_records

    desk = desk_of()
    before = desk.inbox.get("bravo-raincoat").triage  # type: ignore[union-attr]
    assert before is not None
    said = _said(desk, "bravo-raincoat", intents=["refund_return"], sentiment="mixed")
    assert _press(desk, "bravo-raincoat", "correct", triage=said)["message"] == "Corrected, and drafted anew."
    item = desk.inbox.get("bravo-raincoat")
    assert item is not None
    assert item.triage is not None
    assert item.triage.intents == ("refund_return",)
    assert correctors(item.triage) == ("Robin",)
    assert "corrected by <bdi>Robin</bdi>" in card_html(item, desk.brand)
    _press(desk, "bravo-raincoat", "approve", text=_text(desk, "bravo-raincoat"))
    cases = [one for one in from_records(store) if "corrected" in one.tags]
    assert [one.expect.intents for one in cases] == [("refund_return",)]
    assert before.intents != ("refund_return",)


def test_an_escalation_that_a_person_sees_holds(desk_of: Callable[..., Desk]) -> None:
    """Said to be a specialist's, a message gets a holding reply and rises; said to need no answer, it gets none."""
    desk = desk_of()
    _press(desk, "bravo-raincoat", "correct", triage=_said(desk, "bravo-raincoat", escalation="safety", review=None))
    item = desk.inbox.get("bravo-raincoat")
    assert item is not None
    assert item.mark == "escalate"
    assert item.triage is not None
    assert item.triage.urgency in ("high", "critical")
    assert _shown(desk, "bravo-raincoat")["owner"] == "Product safety"
    said = _said(desk, "bravo-raincoat", escalation=None, reply=False)
    _press(desk, "bravo-raincoat", "correct", triage=said)
    assert desk.inbox.get("bravo-raincoat").mark == "no_reply"  # type: ignore[union-attr]
    assert "orrected by Robin" in _shown(desk, "bravo-raincoat")["notice"]["text"]


def test_the_same_triage_changes_nothing(desk_of: Callable[..., Desk]) -> None:
    """Saying what stood there marks nobody and drafts nothing; two answers that exclude each other are refused."""
    desk = desk_of()
    before = desk.inbox.get("stuck-parka")
    assert "nothing was changed" in _press(desk, "stuck-parka", "correct", triage=_said(desk, "stuck-parka"))["message"]
    assert desk.inbox.get("stuck-parka") == before
    with pytest.raises(ValueError, match="not both"):
        _press(desk, "stuck-parka", "correct", triage=_said(desk, "stuck-parka", escalation="safety", review="fraud"))


def test_four_eyes_go_through_the_desk(desk_of: Callable[..., Desk], store: Store) -> None:
    """One writes and hands over, and can't approve it; another does, and the record names both."""
    desk = desk_of(four_eyes=True)
    text = _text(desk, "stuck-parka")
    assert "four eyes" in _press(desk, "stuck-parka", "approve", text=text)["message"]
    assert _press(desk, "stuck-parka", "hand", text=text)["kind"] == "info"
    assert desk.inbox.get("stuck-parka").mark == "second"  # type: ignore[union-attr]
    assert _shown(desk, "stuck-parka")["handed"]["own"]
    assert not _shown(desk, "stuck-parka", LEE)["handed"]["own"]
    assert "four eyes" in _press(desk, "stuck-parka", "approve", text=text)["message"]
    changed = _press(desk, "stuck-parka", "approve", LEE, text=f"{text} ")
    assert "four eyes" in changed["message"], "who changes a text is its author"
    assert decisions(store, "stuck-parka") == ()
    assert _press(desk, "stuck-parka", "approve", LEE, text=text)["kind"] == "approved"
    kept = decisions(store, "stuck-parka")[-1]
    assert (kept.author, kept.reviewer, kept.draft) == ("Robin", "Lee", 0)
    assert handovers.standing(store) == {}


def test_a_text_goes_back_with_a_reason(desk_of: Callable[..., Desk]) -> None:
    """Its author sees who gave it back and why; another desk sees it too; a blocked text is not handed over at all."""
    desk, other = desk_of(four_eyes=True), desk_of(four_eyes=True)
    assert _press(desk, "stuck-parka", "hand", text="Your order HY-318207 is late. ^RB")["kind"] == "refused"
    text = _text(desk, "stuck-parka")
    _press(desk, "stuck-parka", "hand", text=text)
    other.inbox.sync()
    assert _shown(other, "stuck-parka", LEE)["notice"]["title"] == "Robin asks for a second person."
    assert "say why" in _press(other, "stuck-parka", "back", LEE)["message"]
    _press(other, "stuck-parka", "back", LEE, reason="It promises a day.")
    desk.inbox.sync()
    shown = _shown(desk, "stuck-parka")
    assert shown["notice"]["title"] == "Lee gave it back to Robin."
    assert "It promises a day." in shown["notice"]["text"]
    assert shown["handed"]["text"] == text
    assert desk.inbox.get("stuck-parka").mark != "second"  # type: ignore[union-attr]


def test_erasing_a_message_erases_what_waits_for_a_second_person(desk_of: Callable[..., Desk], store: Store) -> None:
    """Nothing of an erased message's reply stays behind."""
    desk = desk_of(four_eyes=True)
    _press(desk, "stuck-parka", "hand", text=_text(desk, "stuck-parka"))
    erase(store, by="Robin", message_id="stuck-parka")
    assert handovers.standing(store) == {}


@pytest.mark.parametrize("action", ["approve", "copy", "hand"])
def test_a_text_goes_out_only_in_answer_to_all_that_was_said(
    desk_of: Callable[..., Desk], store: Store, action: str
) -> None:
    """A page that has not seen the customer's last post gets a refusal, and so does one that does not say."""
    desk = desk_of()
    seen, text = desk.inbox.get("stuck-parka").thread, _text(desk, "stuck-parka")  # type: ignore[union-attr]
    store.add_turn("stuck-parka", Turn(role="customer", text="It came! Never mind."))
    desk.inbox.sync()
    assert desk.inbox.settled(60)
    assert "moved on" in _press(desk, "stuck-parka", action, text=text, seen=seen)["message"]
    assert "moved on" in _press(desk, "stuck-parka", action, text=text, seen="")["message"]
    assert decisions(store, "stuck-parka") == ()
    assert [turn["text"] for turn in _shown(desk, "stuck-parka")["turns"]][-1] == "It came! Never mind."


def _writing(text: str) -> Callable[[Any], str]:
    return lambda _: json.dumps({"text": text, "sources": [], "left_out": ""})


@pytest.fixture
def with_model(stub: Server) -> Iterator[Callable[[str], Callable[[Brand], Assistant]]]:
    """Makes assistants that draft by themselves and rewrite by the stub's model of that name."""
    from assistant.drafting.playbook import PlaybookDrafter
    from assistant.models.client import ChatModel
    from assistant.settings import ModelSettings

    models: list[ChatModel] = []

    def made(mood: str) -> Callable[[Brand], Assistant]:
        settings = ModelSettings(model=mood, base_url=stub.url, timeout=5.0, seconds=8.0, retries=0)
        models.append(ChatModel(settings))
        model = models[-1]
        return lambda brand: Assistant(brand, PlaybookDrafter(brand), model=model)

    yield made
    for model in models:
        model.close()


def test_a_rewrite_is_a_new_draft_and_checked(
    desk_of: Callable[..., Desk], with_model: Any, stub: Server, store: Store
) -> None:
    """What the model writes stands beside the others with its findings, is kept, and is refused where it blocks."""
    desk = desk_of(assistant_for=with_model("good"))
    before = desk.inbox.get("bravo-raincoat").proposal.drafts  # type: ignore[union-attr]
    assert _shown(desk, "bravo-raincoat")["rewrites"]
    words = before[0].text.replace("Hello", "Hi").replace("sorry", "so sorry")
    stub.reply = _writing(words)
    answer = _press(desk, "bravo-raincoat", "rewrite", text=before[0].text, reason="warmer")
    assert (answer["kind"], answer["draft"]) == ("info", len(before))
    after = store.proposal("bravo-raincoat").drafts  # type: ignore[union-attr]
    assert after[: len(before)] == before
    assert (after[-1].text, after[-1].drafter, after[-1].verdict) == (words, "good", "pass")
    assert after[-1].why == "as asked: warmer"
    told = store.proposal("bravo-raincoat").provenance  # type: ignore[union-attr]
    assert (told["model"]["name"], told["usage"]["calls"]) == ("good", 1), "what it took is told"
    assert list(told["model"]["prompts"]) == ["rewrite.v1"]
    assert _press(desk, "bravo-raincoat", "approve", text=words, draft=answer["draft"])["kind"] == "approved"
    assert decisions(store, "bravo-raincoat")[-1].author == "good"


def test_a_rewrite_that_fails_says_so_in_words(desk_of: Callable[..., Desk], with_model: Any, stub: Server) -> None:
    """A model that invents a date, one that is broken and none at all: each leaves the drafts as they were."""
    desk = desk_of(assistant_for=with_model("good"))
    drafts = desk.inbox.get("bravo-raincoat").proposal.drafts  # type: ignore[union-attr]
    text = drafts[0].text
    stub.reply = _writing(f"{text[:60]} It arrives on 3 March for £19.99.")
    assert "was not rewritten" in _press(desk, "bravo-raincoat", "rewrite", text=text, reason="warmer")["message"]
    for mood in ("failing", "bad-json"):
        broken = desk_of(assistant_for=with_model(mood))
        answer = _press(broken, "bravo-raincoat", "rewrite", text=text, reason="shorter")
        assert (answer["kind"], answer["message"][:26]) == ("refused", "The reply was not rewritte")
        assert broken.inbox.get("bravo-raincoat").proposal.drafts == drafts  # type: ignore[union-attr]
    alone = desk_of()
    assert _shown(alone, "bravo-raincoat")["rewrites"] is None
    assert "no model" in _press(alone, "bravo-raincoat", "rewrite", text=text, reason="shorter")["message"].lower()


def test_advice_names_what_stops_first_then_what_helps(brand: Brand) -> None:
    """Too long, blocked, and merely better: one sentence each, with every measure named and none of them invented."""
    context = next(post for post in demo.inbox() if post.id == "stuck-parka")
    text = "Your parcel is late and we will look. " * 9
    length = length_of(text, context, brand)
    assert length.limit is not None
    assert advised(brand, text, context).first == f"Shorten it by {length.counted - length.limit} characters."
    assert (advised(brand, "Your order HY-318207 is late.", context).first or "").startswith("Mend what blocks it:")
    cold = advised(brand, "We can't say anything about this. ^RB", context)
    assert cold.first
    assert cold.helpfulness is not None
    assert cold.helpfulness < 0.5
    assert len({bar.name for bar in cold.bars}) == 16
    assert all(bar.value is None or 0 <= bar.value <= 1 for bar in cold.bars)


def test_a_team_names_its_own_owners(brand: Brand, tmp_path: Path) -> None:
    """What a team file says of an escalation holds in the page; the rest keeps its usual owner."""
    from assistant.web.app import create_app
    from assistant.web.hooks import Hooks
    from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256

    role: Role = "owner"
    member = Member(name="Olu", role=role, token_sha256=token_sha256(new_token()))
    team = Team(TeamFile(people=(member,), hooks=Hooks(owners={"safety": "Halyard labs"})))
    with Store.open(tmp_path / "team.db") as store:
        desk = create_app(brand, store, door=team).state.desk
        assert (desk.owners["safety"], desk.owners["fraud"]) == ("Halyard labs", "Fraud team")
