import re

import pytest

from eval.comparison import compare
from eval.gate import Gate, judge_run

GOOD = [0.9, 0.8, 0.9, 0.85, 0.95, 0.8, 0.9, 0.85, 0.9, 0.8, 0.95, 0.9]


def lower(values, by):
    """Each a little less, by another amount each time."""
    return [value - by - 0.01 * (number % 3) for number, value in enumerate(values)]


def test_a_clear_loss_is_called_regressed(drawn_run):
    """Every case a little lower: the word, the exit code and the printed line say the same."""
    found = compare(drawn_run(*GOOD), drawn_run(*lower(GOOD, 0.1)))
    (change,) = found.dimensions
    assert (change.word, found.state, found.exit_code) == ("regressed", "regressed", 1)
    assert change.difference == pytest.approx(-0.11)
    assert change.interval.high < 0
    assert found.headline.startswith("regressed: d -0.110")


def test_the_other_way_round_it_improved(drawn_run):
    """The same difference with the other sign, and nothing stops."""
    found = compare(drawn_run(*lower(GOOD, 0.1)), drawn_run(*GOOD))
    assert (found.state, found.exit_code) == ("improved", 0)


@pytest.mark.parametrize("after", [[0.8, 0.9, 0.9], [0.9, 0.8, 0.2], [0.2, 0.1, 0.2]])
def test_three_cases_can_not_tell(after, drawn_run):
    """Whatever three cases do, no test of them reaches 5%: it says so, and that no change of any size would."""
    found = compare(drawn_run(0.9, 0.8, 0.9), drawn_run(*after))
    assert (found.state, found.exit_code) == ("cannot tell at this n", 0)
    said = r"cannot tell at this n: 3 cases; \w+: 3 cases in 3 clusters show no change surely enough, however large"
    assert re.fullmatch(said, found.headline)


def test_the_same_runs_do_not_differ(drawn_run):
    """No difference at all is no proof of equality."""
    found = compare(drawn_run(*GOOD), drawn_run(*GOOD))
    assert found.state == "cannot tell at this n"
    assert "none differs" in found.headline


def test_copies_of_a_case_are_no_more_cases(drawn_run):
    """Sixty rows in three clusters tell no more than three do; alone they would."""
    before, after = [0.9] * 60, lower([0.9] * 60, 0.1)
    clusters = [str(number % 3) for number in range(60)]
    assert compare(drawn_run(*before), drawn_run(*after)).state == "regressed"
    together = compare(drawn_run(*before, clusters=clusters), drawn_run(*after, clusters=clusters))
    assert together.state == "cannot tell at this n"
    assert together.dimensions[0].clusters == 3


def test_epochs_are_averaged_before_they_are_paired(drawn_run):
    """Ten epochs of three cases are three pairs, of their means."""
    found = compare(drawn_run(*[[0.9] * 10] * 3), drawn_run(*[[0.8, 0.6] * 5] * 3))
    (change,) = found.dimensions
    assert (change.n, change.difference) == (3, pytest.approx(-0.2))
    assert found.state == "cannot tell at this n"


def test_flips_are_tested_by_mcnemar(drawn_run):
    """Eight of twelve no longer pass: exact p .0078, twice that for two tests."""
    after = [0.1] * 8 + GOOD[8:]
    passed = compare(drawn_run(*GOOD), drawn_run(*after)).changes[0]
    assert (passed.name, passed.lost, passed.won, passed.p) == ("passed", 8, 0, pytest.approx(2 / 2**8))
    assert passed.word == "regressed"


def test_many_dimensions_make_it_harder(drawn_run):
    """What one dimension shows is no longer sure where forty were looked at, each changed by chance alone."""
    after = [value + by for value, by in zip(GOOD, [-0.09, 0.05, -0.09, -0.04] * 3, strict=True)]
    many = tuple(f"d{number}" for number in range(40))
    assert compare(drawn_run(*GOOD), drawn_run(*after)).dimensions[0].adjusted < 0.1
    assert compare(drawn_run(*GOOD, dimensions=many), drawn_run(*after, dimensions=many)).dimensions[0].adjusted == 1.0


