"""Candidates from first aid: what helps at once, what an expert asks next, who does what then."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, Protocol

import regex

from assistant.drafting.choose import Chooser, Mood
from assistant.drafting.compose import Part, Plan
from assistant.drafting.first_aid import Advice, Aid, Question, plain
from assistant.drafting.mirror import says_something
from assistant.drafting.phrasing import Phrasing, in_full, slots_of
from assistant.drafting.plays import Playbook
from assistant.words import speaks, terms_of

Approach = Literal["answer", "ask", "warm", "brief", "private"]
APPROACHES: tuple[Approach, ...] = ("answer", "warm", "private", "brief", "ask")
"""What candidates do differently, the one that suits most posts first; questions alone where there is no more."""
OWN_WORDS = (1, 4)
"""The candidates that open with the entry's words where both would name the issue."""
_SENTENCE_END = regex.compile(r"(?<=[.!?])\s+")
_ON = ("Then", "Next", "After", "And", "If ", "Still", "While", "Once", "Back up", "Make a backup", "Avoid", "Keep")
"""How a step begins that goes on from the one before it, or is there for safety."""
_TOLD = ("Then ", "With that ")
"""How a last line begins that needs an answer to a question first."""


class Names(Protocol):
    """Opens with the issue, None where it can't be named so."""

    def __call__(self, number: int, *, clause: bool, near: bool = True) -> str | None:
        """The opening of a candidate, by the customer's clause (near the entry's meaning, or any) or by the noun."""


