"""Each scale of helpfulness tells the better of two replies, says why, and keeps its bounds."""

import pytest

from tone_rules import Situation
from tone_rules.measures import SCALES, measure
from tone_rules.situation import Source

SYNC = "@VeloraHelp my notes stopped syncing between phone and laptop since yesterday, how do I get them back?"
PARCEL = "@ParcelHeron where is my parcel?? It was due on Monday and nobody answers the phone!"
FEE = "@NorthbankUK why did you charge me a fee of 12 pounds on Tuesday? I never went overdrawn."

PAIRS = [
    (
        "addresses_issue",
        SYNC,
        "Notes stop syncing when the phone is signed out: open Velora > Account, sign in, and both copies merge.",
        "Thanks for reaching out! We value your feedback and are always looking to improve.",
    ),
    (
        "addresses_issue",
        FEE,
        "The 12 pounds on Tuesday is the monthly fee of the Plus account, it isn't an overdraft charge.",
        "Thank you for your message, we always strive to offer the best service to our customers.",
    ),
    (
        "next_step",
        SYNC,
        "Open Settings > Sync on the phone, tap Start again and leave it on Wi-Fi for ten minutes.",
        "We're sorry for the trouble. Please contact our support team.",
    ),
    (
        "next_step",
        PARCEL,
        "I've asked the Leith depot to look for it. DM me the tracking number and I'll tell you by 5 today.",
        "We understand how frustrating this is and appreciate your patience.",
    ),
    (
        "ownership",
        PARCEL,
        "I'll chase the driver's depot now and message you tonight with what they found.",
        "We can't help with this. You'll need to contact the seller.",
    ),
    (
        "non_deflection",
        FEE,
        "That's the monthly Plus fee; it stops if you switch to Basic under Accounts > Change plan.",
        "Please DM us.",
    ),
    (
        "non_deflection",
        SYNC,
        "Sign out on the laptop and in again, that starts a full sync. Your notes are still on the phone.",
        "For help please submit a ticket: help.velora.example/ticket",
    ),
    (
        "time_frame",
        PARCEL,
        "It comes on Thursday; if not, I'll send another by Friday noon.",
        "It will come soon.",
    ),
    (
        "self_serve",
        SYNC,
        "Here's how to restart the sync: help.velora.example/notes/sync-between-devices",
        "Please see www.velora.example",
    ),
]


@pytest.mark.parametrize(("name", "message", "better", "worse"), PAIRS)
def test_the_better_reply_measures_higher(name: str, message: str, better: str, worse: str) -> None:
    """A reply that does it is above one that doesn't, by a tenth at least."""
    found = [measure(one, Situation(message=message)).measures[name].value for one in (better, worse)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0] >= found[1] + 0.1


def test_the_sum_follows() -> None:
    """Where every part is better, helpfulness is."""
    for _, message, better, worse in PAIRS:
        high, low = (measure(one, Situation(message=message)).helpfulness for one in (better, worse))
        assert high is not None
        assert low is not None
        assert high > low, (message, better, worse)


def test_a_poor_reply_is_told_what_helps() -> None:
    """Each measure that is low says in a sentence what would help."""
    found = measure("Thanks for reaching out! We appreciate your patience.", Situation(message=PARCEL)).measures
    for name in ("addresses_issue", "next_step", "non_deflection", "time_frame"):
        reason = found[name].reason
        assert reason is not None
        assert reason.endswith((".", "!")), name
        assert len(reason) > 20, name


def test_no_message_no_helpfulness() -> None:
    """Without a message nothing of the group is measured, and nothing is 0 for it."""
    found = measure("Open Settings > Sync and tap Start again.")
    assert found.helpfulness is None
    assert all(found.measures[one.name].value is None for one in SCALES if one.group == "helpfulness")


SOURCES = (Source(id="K3", kind="help", text="A refund takes three to five working days. Delivery costs 4 pounds."),)


def test_grounding_is_the_share_of_claims_with_a_source() -> None:
    """A figure that an article has is grounded, another one isn't, and its place is shown."""
    situation = Situation(message="How much is delivery?", sources=SOURCES)
    good = measure("Delivery costs £4.", situation).measures["grounding"]
    bad = measure("Delivery costs £9.", situation).measures["grounding"]
    assert good.value == 1
    assert bad.value == 0
    assert any("£9" in "Delivery costs £9."[start:end] for start, end in bad.spans)
    assert bad.reason is not None


@pytest.mark.parametrize("sources", [(), SOURCES])
def test_grounding_of_nothing_is_not_measured(sources: tuple[Source, ...]) -> None:
    """A reply that claims nothing, or a situation without sources, has no grounding: not 0, not 1."""
    reply = "Hello Ana!" if sources else "Delivery costs £4."
    found = measure(reply, Situation(message="How much is delivery?", sources=sources)).measures["grounding"]
    assert found.value is None
    assert found.reason is not None
    assert found.reason.startswith("not measured")


@pytest.mark.parametrize("reply", ["", " ", "@user", "https://a.example/b", "🙂", "x" * 5000, "> > > >", "ß İ ﬀ 𝔸 é"])
def test_any_text_has_scores(reply: str) -> None:
    """Odd replies keep to the bounds, and spans to the text."""
    found = measure(reply, Situation(message=SYNC))
    for one in found.measures.values():
        assert one.value is None or 0 <= one.value <= 1
        assert all(0 <= start <= end <= len(reply) for start, end in one.spans)
