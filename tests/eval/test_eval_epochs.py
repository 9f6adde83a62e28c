import threading
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from eval import RunLogError, evaluate, judge_run, load_suite, read_run
from eval import runner as running
from eval.gate import Gate
from eval.pace import Pace
from eval.past import PastReplies, past_scorers
from eval.score import Score
from eval.scorers import Rules, scorers_of
from eval.suite import Suite
from eval.summary import stability, summarise


class ByWord:
    """Scores 1 where the draft holds a word."""

    name, version, kind, dimensions = "word", "1", "rule", ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, case: Any, proposal: Any) -> Any:
        """One score."""
        del case
        yield Score(dimension="word", value=float(self.word in proposal.drafts[0].text))


class Wavering:
    """Answers the first case well in the second epoch alone, the others always."""

    def __init__(self, make_proposal: Any) -> None:
        self.make = make_proposal
        self.asked: list[tuple[str, int]] = []

    def for_epoch(self, epoch: int) -> Any:
        """The system of one epoch."""

        def system(context: Any) -> Any:
            self.asked.append((context.id, epoch))
            good = context.id != "c0" or epoch == 2
            return self.make("yes" if good else "no").model_copy(
                update={"id": context.id, "provenance": {"usage": {"calls": 1, "input_tokens": 10, "cost": 0.5}}}
            )

        return system


@pytest.fixture
def three(make_case: Any) -> Suite:
    """Three cases."""
    return Suite(name="three", cases=tuple(make_case(f"c{number}") for number in range(3)))


def test_every_epoch_asks_the_system_anew(three: Suite, make_proposal: Any) -> None:
    """Each case once in each epoch, by the system of that epoch; the totals count cases and tell the unstable one."""
    system = Wavering(make_proposal)
    run = evaluate(system, three, [ByWord("yes")], epochs=3)
    assert system.asked == [(f"c{number}", epoch) for epoch in (1, 2, 3) for number in range(3)]
    assert (len(run.results), run.missing, run.header.epochs) == (9, 0, 3)
    summary = summarise(run)
    assert (summary.total.cases, summary.total.passed, summary.total.failed) == (3, 2, 1)
    assert summary.dimensions[0].mean == pytest.approx((1 / 3 + 1 + 1) / 3)
    (wavers,) = summary.unstable
    assert (wavers.id, wavers.passed, wavers.always) == ("c0", 1, False)
    assert wavers.flip_rate == pytest.approx(2 / 3)
    assert [one.always for one in stability(run)] == [False, True, True]


def test_tokens_and_cost_are_added_up(three: Suite, make_proposal: Any) -> None:
    """What the system tells of its calls stands with each result and in the totals; who tells nothing has none."""
    run = evaluate(Wavering(make_proposal), three, [ByWord("yes")], epochs=2)
    assert run.results[0].usage is not None
    total = summarise(run).usage
    assert total is not None
    assert (total.calls, total.input_tokens, total.cost) == (6, 60, 3.0)
    assert summarise(evaluate(lambda _: make_proposal("yes"), three)).usage is None


def test_epochs_survive_the_log(three: Suite, make_proposal: Any, tmp_path: Path) -> None:
    """Cut anywhere, a run of three epochs goes on with the pairs of case and epoch that are left."""
    path = tmp_path / "run.jsonl"
    whole = evaluate(Wavering(make_proposal), three, [ByWord("yes")], epochs=3, log=path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:6]) + lines[6][:20])
    system = Wavering(make_proposal)
    again = evaluate(system, three, [ByWord("yes")], epochs=3, log=path, resume=True)
    assert system.asked == [("c2", 2), ("c0", 3), ("c1", 3), ("c2", 3)]
    assert [one.scores for one in again.results] == [one.scores for one in whole.results]
    assert read_run(path).results == again.results
    with pytest.raises(RunLogError, match="another number of epochs"):
        evaluate(system, three, [ByWord("yes")], epochs=2, log=path, resume=True)


def test_workers_change_nothing_but_the_time(make_case: Any, make_proposal: Any, tmp_path: Path) -> None:
    """Eight side by side: the same results in the same order, and eight at a time were running."""
    suite = Suite(name="many", cases=tuple(make_case(f"c{number}") for number in range(40)))
    at_once, most, lock = 0, 0, threading.Lock()

    def system(context: Any) -> Any:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.01)
        with lock:
            at_once -= 1
        return make_proposal(f"yes {context.id}")

    alone = evaluate(system, suite, [ByWord("yes")])
    assert most == 1
    log = tmp_path / "run.jsonl"
    many = evaluate(system, suite, [ByWord("yes")], workers=8, log=log)
    assert most > 4
    assert [(one.key, one.scores) for one in many.results] == [(one.key, one.scores) for one in alone.results]
    assert len(read_run(log).results) == 40


class TooMany(Exception):
    """A server's 429."""

    status_code = 429


