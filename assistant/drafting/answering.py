"""A reply that answers from what the brand knows: each ask in its order, in the room that there is."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from assistant.drafting.answer import Asked, statement
from assistant.drafting.asking import THIN, is_asking, is_numbered
from assistant.drafting.compose import Part, Plan
from assistant.drafting.durations import compared, left_of
from assistant.drafting.people import told_by_staff
from assistant.drafting.reach import wants_it_here
from assistant.drafting.saying import Said
from assistant.drafting.statements import headed
from assistant.words import is_trade, terms_of

if TYPE_CHECKING:
    from assistant.drafting.writing import Build, Writing

CORE, NEXT, AROUND, MORE = 1, 2, 3, 4
"""Weights of what answers, what to do then, the words around it, what else belongs to it; see `compose.fit`."""
FEW = 2
"""Asks up to which each is answered at length."""
_AMISS = regex.compile(
    r"\b(?:still|yet|since|never|waiting|stolen|missing|lost|nobody|no ?one|lied|wrong|again|not|no)\b|n['’]t\b",
    regex.I,
)
"""Words of a case that went wrong."""
_ELSEWHERE = regex.compile(
    r"\b(?:chat|e-?mails?|calls?|phone|messages?|support|service|posts?|replies|reply)$", regex.I
)
"""What somebody wrote or rang through, which is not what went wrong."""
_MENDED = regex.compile(
    r"\b(?:fixed|mended|resolved|solved) (?:in|with) (?:\w+ ){0,2}(?:version|update|release)?\s?v?\d", regex.I
)


class Answering:
    """The plans of replies that answer some asks of one message."""

    def __init__(self, writing: "Writing", asked: Sequence[Asked]) -> None:
        """`asked` are the message's asks, at least one of them with an answer."""
        self._w, self._asked = writing, asked
        self._answered = [one for one in asked if one.answer is not None]
        self._notice = any(one.answer is not None and one.answer.notice for one in asked)
        self.sure = any(one.sure for one in asked)
        """Whether at least one of the asks is answered beyond doubt."""

    def plan(self, build: "Build", number: int) -> Plan:
        """One candidate."""
        w = self._w
        answer = list(self._answers(build, number))
        said = " ".join(part.text for part in answer)
        parts = [*w.disclosure(), *w.greeting(number), *self._opening(number), *self._stake(build), *answer]
        parts += self._compared(said)
        parts += self._left_open(number)
        links = list(self._link(number, said))
        looked_at = self._needs_a_look() if build == "full" or w.short else build == "personal" and self._amiss()
        looked_at = looked_at and build != "brief"
        private = list(w.private(number, "a few details")) if looked_at and not wants_it_here(w.message) else []
        if self._notice:
            private = []
        parts += private
        if not self.sure:
            text = w.say(w.book.answers.otherwise, "otherwise", number)
            parts.append(Part(text=text, weight=AROUND, paragraph=True))
        elif build == "full" and not (private or links or "http" in said or self._open()) and w.mood != "upset":
            parts += w.closing(number)
        sources = tuple(dict.fromkeys(self._sources()))
        return Plan(parts=(*parts, *links), why=self._why(build, sources, bool(private)), sources=sources)

    def _sources(self) -> Iterator[str]:
        for one in self._answered:
            yield from (said.statement.article for said in one.told)
            if one.answer is not None:
                yield one.answer.passage.article

    def _why(self, build: "Build", sources: Sequence[str], private: bool) -> str:
        named = ", ".join(sources)
        if self._notice:
            return "the incident's cleared wording"
        if not self.sure:
            return f"what may be meant, from {named}"
        if build == "brief":
            return f"the short answer, from {named}"
        more = " and offers a look at this case" if private else "; one question stays open" if self._open() else ""
        return f"answers from {named}{more}"

    def _opening(self, number: int) -> Iterator[Part]:
        """What the answer follows: sorry for what was named, or a word that fits a yes or a no."""
        w = self._w
        if w.mood != "upset":
            first = next((one.statement for said in self._answered[:1] for one in said.told if one.rank == 0), None)
            no = first is not None and first.refuses
            asked = any("?" in one.ask or is_asking(one.ask) for one in self._answered)
            lines = w.book.answers.refused if no else w.book.openings.answered.calm
            lines = lines if asked else w.book.answers.told
            yield Part(text=w.say(lines, "answered", number), weight=MORE)
            return
        sorry = w.say(w.book.answers.sorry, "sorry", number)
        text = w.named_opening(number) if not _ELSEWHERE.search(w.named_thing()) else ""
        text = text or sorry
        short = "" if self._w.formal else "Sorry about that."
        yield Part(text=text, weight=AROUND, short=short, does="names the issue")

    def _stake(self, build: "Build") -> Iterator[Part]:
        for part in self._w.stake(build):
            yield part.model_copy(update={"weight": AROUND})

    def _answers(self, build: "Build", number: int) -> Iterator[Part]:
        """The statements of each answer; all of them to one or two asks, the shortest that answer to more."""
        said: list[str] = []
        numbered = is_numbered(self._w.message) and not self._w.short
        for position, one in enumerate(self._asked):
            if one.answer is None:
                continue
            if one.answer.notice:
                yield Part(text=one.answer.passage.text, weight=0, paragraph=True, verbatim=True)
                continue
            lead = f"{position + 1}) " if numbered else ""
            if not one.sure:
                lead += self._w.say(self._w.book.answers.tentative, "tentative", number) + " "
            yield from self._of_one(one, build, lead, said, first=not said)

    def _of_one(self, one: Asked, build: "Build", lead: str, said: list[str], *, first: bool) -> Iterator[Part]:
        """The statements of one answer that aren't said yet, each with the weight of its rank."""
        rest = 1 if build == "brief" or not one.sure else 2 if len(self._answered) > FEW else 3
        told = [other for other in one.told if other.rank <= rest]
        for place, other in enumerate(told):
            text = statement(headed(other.statement, " ".join(said)))
            if text in said:
                continue
            said.append(text)
            text, weight = f"{lead}{text}", self._weight(other, first=first)
            yield Part(text=text, weight=weight, paragraph=place == 0, whole=True)
            lead = ""
            if _MENDED.search(text):
                yield Part(text=self._w.say(self._w.book.answers.update, "update", 0), weight=NEXT)
            if left := left_of(self._w.message, text):
                yield Part(text=left, weight=NEXT)

    def _weight(self, said: Said, *, first: bool) -> int:
        if said.rank == 0:
            return 0 if first else CORE
        return NEXT if said.rank == 1 else MORE + said.rank - 2

    def _compared(self, said: str) -> Iterator[Part]:
        if text := compared(self._w.message, said):
            yield Part(text=text, weight=CORE)

    def _open(self) -> list[Asked]:
        """Questions that stay without an answer."""
        if not self.sure:
            return []
        numbered = is_numbered(self._w.message)
        return [one for one in self._asked if one.answer is None and (numbered or _asks_for_more(one.ask))]

    def _left_open(self, number: int) -> Iterator[Part]:
        w = self._w
        if not self._open() or self._notice:
            return
        here = wants_it_here(w.message) or not w.reach.way
        lines = w.book.answers.open_here if here else w.book.answers.open
        text = w.say(lines, "open", number, {"way_do": w.reach.way_do})
        yield Part(text=text, weight=AROUND, paragraph=True)

    def _needs_a_look(self) -> bool:
        """Whether the customer's own case went wrong and nothing that is said takes it up."""
        if told_by_staff(self._w.message):
            return True
        told = [other.statement for one in self._answered for other in one.told]
        facts = {fact.name for fact in self._w.view.facts}
        taken_up = any(one.does or one.article in facts for one in told)
        return self._amiss() and self.sure and not self._open() and not taken_up

    def _amiss(self) -> bool:
        """Whether something went wrong for this customer, beside a question that is answered."""
        w = self._w
        asks_only = w.issue is not None and w.issue.kind == "question" and not w.triage.sarcasm
        return w.mood == "upset" and not asks_only and _AMISS.search(w.message) is not None

    def _link(self, number: int, said: str) -> Iterator[Part]:
        """The page of the first answer, where what is said holds no link yet."""
        urls = [one.answer.url for one in self._answered if one.answer and one.answer.url and not one.answer.notice]
        if urls and "http" not in said:
            text = self._w.say(self._w.book.links.any, "link", number, {"url": urls[0]})
            yield Part(text=text, weight=AROUND, paragraph=True)


def _asks_for_more(ask: str) -> bool:
    """Whether an ask is a question of its own, and not the tail of another ("can you speed it up")."""
    terms = terms_of(ask)
    return is_asking(ask) and len(terms) > THIN and any(map(is_trade, terms))
