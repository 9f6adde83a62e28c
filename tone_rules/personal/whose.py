"""Whose a piece of personal data is, as far as the words in front of it and the situation tell."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from tone_rules.personal import Personal
from tone_rules.personal.cues import after, before
from tone_rules.situation import Situation

Whose = Literal["brand", "person", "unknown"]

_KINDS = (
    r"(?:tele)?(?:phone|mobile|cell|contact|home|work|daytime|landline|whatsapp|registered|new|old|current|billing"
    r"|delivery|shipping|postal|full|house|flat|e-?mail|account)"
)
_PERSONS = re.compile(
    rf"(?i)\b(?:your|his|her|(?:customer|husband|wife|partner|mother|father|mum|mom|dad|son|daughter|friend)[’']s)\s"
    rf"(?:{_KINDS}\s){{0,2}}(?:number|phone|mobile|cell|landline|whatsapp|address|e-?mail|home|house|flat|inbox|mailbox)\b"
    r"(?![’']|\s(?:for|to)\b)[^.!?\n]{0,30}$"
    r"|\b(?:call|ring|phone|text|reach|contact|tried|try|message|called|rang|e-?mail|e-?mailed|texted|messaged|write to"
    r"|wrote to|written to|reply to|replied to|get back to|visit)\s(?:you|him|her|mr|mrs|ms)\b[^.!?\n]{0,30}$"
    r"|\b(?:number|mobile|phone|e-?mail|address)\s(?:that\s)?(?:you|we|I)\s(?:have|hold|gave|left|sent|posted)\b"
    r"[^.!?\n]{0,30}$"
    r"|\b(?:you|he|she|customer)\s(?:still\s)?(?:live|lives|living|moved|reside)\b[^.!?\n]{0,20}$"
    r"|\byou(?:[’']re|\sare|\swere)\s(?:still\s|now\s)?(?:at|on)\s$"
    r"|\b(?:texted|called|rang|phoned|e-?mailed|messaged)\s(?:it\sto\s)?$"
    r"|\b(?:delivered|delivery|delivering|sent|shipped|dispatched|posted|on its way|going|goes|addressed|redirected)"
    r"\s(?:(?:it|them|your\s\w+|the\s\w+)\s)?(?:out\s)?to\s$"
    r"|\b(?:left|dropped)\s(?:it|them|your\s\w+|the\s\w+)\s(?:off\s)?at\s$"
    r"|\b(?:registered|linked|tied)\s(?:to|under|with|at)\s$"
)
_PERSONS_AFTER = re.compile(
    r"(?i)[^.!?\n]{0,20}\b(?:on\s(?:file|record|(?:the|your|this)\s(?:account|order|booking|profile))"
    r"|still\s(?:your|right|correct|current|yours)|yours)\b"
)
_BRANDS = re.compile(
    r"(?i)\b(?:us|our|ours|me|call|ring|dial|phone|text|tel|line|helpline|hotline|freephone|toll[- ]free|team|support"
    r"|service|care|desk|office|shop|store|branch|clinic|showroom|depot|warehouse|studio|write to|e-?mail|contact"
    r"|whatsapp|reach out|visit|press|complaints?|safety|samaritans|police|emergency)\b[^.!?\n]{0,30}$"
)


def whose(one: Personal, text: str, situation: Situation) -> Whose:
    """Whose it is.

    Args:
        one: what was found.
        text: the reply that it was found in.
        situation: what is known around the reply.

    Returns:
        `brand` for what sources, public facts or the brand's own posts hold, for a mailbox at an allowed domain, and
        where the words offer it as a way to the brand; `person` for what the customer posted, and where the words call
        it somebody's; else `unknown`.
    """
    value = text[one.start : one.end]
    if is_published(one.entity, value, situation):
        return "brand"
    if any(_holds(one.entity, said, value) for said in said_by_customer(situation)):
        return "person"
    ahead = before(text, one.start, 70)
    if _PERSONS.search(ahead) or _PERSONS_AFTER.match(after(text, one.end)):
        return "person"
    return "brand" if _BRANDS.search(ahead) else "unknown"


def is_published(entity: str, value: str, situation: Situation) -> bool:
    """Whether the brand has published a value: in a source, a public fact, a post, or as a mailbox at its domain."""
    if entity == "EMAIL_ADDRESS":
        domain = value.rpartition("@")[2].casefold()
        if any(domain == one or domain.endswith("." + one) for one in map(_bare, situation.allowed_domains)):
            return True
    return any(_holds(entity, known, value) for known in _published(situation))


def said_by_customer(situation: Situation) -> Iterator[str]:
    """What the customer and others posted in the thread."""
    if situation.message:
        yield situation.message
    yield from (turn.text for turn in situation.thread if turn.role != "brand")


def _published(situation: Situation) -> Iterator[str]:
    for source in situation.sources:
        yield source.text
        if source.url:
            yield source.url
    yield from (fact.value for fact in situation.facts if fact.visibility == "public")
    yield from (turn.text for turn in situation.thread if turn.role == "brand")


def _holds(entity: str, text: str, value: str) -> bool:
    """Whether a text holds a value, in whatever spacing; of a telephone number, with or without its country."""
    if entity == "PHONE_NUMBER":
        digits = re.sub(r"\D", "", re.split(r"(?i)x|ext", value)[0])
        return bool(digits) and digits[-9:] in re.sub(r"\D", "", text)
    if entity == "STREET_ADDRESS":
        value = re.split(r"[,\n]", value)[0]
    return _folded(value) in _folded(text)


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _bare(domain: str) -> str:
    return domain.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
