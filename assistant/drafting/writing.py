"""One message being answered: the parts of each variant, in the order warm start, competent middle, warm end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import regex

from assistant.brand import Brand
from assistant.checking import confirms_nothing, length_of
from assistant.context import PublicView, Surroundings
from assistant.drafting import Draft
from assistant.drafting.answer import Asked, Library, borne_out_by
from assistant.drafting.answering import Answering
from assistant.drafting.asking_back import asking, suits
from assistant.drafting.at_issue import at_issue
from assistant.drafting.choose import FORMAL, Chooser
from assistant.drafting.compose import Part, Plan, fit, spoken, why_of
from assistant.drafting.devices import device_in, error_in, owned
from assistant.drafting.durations import span_in
from assistant.drafting.first_aid import found, plain, thing_of
from assistant.drafting.helping import Helping
from assistant.drafting.holding import holding_drafts
from assistant.drafting.mirror import Issue, name_issue, praised_thing
from assistant.drafting.pattern import search
from assistant.drafting.people import person_in
from assistant.drafting.phrasing import Phrasing
from assistant.drafting.plays import Playbook, lead_of
from assistant.drafting.reach import Reach
from assistant.drafting.saved import saved_reply_for
from assistant.drafting.signing import signed
from assistant.drafting.stance import stance_of
from assistant.drafting.thanking import thanks
from assistant.drafting.unseen import unseen
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
        self.brand, self.book, self.library = brand, book, library
        self.view, self.triage, self.message = view, triage, message
        self._stance = stance_of(view, message, triage, library, book.first_aid, brand.name)
        self.mood = self._stance.mood
        self.said = plain(message)
        self.choose = Chooser(view, brand, seed, self.mood)
        self.formal = brand.voice.formal_casual <= FORMAL
        self.reach = Reach.of(brand, view)
        settings = brand.channels.get(view.channel)
        self.dial = (settings.personalisation if settings else None) or brand.personalisation
        self.signature = signed((settings.signature if settings else None) or brand.signature, view)
        self.place = Surroundings(id=view.id, channel=view.channel, agent=view.agent)
        self.limit = length_of("", self.place, brand).limit or 10_000
        about = [one for one in triage.intents if one != "praise" or self.mood == "pleased"]
        self.play = book.play(("praise",) if self.mood == "pleased" else about)
        self.topic_only = confirms_nothing(brand)
        self.issue = self._named()
        aid = self._stance.aid
        self.aid = aid if aid is not None and suits(self, aid) else None

    def drafts(self, variants: int) -> list[Draft]:
        """Drafts in several approaches, some more than `variants`: what is checked and measured is chosen from."""
        if self.mood == "pleased":
            return self.finished(thanks(self, self._helped(), variants))
        asked: Sequence[Asked] = self._stance.asked
        if not self._stance.answered:
            maybe = asked if any(one.answer is not None for one in asked) else []
            asked = borne_out_by(self.library.usual(self._usual_questions()), maybe)
        if asked and not unseen(self.view):
            answering = Answering(self, asked)
            plans = [answering.plan(BUILDS[number % len(BUILDS)], number) for number in range(variants)]
            if answering.sure:
                return self.finished(plans)
            return self.finished(self._kept() + plans)[: variants + SPARE]
        plans = self._kept() + self._helped() or [
            asking(self, BUILDS[number % len(BUILDS)], number) for number in range(variants + SPARE)
        ]
        return self.finished(plans)[: variants + SPARE]

    def holding(self, variants: int) -> list[Draft]:
        """What may be said before a specialist takes over."""
        return holding_drafts(self, variants)

    def _kept(self) -> list[Plan]:
        """The team's own saved reply for such a message, where all its blanks are known."""
        agent = self.view.agent
        known = {"first_name": self.view.first_name or "", "brand": self.brand.name}
        known |= {"agent_name": agent.name if agent else "", "link": self.reach.help_url or ""}
        found = saved_reply_for(self.message, self._saved, known)
        if found is None or self.topic_only:
            return []
        part = Part(text=found[1], weight=0, verbatim=True)
        return [Plan(parts=(part,), why=f"the team's saved reply “{found[0].title}”")]

    def _helped(self) -> list[Plan]:
        """Candidates from first aid; none where no entry is meant for this message, or what matters is in a picture."""
        if self.aid is None or (unseen(self.view) and not self.aid.pleased):
            return []
        aid = self.aid
        slots = {
            **self.telling(),
            "way_do": self.reach.way_do if self.reach.way else "",
            "status": self.reach.status or "",
        }
        noun = self.issue.noun if self.issue is not None and "device" in slots else None
        if aid.pleased:
            noun = praised_thing(self.message, self.triage.topic)
        fits = noun is not None and bool(aid.thing) and found(aid.thing, plain(noun))
        slots["thing"] = owned(noun, self.book.devices) if noun and fits else thing_of(aid, self.said) or ""
        slots["Thing"] = slots["thing"][:1].upper() + slots["thing"][1:]
        if self.topic_only:
            if not aid.about or aid.fallback:
                return []
            aid = aid.model_copy(update={"open": ()})
        helping = Helping(aid, self.said, self.book, self.choose, self.mood, slots, self.names)
        return list(helping.plans([*self.disclosure(), *self.greeting(0)], list(self.stake("full"))))

    def names(self, number: int, *, clause: bool, near: bool = True) -> str | None:
        """An opening that names the issue, by the customer's own clause or by its noun; None where there is none.

        A clause must be short and, where `near`, about what the entry is for. In trades that may confirm nothing it is
        the topic.
        """
        issue = self.issue
        if self.topic_only:
            about = issue.text if issue is not None else self.aid.about if self.aid and not self.aid.fallback else None
            lines = self.lines(self.book.said.topic_only)
            return self.say(lines, "topic_only", number, {"about": about}) if about else None
        if issue is None:
            return None
        if clause:
            if self.mood == "pleased" or issue.kind == "noun" or issue.text.startswith("there "):
                return None
            if not 3 <= len(issue.text.split()) <= BRIEF_ISSUE:
                return None
            if issue.kind == "request" and self.mood == "upset" and self.play.id in _NO_TASKS:
                return None
            if near and self.aid is not None and not self.book.first_aid.near(self.aid, issue.text):
                return None
            return self._by_issue(number, self.span() if self.mood == "upset" else None) or None
        known = self.aid is None or self.aid.fallback or self.book.first_aid.knows(self.aid, issue.noun or "")
        if self.mood == "calm" and self.aid and not self.aid.fallback:
            # an entry's own first words say more than a thing that is named by the way
            known = known and (self.triage.topic or "\0").lower() in (issue.noun or "").lower()
        if not issue.noun or not known or self.mood == "pleased" or self._beside(issue.noun):
            return None
        openings = (self.book.openings.upset if self.mood == "upset" else self.book.openings.calm).noun
        slots = {"issue": issue.noun, "Issue": issue.noun[:1].upper() + issue.noun[1:]}
        return self.say(openings, "openingnoun", number, slots)

    def telling(self) -> dict[str, str]:
        """Details of the message that phrasings may name, as far as the dial lets them."""
        if self.dial in ("none", "name") or self.topic_only:
            return {}
        span = self.span() or ""
        device = device_in(self.said, self.book.devices) or ""
        error = error_in(self.message) or ""
        person = person_in(self.message, self.brand.name) or ""
        return {"span": span, "Span": span.capitalize(), "device": device, "error": error, "person": person}

    def span(self) -> str | None:
        """How long it took or lasted for the customer."""
        return span_in(self.message) if self.issue is None else self.issue.span

    def reached(self) -> tuple[str, str | None]:
        """The ids of the play and of the entry of first aid that are meant; no entry is None."""
        return self.play.id, self._stance.aid.id if self._stance.aid else None

    def fillable(self) -> frozenset[str]:
        """The slots that this message fills."""
        slots = {**self.telling(), "topic": self.triage.topic, "thing": self.issue and self.issue.noun}
        return frozenset(name for name, value in slots.items() if value)

    def greeting(self, number: int) -> Iterator[Part]:
        """Their name, where it is on show and the dial lets it be said."""
        if self.view.first_name and self.dial != "none":
            yield Part(text=self.choose.greeting(self.view.first_name, number), weight=0)

    def disclosure(self) -> Iterator[Part]:
        """Communities want to know who speaks, where the signature doesn't say it."""
        named = self.brand.name.lower() in (self.signature or "").lower()
        if self.view.channel in ("reddit", "forum") and not named:
            yield Part(text=f"I work at {self.brand.name}.", weight=0)

    def opening(self, number: int) -> Iterator[Part]:
        """What went wrong or is wanted, in our words; else what the play says."""
        if self.topic_only and (text := self.names(number, clause=False)):
            yield Part(text=text, weight=1, does="names the topic")
            return
        span = self.span() if self.mood == "upset" else None
        text = self._by_issue(number, span)
        if not text:
            lead = "span" if span and self.play.lead.get("span") else "upset" if self.mood == "upset" else "calm"
            slots = {"span": span or "", "Span": (span or "").capitalize()}
            text = self.say(lead_of(self.play, lead), f"lead{lead}", number, slots)
        yield Part(text=text, weight=1)

    def named_opening(self, number: int) -> str:
        """Before an answer to somebody upset: their own clause, the time it took, or the thing; empty for none."""
        if self.topic_only:
            return ""
        if self.issue is not None and self.issue.kind == "question":
            return self.say(self.book.openings.answered.upset, "answered", number)
        span = self.span()
        if span and self.play.lead.get("span") and (self.issue is None or self.issue.kind == "noun"):
            return self.say(self.play.lead["span"], "leadspan", number, {"span": span, "Span": span.capitalize()})
        return self._by_issue(number, None, nouns=True)

    def named_thing(self) -> str:
        """The bare noun that an opening would name, empty where it names more or nothing."""
        return self.issue.text if self.issue is not None and self.issue.kind == "noun" else ""

    def _by_issue(self, number: int, span: str | None, *, nouns: bool = False) -> str:
        """The opening by the named issue; empty where there is none to name.

        Args:
            number: the variant.
            span: how long it took, which says more than a bare noun.
            nouns: whether a bare noun will do where the play has words of its own.
        """
        issue = self.issue
        if issue is not None and issue.text.startswith("there"):
            issue = issue.model_copy(update={"kind": "noun", "text": issue.noun}) if issue.noun else None
        if issue is None:
            return ""
        if issue.kind == "noun" and (self._beside(issue.text) or (not nouns and (span or self.play.next))):
            return ""
        if span and issue.text.startswith("where "):
            return ""
        kind = "help" if issue.text.startswith("help ") else "trouble" if issue.kind == "event" else issue.kind
        openings = getattr(self.book.openings.upset if self.mood == "upset" else self.book.openings.calm, kind)
        slots = {"issue": issue.text, "Issue": issue.text[0].upper() + issue.text[1:]}
        return self.say(openings, f"opening{kind}", number, slots)

    def _beside(self, noun: str) -> bool:
        """Whether "the trouble with" a thing would be wrong: it went through it, happened at it, or it is a person."""
        if self.mood != "upset":
            return False
        return (
            self.play.id in _NO_THINGS
            or _NEVER_THE_TROUBLE.search(noun) is not None
            or (self.play.id == "delivery" and noun.endswith(("card", "note", "phone")))
        )

    def stake(self, build: Build) -> Iterator[Part]:
        """One line about what hangs on it for this customer, where the mood and the dial allow it."""
        if build == "brief" or self.dial in ("none", "name") or self.mood != "upset":
            return
        found = next((one for one in self.book.stakes.stakes if search(one.where, self.message)), None)
        if found is not None:
            yield Part(text=found.say, weight=3)

    def private(self, number: int, what: str | None = None) -> Iterator[Part]:
        """Where to go in private, with what is needed there; `what` where the play names nothing."""
        needed = self.play.private or what
        if needed and self.reach.way:
            slots = {"what": needed, "way": self.reach.way_do}
            yield Part(text=self.say(self.book.private.any, "private", number, slots), weight=3, paragraph=True)

    def closing(self, number: int) -> Iterator[Part]:
        """The last words."""
        lines = self.book.closings.formal if self.formal else self.lines(self.book.closings)
        yield Part(text=self.say(lines, "closing", number), weight=5, paragraph=True)

    def finished(self, plans: Sequence[Plan]) -> list[Draft]:
        """The plans as drafts that fit the channel, each text once."""
        drafts: dict[str, Draft] = {}
        for plan in plans:
            fitted = fit(spoken(plan.parts, formal=self.formal, signature=self.signature), self._fits)
            if fitted and fitted[0]:
                why = plan.why or why_of(fitted[1])
                draft = Draft(text=fitted[0], drafter="playbook", why=why, sources=plan.sources)
                drafts.setdefault(draft.text, draft)
        return list(drafts.values())

    @property
    def short(self) -> bool:
        """Whether the channel has room for one answer and few words around it."""
        return self.limit <= SHORT

    def _fits(self, text: str) -> bool:
        return length_of(text, self.place, self.brand).counted <= self.limit

    def say(self, lines: Sequence[Phrasing], about: str, number: int, slots: Mapping[str, str] | None = None) -> str:
        """One of several phrasings for this voice, mood and customer."""
        return self.choose.one(lines, about, number, slots or {}) or ""

    def lines(self, phrasings: object) -> tuple[Phrasing, ...]:
        """The phrasings for the mood."""
        lines: tuple[Phrasing, ...] = getattr(phrasings, "upset" if self.mood == "upset" else "calm")
        return lines

    def _usual_questions(self) -> Iterator[str]:
        about = self.book.about
        for one in self.play.usual:
            if search(about.get(one.where, one.where), self.message):
                yield one.question

    def _wanted(self, topic: str) -> bool:
        return self.mood != "upset" or at_issue(topic, self.view.message, self.triage, self.play.id)

    def _named(self) -> Issue | None:
        """The issue as far as industry and brand let it be named, and as far as the channel has room."""
        if self.dial in ("none", "name"):
            return None
        topic = self.triage.topic
        if topic is not None and not (self.library.knows(topic) and self._wanted(topic)):
            topic = None
        hidden = [(one.start, one.end) for one in self.triage.evidence if one.label == "instructions"]
        places = [one.start for one in self.triage.evidence if one.label == "topic"]
        if places and all(any(start <= place < end for start, end in hidden) for place in places):
            topic = None
        issue = name_issue(self.view.message, topic, topic_only=self.topic_only, hidden=hidden)
        if issue is None or issue.kind == "noun":
            return issue
        if self.play.next or (self.limit <= SHORT and len(issue.text.split()) > BRIEF_ISSUE):
            return issue.model_copy(update={"kind": "noun", "text": issue.noun}) if issue.noun else None
        return issue


_NO_TASKS = frozenset({"other", "feedback_suggestion"})
"""Plays where what the customer would like is no task that proved hard."""
_NO_THINGS = frozenset({"staff_complaint"})
"""Plays about people, where "the trouble with the staff" would blame them."""


_NEVER_THE_TROUBLE = regex.compile(
    r"\b(?:chats?|e-?mails?|calls?|messages?|support|service|posts?|repl(?:y|ies)|conversations?|doorstep|doors?|porch|train"
    r"|bus|delays?|waits?|queues?|rent|money|day|home|house|office|work|neighbou?rs?|drivers?|couriers?|engineers?|agents?"
    r"|staff|managers?|assistants?|teams?|people|customers?|man|woman|lady|guy|technicians?|crew|advis[eo]rs?)$",
    regex.I,
)
"""What somebody wrote through, waited at or spoke to, which is not what went wrong."""
