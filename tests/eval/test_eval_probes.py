import pytest

from eval.probes import Pair, Probe, probe
from eval.probes.changes import PROBES, blame, dialect, emoji, filler, typo, without_next_step
from eval.probes.changes import another_handle as handle
from eval.probes.changes import another_name as name
from eval.scorers.measures import rate

PAIR = Pair(
    "p1",
    "@halyard my parcel isn't here and nothing happens, Mira said Friday",
    "Hi Jas, sorry it's late. Send us the number by DM and I'll look today. - Mira",
)
PAIRS = [
    PAIR,
    Pair(
        "p2",
        "how do i pair the lamp with my phone",
        "Hold the button for 5 seconds until it blinks. Then open the app.",
    ),
    Pair(
        "p3", "the app crashed AGAIN and i lost my basket", "Ugh, losing a basket stings. I've passed the crash on. ^MR"
    ),
    Pair("p4", "@halyard love the new colour!!", "@jas So glad! Which one did you go for?"),
]


@pytest.mark.parametrize("one", PROBES, ids=lambda one: one.name)
def test_a_change_changes_what_it_says(one):
    """Message or reply, nothing else; the same pair and number give the same change."""
    for number in range(6):
        changed = [one.change(pair, number) for pair in PAIRS]
        assert changed == [one.change(pair, number) for pair in PAIRS]
        assert any(changed)
        for pair, other in zip(PAIRS, changed, strict=True):
            assert other is None or (other.id == pair.id and other != pair)


def test_the_changes_one_by_one():
    """As they read."""
    renamed = name(PAIR, 0)
    assert "Jas" not in renamed.reply
    assert "Mira" not in renamed.reply + renamed.message
    signer = renamed.reply.rsplit(" ", 1)[1]
    assert signer in renamed.message
    assert "@halyard" not in handle(PAIR, 0).message
    assert dialect(PAIR, 0).message != PAIR.message
    assert sorted(typo(PAIR, 0).message) == sorted(PAIR.message)
    assert emoji(PAIR, 0).message.startswith(PAIR.message)
    assert blame(PAIR, 0).reply.endswith("- Mira")
    assert filler(PAIRS[2], 0).reply.endswith("^MR")
    assert without_next_step(PAIR, 0).reply == "Hi Jas, sorry it's late. - Mira"
    assert without_next_step(PAIRS[1], 0) is None


def test_nothing_to_change_is_no_try():
    """A pair without a name or a message is not counted as if it had passed."""
    bare = Pair("b", None, "It is on its way.")
    found = {one.name: one for one in probe([bare], rate).results}
    assert [found[one].tried for one in ("name", "handle", "dialect", "typo", "emoji")] == [0] * 5
    assert found["name"].interval is None
    assert found["blame"].tried == 1


MOVE = Probe("all", "more words", "must not move", ("tone",), lambda pair, _: pair._replace(reply=pair.reply + " x"))
LOWER = MOVE._replace(demand="must lower")
RAISE = MOVE._replace(demand="must not raise")


@pytest.mark.parametrize(
    ("one", "by", "violations"),
    [
        (MOVE, 0.02, 0),
        (MOVE, 0.03, 4),
        (MOVE, -0.03, 4),
        (RAISE, 0.03, 4),
        (RAISE, -0.3, 0),
        (LOWER, 0.0, 4),
        (LOWER, -0.01, 0),
    ],
)
def test_what_violates(one, by, violations):
    """The same within the tolerance; lower at all; not higher beyond the tolerance."""
    found = probe(PAIRS, lambda _, reply: {"tone": 0.5 + by * reply.endswith(" x")}, [one])
    (result,) = found.results
    assert (result.tried, result.violations) == (4, violations)
    assert len(result.offenders) == violations


def test_rate_interval_and_exit_code():
    """Wilson's interval; it fails where all of that is above the limit; unscored is incomplete, not a pass."""
    many = [PAIR._replace(id=str(number)) for number in range(50)]

    def moves(_, reply):
        return {"tone": 0.5 + 0.1 * reply.endswith(" x")}

    bad = probe(many, moves, [MOVE], limit=0.5)
    assert (bad.results[0].rate, bad.exit_code) == (1.0, 1)
    assert bad.results[0].interval.low == pytest.approx(0.929, abs=1e-3)
    assert "probes failed: all" in bad.headline
    assert probe(many[:1], moves, [MOVE], limit=0.5).exit_code == 0
    assert probe(many, moves, [MOVE]).exit_code == 0
    lost = probe(many, lambda _, reply: {"tone": None if reply.endswith(" x") else 0.5}, [MOVE], limit=0.5)
    assert (lost.exit_code, lost.results[0].unscored) == (3, 50)
    assert probe([], moves, [MOVE]).exit_code == 3


def test_the_furthest_off_stands_first():
    """By how far the score went."""
    by_id = {"p1": 0.1, "p2": 0.3, "p3": 0.0, "p4": -0.2}
    by_reply = {pair.reply: by_id[pair.id] for pair in PAIRS}
    found = probe(
        PAIRS, lambda _, reply: {"tone": 0.5 + by_reply.get(reply.removesuffix(" x"), 0) * reply.endswith(" x")}, [MOVE]
    )
    assert [one.id for one in found.results[0].offenders] == ["p2", "p4", "p1"]


def test_the_measures_hold_on_invented_replies():
    """Blame lowers tone and filler raises no helpfulness."""
    found = {one.name: one for one in probe(PAIRS, rate).results}
    assert (found["blame"].violations, found["filler"].violations) == (0, 0)
