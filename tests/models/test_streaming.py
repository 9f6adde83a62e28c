import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.approval import approve
from assistant.brand import Brand, Policy
from assistant.context import CustomerContext
from assistant.drafting.chat_model import first_text
from assistant.errors import Blocked
from assistant.pipeline import Assistant, Proposal
from assistant.store import Store
from assistant.streaming import Growing, streamed
from tone_rules.finding import Finding, Report

BRAND = Brand(
    name="Brindle",
    policies=(Policy(id="returns", text="Anything unused can come back within 30 days; we pay the postage."),),
)
CONTEXT = CustomerContext.model_validate(
    {
        "id": "1",
        "channel": "x",
        "message": "Can the pan I never used still come back?",
        "facts": [{"name": "order_number", "value": "BR-48213-K"}],
    }
)
GOOD = "Yes: a pan you never used can come back within 30 days. We pay the postage, too."
LEAK = "Your order is BR-48213-K. A pan you never used can come back within 30 days. We pay the postage."


def writing(text: str, mended: str = GOOD) -> Callable[[dict[str, Any]], str]:
    """A model that writes this, and mends it so."""

    def reply(body: dict[str, Any]) -> str:
        if "Give the mended reply" in body["messages"][1]["content"]:
            return json.dumps({"text": mended, "sources": []})
        return json.dumps({"replies": [{"text": text, "why": "", "sources": []}], "unknown": [], "abstained": ""})

    return reply


def streaming(model: Any, stub: Any, text: str) -> Iterator[Growing | Proposal]:
    """A stream whose next part is sent once the last state was seen, after the whole text once it was seen checked."""
    stub.reply, seen = writing(text), threading.Event()

    def once_seen(_: int) -> None:
        seen.wait(10)
        seen.clear()

    stub.before_part = once_seen
    for one in Assistant(BRAND, model=model("good", seconds=20.0, timeout=20.0, triage=False)).stream(CONTEXT):
        yield one
        if not isinstance(one, Growing) or one.text != text or one.checked == len(text):  # the whole is seen checked
            seen.set()


def test_a_reply_grows_and_ends_in_its_proposal(model, stub):
    """Each state is longer than the last, the last item is the proposal, and what was seen growing is its draft."""
    *growing, last = streaming(model, stub, GOOD)
    assert isinstance(last, Proposal)
    assert last.drafts[0].text == growing[-1].text == GOOD
    texts = [one.text for one in growing]
    assert len(set(texts)) > 4
    assert texts == sorted(texts, key=len)
    assert all(GOOD.startswith(one) for one in texts)
    assert growing[0].checked == 0
    assert growing[-1].checked == len(GOOD)


def test_what_blocks_is_marked_while_the_rest_still_comes(model, stub):
    """A leak in the first sentence is marked before the second is there; the proposal holds the mended reply."""
    *growing, last = streaming(model, stub, LEAK)
    first = next(one for one in growing if one.blocked)
    assert len(first.text) < len(LEAK) / 2 + 20
    assert all(one.blocked for one in growing[growing.index(first) :])
    assert "BR-48213-K" not in str(first.findings)
    assert [one.text for one in last.drafts] == [GOOD]


def test_text_seen_growing_can_not_be_approved_as_it_is(model, stub, tmp_path):
    """Approval checks the exact text again: a leak that was seen in a stream is refused."""
    *growing, last = streaming(model, stub, LEAK)
    with Store.open(str(tmp_path / "store.db")) as store, pytest.raises(Blocked):
        approve(store, BRAND, last, CONTEXT, decision="approve", reviewer="Ola", text=growing[-1].text)


def test_without_a_model_there_is_the_proposal_alone():
    """The embedded drafter has nothing to wait for."""
    (only,) = Assistant(BRAND).stream(CONTEXT)
    assert only == Assistant(BRAND).draft(CONTEXT)


