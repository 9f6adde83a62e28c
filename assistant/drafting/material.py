"""What a chat model is told about one message: the brand's voice and rules, what may be said, what to leave alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import regex

from assistant.brand import Brand
from assistant.checking import confirms_nothing, length_of, packs_of
from assistant.context import PublicView, Surroundings
from assistant.drafting.answer import Library, library_of
from assistant.drafting.asking import without_instructions
from assistant.drafting.examples import Examples
from assistant.drafting.reach import Reach
from assistant.drafting.signing import signed
from assistant.triage import Triage
from prompts import neutral, rules_of
from tone_rules.channels import UNITS, load_channel
from tone_rules.content import stems
from tone_rules.pack import Pack, shipped
from tone_rules.readings.language import UNKNOWN, language, profiles
from tone_rules.situation import Fact, Source, Voice

LONGEST = 12_000
"""Characters of a message, or of all turns of a thread, that are shown."""
ROOM, WIDE_ROOM = 9_000, 24_000
"""Characters of articles and policies; the second where the message is in another language than they are, so that no
search can choose among them."""
ARTICLE = 3_000
"""Characters of one article."""
MOST_POLICIES, MOST_ARTICLES, MOST_EXAMPLES, MOST_RECENT, MOST_TURNS, MOST_OWN_RULES = 5, 5, 3, 3, 12, 30
_NEAR = 0.05
"""The part of the best passage's trust from which an article is shown too."""
_CHANNEL_RULES = 2
_SHARED = 3
"""Stems that a cleared wording shares with a message that it may be meant for."""
_SIDES = (
    ("funny_serious", "funny", "serious"),
    ("formal_casual", "formal", "casual"),
    ("respectful_irreverent", "respectful", "irreverent"),
    ("enthusiastic_matter_of_fact", "enthusiastic", "matter-of-fact"),
)
_LEANS = 0.15
"""How far from the middle a dimension of a voice says something."""
_LABEL = regex.compile(r"[^\w .:-]+")
_CLEARED = ("notice", "wording")


class Material(NamedTuple):
    """The gaps of the prompts `reply` and `repair`, and what of them an answer is held to."""

    values: Mapping[str, Any]
    offered: frozenset[str]
    """Ids that a draft may name as its sources."""
    language: str
    """The code of the language to answer in."""
    wording: str | None
    """A notice that answers the message, to stand in every draft word for word."""
    cleared: Mapping[str, str]
    """Cleared texts by id: whoever names one as a source uses it word for word."""
    signature: str | None