@pytest.mark.parametrize("workers", [1, 4])
def test_a_refused_case_is_begun_again(
    workers: int, three: Suite, make_proposal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two refusals for too many requests leave no hole; one that never ends is an error and no missing row."""
    monkeypatch.setattr(running, "PAUSE", 0.001)
    tries: dict[str, int] = {}

    def system(context: Any) -> Any:
        tries[context.id] = tries.get(context.id, 0) + 1
        if context.id == "c2" or tries[context.id] < 3:
            raise TooMany("slow down")
        return make_proposal("yes")

    run = evaluate(system, three, [ByWord("yes")], workers=workers)
    assert tries == {"c0": 3, "c1": 3, "c2": running.TRIES}
    assert [one.outcome for one in run.results] == ["passed", "passed", "incomplete"]
    assert judge_run(run, Gate()).exit_code == 3


def test_the_pace_falls_by_a_fifth_and_comes_back() -> None:
    """10, after a refusal 8, 6.4, ... and never below 1; one more in a round of successes."""
    pace = Pace(10)
    seen = []
    for _ in range(3):
        pace.too_many()
        seen.append(pace.now)
    assert seen == [8, 6, 5]
    for _ in range(5):
        pace.went_well()
    assert pace.now == 6
    for _ in range(50):
        pace.too_many()
    assert pace.now == 1
    with pytest.raises(ValueError, match="at least one"):
        Pace(0)


def test_past_replies_need_no_system(make_case: Any) -> None:
    """The reply of each case is checked, measured and held to its facts; raters' marks stand beside them."""
    kettle = {"any": ["kettle"], "why": "names the kettle"}
    said = make_case("said", must=[kettle]).model_copy(update={"reply": "Your kettle sounds like a nuisance, Ana."})
    rated = {"rater": "ana", "ratings": {"tone": 4}}, {"rater": "ben", "ratings": {"tone": 5}}
    suite = Suite.model_validate(
        {"name": "past", "cases": [said.model_dump(exclude_unset=True) | {"labels": rated}, make_case("silent")]}
    )
    run = evaluate(PastReplies(suite), suite, past_scorers(scorers_of(suite)))
    scores = {one.dimension: one for one in run.results[0].scores}
    assert (scores["facts"].value, scores["rules"].value) == (1.0, 1.0)
    assert (scores["label:tone"].value, scores["label:tone"].kind) == (0.875, "human")
    assert not scores["label:tone"].advisory
    assert scores["tone"].advisory
    assert "status" not in scores
    assert run.results[1].error == "LookupError: the case holds no past reply to score"


def test_past_replies_are_held_to_the_brands_rules(make_case: Any) -> None:
    """What the brand forbids is found in what was sent."""
    brand = Brand.model_validate({"name": "Halyard", "words_to_avoid": [{"word": "folks"}]})
    suite = Suite(
        name="past", cases=(make_case("a").model_copy(update={"reply": "Hi folks, thanks for the picture."}),)
    )
    with_brand, without = (evaluate(PastReplies(suite, one), suite, [Rules()]).results[0] for one in (brand, None))
    assert "folks" in with_brand.scores[0].reason
    assert "folks" not in without.scores[0].reason


def test_labels_are_about_a_reply(tmp_path: Path, make_case: Any) -> None:
    """Without the reply that was rated they mean nothing; about another reply they say nothing."""
    path = tmp_path / "s.jsonl"
    path.write_text('{"id": "a", "context": {"channel": "x", "message": "m"}, "labels": [{"rater": "ana"}]}\n')
    with pytest.raises(Exception, match=r"labels"):
        load_suite(path)
    labels = [{"rater": "ana", "ratings": {"tone": 5}}]
    case = make_case().model_validate({**make_case().model_dump(), "reply": "A.", "labels": labels})
    suite = Suite(name="s", cases=(case,))
    other = evaluate(lambda context: PastReplies(suite)(context), suite, scorers_of(suite)).results[0]
    assert "label:tone" in [one.dimension for one in other.scores]
    (scorer,) = [one for one in scorers_of(suite) if one.name == "labels"]
    changed = other.proposal.model_copy(
        update={"drafts": (other.proposal.drafts[0].model_copy(update={"text": "B."}),)}
    )
    assert list(scorer(case, changed)) == []


def test_a_cache_can_not_stand_in_for_a_repeat(three: Suite, make_proposal: Any) -> None:
    """A system that keeps its answers is asked for those of each epoch, and keeps them apart by it."""
    kept: dict[tuple[str, int], Any] = {}

    class Cached:
        def for_epoch(self, epoch: int) -> Any:
            return lambda context: kept.setdefault((context.id, epoch), make_proposal(f"yes, take {epoch}"))

    run = evaluate(Cached(), Suite(name="one", cases=three.cases[:1]), [ByWord("yes")], epochs=3)
    assert [one.reply for one in run.results] == ["yes, take 1", "yes, take 2", "yes, take 3"]
