"""The embedded drafter: plays, the customer's issue, passages of the brand's knowledge. No model, no network."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import regex

from assistant.brand import Brand
from assistant.checking import length_of
from assistant.context import PublicView, Surroundings
from assistant.drafting import Draft
from assistant.drafting.answer import Answer, Library
from assistant.drafting.choose import Chooser, Mood, mood_of
from assistant.drafting.compose import Part, fit
from assistant.drafting.mirror import Issue, issue_of
from assistant.drafting.plays import Phrasing, Play, Playbook, load_playbook
from assistant.drafting.reach import Reach
from assistant.drafting.telling import person_in, span_in
from assistant.triage import Triage

TOPIC_ONLY = (
    "bank",
    "insur",
    "invest",
    "broker",
    "financ",
    "health",
    "clinic",
    "dental",
    "hospital",
    "pharma",
    "medical",
    "therap",
    "wealth",
    "lender",
)
"""Parts of an industry's name where a reply names the topic and affirms nothing (DESIGN section 3)."""
SHORT = 400
"""A channel's limit up to which there is room for one question and one answer only."""


class PlaybookDrafter:
    """Writes from playbooks and knowledge. Same brand, context and seed: same drafts."""

    name = "playbook"

    def __init__(self, brand: Brand, seed: int = 0) -> None:
        """Read the plays (the brand's own beside the shipped ones).

        Args:
            brand: whose voice, knowledge and contacts are used.
            seed: another one chooses other phrasings.

        Raises:
            ConfigurationError: a play of the brand is wrong.
        """
        self._brand = brand
        self._seed = seed
        self._book = load_playbook(brand.folder / "playbooks" if brand.folder else None)
        self._library = lru_cache(maxsize=2)(lambda on: Library(brand.knowledge, on))

    def provenance(self) -> Mapping[str, Any]:
        """The drafter's name, the playbook's digest and the seed."""
        return {"name": self.name, "playbook": self._book.sha256, "seed": self._seed}

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:
        """Up to `variants` drafts; none in a language other than English, or where no reply is due."""
        if not triage.reply or triage.language not in ("en", "und"):
            return ()
        message = _without_instructions(view.message, triage)
        writing = _Writing(
            self._brand, view, triage, message, self._library(_day(view)), Chooser(view, self._brand, self._seed)
        )
        if triage.escalation is not None:
            return writing.holding(self._book, variants)
        return writing.drafts(self._book, variants)


def _day(view: PublicView) -> date:
    return (view.created_at or datetime.now(UTC)).date()


def _without_instructions(message: str, triage: Triage) -> str:
    """The message less what was aimed at a machine."""
    for one in sorted(triage.evidence, key=lambda found: -found.start):
        if one.label == "instructions" and one.end > one.start:
            message = f"{message[: one.start]} {message[one.end :]}"
    return message.strip() or "."