def gather(
    brand: Brand, view: PublicView, triage: Triage, private: Sequence[Fact] = (), examples: Examples | None = None
) -> Material:
    """All that a model is told about one message, beside how many drafts are wanted.

    Args:
        brand: whose voice, rules and knowledge hold.
        view: the message; nothing of it is private.
        triage: what a first reading found.
        private: facts that a setting lets the model be told.
        examples: replies that the brand approved.
    """
    day = (view.created_at or datetime.now(UTC)).date()
    library = library_of(brand.knowledge, day)
    message = without_instructions(view.message, triage)[:LONGEST]
    code, in_words_of = _language(brand, view, triage)
    facts = tuple(_facts(brand, view))
    notice = _notice(library, view, message, code)
    sources = (notice,) if notice else tuple(_sources(brand, library, view, message, code, day))
    packs = [one for one in packs_of(brand) if _looks_at(one, view)]
    settings = brand.channels.get(view.channel)
    signature = signed((settings.signature if settings else None) or brand.signature, view)
    dial = (settings.personalisation if settings else None) or brand.personalisation
    counted = length_of(f" {signature}" if signature else "", Surroundings(channel=view.channel), brand)
    named = brand.name.lower() in (signature or "").lower()
    values: dict[str, Any] = {
        "brand": brand.name,
        "industry": brand.industry,
        "voice": in_words(brand.voice),
        "words_to_use": brand.words_to_use,
        "words_to_avoid": [_avoided(one.word, one.replace, one.instead) for one in brand.words_to_avoid],
        "naming": "topic" if confirms_nothing(brand) else "none" if dial in ("none", "name") else "issue",
        "signer": view.agent.name if view.agent and signature else None,
        "signature": signature,
        "disclose": view.channel in ("reddit", "forum") and not named,
        "limit": None if counted.limit is None else counted.limit - counted.counted,
        "unit": UNITS[load_channel(view.channel).counting],
        "language": in_words_of,
        "rules": (*rules_of(one.name for one in packs), *_own_rules(packs)),
        "channel": view.channel,
        "audience": view.audience,
        "first_name": view.first_name if dial != "none" else None,
        "intents": [one.replace("_", " ") for one in triage.intents if one != "other"],
        "sentiment": triage.sentiment,
        "sarcasm": triage.sarcasm,
        "review": triage.review.replace("_", " ") if triage.review else None,
        "unseen": [_label(one) for one in view.attachments],
        "withheld": [] if private else [_label(one) for one in view.withheld],
        "private": [one.model_copy(update={"name": _label(one.name)}) for one in private],
        "facts": facts,
        "sources": sources,
        "kinds": {one.kind for one in sources},
        "notice": notice,
        "examples": examples.nearest(message, view.channel, MOST_EXAMPLES) if examples else (),
        "recent": view.recent_replies[:MOST_RECENT],
        "beside": (),
        "thread": _turns(view),
        "message": message,
    }
    return Material(
        values=values,
        offered=frozenset(one.id for one in (*facts, *sources)),
        language=code,
        wording=notice.text if notice else None,
        cleared={one.id: one.text for one in sources if one.kind in _CLEARED},
        signature=signature,
    )


def in_words(voice: Voice) -> str:
    """A voice as a writer is told it: the sides that it leans to, its bounds, and the brand's own notes."""
    leans = []
    for name, first, second in _SIDES:
        value = getattr(voice, name)
        if abs(value - 0.5) >= _LEANS:
            leans.append(f"{'rather ' if 0.25 < value < 0.75 else ''}{first if value < 0.5 else second}")
    told = ", ".join(leans) or "plain and friendly"
    bounds = [
        f"{what.format(value)}{'s' if value != 1 and not what.endswith('{}') else ''}"
        for what, value in (
            ("sentences of at most {} word", voice.sentence_words),
            ("at most {} exclamation mark", voice.exclamation_marks),
            ("at most {} emoji", voice.emoji),
        )
        if value is not None
    ]
    return "; ".join(filter(None, [told, *bounds, voice.notes]))


def _avoided(word: str, replace: str | None, instead: str | None) -> str:
    return f"“{word}” ({f'say “{replace}”' if replace else instead})" if replace or instead else f"“{word}”"


def _label(name: str) -> str:
    """A name from elsewhere as it may stand outside the fences."""
    return " ".join(_LABEL.sub(" ", neutral(name)).split())[:60] or "something"


def _language(brand: Brand, view: PublicView, triage: Triage) -> tuple[str, str]:
    """The code of the language to answer in, and the same as a writer is told it."""
    spoken = [one.partition("-")[0] for one in brand.languages] or ["en"]
    theirs = triage.language.partition("-")[0]
    if theirs == UNKNOWN:
        hinted = (view.language or "").partition("-")[0]
        theirs = hinted if hinted in spoken else spoken[0]
    names = profiles().names
    if theirs in spoken:
        return theirs, f"in {names.get(theirs, theirs)}"
    ours = names.get(spoken[0], spoken[0])
    return spoken[0], f"in plain {ours} (they write {names.get(theirs, theirs)}, which {brand.name} doesn't speak)"


