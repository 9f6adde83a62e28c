import io
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.pipeline import Proposal
from assistant.store import Store, claims, erase, export, notices, outcomes, verify
from tone_rules.finding import Report


def clean(_text: str, _context: CustomerContext, _brand: Brand) -> Report:
    """A check that finds nothing."""
    return Report.of(())


@pytest.fixture
def kept(store: Store, context: CustomerContext) -> Store:
    """A store that holds the message."""
    store.put_messages([context])
    return store


def _log(store: Store) -> list[tuple[str, dict[str, Any]]]:
    """The audit log: each record's kind, and what it says beside digests."""
    out = io.StringIO()
    export(store, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    return [
        (line["kind"], {name: value for name, value in line["payload"].items() if name != "digests"}) for line in lines
    ]


def test_a_claim_keeps_others_from_answering(
    kept: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """While Ana has it Lee can neither claim nor answer it; taken over, on record, it is Lee's; answered nobody's."""
    claims.claim(kept, "m1", "Ana")
    assert claims.claim(kept, "m1", "Ana").person == "Ana"
    text = proposal.drafts[0].text
    with pytest.raises(claims.Claimed, match="Ana is answering"):
        claims.claim(kept, "m1", "Lee")
    with pytest.raises(claims.Claimed):
        approve(kept, brand, proposal, context, decision="approve", reviewer="Lee", text=text, check=clean)
    claims.claim(kept, "m1", "Lee", take=True)
    claims.claim(kept, "m1", "Lee", take=True)
    assert claims.standing(kept)["m1"].person == "Lee"
    assert [payload for kind, payload in _log(kept) if kind == "takeover"] == [{"by": "Lee", "from": "Ana"}]
    approve(kept, brand, proposal, context, decision="approve", reviewer="Lee", text=text, check=clean)
    assert claims.standing(kept) == {}


def test_a_claim_runs_out_or_is_given_up(kept: Store) -> None:
    """A forgotten claim holds nobody up for long, and who gives one up frees it, but only their own."""
    claims.claim(kept, "m1", "Ana", seconds=0.01)
    time.sleep(0.02)
    assert claims.standing(kept) == {}
    claims.claim(kept, "m1", "Lee")
    claims.release(kept, "m1", "Ana")
    assert "m1" in claims.standing(kept)
    claims.release(kept, "m1", "Lee")
    assert claims.standing(kept) == {}
    with pytest.raises(InputError, match="no message"):
        claims.claim(kept, "none", "Ana")


def test_a_pause_stops_what_goes_out(kept: Store, brand: Brand, context: CustomerContext, proposal: Proposal) -> None:
    """While everything is paused no reply is approved, handing on still works, and both ends are on record."""
    text = proposal.drafts[0].text
    pause = notices.post(kept, "pause", "Outage call at ten", "Lee")
    with pytest.raises(notices.Paused, match="Lee has paused all replies: Outage call at ten"):
        approve(kept, brand, proposal, context, decision="approve", reviewer="Ana", text=text, check=clean)
    notices.end(kept, pause.number, "Lee")
    notices.end(kept, pause.number, "Ana")
    approve(kept, brand, proposal, context, decision="approve", reviewer="Ana", text=text, check=clean)
    report = verify(kept)
    assert report.ok
    with pytest.raises(InputError, match="no notice"):
        notices.end(kept, 99, "Lee")


def test_a_notice_ends_by_itself(kept: Store) -> None:
    """An incident is told until its end; an end that is over, or no words, are refused."""
    soon = datetime.now(UTC) + timedelta(seconds=0.05)
    notices.post(kept, "incident", "Deliveries are late today.", "Lee", until=soon)
    assert [one.kind for one in notices.current(kept)] == ["incident"]
    time.sleep(0.06)
    assert notices.current(kept) == ()
    with pytest.raises(InputError, match="moment to come"):
        notices.post(kept, "incident", "Late.", "Lee", until=soon)
    with pytest.raises(InputError, match="say something"):
        notices.post(kept, "pause", "  ", "Lee")


def test_outcomes_are_kept_and_erased_with_their_message(kept: Store) -> None:
    """What became of a reply is kept with its message, bounded, and gone when the message is erased."""
    outcomes.add_outcome(kept, "m1", "csat", 0.75)
    assert [(one.kind, one.value) for one in outcomes.outcomes_of(kept)] == [("csat", 0.75)]
    with pytest.raises(InputError, match="between 0 and 1"):
        outcomes.add_outcome(kept, "m1", "csat", 4)
    with pytest.raises(InputError, match="no message"):
        outcomes.add_outcome(kept, "none", "csat", 1)
    claims.claim(kept, "m1", "Ana")
    claims.claim(kept, "m1", "Lee", take=True)
    erase(kept, by="Ana", message_id="m1")
    assert outcomes.outcomes_of(kept) == ()
    assert claims.standing(kept) == {}
    report = verify(kept)
    assert (report.ok, report.texts, report.erased) == (True, 0, 1)


def test_every_change_is_told_once(kept: Store, context: CustomerContext, proposal: Proposal) -> None:
    """`changes` names what came or changed since an earlier look, and nothing else; an erasure shows in the number."""
    first = kept.changes()
    assert (first.ids, first.many) == (("m1",), 1)
    assert kept.changes(first.now).ids == ()
    kept.put_messages([context.model_copy(update={"id": "m2"})])
    second = kept.changes(first.now)
    assert (second.ids, second.many) == (("m2",), 2)
    kept.save_proposal("m1", proposal)
    claims.claim(kept, "m2", "Ana")
    third = kept.changes(second.now)
    assert third.ids == ("m1",), "who answers a message is no change of it"
    erase(kept, by="Ana", message_id="m2")
    kept.put_messages([context.model_copy(update={"id": "m3"})])
    fourth = kept.changes(third.now)
    assert (fourth.ids, fourth.many) == (("m3",), 2), "what was erased gives its place to nobody"
    assert kept.ids() == {"m1", "m3"}
