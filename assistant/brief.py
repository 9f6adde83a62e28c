"""What an agent should know before answering: who, what happened, what is asked and known, what can't be seen.

Each line names its source in brackets at its end, the most important first. It is for the agent alone: private facts
are named and never quoted, because a brief is stored and shown beside drafts that are public.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import regex

from assistant.brand import Brand
from assistant.context import CustomerContext, PublicView
from assistant.drafting import Draft
from assistant.drafting.answer import Asked, library_of
from assistant.drafting.asking import is_asking, without_instructions
from assistant.drafting.plays import load_playbook
from assistant.triage import Triage
from tone_rules.channels import load_channel
from tone_rules.readings import read_text

QUOTED = 100
"""Characters of a post that are quoted."""
TOLD = 220
"""Characters of a passage that are shown."""
MOST_FACTS = 6
_ELSEWHERE = regex.compile(
    r"\b(?:i|we|i['’]?ve|we['’]?ve|have|already|been|just)\b[^.!?\n]{0,20}?"
    r"\b(dm(?:['’]?e?d)?|pm(?:['’]?e?d)|e-?mailed|inboxed|messaged|rang|rung|phoned|called you|spoken? to)\b"
    r"|\b(in the chat|live chat|check (?:your )?dms?)\b",
    regex.I,
)
"""Words for a conversation that took place where it can't be seen."""
_PICTURE = regex.compile(r"\b(?:pics?|pictures?|photos?|screenshots?|image|attached|see below|pic below)\b", regex.I)


class Brief:
    """Writes the briefs of one brand."""

    def __init__(self, brand: Brand) -> None:
        """Read the brand's plays, which know what is usually missing."""
        self._brand = brand
        self._book = load_playbook(brand.folder / "playbooks" if brand.folder else None)

    def lines(self, context: CustomerContext, seen: Triage, drafts: Sequence[Draft]) -> tuple[str, ...]:
        """The lines for one message, most important first."""
        view = PublicView.of(context)
        asked = self._asked(view, seen) if seen.reply else []
        found = [
            *_decisions(seen, self._brand),
            *_who(context),
            *_so_far(context),
            *_known(asked, context, seen),
            *_facts(context),
            *self._missing(view, seen, asked),
            *_unseen(context),
            *self._due(context),
            *self._sources(drafts, asked),
        ]
        return tuple(dict.fromkeys(found))

    def _asked(self, view: PublicView, seen: Triage) -> list[Asked]:
        """The asks; none of bare praise or of a message in another language, whose words the knowledge doesn't hold."""
        if set(seen.intents) == {"praise"} or seen.language not in ("en", "und"):
            return []
        message = without_instructions(view.message, seen)
        library = library_of(self._brand.knowledge, _day(view))
        return library.asked(view, message)

    def _missing(self, view: PublicView, seen: Triage, asked: Sequence[Asked]) -> Iterator[str]:
        """The first question that the message leaves open, where nothing known answers it."""
        if not asked or seen.escalation is not None or any(one.sure for one in asked):
            return
        play = self._book.play(seen.intents)
        wanted = [one for one in play.missing if one.wanted(view.message, self._book.about)]
        if wanted:
            yield f"Missing: {wanted[0].ask[0]} (playbook: {play.id})"

    def _due(self, context: CustomerContext) -> Iterator[str]:
        sla = self._brand.channels.get(context.channel)
        hours = (sla.sla_hours if sla else None) or load_channel(context.channel).sla_hours
        if hours and context.created_at:
            yield f"Asked at {context.created_at:%d %b %H:%M %Z}; an answer is due within {hours:g} h. (channel)"

    def _sources(self, drafts: Sequence[Draft], asked: Sequence[Asked]) -> Iterator[str]:
        """What the drafts rest on beside the answers above."""
        shown = {one.answer.passage.article for one in asked if one.answer is not None}
        for source in dict.fromkeys(source for draft in drafts for source in draft.sources):
            article = next((one for one in self._brand.knowledge.articles if one.id == source), None)
            if article is not None and source not in shown:
                yield f"A draft also draws on “{article.title}”. ({article.id})"