def _facts(brand: Brand, view: PublicView) -> Iterator[Source]:
    """What may be said beside what is published: public facts, and where the brand can be reached."""
    for fact in view.facts:
        yield Source(id=_label(fact.name), kind="fact", text=fact.value)
    reach = Reach.of(brand, view)
    if reach.way and view.audience == "public":
        yield Source(id="contact.dm", kind="fact", text=f"In private: {reach.way_do}.")
    for name in ("phone", "help_url", "safety", "status"):
        value = getattr(brand.contact, name)
        if value:
            yield Source(id=f"contact.{name}", kind="fact", text=value)


def _sources(brand: Brand, library: Library, view: PublicView, message: str, code: str, day: date) -> Iterator[Source]:
    """What the brand has published that is nearest to the message, up to the room there is."""
    wanted = stems(message)
    foreign = language(message) not in (UNKNOWN, "en")
    room = WIDE_ROOM if foreign else ROOM
    if brand.goodwill and view.audience == "private":
        yield Source(id="goodwill", kind="goodwill", text=brand.goodwill)
    shared = {one: len(wanted & stems(one.text)) for one in brand.policies}
    least = max(1, max(shared.values(), default=0) // 2)
    near_policies = [one for one in sorted(shared, key=lambda one: -shared[one]) if foreign or shared[one] >= least]
    for policy in near_policies if foreign else near_policies[:MOST_POLICIES]:
        if len(policy.text) <= room // 2:
            room -= len(policy.text)
            yield Source(id=policy.id, kind="policy", text=policy.text)
    articles = {one.id: one for one in brand.knowledge.articles if one.usable(day)}
    hits = library.ranked(view, message)
    trusted = hits[0].trust * _NEAR if hits else 0.0
    ranked = dict.fromkeys(hit.passage.article for hit in hits if hit.trust >= trusted)
    near = [articles[one] for one in ranked if one in articles][:MOST_ARTICLES]
    if foreign:
        near += [one for one in articles.values() if one not in near and one.kind != "wording"]
    near += [one for one in articles.values() if one.kind == "wording" and len(wanted & stems(one.text)) >= _SHARED]
    for article in near:
        text = article.text.strip()
        if article.kind in _CLEARED and (language(text) not in (UNKNOWN, code) or len(text) > room):
            continue
        text = text if len(text) <= ARTICLE or article.kind in _CLEARED else text[:ARTICLE].rsplit(None, 1)[0] + " …"
        if len(text) <= room:
            room -= len(text)
            shown = text if article.kind in _CLEARED else f"{article.title}\n{text}"
            yield Source(id=article.id, kind=article.kind, text=shown, url=article.url)


def _notice(library: Library, view: PublicView, message: str, code: str) -> Source | None:
    """The incident's notice that answers the message; none in another language than the answer's."""
    answers = library.answers(view, message)
    found = next((one for one in answers if one.notice), None)
    if found is None or language(found.passage.text) not in (UNKNOWN, code):
        return None
    return Source(id=found.passage.article, kind="notice", text=found.passage.text)


def _turns(view: PublicView) -> list[Any]:
    room, turns = LONGEST, []
    for turn in reversed(view.thread[-MOST_TURNS:]):
        room -= len(turn.text)
        if room < 0:
            break
        turns.append(turn)
    return turns[::-1]


def _looks_at(pack: Pack, view: PublicView) -> bool:
    """Whether a pack is for replies like this: two of its rules look at the channel, where it names channels."""
    whens = [one.definition.when for one in pack.rules if one.definition.when.audience in (None, view.audience)]
    named = [one for one in whens if one.channel]
    return bool(whens) and sum(view.channel in one.channel for one in named) >= min(_CHANNEL_RULES, len(named))


def _own_rules(packs: Sequence[Pack]) -> list[str]:
    """The rules of the brand's own styles, by what they say of themselves."""
    known = shipped()
    own = (rule.definition for pack in packs if pack.name not in known and pack.name != "Brand" for rule in pack.rules)
    said = (getattr(one, "rule", None) or one.description or one.message.replace("%s", "…") for one in own)
    return list(dict.fromkeys(" ".join(neutral(one).split()) for one in said if one))[:MOST_OWN_RULES]