@pytest.mark.parametrize("bad", ["error", None])
def test_what_is_not_scored_is_left_out_and_told(bad, drawn_run):
    """It is in no mean, and a comparison that lacks cases is incomplete, whatever the rest says."""
    found = compare(drawn_run(*GOOD), drawn_run(*lower(GOOD, 0.1)[:-1], bad))
    assert (found.state, found.exit_code) == ("incomplete", 3)
    assert (found.dimensions[0].n, found.dimensions[0].left_out) == (11, 1)
    assert "left out" in found.headline
    borne = compare(drawn_run(*GOOD), drawn_run(*lower(GOOD, 0.1)[:-1], bad), max_left_out=1)
    assert borne.state == "regressed"


def test_an_unfinished_run_is_incomplete(drawn_run):
    """A run that lacks results is compared with nothing silently."""
    whole = drawn_run(*GOOD)
    found = compare(whole, whole.model_copy(update={"results": whole.results[:-1]}))
    assert (found.exit_code, found.notes) == (3, ("the run after lacks 1 results",))


def test_other_cases_are_named_and_not_compared(drawn_run):
    """Two runs without a case in common can't be compared; a case that says something else is another case."""
    one = drawn_run(0.5, 0.5)
    other = drawn_run(0.5, 0.5, clusters=["a", "b"])
    found = compare(one, other)
    assert (found.unpaired, found.exit_code) == (("c0", "c1"), 3)


def test_other_versions_of_a_scorer_are_not_compared(drawn_run):
    """A number of another version is another number."""
    found = compare(drawn_run(*GOOD), drawn_run(*lower(GOOD, 0.1), version="2"))
    assert found.dimensions[0].why == "scored by version 1 and version 2"
    assert found.dimensions[0].difference is None


def test_what_has_no_licence_decides_nothing(drawn_run):
    """An advisory dimension is called regressed, and the comparison is not."""
    found = compare(drawn_run(*GOOD, model=True), drawn_run(*lower(GOOD, 0.1), model=True))
    assert (found.dimensions[0].word, found.dimensions[0].advisory) == ("regressed", True)
    assert (found.state, found.exit_code) == ("cannot tell at this n", 0)


def test_the_worst_case_stands_first(drawn_run):
    """What no longer passes, then what fell most; each with how stable it was."""
    found = compare(drawn_run([0.9, 0.9], [0.9, 0.9], [0.2, 0.9]), drawn_run([0.8, 0.8], [0.4, 0.9], [0.9, 0.9]))
    assert [pair.id for pair in found.pairs] == ["c1", "c0", "c2"]
    assert [(one.passed, one.flip_rate) for one in found.pairs[0].stability] == [(2, 0.0), (1, 1.0)]


def test_a_margin_fails_only_where_the_interval_excludes_it(drawn_run):
    """A loss that may be within the margin passes; one that surely isn't fails; without a baseline nothing is known."""
    before, after = drawn_run(*GOOD), drawn_run(*lower(GOOD, 0.1))
    for margin, code in ((0.05, 1), (0.11, 0), (0.2, 0)):
        assert judge_run(after, Gate(margins={"d": margin}), before).exit_code == code
    assert judge_run(after, Gate(margins={"d": 0.2})).exit_code == 3


def test_each_case_may_have_to_pass_so_often(drawn_run):
    """The mean is fine and one case always fails: `min_pass` sees it; more passes than epochs can't be asked."""
    run = drawn_run(*[[1.0, 1.0, 1.0]] * 9, [0.0, 0.0, 0.0])
    assert judge_run(run, Gate(floors={"d": 0.85})).exit_code == 0
    verdict = judge_run(run, Gate(floors={"d": 0.85}, min_pass=2))
    assert (verdict.exit_code, "c9 0/3" in verdict.headline) == (1, True)
    assert judge_run(run, Gate(min_pass=4)).exit_code == 3
