"""`Judge`: a chat model that rates replies by rubrics. It gives reasons, quotes and marks; code says what passes."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field

from assistant.judging import standing
from assistant.models import bridge
from assistant.models.answer import Answer, Problem, Usage
from assistant.models.asking import asked
from assistant.models.client import ChatModel
from eval.errors import StaleCassette
from eval.judge.pair import BETTER, PAIR_PROMPT, PairVerdict, Preference
from eval.judge.rubric import HIGHEST, LOWEST, Rubric, rubrics
from eval.judge.subject import Subject
from eval.score import Vote
from prompts import digest, neutral
from tone_rules.value import Value

PROMPT = "judge_reply.v1"
EVIDENCE_FROM = 4
"""The lowest mark that has to quote words of the reply: what is missing can't be quoted, what is good can."""
LONGEST = 300
"""Characters of a reason."""
MENDABLE = frozenset({Problem.shape, Problem.empty, Problem.cut, Problem.length})
"""Problems of an answer that is asked for once more; any other is the server's, or final."""

V = TypeVar("V", bound=BaseModel)


class Verdict(BaseModel):
    """What the model answers: the reason and the evidence before the mark, so that the mark follows from them."""

    reason: str = Field(description="why, in one sentence")
    quote: str = Field(description="the words of the reply that decide it, copied exactly; empty where it lacks them")
    score: Literal[1, 2, 3, 4, 5]