class Helping:
    """The candidates of one entry for one message."""

    def __init__(
        self,
        aid: Aid,
        said: str,
        book: Playbook,
        choose: Chooser,
        mood: Mood,
        slots: Mapping[str, str],
        names: Names,
    ) -> None:
        """`said` is the message through `plain`; `names` opens with the customer's own clause, or with its noun."""
        self._aid, self._book, self._choose, self._mood, self._slots = aid, book, choose, mood, slots
        self._names, self._terms = names, frozenset(terms_of(said))
        self._help = self._in_order([one for one in aid.help if one.fits(said)], said)
        self._ask = [one for one in aid.ask if one.fits(said)]
        self._alone = [one for one in aid.next if not one.say.startswith(_TOLD)]

    def plans(self, before: Sequence[Part], stake: Sequence[Part]) -> list[Plan]:
        """One plan for each approach that has something of its own to say, first those that name what was written.

        `before` stands first in each.
        """
        plans: list[tuple[bool, Plan]] = []
        for number, approach in enumerate(APPROACHES):
            middle = list(self._middle(approach, number))
            if middle or (self._alone and not (self._help or self._ask) and approach in ("answer", "warm")):
                opening = list(self._opening(number))
                warm = list(stake) if approach == "warm" else []
                last = self._last(approach, number, middle)
                plan = Plan(parts=(*before, *opening, *warm, *middle, *last))
                plans.append((self._named([*opening, *middle]), plan))
        return [plan for _, plan in sorted(plans, key=lambda one: not one[0])]

    def _named(self, parts: Sequence[Part]) -> bool:
        """Whether the first two sentences say a word of the message that names something."""
        beginning = " ".join(_SENTENCE_END.split(" ".join(part.text for part in parts))[:2])
        return any(speaks(term, beginning) for term in self._terms if says_something(term))

    def _in_order(self, steps: list[Advice], said: str) -> list[Advice]:
        """Steps for just such a message first, the nearest in meaning before others."""
        from tone_rules.vectors import likeness

        own = [one for one in steps if one.where and not _goes_on(one)]
        own.sort(key=lambda one: -likeness(said, plain(one.say[0].say)))
        return [*own, *(one for one in steps if one not in own)]

    def _opening(self, number: int) -> Iterator[Part]:
        """The customer's clause, or the entry's words where they name what was written; for a vague entry the noun."""
        aid = self._aid
        general = [one for one in aid.open if slots_of(one.say) or self._shares(one)]
        ways: list[Callable[[], str | None]] = [
            lambda: self._names(number, clause=True),
            lambda: self._say(general, "open", number),
        ]
        if number in OWN_WORDS:
            ways.reverse()
        ways.append(lambda: self._names(number, clause=True, near=False))
        ways += [lambda: self._names(number, clause=False), lambda: self._say(aid.open, "open", number)]
        if aid.own_words and aid.open:
            ways = [lambda: self._say(aid.open, "open", number)]
        text = next((text for way in ways if (text := way())), None)
        if text:
            yield Part(text=text, weight=0, does="names the issue")

    def _shares(self, one: Phrasing) -> bool:
        """Whether a line of the entry says a word of the message that names something."""
        return any(says_something(term) for term in self._terms.intersection(terms_of(one.say)))

    def _middle(self, approach: Approach, number: int) -> Iterator[Part]:
        steps, questions = self._help, self._ask
        match approach:
            case "answer":
                yield from self._advice(steps[:1] if questions else steps[:2], number)
                yield from self._questions(questions[:1], number)
            case "ask" if len(questions) > 1 and not steps:
                yield from self._questions(questions[:2], number)
            case "warm" if steps:
                yield from self._advice(steps[:2], number)
            case "brief" if steps and questions:
                yield from self._advice([one for one in steps if not _goes_on(one)][-1:] or steps[:1], number)
                yield from self._questions(questions[:1], number)
            case "private" if self._aid.private and self._slots.get("way_do") and self._mood == "upset":
                yield from self._advice(steps[:1], number)
                text = self._say(self._book.said.private.any, "private", number, {"what": self._aid.private})
                yield Part(text=text, weight=2, paragraph=True, does="takes this case to private, and says why")
            case _:
                return

    def _last(self, approach: Approach, number: int, middle: Sequence[Part]) -> Iterator[Part]:
        if approach in ("brief", "private") or (self._aid.pleased and not self._aid.next):
            return
        asks = bool(middle) and middle[-1].does.startswith("asks")
        if lines := self._aid.next if asks else self._alone:
            text = self._say(lines, "next", number)
        elif not middle or (asks and self._choose.draw("after") % 2):
            # a question needs no words around it, and half of the replies that end with one are the better for it
            return
        else:
            after = self._book.said.after_question if asks else self._book.said.after_help
            text = self._say(after.upset if self._mood == "upset" else after.calm, "after", number)
        weight = 1 if not middle else 5
        yield Part(text=text, weight=weight, does="says what happens next")

    def _advice(self, steps: Sequence[Advice], number: int) -> Iterator[Part]:
        for position, step in enumerate(steps):
            text = self._say(step.say, step.say[0].say, number)
            yield Part(text=text, weight=1 + 2 * position, paragraph=position == 0, does="helps at once")

    def _questions(self, questions: Sequence[Question], number: int) -> Iterator[Part]:
        for position, one in enumerate(questions):
            text = self._say(one.say, one.say[0].say, number)
            does = "asks what decides the next step" if position == 0 else "asks one thing more"
            yield Part(text=text, weight=2 + 2 * position, paragraph=position == 0, does=does)

    def _say(self, lines: Sequence[Phrasing], about: str, number: int, slots: Mapping[str, str] | None = None) -> str:
        text = self._choose.one(lines, about, number, {**self._slots, **(slots or {})}) or ""
        if self._choose.formal:
            text = in_full(text)
        return agreeing(text, [self._slots.get("thing", ""), f"your {self._slots.get('device', '')}"])


def _goes_on(step: Advice) -> bool:
    """Whether a step makes sense only after the one before it."""
    return any(one.say.startswith(_ON) for one in step.say)


_PLURAL = {"is": "are", "isn't": "aren't", "has": "have", "hasn't": "haven't", "does": "do", "doesn't": "don't"}
_PLURAL |= {"was": "were", "lets": "let", "keeps": "keep"}


def agreeing(text: str, names: Sequence[str]) -> str:
    """A text in which the verb behind a name in the plural agrees ("your AirPods is" gives "your AirPods are")."""
    for name in names:
        if name.endswith("s") and not name.endswith(("ss", "us", "is", "OS")):
            for one, many in _PLURAL.items():
                text = text.replace(f"{name} {one} ", f"{name} {many} ")
    return text
