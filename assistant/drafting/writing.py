"""One message being answered: the parts of each variant, in the order warm start, competent middle, warm end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import regex

from assistant.brand import Brand
from assistant.checking import length_of
from assistant.context import PublicView, Surroundings
from assistant.drafting import Draft
from assistant.drafting.answer import Answer, Library, asks_of, asks_something, focused, statement
from assistant.drafting.at_issue import at_issue, topic_only
from assistant.drafting.choose import FORMAL, Chooser, Mood, mood_of
from assistant.drafting.compose import Part, Plan, fit, spoken, why_of
from assistant.drafting.devices import device_in, owned
from assistant.drafting.first_aid import found, plain
from assistant.drafting.helping import Helping
from assistant.drafting.mirror import Issue, name_issue, praised_thing
from assistant.drafting.phrasing import Phrasing
from assistant.drafting.plays import Holding, Playbook, lead_of
from assistant.drafting.reach import Reach
from assistant.drafting.saved import saved_reply_for
from assistant.drafting.signing import signed
from assistant.drafting.telling import error_in, person_in, span_in
from assistant.drafting.unseen import unseen
from assistant.passages import Passage
from assistant.saved_replies import SavedReply
from assistant.triage import Triage

SHORT = 400
"""A channel's limit up to which there is room for one answer and few words around it."""
BRIEF_ISSUE = 12
"""Words of a customer's clause that a short channel has room to repeat."""

SPARE = 1
"""How many more candidates are checked and measured than asked for."""

Build = Literal["full", "brief", "personal"]
BUILDS: tuple[Build, ...] = ("full", "brief", "personal")
"""What the variants do differently: all that is known, the shortest that answers, a look at this very case."""


