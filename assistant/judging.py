"""Rules in plain words, read by a chat model: one call a rule, all rules of a text at once."""

import asyncio
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel, Field

from assistant.models.answer import Answer, Usage
from assistant.models.asking import asked
from assistant.models.client import ChatModel
from assistant.sources import sources_for
from prompts import neutral
from tone_rules.blocks import Blocks
from tone_rules.judging import Breach, Judge, NoAnswer
from tone_rules.kinds.judge import JudgeRule
from tone_rules.pack import Pack
from tone_rules.situation import Fact, Situation

PROMPT = "judge_rule.v1"
LONGEST = 300
"""Characters of a reason: it stands beside the words that it is about."""
MASK = "•••"
_SHORTEST = 3
"""Characters of a private value that is masked in a reason."""
_SAME = str.maketrans("’‘‛ʼ“”„«»–—‑\u00a0\u202f\n\t", '\'\'\'\'"""""---    ')
"""Signs that models write otherwise than they read them, one for one."""


class FoundBreach(BaseModel):
    """A breach as the model gives it."""

    reason: str = Field(description="why these words break the rule, in one sentence")
    quote: str = Field(description="the words of the reply that break it, copied exactly")


class Breaches(BaseModel):
    """What the model answers."""

    breaches: list[FoundBreach]


Outcome = tuple[Breach, ...] | NoAnswer


class ModelJudge:
    """Answers rules in plain words by a chat model. It may be shared by threads."""

    def __init__(self, model: ChatModel, until: float | None = None) -> None:
        """Ask a model, each call for no longer than its settings say, none after `until` (by `time.monotonic`)."""
        self.model = model
        self._until = until
        self.usage = Usage()
        """What all calls of this judge took; answers that the model's cache held took nothing."""

    def judge(self, rule: str, text: str, situation: Situation) -> Sequence[Breach]:
        """Where a text breaks a rule, each quote exactly as it stands in the text.

        Raises:
            NoAnswer: the model failed, or quoted words that aren't there, twice.
        """
        from assistant.models import bridge

        return _raised(bridge.run(self._outcome(rule, text, situation)))

    def ahead(self, packs: Iterable[Pack], text: str, situation: Situation) -> "Judged":
        """Ask all rules of some packs about a text at once, as many at a time as the model's settings allow.

        Returns:
            A judge that has these answers and asks for any other; give it to the check of this text.
        """
        from assistant.models import bridge

        questions = tuple(_questions(packs, text, situation))
        outcomes = bridge.run(self._all(questions, situation)) if questions else []
        return Judged(self, situation, dict(zip(questions, outcomes, strict=True)))

    async def _all(self, questions: Sequence[tuple[str, str]], situation: Situation) -> list[Outcome]:
        return await asyncio.gather(*(self._outcome(rule, text, situation) for rule, text in questions))

    async def _outcome(self, rule: str, text: str, situation: Situation) -> Outcome:
        """The breaches, or why there is no answer. A quote that is not in the text is asked for once more."""
        if not text.strip():
            return ()
        private = _private(situation) if self.model.settings.private_values else ()
        answer = await self._answer(rule, text, situation, private, misquoted=False)
        if answer.value is not None and _placed(answer.value, text, private) is None:
            answer = await self._answer(rule, text, situation, private, misquoted=True)
        if answer.value is None:
            return NoAnswer(str(answer.problem))
        placed = _placed(answer.value, text, private)
        return NoAnswer("the model quoted words that are not in the text") if placed is None else placed

    async def _answer(
        self, rule: str, text: str, situation: Situation, private: Sequence[Fact], *, misquoted: bool
    ) -> Answer[Breaches]:
        prompt, key = asked(
            PROMPT,
            rule=rule,
            industry=situation.industry,
            message=situation.message,
            thread=situation.thread,
            sources=sources_for(f"{situation.message or ''}\n{text}", situation),
            withheld=[] if private else [one.name for one in _private(situation)],
            private=private,
            reply=text,
            misquoted=misquoted,
        )
        seconds = None if self._until is None else max(0.0, self._until - time.monotonic())
        answer = await self.model.aask(prompt, Breaches, key=key, seconds=seconds)
        self.usage += answer.usage
        return answer


class Judged(NamedTuple):
    """The answers to all rules about one text, as a judge for its check."""

    judge_of_others: ModelJudge
    situation: Situation
    outcomes: Mapping[tuple[str, str], Outcome]
    """By the rule's words and the text that it was asked about."""

    def judge(self, rule: str, text: str, situation: Situation) -> Sequence[Breach]:
        """The answer that is there; the model's where another rule, text or situation is asked about.

        Raises:
            NoAnswer: the model gave none.
        """
        outcome = self.outcomes.get((rule, text)) if situation is self.situation else None
        return self.judge_of_others.judge(rule, text, situation) if outcome is None else _raised(outcome)


def judge_for(judge: Judge | None, packs: Iterable[Pack], text: str, situation: Situation) -> Judge | None:
    """The judge to give to a check of this text: one that has asked all its rules at once, where it can."""
    return judge.ahead(packs, text, situation) if isinstance(judge, ModelJudge) else judge


def _questions(packs: Iterable[Pack], text: str, situation: Situation) -> Iterable[tuple[str, str]]:
    """Each rule in plain words that holds here, with each block of the text that it is about; once each."""
    blocks = Blocks.plain(text)
    found = (
        (definition.rule, block.text)
        for pack in packs
        for definition in (one.definition for one in pack.rules)
        if isinstance(definition, JudgeRule) and definition.when.fits(situation)
        for block in blocks.of(definition.scopes)
    )
    return dict.fromkeys(found)


def _private(situation: Situation) -> tuple[Fact, ...]:
    return tuple(one for one in situation.facts if one.visibility != "public")


def _placed(found: Breaches, text: str, private: Sequence[Fact]) -> tuple[Breach, ...] | None:
    """The breaches with their quotes as they stand in the text; None where one doesn't."""
    breaches = []
    for one in found.breaches:
        quote = standing(one.quote, text)
        if quote is None:
            return None
        breaches.append(Breach(quote=quote, reason=_reason(one.reason, private)))
    return tuple(dict.fromkeys(breaches))


def standing(quote: str, text: str) -> str | None:
    """A quote exactly as it stands in a text, whichever apostrophes, dashes and spaces it came with; None if nowhere.

    Letter case may differ too; marks of quotation or omission around the quote are not of it.
    """
    wanted = quote.strip()
    for one in (wanted, wanted.strip("\"'“”‘’«»… "), wanted.strip("\"'“”‘’«»… .")):
        if not one and wanted:
            return None
        if one in text:
            return one
        at = _alike(text).find(_alike(one))
        if at >= 0:
            return text[at : at + len(one)]
    return None


def _alike(text: str) -> str:
    plain = text.translate(_SAME)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else plain


def _reason(reason: str, private: Sequence[Fact]) -> str:
    """A model's reason as it may be shown: one line, short, without the values that it was told in confidence."""
    said = " ".join(neutral(reason).split())
    for fact in private:
        value = fact.value.strip()
        if len(value) >= _SHORTEST:
            said = re.sub(re.escape(value), MASK, said, flags=re.IGNORECASE)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _raised(outcome: Outcome) -> tuple[Breach, ...]:
    if isinstance(outcome, NoAnswer):
        raise NoAnswer(str(outcome))
    return outcome