class _Writing:
    """One message being answered."""

    def __init__(
        self, brand: Brand, view: PublicView, triage: Triage, message: str, library: Library, choose: Chooser
    ) -> None:
        self._brand, self._view, self._triage = brand, view, triage
        self._message, self._library, self._choose = message, library, choose
        self._mood: Mood = mood_of(triage)
        self._reach = Reach.of(brand, view)
        settings = brand.channels.get(view.channel)
        self._dial = (settings.personalisation if settings else None) or brand.personalisation
        self._signature = _signed((settings.signature if settings else None) or brand.signature, view)
        self._issue = self._named()
        self._place = Surroundings(id=view.id, channel=view.channel, agent=view.agent)

    def drafts(self, book: Playbook, variants: int) -> list[Draft]:
        """Drafts from the play of the first intent, each with another build."""
        play = book.play(self._triage.intents)
        if self._mood == "pleased":
            builds: list[Callable[[Playbook, Play, int], _Plan]] = [self._praise] * variants
        else:
            answers = self._library.answers(self._view, self._message, play.search)
            builds = [self._with(answers, "full"), self._with(answers, "brief"), self._with(answers, "personal")]
            builds += [self._with(answers, "full")] * max(0, variants - 3)
        written: list[Draft] = []
        for number, build in enumerate(builds[:variants]):
            draft = self._finished(build(book, play, number))
            if draft is not None and all(draft.text != other.text for other in written):
                written.append(draft)
        return written

    def holding(self, book: Playbook, variants: int) -> list[Draft]:
        """What may be said before a specialist takes over: care, the safe action, who follows up."""
        assert self._triage.escalation is not None  # noqa: S101  # the caller asked for a holding reply
        holding = book.holding(self._triage.escalation)
        plans: list[_Plan] = []
        cleared = self._library.wording(holding.wording) if holding.wording else None
        why = f"holding reply; {holding.owner} takes over"
        if cleared is not None:
            plans.append(_Plan([Part(text=cleared[0], weight=0)], f"{why}; cleared wording", (cleared[1],)))
        for number in range(min(variants - len(plans), len(holding.say))):
            text = self._choose.one(holding.say, f"holding{self._triage.escalation}", number, self._reach.slots())
            if text is not None:
                plans.append(_Plan([*self._greeting(number), Part(text=text, weight=0)], why, ()))
        return [draft for draft in map(self._finished, plans) if draft is not None]

    def _with(self, answers: list[Answer], build: str) -> "Callable[[Playbook, Play, int], _Plan]":
        def plan(book: Playbook, play: Play, number: int) -> _Plan:
            return (
                self._answering(book, play, number, answers, build)
                if answers
                else self._asking(book, play, number, build)
            )

        return plan

    def _answering(self, book: Playbook, play: Play, number: int, answers: list[Answer], build: str) -> "_Plan":
        notice = next((one for one in answers if one.notice), None)
        used = answers[:1] if build == "brief" and len(answers) == 1 else answers
        parts = [*self._disclosure(), *self._greeting(number), *self._opening(book, play, number, answered=True)]
        said: list[str] = []
        for position, answer in enumerate(used):
            passages = [answer.passage]
            if build != "brief" and not notice and self._roomy and len(used) <= 2:
                passages = self._library.companions(answer, self._message)
            for rank, passage in enumerate(passages):
                text = _statement(passage.text)
                if text not in said:
                    first = passage == answer.passage
                    parts.append(
                        Part(text=text, weight=(0 if position == 0 else 1) if first else 3 + rank, paragraph=rank == 0)
                    )
                    said.append(text)
        if build == "personal":
            parts += self._private(book, play, number)
        parts += self._closing(book, number) if build != "brief" else []
        parts += self._link(book, number, used, " ".join(said))
        named = ", ".join(dict.fromkeys(one.passage.article for one in used))
        why = {
            "full": f"answers from {named}",
            "brief": f"the short answer from {named}",
            "personal": f"answers from {named} and offers a look at the case",
        }
        return _Plan(
            parts,
            "the incident's cleared wording" if notice else why[build],
            tuple(one.passage.article for one in used),
        )

    def _asking(self, book: Playbook, play: Play, number: int, build: str) -> "_Plan":
        parts = [*self._disclosure(), *self._greeting(number), *self._opening(book, play, number)]
        questions = [
            one.ask for one in play.missing if not regex.search(one.known, self._message, regex.I, timeout=0.2)
        ]
        questions = questions[number % 2 :] + questions[: number % 2] if len(questions) > 1 else questions
        wanted = 1 if build == "brief" or not self._roomy_for_two else 2
        asked = (
            self._choose.one(getattr(book.ask, self._words), "ask", number, {"questions": " ".join(questions[:wanted])})
            if questions
            else None
        )
        private = self._private(book, play, number) if build == "personal" or not asked else []
        if play.next:
            step = self._choose.one(play.next, "next", number, {})
            parts.append(Part(text=step or "", weight=1, paragraph=True))
        if not play.next or build != "brief":
            parts.append(Part(text=asked or "", weight=1, paragraph=True))
        parts += private
        if not asked and not private and not play.next:
            parts.append(Part(text=self._reach.last_resort(), weight=1, paragraph=True))
        parts += self._closing(book, number) if build == "full" and not questions else []
        why = (
            "asks for what is missing"
            if asked and not private
            else "offers a look at the case"
            if private
            else "says what happens next"
        )
        return _Plan(parts, why, ())

    def _praise(self, _book: Playbook, play: Play, number: int) -> "_Plan":
        person = person_in(self._message, self._brand.name)
        topic = _topic(self._triage.topic)
        slots = {"person": person, "topic": topic}
        lead = "person" if person and number == 0 else "topic" if topic and number < 2 else "calm"
        text = self._choose.one(_lead(play, lead), f"praise{lead}", number, {k: v for k, v in slots.items() if v})
        parts = [*self._disclosure(), *self._greeting(number), Part(text=text or "", weight=0)]
        if play.close and number != 1:
            parts.append(Part(text=self._choose.one(play.close, "close", number, {}) or "", weight=4))
        return _Plan(parts, f"names {person or topic}" if person or topic else "a plain thank you", ())

    def _greeting(self, number: int) -> Iterator[Part]:
        if self._view.first_name and self._dial != "none":
            yield Part(text=self._choose.greeting(self._view.first_name, number), weight=2)

    def _disclosure(self) -> Iterator[Part]:
        """Communities want to know who speaks, where the signature doesn't say it."""
        if (
            self._view.channel in ("reddit", "forum")
            and self._brand.name.lower() not in (self._signature or "").lower()
        ):
            yield Part(text=f"I work at {self._brand.name}.", weight=0)

    def _opening(self, book: Playbook, play: Play, number: int, *, answered: bool = False) -> Iterator[Part]:
        text = None
        if self._issue is not None and answered and self._issue.kind == "question":
            text = self._choose.one(getattr(book.openings.answered, self._words), "answered", number, {})
        elif self._issue is not None:
            kind = (
                "help"
                if self._issue.text.startswith("help ")
                else "trouble"
                if self._issue.kind == "event"
                else self._issue.kind
            )
            slots = {"issue": self._issue.text, "Issue": self._issue.text[0].upper() + self._issue.text[1:]}
            text = self._choose.one(getattr(getattr(book.openings, self._words), kind), f"opening{kind}", number, slots)
        span = span_in(self._message)
        if text is None or (span and self._mood == "upset" and self._issue is not None and self._issue.kind == "noun"):
            slots = {"span": span or "", "Span": (span or "").capitalize()}
            lead = "span" if span and self._mood == "upset" and play.lead.get("span") else self._words
            text = self._choose.one(_lead(play, lead), f"lead{lead}", number, slots) or text
        yield Part(text=text or "", weight=1)

    def _link(self, book: Playbook, number: int, answers: list[Answer], said: str) -> Iterator[Part]:
        for answer in answers[: 2 if self._roomy else 1]:
            if answer.url and answer.url not in said and not answer.notice:
                yield Part(
                    text=self._choose.one(book.links.any, "link", number, {"url": answer.url}) or "",
                    weight=2,
                    paragraph=True,
                )

    def _private(self, book: Playbook, play: Play, number: int) -> Iterator[Part]:
        if play.private and self._reach.way:
            slots = {"what": play.private, "way": self._reach.way_do}
            yield Part(
                text=self._choose.one(book.private.any, "private", number, slots) or "", weight=3, paragraph=True
            )

    def _closing(self, book: Playbook, number: int) -> Iterator[Part]:
        words = book.closings.formal if self._brand.voice.formal_casual <= 0.35 else getattr(book.closings, self._words)
        yield Part(text=self._choose.one(words, "closing", number, {}) or "", weight=5, paragraph=True)

    def _finished(self, plan: "_Plan") -> Draft | None:
        parts = list(plan.parts)
        if self._signature:
            parts.append(Part(text=self._signature, weight=0))
        text = fit(parts, self._fits)
        if text is None:
            return None
        return Draft(text=text, drafter=PlaybookDrafter.name, why=plan.why, sources=plan.sources)

    def _fits(self, text: str) -> bool:
        length = length_of(text, self._place, self._brand)
        return length.limit is None or length.counted <= length.limit

    def _named(self) -> Issue | None:
        """The issue as far as industry and brand let it be named."""
        topic = _topic(self._triage.topic)
        if self._dial in ("none", "name"):
            return None
        if any(part in (self._brand.industry or "").lower() for part in TOPIC_ONLY):
            return Issue(kind="noun", text=regex.sub(r"^your ", "the ", topic), source=topic) if topic else None
        return issue_of(self._message, self._triage.topic)

    @property
    def _words(self) -> str:
        return "upset" if self._mood == "upset" else "calm"

    @property
    def _limit(self) -> int:
        return length_of("", self._place, self._brand).limit or 10_000

    @property
    def _roomy(self) -> bool:
        return self._limit > SHORT

    @property
    def _roomy_for_two(self) -> bool:
        return self._limit > 200


