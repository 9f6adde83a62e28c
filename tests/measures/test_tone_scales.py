"""Every scale of tone tells the better of two replies from the worse, with the same message above both."""

import pytest

from tone_rules import Situation
from tone_rules.measures import SCALES, measure

PARCEL = "@ParcelHeron third time you say 'delivered' and there's NOTHING here. it's my dad's birthday present!!"
PRAISE = "@BrineBakery the rye loaf you sold me this morning is the best I've ever eaten, thank you!!"
QUESTION = "@VeloraHelp can I use the family plan on two phones at the same time?"

SPECIFIC = (
    "Three times 'delivered' and still no present for your dad is maddening, I'm sorry. I've asked the depot to look "
    "for it and I'll write to you by five. ^Mira"
)
STOCK = "We apologize for any inconvenience. Please contact our support team for further assistance."
CURT = "Check your tracking."

PAIRS = {
    "empathy": [
        (PARCEL, SPECIFIC, STOCK),
        (PARCEL, STOCK, "You should have been at home. Nobody else has complained."),
        (PARCEL, "That's rotten, with his birthday coming. I'm on it.", "Please submit a request via the form."),
    ],
    "respect": [
        (PARCEL, SPECIFIC, "Calm down. As already stated, you must wait. You should have read the terms."),
        (QUESTION, "Hi! Yes, you can: both phones at once. Let us know if one of them complains.", "Read the FAQ."),
        (QUESTION, "Thanks for asking! Yes, on two at once.", "You clearly didn't read the page. It's stated there."),
    ],
    "emotion_fit": [
        (PARCEL, SPECIFIC, "Woohoo, a treasure hunt!! 🎉 You've totally got this! Have an amazing day! 😄"),
        (PRAISE, "You've made our morning! I'll tell Piet, he bakes the rye. Enjoy the rest of it! ^Ann", "Noted."),
        (PARCEL, SPECIFIC, "Upgrade to Heron Plus today and discover our best-value deals while you're here!"),
    ],
    "humanity": [
        (PARCEL, SPECIFIC, STOCK),
        (QUESTION, "Yes, both phones at once! I've the same plan: just sign in on the second one.", STOCK),
        (QUESTION, "Yes, you can: sign in on both phones, that's it.", "We are committed to excellence at all times."),
    ],
    "brevity": [
        (QUESTION, "Yes, on two phones at once.", "Yes, " + "and as you can imagine there are many sides to it, " * 14),
        (QUESTION, "Yes, on two phones at once, just sign in on both.", "Yes"),
    ],
    "politeness": [
        (PARCEL, "Could you send us the tracking number, please? Thanks a lot!", "Why didn't you send the number?"),
        (
            PARCEL,
            "Would you mind telling us the street, so that I can ask the driver?",
            "Why is there no number in it?",
        ),
    ],
    "warmth": [
        (PARCEL, SPECIFIC, "Your request has been forwarded for further investigation."),
        (PRAISE, "Aw, thank you! We're so glad you love it. Enjoy!", "Feedback received."),
    ],
    "concreteness": [
        (PARCEL, "I've asked the Leith depot to check the van by 5 today.", "We are looking into some things."),
        (QUESTION, "Tap Settings > Family > Add phone.", "There are various options related to certain plans."),
    ],
    "formality": [
        (
            PARCEL,
            "Kindly submit additional documentation regarding the aforementioned matter for further investigation.",
            "Hey, that's weird! Let's sort it out, give us a shout :)",
        )
    ],
}


@pytest.mark.parametrize(
    ("scale", "message", "better", "worse"), [(scale, *pair) for scale, pairs in PAIRS.items() for pair in pairs]
)
def test_a_scale_tells_better_from_worse(scale: str, message: str, better: str, worse: str) -> None:
    """The reply that has more of it gets a higher value."""
    values = [measure(reply, Situation(message=message)).measures[scale].value for reply in (better, worse)]
    assert None not in values
    assert values[0] > values[1]  # type: ignore[operator]


def test_every_scale_of_tone_has_pairs() -> None:
    """No scale of tone ships untested."""
    assert {one.name for one in SCALES if one.group == "tone"} == set(PAIRS)


@pytest.mark.parametrize(
    ("message", "better", "worse"), [pair for name in ("empathy", "respect") for pair in PAIRS[name]]
)
def test_the_tone_tells_better_from_worse(message: str, better: str, worse: str) -> None:
    """The sum does too."""
    assert measure(better, Situation(message=message)).tone > measure(worse, Situation(message=message)).tone


def test_advice_can_be_acted_on() -> None:
    """What is wrong with a reply is said where it stands: blame has its place and its advice."""
    reply = "Hi, thanks for reaching out. You should have read the terms before complaining."
    found = measure(reply, Situation(message=PARCEL)).measures["respect"]
    assert "fault" in (found.reason or "")
    assert any(reply[start:end].startswith("You should have") for start, end in found.spans)


def test_what_does_not_apply_is_none() -> None:
    """A reply that asks nothing has no politeness of asks, and says why; without a message nothing fits a mood."""
    assert measure("Yes, on both.", Situation(message=QUESTION)).measures["politeness"].value is None
    assert measure("Yes, on both.").measures["emotion_fit"].value is None


def test_no_scale_names_a_feature_that_is_not_there() -> None:
    """Every part of every scale is a feature."""
    from tone_rules.measures.about import About
    from tone_rules.measures.features import features

    known = features(About("Yes, on both.", Situation(message=QUESTION)))
    assert not {part for one in SCALES for part in one.parts} - set(known)
