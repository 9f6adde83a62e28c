import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tone_rules import Situation, measure
from tone_rules.measures import SCALES
from tone_rules.measures.about import About
from tone_rules.measures.features import features
from tone_rules.measures.weights import load_weights

ROWS = [
    json.loads(line)
    for name in ("triples", "contrasts")
    for line in (Path(__file__).parent / "rated" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:60]
]


def test_every_weight_keeps_the_sign_of_its_part():
    """No fitted weight goes against what its scale says the feature does, and every sum only adds."""
    weights = load_weights()
    for scale in SCALES:
        for name, weight in weights.scales[scale.name].weights.items() if scale.fixed is None else ():
            assert weight * scale.parts[name].sign >= 0, (scale.name, name)
    assert all(one >= 0 for total in (weights.tone, weights.helpfulness) for one in total.weights.values())


def test_every_part_is_a_feature():
    """Each name that a scale speaks of is one that the families give."""
    known = set(features(About("Sorry, Ana: it comes on Friday.", Situation(message="Where is it?"))))
    for scale in SCALES:
        assert set(scale.parts) <= known, scale.name


@settings(max_examples=150, deadline=None)
@given(reply=st.text(max_size=300), message=st.text(max_size=300))
def test_any_text_is_measured(reply, message):
    """Whatever the characters, values lie between 0 and 1, spans lie in the reply, and nothing is raised."""
    scores = measure(reply, Situation(message=message))
    assert 0 <= scores.tone <= 1
    for one in scores.measures.values():
        assert one.value is None or 0 <= one.value <= 1
        assert all(0 <= start <= end <= len(reply) for start, end in one.spans)
        assert one.value is not None or one.reason


def test_threads_agree():
    """Eight threads get what one gets."""
    alone = [measure(one["reply"], Situation(message=one["message"])) for one in ROWS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: measure(one["reply"], Situation(message=one["message"])), ROWS))
    assert together == alone


@pytest.mark.parametrize("good", [one for one in ROWS if one.get("kind") == "good"][:12], ids=lambda one: one["id"])
def test_what_would_help_most_is_said(good):
    """Where a reply says nothing to the point, the advice is a sentence that a person can act on."""
    scores = measure("Thanks for reaching out!", Situation(message=good["message"]))
    assert scores.advice
    assert scores.advice[0].isupper()
    assert scores.advice.endswith(".")


def test_what_is_blocked_is_not_hidden_by_a_mean():
    """Scores know nothing of findings: a draft that leaks may score well and still blocks."""
    from assistant import Assistant, Brand, CustomerContext, Fact

    context = CustomerContext(
        channel="x", message="Where is my parcel?", facts=(Fact(name="order_number", value="NW-48213"),)
    )
    report = Assistant(Brand(name="Tarn")).check("Your parcel NW-48213 left Leeds this morning, Ana.", context)
    assert report.verdict == "block"