class Rating(Value):
    """What a judge says of one reply in one dimension: its votes, and what follows from them."""

    rubric: Rubric
    votes: tuple[Vote, ...]
    usage: Usage = Usage()
    busy: bool = False
    """A server had too many requests: ask again, later."""

    @property
    def marks(self) -> tuple[int, ...]:
        """The marks that were given, the lowest first."""
        return tuple(sorted(one.mark for one in self.votes if one.mark is not None))

    @property
    def mark(self) -> float | None:
        """The median; None where half of the votes or more gave no mark: few answers are no verdict."""
        marks = self.marks
        return float(median(marks)) if 2 * len(marks) > len(self.votes) else None

    @property
    def value(self) -> float | None:
        """The mark from 0 to 1."""
        return None if self.mark is None else (self.mark - LOWEST) / (HIGHEST - LOWEST)

    @property
    def spread(self) -> int:
        """The highest mark less the lowest."""
        return self.marks[-1] - self.marks[0] if self.marks else 0

    @property
    def contested(self) -> bool:
        """Whether some votes pass and others don't."""
        line = LOWEST + self.rubric.pass_mark * (HIGHEST - LOWEST)
        return bool(self.marks) and self.marks[0] < line <= self.marks[-1]

    @property
    def reason(self) -> str:
        """The reason of the vote nearest to the mark, and how the votes were spread; or why there is no mark."""
        missing = [one for one in self.votes if one.mark is None]
        mark = self.mark
        if mark is None:
            of = f" ({len(missing)} of {len(self.votes)} votes)" if len(self.votes) > 1 else ""
            return f"the judge gave no mark{of}: {missing[0].reason}"
        told = next(one for one in self.votes if one.mark is not None and one.mark == self._nearest(mark))
        if len(self.votes) == 1:
            return told.reason
        said = ", ".join(map(str, self.marks)) + (f", {len(missing)} without a mark" if missing else "")
        return f"{told.reason} (votes {said}{'; contested' if self.contested else ''})"

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The words that votes quote, once each."""
        return tuple(sorted({one.span for one in self.votes if one.span is not None}))

    def _nearest(self, mark: float) -> int:
        return min(self.marks, key=lambda one: (abs(one - mark), one))


class Judge:
    """Rates replies by rubrics, and compares two. Threads may share it; it never raises for what a model does."""

    def __init__(self, model: ChatModel, *, votes: int = 1) -> None:
        """Take whom to ask.

        Args:
            model: its answers are kept apart by vote and epoch, so that a vote is never one kept answer told again.
            votes: how often each question is asked; the median counts.

        Raises:
            ValueError: less than one vote.
        """
        if votes < 1:
            raise ValueError(f"{votes} votes: at least one has to be cast")
        self.model = model
        self.votes = votes
        # outside of the model's own places: there the seconds of a call run while it waits
        self._places = asyncio.Semaphore(model.settings.concurrency)

    @property
    def version(self) -> str:
        """Of all that its marks depend on: model and settings, prompts, rubrics, and how many vote."""
        settings = self.model.settings
        words = [digest(PROMPT), *(one.model_dump_json() for one in rubrics().values())]
        words += [str(settings.base_url), str(settings.temperature), str(settings.max_tokens), str(EVIDENCE_FROM)]
        return f"{settings.model} x{self.votes} {hashlib.sha256(json.dumps(words).encode()).hexdigest()[:12]}"

    def rate(self, subject: Subject, reply: str, wanted: Sequence[Rubric], *, epoch: int = 1) -> tuple[Rating, ...]:
        """A reply in several dimensions, all votes at once; those whose rubric needs what is not known are left out.

        Args:
            subject: what it answers.
            reply: the exact text.
            wanted: in which dimensions.
            epoch: a repeat is another question.

        Raises:
            StaleCassette: the model replays answers, and holds none to this.
        """
        return bridge.run(self._rate(subject, reply, [one for one in wanted if not subject.lacks(one.needs)], epoch))

    def prefer(self, subject: Subject, first: str, second: str, rubric: Rubric, *, epoch: int = 1) -> Preference:
        """Which of two replies is better, asked in both orders: a preference that goes with the place is none.

        Raises:
            StaleCassette: the model replays answers, and holds none to this.
        """
        return bridge.run(self._prefer(subject, (first, second), rubric, epoch))

    async def _rate(self, subject: Subject, reply: str, wanted: Sequence[Rubric], epoch: int) -> tuple[Rating, ...]:
        asks = [self._vote(subject, reply, rubric, (epoch, vote)) for rubric in wanted for vote in range(self.votes)]
        found = await asyncio.gather(*asks)
        ratings = []
        for at, rubric in enumerate(wanted):
            mine = found[at * self.votes : (at + 1) * self.votes]
            votes, usages, busy = zip(*mine, strict=True)
            ratings.append(Rating(rubric=rubric, votes=votes, usage=sum(usages, Usage()), busy=any(busy)))
        return tuple(ratings)

    async def _vote(
        self, subject: Subject, reply: str, rubric: Rubric, repeat: tuple[int, int]
    ) -> tuple[Vote, Usage, bool]:
        text = subject.masked(reply)
        answer, spent, wrong = await self._asked(
            PROMPT,
            Verdict,
            repeat,
            lambda one: _unfounded(one, text),
            rubric,
            anchors=sorted(rubric.anchors.items()),
            evidence_from=EVIDENCE_FROM,
            reply=text,
            **subject.values(rubric.needs),
        )
        if answer.value is None or wrong:
            said = wrong or str(answer.problem)
            return Vote(mark=None, reason=said), spent, answer.problem is Problem.busy
        quote = standing(answer.value.quote, text) or ""
        start = text.find(quote)
        span = (start, start + len(quote)) if quote else None
        return Vote(mark=answer.value.score, reason=_line(answer.value.reason), span=span), spent, False

    async def _prefer(self, subject: Subject, replies: tuple[str, str], rubric: Rubric, epoch: int) -> Preference:
        one, other = (subject.masked(text) for text in replies)
        found = await asyncio.gather(
            *(self._order(subject, texts, rubric, (epoch, vote)) for vote in range(self.votes)
              for texts in ((one, other), (other, one)))
        )  # fmt: skip
        verdicts, usages, busy = zip(*found, strict=True)
        return Preference.of(rubric.name, verdicts, sum(usages, Usage()), busy=any(busy))

    async def _order(
        self, subject: Subject, texts: tuple[str, str], rubric: Rubric, repeat: tuple[int, int]
    ) -> tuple[PairVerdict | str, Usage, bool]:
        """What it says of two replies in this order, or why it says nothing."""
        answer, spent, wrong = await self._asked(
            PAIR_PROMPT,
            PairVerdict,
            repeat,
            lambda one: _unfounded_pair(one, texts),
            rubric,
            lowest=rubric.anchors[LOWEST],
            highest=rubric.anchors[HIGHEST],
            first=texts[0],
            second=texts[1],
            **subject.values(rubric.needs),
        )
        if answer.value is None or wrong:
            return wrong or str(answer.problem), spent, answer.problem is Problem.busy
        return answer.value.model_copy(update={"reason": _line(answer.value.reason)}), spent, False

    async def _asked(
        self,
        name: str,
        shape: type[V],
        repeat: tuple[int, int],
        unfounded: Callable[[V], str],
        rubric: Rubric,
        **values: Any,
    ) -> tuple[Answer[V], Usage, str]:
        """An answer, asked for once more where it has not the shape or is not founded; what is still wrong with it."""
        amiss, spent = "", Usage()
        for _ in range(2):
            prompt, key = asked(name, dimension=rubric.title, asks=rubric.asks, amiss=amiss, **values)
            try:
                async with self._places:
                    answer = await self.model.aask(prompt, shape, key=json.dumps([key, "epoch", *repeat]))
            except StaleCassette as error:
                raise StaleCassette(f"{rubric.name}: {error}") from None
            spent += answer.usage
            wrong = "" if answer.value is None else unfounded(answer.value)
            if not wrong and answer.problem not in MENDABLE:
                break
            amiss = wrong or "it was no JSON object of the schema"
        return answer, spent, wrong


def _unfounded(verdict: Verdict, text: str) -> str:
    """What is wrong with a verdict's quote, in words for the judge and for a report."""
    if verdict.quote.strip():
        return "" if _stands(verdict.quote, text) else "the words that it quotes do not stand in the reply"
    return "it quotes nothing for a mark that needs evidence" if verdict.score >= EVIDENCE_FROM else ""


def _unfounded_pair(verdict: PairVerdict, texts: tuple[str, str]) -> str:
    quotes = (verdict.quote_first, verdict.quote_second)
    if any(one.strip() and not _stands(one, text) for one, text in zip(quotes, texts, strict=True)):
        return "the words that it quotes do not stand in the reply"
    if verdict.better != "neither" and not quotes[BETTER[verdict.better]].strip():
        return "it quotes nothing of the reply that it calls better"
    return ""


def _stands(quote: str, text: str) -> bool:
    """Whether a quote stands in a text and is a word at least: a single letter stands in any."""
    found = standing(quote, text)
    return bool(found) and ((any(one.isalnum() for one in found or "") and len(found or "") > 2) or found == text)


def _line(reason: str) -> str:
    said = " ".join(neutral(reason).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