def _lead(play: Play, wanted: str) -> Sequence[Phrasing]:
    """The play's leads of one kind, or its calm ones."""
    return next((found for kind, found in play.lead.items() if kind == wanted and found), play.lead["calm"])


class _Plan:
    """Parts in their order, why this draft, and what it rests on."""

    def __init__(self, parts: Sequence[Part], why: str, sources: tuple[str, ...]) -> None:
        self.parts, self.why, self.sources = tuple(parts), why, tuple(dict.fromkeys(sources))


def _topic(topic: str | None) -> str | None:
    if not topic:
        return None
    return topic if regex.match(r"(?:your|the|an?|this|our)\b", topic, regex.I) else f"your {topic}"


def _statement(text: str) -> str:
    """A passage as a sentence of a reply."""
    text = regex.sub(r"^(?:[-*•]|\d+[.)])\s*", "", text.strip())
    text = text.rstrip(" ;:,")
    return text if regex.search(r"[.!?…)\"”]$|https?://\S+$", text) else f"{text}."


def _signed(pattern: str | None, view: PublicView) -> str | None:
    """The signature of the agent who will approve; none where nobody is named."""
    if pattern is None or view.agent is None:
        return None
    name = view.agent.name
    initials = view.agent.initials or "".join(word[0] for word in name.split()).upper()
    return pattern.format(initials=initials, name=name, first_name=name.split()[0])
