import json
import time
from typing import Any

import pytest

from assistant.context import CustomerContext
from assistant.triage import ESCALATIONS, INTENTS, triage
from assistant.triage.concepts import Concepts
from assistant.triage.dangers import weighed
from assistant.triage.features import clauses
from assistant.triage.model import alone, scores, telling
from assistant.triage.weights import FOLDER, PATH, digest, weights
from tone_rules.readings import read_message
from tone_rules.readings.dangers import POSSIBLE, SURE
from tone_rules.readings.folding import fold

MESSAGES = [FOLDER / "messages" / name for name in ("developed.jsonl", "plain.jsonl", "everyday.jsonl")]


def read(message: str, **more: Any) -> Any:
    return triage(CustomerContext.model_validate({"channel": "x", "message": message, **more}))


def test_the_weights_are_learned_from_what_stands_here() -> None:
    """The weights are of these messages, concepts and rules; `python -m assistant.triage.learning` fits anew."""
    assert weights().digest == digest()
    assert PATH.stat().st_size < 2_000_000


def test_every_answer_has_its_column() -> None:
    """No escalation and no intent is without weights."""
    assert set(ESCALATIONS) == set(scores(read_message("Where is my parcel?")).dangers)
    assert {f"intent:{name}" for name in INTENTS} <= set(weights().answers)
    assert {f"part:{name}" for name in ESCALATIONS} <= set(weights().answers)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("No signal on any phone in our street, next door's neither, and the shop can't take cards", "outage"),
        ("My late wife's name is still on the account and you keep writing to her after the funeral", "bereavement"),
        ("three million views on that clip and it is all over every group chat, you might want to answer", "viral"),
        ("The ombudsman has my complaint, the reference number and your final response", "regulator"),
    ],
)
def test_what_no_keyword_rule_knows_is_seen(message: str, name: str) -> None:
    """An escalation is found, and where the model alone finds it, the clause that says so is the evidence."""
    answer = read(message)
    assert name in (answer.escalation, answer.review)
    assert any(one.label.endswith(f":{name}") and one.match for one in answer.evidence)


@pytest.mark.parametrize(
    "message",
    [
        "this app is killing me 😂 obsessed with the new levels",
        "sue me but I like it better than the original",
        "Do you have the squash court free on Sunday?",
        "would die for the caramel one, restock when?",
    ],
)
def test_idioms_stay_quiet(message: str) -> None:
    """What only sounds like a danger is neither escalated nor put before a person."""
    answer = read(message)
    assert (answer.escalation, answer.review) == (None, None)


def test_the_telling_clause_comes_first() -> None:
    """Of several clauses the one that speaks of the danger is the evidence, at its own offsets."""
    message = "Nice shop, good coffee. My solicitor has written to you. The queue was long."
    (_, span), *_ = telling(read_message(message), "legal_threat")
    assert "solicitor" in message[slice(*span)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("the lamp came two days after she died", "she died"),
        ("it is broken and nobody answers. thanks", "it is broken and nobody answers. thanks"),
        ("where is it", "where is it"),
    ],
)
def test_what_is_said_last_is_heard(text: str, last: str) -> None:
    """No word at the end of a message falls out of its clauses, however short the last one is."""
    *_, span = clauses(text)
    assert text[slice(*span)] == last


def test_sure_is_what_stands_over_all_the_rest() -> None:
    """An escalation that another one nearly equals is not sure, however far both are from none."""
    one, two = alone([[6.0, -5.0, -5.0], [6.0, 6.0, -5.0]])
    assert one[0] > 4
    assert two[0] < 0.1
    assert alone([0.0]).item() == pytest.approx(0.0)