class Writing:
    """Plans and finishes the variants for one message."""

    def __init__(
        self,
        brand: Brand,
        book: Playbook,
        library: Library,
        view: PublicView,
        triage: Triage,
        message: str,
        seed: int,
        saved: Sequence[SavedReply] = (),
    ) -> None:
        """`message` is the customer's words less anything aimed at a machine."""
        self._saved = saved
        self._brand, self._book, self._library = brand, book, library
        self._view, self._triage, self._message = view, triage, message
        named = person_in(message, brand.name) is not None
        self._mood: Mood = mood_of(triage, asks=asks_something(message), names_person=named)
        self._said = plain(message)
        self._aid = book.first_aid.of(message, pleased=self._mood == "pleased")
        if self._mood == "pleased" and (trouble := book.first_aid.sure(message)) is not None:
            # thanks at the end of a plea are no praise
            self._mood, self._aid = "calm", trouble
        self._choose = Chooser(view, brand, seed, self._mood)
        self._formal = brand.voice.formal_casual <= FORMAL
        self._reach = Reach.of(brand, view)
        settings = brand.channels.get(view.channel)
        self._dial = (settings.personalisation if settings else None) or brand.personalisation
        self._signature = signed((settings.signature if settings else None) or brand.signature, view)
        self._place = Surroundings(id=view.id, channel=view.channel, agent=view.agent)
        self._limit = length_of("", self._place, brand).limit or 10_000
        about = [one for one in triage.intents if one != "praise" or self._mood == "pleased"]
        self._play = book.play(about)
        self._topic_only = topic_only(brand.industry)
        self._issue = self._named()

    def drafts(self, variants: int) -> list[Draft]:
        """Drafts in several approaches, some more than `variants`: what is checked and measured is chosen from."""
        if self._mood == "pleased":
            plans = self._helped() or [self._praise(number) for number in range(variants)]
            return self._finished(plans)
        answers = self._library.answers(self._view, self._message, self._play.search)
        answers = answers or self._library.usual(self._usual_questions())
        if answers and not unseen(self._view):
            return self._finished([self._answering(BUILDS[n % len(BUILDS)], n, answers) for n in range(variants)])
        plans = self._kept() + self._helped() or [
            self._asking(BUILDS[number % len(BUILDS)], number) for number in range(variants + SPARE)
        ]
        return self._finished(plans)[: variants + SPARE]

    def _kept(self) -> list[Plan]:
        """The team's own saved reply for such a message, where all its blanks are known."""
        agent = self._view.agent
        known = {"first_name": self._view.first_name or "", "brand": self._brand.name}
        known |= {"agent_name": agent.name if agent else "", "link": self._reach.help_url or ""}
        found = saved_reply_for(self._message, self._saved, known)
        if found is None or self._topic_only:
            return []
        part = Part(text=found[1], weight=0, verbatim=True)
        return [Plan(parts=(part,), why=f"the team's saved reply “{found[0].title}”")]

    def _helped(self) -> list[Plan]:
        """Candidates from first aid; none where no entry is meant for this message, or what matters is in a picture."""
        if self._aid is None or (unseen(self._view) and not self._aid.pleased):
            return []
        aid = self._aid
        slots = {**self._telling(), "way_do": self._reach.way_do if self._reach.way else ""}
        noun = self._issue.noun if self._issue is not None and "device" in slots else None
        if aid.pleased:
            noun = praised_thing(self._message, self._triage.topic)
        slots["thing"] = owned(noun, self._book.devices) if noun and aid.thing and found(aid.thing, plain(noun)) else ""
        slots["Thing"] = slots["thing"][:1].upper() + slots["thing"][1:]
        if self._topic_only:
            if not aid.about:
                return []
            aid = aid.model_copy(update={"open": ()})
        helping = Helping(aid, self._said, self._book, self._choose, self._mood, slots, self._names)
        return list(helping.plans([*self._disclosure(), *self._greeting(0)], list(self._stake("full"))))

    def _names(self, number: int, *, clause: bool) -> str | None:
        """An opening that names the issue, by the customer's own clause or by its noun; None where there is none.

        A clause must be short and about what the entry is for. In trades that may confirm nothing it is the topic.
        """
        issue = self._issue
        if self._topic_only:
            about = issue.text if issue is not None else self._aid.about if self._aid else None
            lines = self._lines(self._book.said.topic_only)
            return self._say(lines, "topic_only", number, {"about": about}) if about else None
        if issue is None:
            return None
        if clause:
            if issue.kind == "noun" or issue.text.startswith("there "):
                return None
            if not 3 <= len(issue.text.split()) <= BRIEF_ISSUE:
                return None
            if issue.kind == "request" and self._mood == "upset" and self._play.id in _NO_TASKS:
                return None
            if self._aid is not None and not self._book.first_aid.near(self._aid, issue.text):
                return None
            return next((part.text for part in self._opening(number)), None)
        known = self._aid is None or self._book.first_aid.knows(self._aid, issue.noun or "")
        if not issue.noun or not known or self._mood == "pleased":
            return None
        openings = (self._book.openings.upset if self._mood == "upset" else self._book.openings.calm).noun
        slots = {"issue": issue.noun, "Issue": issue.noun[:1].upper() + issue.noun[1:]}
        return self._say(openings, "openingnoun", number, slots)

    def _telling(self) -> dict[str, str]:
        """Details of the message that phrasings may name, as far as the dial lets them."""
        if self._dial in ("none", "name") or self._topic_only:
            return {}
        span = self._span() or ""
        device = device_in(self._said, self._book.devices) or ""
        error = error_in(self._message) or ""
        person = person_in(self._message, self._brand.name) or ""
        return {"span": span, "Span": span.capitalize(), "device": device, "error": error, "person": person}

    def _span(self) -> str | None:
        """How long it took or lasted for the customer."""
        if self._issue is None:
            return span_in(self._message)
        return next((one.text for one in self._issue.stakes if one.kind == "span"), None)

    def reached(self) -> tuple[str, str | None]:
        """The ids of the play and of the entry of first aid (None where none is meant) that would be used."""
        return self._play.id, self._aid.id if self._aid else None

    def fillable(self) -> frozenset[str]:
        """The slots that this message fills."""
        slots = {**self._telling(), "topic": self._triage.topic, "thing": self._issue and self._issue.noun}
        return frozenset(name for name, value in slots.items() if value)

    def holding(self, variants: int) -> list[Draft]:
        """What may be said before a specialist takes over: care, the safe action, who follows up."""
        if self._triage.escalation is None:
            return []
        holding = self._book.holding(self._triage.escalation)
        why = f"holding reply; {holding.owner} takes over"
        plans = []
        found = self._library.wording(holding.wording) if holding.wording else None
        if found is not None:
            plans.append(self._in_their_words(found, holding, why))
        for number in range(len(holding.say)):
            text = self._say(holding.say, holding.id, number, self._reach.slots())
            part = Part(text=text, weight=0, verbatim=True)
            plans.append(Plan(parts=(*self._greeting(number), part), why=why))
        text = self._say((holding.short,), holding.id, 0, self._reach.slots())
        last = Plan(parts=(Part(text=text, weight=0, verbatim=True),), why=why)
        return self._finished(plans)[:variants] or self._finished([last])

    def _in_their_words(self, found: Passage, holding: Holding, why: str) -> Plan:
        """The brand's cleared text alone, or a help passage with care before it and what follows it."""
        sources = (found.article,)
        if self._library.is_cleared(found):
            part = Part(text=found.text, weight=0, verbatim=True)
            return Plan(parts=(part,), why=f"{why}; cleared wording", sources=sources)
        said = [found, *self._library.following(found)]
        parts = [Part(text=statement(one.text), weight=place, verbatim=True) for place, one in enumerate(said)]
        care = holding.care.say if holding.care else ""
        return Plan(parts=(Part(text=care, weight=1), *parts), why=f"{why}; in the brand's words", sources=sources)

    def _answering(self, build: Build, number: int, answers: Sequence[Answer]) -> Plan:
        notice = any(one.notice for one in answers)
        opening = self._opening(number, answered=True)
        parts = [*self._disclosure(), *self._greeting(number), *opening, *self._stake(build)]
        said: list[str] = []
        for position, answer in enumerate(answers):
            roomy = build != "brief" and self._limit > SHORT and len(answers) <= 2 and not notice
            passages = self._library.companions(answer, self._message) if roomy else [answer.passage]
            for rank, passage in enumerate(passages):
                said_whole = answer.notice or passage != answer.passage
                text = (
                    passage.text
                    if answer.notice
                    else statement(passage.text if said_whole else focused(passage, answer.ask))
                )
                if text in said:
                    continue
                weight = min(position, 1) if passage == answer.passage else 3 + rank
                parts.append(Part(text=text, weight=weight, paragraph=rank == 0, verbatim=answer.notice))
                said.append(text)
        whole = " ".join(said)
        open_asks = not notice and len(asks_of(self._message)) > len(answers)
        if build == "personal":
            parts += self._private(number)
        elif open_asks and self._reach.way:
            text = self._say(self._book.rest.any, "rest", number, {"way_do": self._reach.way_do})
            parts.append(Part(text=text, weight=2, paragraph=True))
        links = list(self._links(number, answers, whole))
        if build == "full" and not links and "http" not in whole and not open_asks:
            parts += self._closing(number)
        parts += links
        named = ", ".join(dict.fromkeys(one.passage.article for one in answers))
        why = {
            "full": f"answers from {named}" + ("; one question stays open" if open_asks else ""),
            "brief": f"the short answer, from {named}",
            "personal": f"answers from {named} and offers a look at this case",
        }[build]
        sources = tuple(dict.fromkeys(one.passage.article for one in answers))
        return Plan(parts=tuple(parts), why="the incident's cleared wording" if notice else why, sources=sources)

    def _asking(self, build: Build, number: int) -> Plan:
        parts = [*self._disclosure(), *self._greeting(number), *self._opening(number), *self._stake(build)]
        about = self._book.about
        questions = [
            self._choose.among(one.ask, number) for one in self._play.missing if one.wanted(self._message, about)
        ]
        questions = questions[number % 2 :] + questions[: number % 2] if len(questions) > 2 else questions
        if unseen(self._view):
            questions.insert(0, self._say(self._book.unseen.any, "unseen", number))
        asked = " ".join(questions[: self._play.questions if build == "full" else 1])
        why = "says what happens next" if self._play.next else "asks for what is missing"
        if self._play.next:
            parts.append(Part(text=self._say(self._play.next, "next", number), weight=1, paragraph=True))
        if asked and not (self._play.next and build == "brief"):
            text = self._say(self._lines(self._book.ask), "ask", number, {"questions": asked})
            parts.append(Part(text=text, weight=1, paragraph=True))
        private = list(self._private(number)) if build == "personal" or not asked else []
        if private:
            parts += private
            why = "offers a look at this case"
        elif not asked and not self._play.next:
            text = self._say(self._book.way_on.any, "way_on", number, self._reach.slots())
            parts.append(Part(text=text, weight=1, paragraph=True))
            why = "shows the way on"
        return Plan(parts=tuple(parts), why=why)

    def _praise(self, number: int) -> Plan:
        person = person_in(self._message, self._brand.name)
        thing = praised_thing(self._message, self._triage.topic)
        lead = "person" if person and number != 1 else "topic" if thing and number != 2 else "calm"  # the third variant
        text = self._say(
            lead_of(self._play, lead), f"praise{lead}", number, {"person": person or "", "topic": thing or ""}
        )
        parts = [*self._disclosure(), *self._greeting(number), Part(text=text, weight=0)]
        if self._play.close and number % 2 == 0:
            parts.append(Part(text=self._say(self._play.close, "close", number), weight=4))
        named = {"person": person, "topic": thing}.get(lead)
        return Plan(parts=tuple(parts), why=f"thanks, and names {named}" if named else "a plain thank you")

    def _greeting(self, number: int) -> Iterator[Part]:
        if self._view.first_name and self._dial != "none":
            yield Part(text=self._choose.greeting(self._view.first_name, number), weight=0)

    def _disclosure(self) -> Iterator[Part]:
        """Communities want to know who speaks, where the signature doesn't say it."""
        named = self._brand.name.lower() in (self._signature or "").lower()
        if self._view.channel in ("reddit", "forum") and not named:
            yield Part(text=f"I work at {self._brand.name}.", weight=0)

    def _opening(self, number: int, *, answered: bool = False) -> Iterator[Part]:
        issue, span = self._issue, self._span() if self._mood == "upset" else None
        if self._topic_only and not answered and (text := self._names(number, clause=False)):
            yield Part(text=text, weight=1, does="names the topic")
            return
        if issue is not None and issue.text.startswith("there"):
            issue = None
        if answered and self._mood != "upset":
            text = self._say(self._book.openings.answered.calm, "answered", number)
        elif answered and issue is not None and issue.kind == "question":
            text = self._say(self._book.openings.answered.upset, "answered", number)
        elif (
            issue is not None
            and not (issue.kind == "noun" and (span or answered or self._play.next or self._play.id in _NO_THINGS))
            and not (span and issue.text.startswith("where "))
        ):
            kind = "help" if issue.text.startswith("help ") else "trouble" if issue.kind == "event" else issue.kind
            openings = getattr(self._book.openings.upset if self._mood == "upset" else self._book.openings.calm, kind)
            slots = {"issue": issue.text, "Issue": issue.text[0].upper() + issue.text[1:]}
            text = self._say(openings, f"opening{kind}", number, slots)
        else:
            lead = "span" if span and self._play.lead.get("span") else "upset" if self._mood == "upset" else "calm"
            slots = {"span": span or "", "Span": (span or "").capitalize(), "issue": issue.text if issue else ""}
            text = self._say(lead_of(self._play, lead), f"lead{lead}", number, slots)
        yield Part(text=text, weight=1)

    def _stake(self, build: Build) -> Iterator[Part]:
        """One line about what hangs on it for this customer, where the mood and the dial allow it."""
        if build == "brief" or self._dial in ("none", "name") or self._mood != "upset":
            return
        found = next((one for one in self._book.stakes.stakes if _found(one.where, self._message)), None)
        if found is not None:
            yield Part(text=found.say, weight=3)

    def _links(self, number: int, answers: Sequence[Answer], said: str) -> Iterator[Part]:
        urls = dict.fromkeys(one.url for one in answers if one.url and not one.notice)
        for position, url in enumerate(list(urls)[:1]):
            if url not in said:
                text = self._say(self._book.links.any, "link", number + position, {"url": url})
                yield Part(text=text, weight=2, paragraph=True)

    def _private(self, number: int) -> Iterator[Part]:
        if self._play.private and self._reach.way:
            slots = {"what": self._play.private, "way": self._reach.way_do}
            yield Part(text=self._say(self._book.private.any, "private", number, slots), weight=3, paragraph=True)

    def _closing(self, number: int) -> Iterator[Part]:
        lines = self._book.closings.formal if self._formal else self._lines(self._book.closings)
        yield Part(text=self._say(lines, "closing", number), weight=5, paragraph=True)

    def _finished(self, plans: Sequence[Plan]) -> list[Draft]:
        """The plans as drafts that fit the channel, each text once."""
        drafts: dict[str, Draft] = {}
        for plan in plans:
            fitted = fit(spoken(plan.parts, formal=self._formal, signature=self._signature), self._fits)
            if fitted and fitted[0]:
                why = plan.why or why_of(fitted[1])
                draft = Draft(text=fitted[0], drafter="playbook", why=why, sources=plan.sources)
                drafts.setdefault(draft.text, draft)
        return list(drafts.values())

    def _fits(self, text: str) -> bool:
        return length_of(text, self._place, self._brand).counted <= self._limit

    def _say(self, lines: Sequence[Phrasing], about: str, number: int, slots: Mapping[str, str] | None = None) -> str:
        return self._choose.one(lines, about, number, slots or {}) or ""

    def _lines(self, phrasings: object) -> tuple[Phrasing, ...]:
        lines: tuple[Phrasing, ...] = getattr(phrasings, "upset" if self._mood == "upset" else "calm")
        return lines

    def _usual_questions(self) -> Iterator[str]:
        about = self._book.about
        for one in self._play.usual:
            if _found(about.get(one.where, one.where), self._message):
                yield one.question

    def _wanted(self, topic: str) -> bool:
        return self._mood != "upset" or at_issue(topic, self._view.message, self._triage, self._play.id)

    def _named(self) -> Issue | None:
        """The issue as far as industry and brand let it be named, and as far as the channel has room."""
        if self._dial in ("none", "name"):
            return None
        topic = self._triage.topic
        if topic is not None and not (self._library.knows(topic) and self._wanted(topic)):
            topic = None
        hidden = [(one.start, one.end) for one in self._triage.evidence if one.label == "instructions"]
        issue = name_issue(self._view.message, topic, topic_only=self._topic_only, hidden=hidden)
        if issue is None or issue.kind == "noun":
            return issue
        if self._play.next or (self._limit <= SHORT and len(issue.text.split()) > BRIEF_ISSUE):
            return issue.model_copy(update={"kind": "noun", "text": issue.noun}) if issue.noun else None
        return issue


_NO_TASKS = frozenset({"other", "feedback_suggestion"})
"""Plays where what the customer would like is no task that proved hard."""
_NO_THINGS = frozenset({"staff_complaint"})
"""Plays about people, where "the trouble with the staff" would blame them."""


def _found(pattern: str, message: str) -> bool:
    return regex.search(pattern, message, regex.I, timeout=0.2) is not None
