"""The one place where a `Situation` is built from a context and a brand, and where a reply is checked against both."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from assistant.brand import Brand, not_set_so
from assistant.brand_rules import rules_of
from assistant.context import CustomerContext, Surroundings, first_name
from assistant.languages import language_of, speaking, unread
from tone_rules.channels import load_channel
from tone_rules.engine import check as check_text
from tone_rules.errors import ConfigurationError
from tone_rules.finding import NotRun, Report
from tone_rules.located import nearest
from tone_rules.pack import MANIFEST, Pack, applying, load_pack, shipped
from tone_rules.situation import Fact, Situation, Source
from tone_rules.value import Value

if TYPE_CHECKING:
    from tone_rules.judging import Judge


class Length(Value):
    """How long a text is by its channel's own counting."""

    counted: int = Field(ge=0)
    limit: int | None = None


def check(
    text: str, context: Surroundings, brand: Brand, message: str | None = None, judge: "Judge | None" = None
) -> Report:
    """Check a reply as the brand would publish it.

    Args:
        text: the exact reply.
        context: what it answers, or what is known around it.
        brand: whose voice and rules hold.
        message: the customer's words where `context` is not a `CustomerContext`.
        judge: who answers rules in plain words; without one they do not run.

    A pack that is named and that does not ship counts as not run, so the verdict is never `pass`; so does a rule that
    reads English where the reply is in another language and no pack of the brand's own stands for it there.
    """
    code = language_of(text)
    packs, situation = _packs_for(brand, code), situation_of(context, brand, message)
    if judge is not None:
        from assistant.judging import judge_for

        judge = judge_for(judge, packs, text, situation)
    report = check_text(text, packs, situation, judge=judge)
    others = (*missing_packs(brand), *unread(code, packs, situation))
    return Report.of(report.findings, (*report.not_run, *others))


def length_of(text: str, context: Surroundings, brand: Brand) -> Length:
    """The counted length and the limit that holds: the brand's own for the channel, else the channel's."""
    channel = load_channel(context.channel)
    settings = brand.channels.get(context.channel)
    return Length(counted=channel.count(text), limit=(settings.limit if settings else None) or channel.limit)


def sla_hours(channel: str, brand: Brand) -> float | None:
    """Within how many hours an answer is due on a channel: the brand's own, else the channel's; None for neither."""
    settings = brand.channels.get(channel)
    return (settings.sla_hours if settings else None) or load_channel(channel).sla_hours


def situation_of(context: Surroundings, brand: Brand, message: str | None = None, on: date | None = None) -> Situation:
    """All that a rule may look at beside the reply.

    Args:
        context: a `CustomerContext`, or the surroundings of a reply that is checked by itself.
        brand: whose policies, articles, domains and industry hold.
        message: the customer's words where the context holds none.
        on: the day on which articles must still be valid; today by default.
    """
    if isinstance(context, CustomerContext):
        message = context.message
    return Situation(
        channel=context.channel,
        audience=context.audience,
        industry=brand.industry,
        compliance=brand.compliance,
        message=message,
        thread=context.thread,
        facts=(*context.facts, *_personal(context)),
        sources=tuple(_sources(context, brand, on or datetime.now(UTC).date())),
        allowed_domains=brand.allowed_domains,
        competitors=brand.competitors,
        agent=context.agent,
        first_reply=context.first_reply,
        recent_replies=context.recent_replies,
        voice=brand.voice,
    )


def _personal(context: Surroundings) -> Iterator[Fact]:
    """What is known of the customer and not on show, as private facts."""
    customer = context.customer
    shown = first_name(customer.name)
    if customer.name and shown and customer.name != shown:
        others = " ".join(word for word in customer.name.split() if word.lower() != shown.lower())
        if len(others) > 3 and others not in (customer.handle or ""):
            yield Fact(name="customer_surname", value=others, visibility="private", source="customer")
    if customer.segment:
        yield Fact(name="customer_segment", value=customer.segment, visibility="internal", source="customer")