def test_one_clause_is_heard_in_a_long_message() -> None:
    """What is said in one sentence stands though much else is said, and is not heard where it isn't said."""
    rest = (
        "The shop was warm and the queue was short. I like the new sign. The scarf fits well and the colour is right. "
    )
    said = "My solicitor has the papers ready."
    loud, drowned = (scores(read_message(one)).dangers["legal_threat"] for one in (said, rest + said + " " + rest))
    assert drowned > scores(read_message(rest + rest)).dangers["legal_threat"] + 2
    assert loud > drowned


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("two spoons of your cough linctus and my heart was pounding, ended up in A&E", "adverse_event"),
        ("your hair dye burnt my scalp, blisters on my neck, in hospital", "adverse_event"),
        ("your kettle exploded and my arm is burnt, we ended up in hospital", "safety"),
    ],
)
def test_who_was_hurt_by_what_they_took_goes_to_those_who_know_of_it(message: str, name: str) -> None:
    """What a medicine or cosmetic did is told as that though a hospital stands there; what a thing did is safety."""
    points = weighed(read_message(message))
    assert points[name].points >= SURE
    assert sum(points[one].points >= SURE for one in ("safety", "adverse_event") if one in points) == 1


def test_a_rule_of_life_or_money_is_never_dropped() -> None:
    """What a rule is sure of where life or money is at stake is flagged, however sure of the opposite the model is."""
    messages = [json.loads(line) for path in MESSAGES for line in path.read_text(encoding="utf-8").splitlines()]
    stands, dropped = 0, 0
    for row in messages:
        reading = read_message(row["message"])
        for name, danger in reading.dangers.items():
            if danger.points < SURE:
                continue
            points = weighed(reading)[name].points
            if name in ("self_harm", "safety", "fraud"):
                stands += 1
                assert points >= POSSIBLE, row["message"]
            else:
                dropped += points < POSSIBLE
    assert stands > 10
    assert dropped > 0


def test_a_word_of_doubt_keeps_the_model_from_being_sure() -> None:
    """Where a file says that only a sure rule counts, the model's word is for a person to look at."""
    found = weighed(read_message("My late gran's account, no sorry, she's alive, she is just always late lol"))
    assert all(danger.points < 3 for danger in found.values())


@pytest.mark.parametrize("message", ["", "🤦🏾", "a", "?!", "@x", "😡" * 3000, "why " * 1500])
def test_the_model_reads_anything(message: str) -> None:
    """No text is too short, too long or too odd, and none is slow."""
    began = time.perf_counter()
    found = scores(read_message(message))
    assert all(abs(value) < 1000 for value in found.dangers.values())
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("message", "shape"),
    [
        ("two days after she died", {"a death"}),
        ("dad has passed away and his phone rings", {"a death"}),
        ("the battery died", {"an end"}),
        ("it's dead again", {"an end"}),
        ("my sister passed her exam", set()),
        ("grandma passed it on to me", set()),
    ],
)
def test_who_died_is_told_from_what_died(message: str, shape: set[str]) -> None:
    """A person's death and the end of a thing are not the same concept."""
    concepts = Concepts({})
    assert {concepts.names[at] for at, _ in concepts.find(fold(message))} == shape


def test_phrases_are_found_with_their_endings_and_without_apostrophes() -> None:
    """`*` stands for any ending, an apostrophe may be missing, and every place is told."""
    concepts = Concepts({"law": ["solicitor*", "can't prove it"], "home": ["house"]})
    text = fold("The Solicitors say you cant prove it, house by house")
    assert [(concepts.names[at], text[slice(*span)]) for at, span in concepts.find(text)] == [
        ("law", "solicitors"),
        ("law", "cant prove it"),
        ("home", "house"),
        ("home", "house"),
    ]


def test_what_was_asked_and_tried_is_told() -> None:
    """The asks, the times and what was tried stand in the evidence, in the customer's words."""
    message = "Printer offline for three days. I've restarted the router twice. How do I get it back?"
    found = {one.label: one.match for one in read(message).evidence}
    assert found["tried"].startswith("I've restarted the router")
    assert "three days" in found["time"]
    assert "How do I get it back" in found["ask"]


@pytest.mark.parametrize(
    ("message", "tag"),
    [
        ("I cancelled in March and you are still charging my card every month", "charged_after_cancelling"),
        ("The parcel is nine days late and the tracking says in transit", "late_delivery"),
        ("Lovely coat, thank you", None),
    ],
)
def test_the_root_cause_is_tagged(message: str, tag: str | None) -> None:
    """Reports can count what lies behind messages; where nothing tells there is no tag."""
    assert read(message).root_cause == tag