@pytest.mark.parametrize("mood", ["cut-quietly", "refuses", "failing", "hang"])
def test_a_stream_that_fails_ends_in_a_safe_proposal(model, stub, mood):
    """Whatever was seen before the failure, the last item is a proposal of the playbook that says what happened."""
    stub.reply = writing(GOOD)
    assistant = Assistant(
        BRAND, model=model(mood, retries=0, seconds=3.0, timeout=0.5 if mood == "hang" else 2.0, triage=False)
    )
    *_, last = assistant.stream(CONTEXT)
    assert {one.drafter for one in last.drafts} == {"playbook"}
    assert last.provenance["model"]["offline"]


def test_who_leaves_hangs_up(model, stub):
    """While a server is silent the same state comes again; a reader that leaves ends the call and the drafting."""
    before = set(threading.enumerate())
    stream = Assistant(BRAND, model=model("hang", seconds=20.0, timeout=20.0, triage=False)).stream(CONTEXT)
    assert next(stream) == Growing(text="")
    (work,) = (one for one in set(threading.enumerate()) - before if one.name == "replywright-stream")
    while not stub.asked:
        assert next(stream) == Growing(text="")
    stream.close()
    work.join(5)
    assert not work.is_alive()


def checking(calls: list[str]) -> Callable[[str], Report]:
    """A check that notes what it was asked, and finds what a forbidden word and a missing one would."""

    def check(text: str) -> Report:
        calls.append(text)
        missing = Finding(rule="S.Missing", level="error", blocking=True, start=0, end=0, match="", message="missing")
        at = text.find("bad")
        if at < 0:
            return Report.of((missing,))
        found = Finding(rule="S.Bad", level="error", blocking=True, start=at, end=at + 3, match="bad", message="bad")
        return Report.of((missing, found))

    return check


def test_only_finished_sentences_are_checked_and_not_too_often():
    """Of many pieces few are checked; what is only missing so far is no finding; a last sentence is waited for."""
    calls: list[str] = []
    text = "One. Two is bad. Three. " * 5

    def proposed(on_text: Callable[[str], None]) -> Any:
        for end in range(1, len(text) + 1):
            on_text(text[:end])
            time.sleep(0.01)
        time.sleep(0.5)
        return "done"

    def work(on_text: Callable[[str], None]) -> Any:
        return Done(proposed(on_text))

    *growing, _ = streamed(work, checking(calls))
    assert len(calls) < len(text) / 5
    assert all(one.endswith(".") for one in calls)
    assert calls[-1] == text.strip()
    assert {finding.rule for one in growing for finding in one.findings} == {"S.Bad"}
    assert growing[-1].checked == len(text.strip())


class Done:
    """What stands for a proposal."""

    def __init__(self, said: str) -> None:
        self.said = said


def test_what_goes_wrong_is_raised_where_the_stream_is_read():
    """An error of the pipeline is not swallowed by its thread."""

    def proposed(on_text: Callable[[str], None]) -> Any:
        on_text("One. ")
        raise ValueError("broken")

    seen = []
    with pytest.raises(ValueError, match="broken"):
        seen.extend(streamed(proposed, checking([])))


def test_a_text_that_begins_anew_is_checked_anew():
    """Where the model is asked again the marks of the first text are gone."""

    def proposed(on_text: Callable[[str], None]) -> Any:
        on_text("This is bad. ")
        time.sleep(0.3)
        on_text("All is fine. ")
        time.sleep(0.5)
        return Done("")

    *growing, _ = streamed(proposed, checking([]))
    assert growing[0].blocked
    assert isinstance(growing[-1], Growing)
    assert not growing[-1].blocked


@pytest.mark.parametrize(
    ("so_far", "text"),
    [
        ("", ""),
        ('{"repl', ""),
        ('{"replies": [{"text": "Hi A', "Hi A"),
        ('Sure! {"replies": [{"text": "Hi \\u00e', "Hi"),
        ('{"replies": [{"text": "Hi", "why": "x"}, {"text": "Other', "Hi"),
        ('{"replies": 3}', ""),
        ('{"replies": [{"text": 3}]}', ""),
        ("[]", ""),
        ('{"replies": [{"text": "a\\u202eb', "ab"),
    ],
)
def test_the_first_reply_is_read_from_an_answer_that_grows(so_far, text):
    """Half an escape, another shape or nothing yet is no error; what would steer a reader unseen is taken out."""
    assert first_text(so_far) == text