def _sources(context: Surroundings, brand: Brand, on: date) -> Iterator[Source]:
    yield from (Source(id=one.id, kind="policy", text=one.text) for one in brand.policies)
    for article in brand.knowledge.articles:
        if article.usable(on):
            yield Source(id=article.id, kind=article.kind, text=article.text, url=article.url)
    shown = first_name(context.customer.name)
    if shown:
        yield Source(id="customer_name", kind="fact", text=shown)
    if context.customer.handle:
        yield Source(id="customer_handle", kind="fact", text=context.customer.handle)
    for name, value in brand.contact:
        if value:
            yield Source(id=f"contact.{name}", kind="fact", text=value)
    if brand.goodwill:
        yield Source(id="goodwill", kind="goodwill", text=brand.goodwill)
    yield from (
        Source(id=fact.name, kind="fact", text=fact.value) for fact in context.facts if fact.visibility == "public"
    )


CONFIRMING_NOTHING = frozenset({"finance", "healthcare", "pharma", "confidential"})
"""Packs of trades in which a reply names the topic and confirms no relationship."""


def confirms_nothing(brand: Brand) -> bool:
    """Whether a pack holds for a brand under which a reply may not confirm that somebody is its customer."""
    return not CONFIRMING_NOTHING.isdisjoint((*applying(brand.industry), *brand.compliance))


@lru_cache(maxsize=64)
def packs_of(brand: Brand, *, examples: bool = False) -> tuple[Pack, ...]:
    """Every pack that holds for a brand: for all brands, for its industry, named by it; its own words and own rules.

    Args:
        brand: whose packs.
        examples: whether the own examples of rules that ship are read as well.

    Raises:
        ConfigurationError: a required rule is lowered without a reason, or a rule of its own is wrong.
    """
    names = dict.fromkeys((*applying(brand.industry), *brand.compliance, *brand.packs))
    found = [load_pack(name, examples=examples) for name in names if name in shipped()]
    if brand.folder is not None and (brand.folder / "rules").is_dir():
        found += [_own(folder) for folder in sorted((brand.folder / "rules").iterdir()) if folder.is_dir()]
    own = dict(rules_of(brand))
    if own:
        found.append(Pack.of("Brand", own))
    found = [_voiced(pack, brand) if pack.name == "voice" else pack for pack in found]
    limits = {name: one.limit for name, one in brand.channels.items() if one.limit is not None}
    if limits:
        found = [pack.changed("Length", limits=limits) if pack.name == "channels" else pack for pack in found]
    return tuple(_adjusted(pack, brand) for pack in found)


def _own(folder: Path) -> Pack:
    """A style of the brand's own; what it stands for ships."""
    pack = Pack.load(folder)
    known = [*shipped(), *(one.id for name in shipped() for one in load_pack(name).rules)] if pack.stands_for else []
    unknown = next((one for one in pack.stands_for if one not in known), None)
    if unknown is not None:
        raise ConfigurationError.at(
            folder / MANIFEST, f"stands_for: no pack or rule '{unknown}' ships; {nearest(unknown, known)}"
        )
    return pack


@lru_cache(maxsize=64)
def _packs_for(brand: Brand, code: str) -> tuple[Pack, ...]:
    """The packs that hold for a brand's replies in a language."""
    return speaking(packs_of(brand), code)


def _voiced(pack: Pack, brand: Brand) -> Pack:
    """The voice pack with the brand's languages, and with its reading grade where it sets one."""
    pack = pack.changed("Language", languages=list(brand.languages))
    grade = brand.voice.reading_grade
    return pack if grade is None else pack.changed("ReadingGrade", grade=grade)


def _adjusted(pack: Pack, brand: Brand) -> Pack:
    """A pack as a brand sets its rules and, where it only guides, with the brand's own terms for its vocabulary."""
    for rule in pack.rules:
        setting = brand.rules.get(rule.id)
        wrong = not_set_so(rule, setting) if setting else None
        if wrong:
            where = (brand.folder / "brand.yaml") if brand.folder else brand.name
            raise ConfigurationError.at(where, f"rules: '{rule.id}' {wrong}")
        if setting and setting.exceptions:
            known = getattr(rule.definition, "exceptions", ())
            pack = pack.changed(rule.id, exceptions=[*known, *setting.exceptions])
    levels = {name: one.level for name, one in brand.rules.items() if one.level is not None}
    pack = pack.adjusted(levels) if levels else pack
    return pack if pack.required else pack.accepting(brand.words_to_use)


def missing_packs(brand: Brand) -> tuple[NotRun, ...]:
    """The packs that a line's `compliance` names and that do not ship: shown as not run."""
    reason = "no pack of this name ships; mend the name, or have a person check what it stands for"
    return tuple(NotRun(rule=f"{name}.*", reason=reason) for name in brand.compliance if name not in shipped())