def _decisions(seen: Triage, brand: Brand) -> Iterator[str]:
    if not seen.reply:
        yield "No reply is due: nothing is asked of the brand here. (triage)"
    if seen.escalation:
        yield f"A specialist takes over: {_words(seen.escalation)}. Only a holding reply is drafted. (triage)"
    if seen.review:
        yield f"Possibly {_words(seen.review)}: have a person look before anything is said. (triage)"
    if seen.instructions:
        yield "The text holds instructions aimed at a machine; they were passed over. (message)"
    if seen.language not in (*brand.languages, "und"):
        yield f"Written in '{seen.language}', which the brand does not speak: needs a person or a model. (triage)"
    elif seen.language not in ("en", "und"):
        yield f"Written in '{seen.language}': the playbook is in English, so it needs a person or a model. (triage)"


def _who(context: CustomerContext) -> Iterator[str]:
    """The name and handle on show, and how many read along."""
    customer = context.customer
    handle = f"@{customer.handle.lstrip('@')}" if customer.handle else None
    shown = [one for one in (customer.name, handle) if one]
    if customer.followers:
        shown.append(f"{customer.followers:,} follower{'' if customer.followers == 1 else 's'}")
    if shown:
        yield f"From {', '.join(_safe(one, context) for one in shown)}. (customer)"


def _so_far(context: CustomerContext) -> Iterator[str]:
    """How often each side wrote in this thread, and the last words of each."""
    by = {role: [turn for turn in context.thread if turn.role == role] for role in ("brand", "customer", "other")}
    if by["customer"]:
        last = _quoted(by["customer"][-1].text, context)
        yield f"Wrote here {_times(len(by['customer']))} before, last: {last} (thread)"
    if by["brand"]:
        last = _quoted(by["brand"][-1].text, context)
        yield f"The brand has answered here {_times(len(by['brand']))} already, last: {last} (thread)"
    if by["other"]:
        last = _quoted(by["other"][-1].text, context)
        yield f"Others wrote here {_times(len(by['other']))}, last: {last} (thread)"


def _known(asked: Sequence[Asked], context: CustomerContext, seen: Triage) -> Iterator[str]:
    """Each ask with the passage that answers it, or that none does."""
    for one in asked:
        ask = f"{'Asked' if is_asking(one.ask) else 'Told'}: {_quoted(one.ask, context)}"
        if one.answer is None:
            if seen.escalation is None:
                yield f"{ask} Nothing we know answers it: find out, or say that you will. (knowledge)"
        elif one.answer.notice:
            text = one.answer.passage.text
            yield f"{ask} An incident notice covers it, word for word: {text} ({one.answer.passage.article})"
        else:
            told = [other.statement.text for other in one.told] or [passage.text for passage in one.said]
            said = _short(" ".join(told), TOLD)
            yield f"{ask} {'' if one.sure else 'Perhaps: '}{said} ({one.answer.passage.article})"


def _facts(context: CustomerContext) -> Iterator[str]:
    """What may be said of this case, and the names of what may not."""
    for fact in [one for one in context.facts if one.visibility == "public"][:MOST_FACTS]:
        yield f"May be said: {_words(fact.name)}: {_short(fact.value, TOLD)}. (facts)"
    hidden = [_words(fact.name) for fact in context.facts if fact.visibility != "public"]
    if hidden:
        yield f"Known and not to be said: {', '.join(hidden)}. (facts)"


def _unseen(context: CustomerContext) -> Iterator[str]:
    """What the message comes with or points at that can't be looked at from here."""
    for attachment in context.attachments:
        yield f"Comes with {attachment}, which Replywright can't see. (message)"
    if not context.attachments and _PICTURE.search(context.message):
        yield "Speaks of a picture; none came with it, so look at the post itself. (message)"
    links = list(dict.fromkeys(one.text for one in read_text(context.message).links))
    if links:
        yield f"Links to {', '.join(_short(one, 60) for one in links[:3])}, which was not opened. (message)"
    if found := _ELSEWHERE.search(context.message):
        yield f"Speaks of another conversation (“{found[1] or found[2]}”), which can't be seen from here. (message)"


def _day(view: PublicView) -> date:
    return (view.created_at or datetime.now(UTC)).date()


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _quoted(text: str, context: CustomerContext) -> str:
    return f"“{_short(_safe(text, context), QUOTED)}”"


def _safe(text: str, context: CustomerContext) -> str:
    """A text with the name of each private or internal fact in place of its value."""
    for fact in sorted(context.facts, key=lambda one: -len(one.value)):
        if fact.visibility != "public" and len(fact.value) > 2:
            text = regex.sub(regex.escape(fact.value), f"[{_words(fact.name)}]", text, flags=regex.I)
    return text


def _words(name: str) -> str:
    """A name as a person says it: "order number"."""
    return name.replace("_", " ")


def _short(text: str, most: int) -> str:
    """A text in one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
