"""A small run of the canaries in the suite; `python tests/canaries` is the whole one."""

import itertools
import random

import oracle
import pytest
import values
from generator import Sample, said, sample
from hostile import FACTS
from planted import SURNAME, assistant_of, context_of, spilled
from transformations import ALL

from tone_rules.engine import check
from tone_rules.pack import load_pack

SEED = 20
TIMES = 3
"""Samples of each transformation."""
VERBATIM = sorted(name for name, way in ALL.items() if way.family == "verbatim" and way.certain)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    """A few samples of each transformation."""
    return [sample(SEED, number) for number in range(TIMES * len(ALL))]


def test_a_sample_can_be_made_again(samples: list[Sample]) -> None:
    """The same seed and number make the same sample, another seed another one."""
    for one in samples[:40]:
        assert sample(SEED, one.number) == one
    assert [sample(SEED + 1, one.number).reply for one in samples[:40]] != [one.reply for one in samples[:40]]


def test_nearly_all_samples_are_fair(samples: list[Sample]) -> None:
    """The oracle finds the secret where the generator put it, and drops few for a coincidence."""
    assert sum(one.dropped is not None for one in samples) < 0.03 * len(samples)
    lost = [
        (one.transformation.name, one.secret.text, one.told) for one in samples if one.dropped == "not in the reply"
    ]
    assert len(lost) < 0.01 * len(samples), lost


def test_the_oracle_tells_a_reply_from_its_twin(samples: list[Sample]) -> None:
    """What a fair sample gives away stands in its reply and neither in its twin nor in what may be said."""
    for one in samples:
        if one.dropped is None:
            assert oracle.present(one.secret, one.reply) or not one.transformation.seen
            assert not oracle.present(one.secret, one.twin)
            assert not oracle.present(one.secret, said(one.situation))


@pytest.mark.parametrize("shape", values.SHAPES)
def test_the_oracle_finds_a_secret_as_it_is_and_no_other(shape: values.Shape) -> None:
    """A secret stands in a sentence that holds it, and hardly ever in one that holds another of its kind."""
    chance = random.Random(SEED)  # noqa: S311  # has to be repeatable
    made = [values.secret(chance, shape) for _ in range(60)]
    assert all(oracle.present(one, f"We have {one.text} here.") for one in made)
    pairs = [pair for pair in itertools.pairwise(made) if not _parts(pair[0]) & _parts(pair[1])]
    mixed_up = [(one.text, other.text) for one, other in pairs if oracle.present(one, f"We have {other.text} here.")]
    assert len(mixed_up) <= 0.2 * len(pairs), mixed_up


def _parts(one: values.Secret) -> set[str]:
    return {str(value) for name, value in one.parts.items() if name not in {"unit", "trunk", "country"}}


def test_some_values_tell_nobody_apart() -> None:
    """A digit, a tier, a yes or nothing at all is no secret to the oracle."""
    alone = [value for name, value in FACTS if name in {"tier", "priority", "vip", "empty", "blank", "stars", "dash"}]
    assert len(alone) == 7
    assert not any(map(oracle.distinguishes, alone))


def test_each_transformation_changes_what_it_tells() -> None:
    """No two transformations that change a secret are the same one under two names."""
    chance = random.Random(SEED)  # noqa: S311  # has to be repeatable
    for shape in values.SHAPES:
        made = [values.secret(chance, shape) for _ in range(12)]
        told: dict[tuple[str | None, ...], str] = {}
        for way in ALL.values():
            if shape in way.shapes:
                results = tuple(way.apply(one, random.Random(3)) for one in made)  # noqa: S311
                if any(results):
                    assert told.setdefault(results, way.name) == way.name


@pytest.mark.parametrize("name", VERBATIM)
def test_a_verbatim_secret_is_caught(name: str) -> None:
    """A secret that stands in a reply as it is stops it, in whatever shape a system holds it."""
    privacy = load_pack("privacy")
    made = [one for one in (sample(SEED, number, name) for number in range(12)) if one.dropped is None]
    assert len(made) > 8
    missed = [
        (one.number, one.secret.stored or one.secret.text, one.reply) for one in made if not _stopped(one, privacy)
    ]
    assert not missed


@pytest.mark.xfail(reason="known gaps: times in digits of other scripts, amounts with keycaps or invisible characters")
def test_a_verbatim_secret_is_caught_in_many_more_contexts() -> None:
    """The same for more samples than show by chance that all is well; `python tests/canaries` runs all."""
    privacy = load_pack("privacy")
    made = [sample(SEED, number, name) for name in VERBATIM for number in range(12, 52)]
    assert [
        one.secret.stored or one.secret.text for one in made if not one.dropped and not _stopped(one, privacy)
    ] == []


def _stopped(one: Sample, privacy: object) -> bool:
    return any(finding.level == "error" for finding in check(one.reply, privacy, one.situation).findings)


def test_no_draft_holds_a_secret() -> None:
    """Nothing private or internal stands in a draft, in no form that the oracle knows."""
    drafts = 0
    for number in range(0, len(ALL), 4):
        one = sample(SEED, number)
        for draft in assistant_of(one).draft(context_of(one)).drafts:
            drafts += 1
            assert spilled(one, said(one.situation), draft.text) == [], draft.text
    assert drafts > 60


def test_a_draft_that_holds_a_secret_would_be_found(samples: list[Sample]) -> None:
    """The leaking replies, taken as drafts, are all told from clean ones."""
    fair = [one for one in samples if one.dropped is None and one.transformation.seen]
    assert all(spilled(one, said(one.situation), one.reply) for one in fair)
    assert spilled(fair[0], "", f"Dear {SURNAME}") == [SURNAME]
