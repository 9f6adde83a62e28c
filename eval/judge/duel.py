"""`duel`: which of two runs a judge prefers, case by case, and whether that can be told from chance."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, NamedTuple

from assistant.brand import Brand
from assistant.models.answer import Usage
from eval.case import Case
from eval.judge.judge import Judge
from eval.judge.pair import Preference
from eval.judge.rubric import Rubric
from eval.judge.subject import Subject
from eval.run import Run
from eval.stats.interval import LEVEL, Interval, clustered
from eval.stats.paired import holm, sign_flip
from tone_rules.value import Value

Word = Literal["A preferred", "B preferred", "cannot tell at this n"]
_WORTH = {"a": -1.0, "tie": 0.0, "b": 1.0}


class Meeting(Value):
    """One case: what was said of its two replies."""

    id: str
    epoch: int
    before: str
    after: str
    preference: Preference


class Duel(Value):
    """One dimension over all cases that both runs have a reply to."""

    dimension: str
    word: Word
    before: int
    """Cases and epochs in which the reply of run A was preferred."""
    after: int
    ties: int
    unscored: int
    """In which the judge gave no preference; they are in no figure."""
    flips: int
    """Pairs of orders in which the judge preferred a place; each counts as a tie."""
    margin: float | None
    """The share that prefers B less the share that prefers A, cases of one cluster together."""
    interval: Interval | None
    p: float | None
    """Of signs flipped by cluster, with Holm's correction over the dimensions."""
    usage: Usage
    meetings: tuple[Meeting, ...]


def duel(
    before: Run,
    after: Run,
    judge: Judge,
    rubrics: Sequence[Rubric],
    brand_of: Callable[[Case], Brand | None] = lambda _: None,
    *,
    seed: int = 0,
) -> tuple[Duel, ...]:
    """Ask which of two runs' replies are better, both orders of each pair. It guides, and no gate is held to it.

    Args:
        before: run A.
        after: run B.
        judge: whom to ask.
        rubrics: in which dimensions.
        brand_of: whose voice and sources hold for a case.
        seed: of the test's draws.

    Raises:
        StaleCassette: the judge replays answers, and one is missing.
    """
    pairs = list(_pairs(before, after))
    met: list[tuple[Rubric, _Pair, Preference]] = []
    with ThreadPoolExecutor(judge.model.settings.concurrency) as pool:
        asked = [(rubric, pair) for rubric in rubrics for pair in pairs]
        for (rubric, pair), found in zip(
            asked, pool.map(lambda one: _met(judge, one[0], one[1], brand_of), asked), strict=True
        ):
            if found is not None:
                met.append((rubric, pair, found))
    told = [_duel(one, [(pair, found) for rubric, pair, found in met if rubric is one], seed) for one in rubrics]
    corrected = holm({one.dimension: one.p for one in told if one.p is not None})
    return tuple(_worded(one, corrected.get(one.dimension)) for one in told)


class _Pair(NamedTuple):
    case: Case
    epoch: int
    before: str
    after: str


def _pairs(before: Run, after: Run) -> Iterator[_Pair]:
    later = {one.key: one for one in after.results}
    for one in before.results:
        other = later.get(one.key)
        if other is not None and other.case == one.case and one.reply is not None and other.reply is not None:
            yield _Pair(one.case, one.epoch, one.reply, other.reply)


def _met(judge: Judge, rubric: Rubric, pair: _Pair, brand_of: Callable[[Case], Brand | None]) -> Preference | None:
    """What the judge says; None where the rubric needs what is not known. The same reply twice is a tie unasked."""
    subject = Subject.of(pair.case.context, f"{pair.before}\n{pair.after}", brand_of(pair.case))
    if subject.lacks(rubric.needs):
        return None
    if pair.before == pair.after:
        return Preference(dimension=rubric.name, winner="tie", votes=(), flips=0, reason="the same reply")
    return judge.prefer(subject, pair.before, pair.after, rubric, epoch=pair.epoch)


def _duel(rubric: Rubric, met: Sequence[tuple[_Pair, Preference]], seed: int) -> Duel:
    won = [(pair, found.winner) for pair, found in met if found.winner is not None]
    worths = [_WORTH[winner] for _, winner in won]
    groups = [pair.case.group for pair, _ in won]
    estimate = clustered(worths, groups) if worths else None
    return Duel(
        dimension=rubric.name,
        word="cannot tell at this n",
        before=worths.count(-1.0),
        after=worths.count(1.0),
        ties=worths.count(0.0),
        unscored=len(met) - len(won),
        flips=sum(found.flips for _, found in met),
        margin=estimate.mean if estimate else None,
        interval=estimate.interval if estimate else None,
        p=sign_flip(worths, groups, seed=seed) if worths else None,
        usage=sum((found.usage for _, found in met), Usage()),
        meetings=tuple(
            Meeting(id=pair.case.id, epoch=pair.epoch, before=pair.before, after=pair.after, preference=found)
            for pair, found in met
        ),
    )


def _worded(one: Duel, p: float | None) -> Duel:
    """With its word: test and interval have to speak for one, as where runs are compared."""
    sure = p is not None and p <= LEVEL and one.interval is not None and 0.0 not in one.interval
    word: Word = "cannot tell at this n"
    if sure and one.margin is not None:
        word = "B preferred" if one.margin > 0 else "A preferred"
    return one.model_copy(update={"p": p, "word": word})
