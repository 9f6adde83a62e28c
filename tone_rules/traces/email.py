"""E-mail addresses: whole, read out, in disguise, or by the part before or after the @."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.atoms import atoms
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import listed
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Span

_ADDRESS = Lazy(r"(?<![\w.+%-])([\w.+%-]+)@([\w-]+(?:\.[\w-]+)+)")
_PROVIDERS = frozenset(
    listed(
        """gmail googlemail hotmail outlook yahoo icloud aol proton protonmail gmx live msn btinternet sky me mail web
        example test fastmail hey zoho yandex qq talktalk virginmedia ntlworld comcast verizon"""
    )
)
_BEFORE = Lazy(r"[\w.+%*•●-]*$")


class _Address(NamedTuple):
    """An address of a fact in letters and digits alone."""

    whole: str
    local: str
    telling: bool
    """The part before the @ is no common first name."""
    domain: str
    host: str
    """The telling label of the domain, or nothing where it is a provider's."""


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where an address of this fact shows; it stays private even where the customer posted it."""
    for one in _addresses(fact.value):
        spoken = reply.spoken
        spans = [
            *spoken.spans(one.whole, loose=True),
            *spoken.spans(one.whole[::-1]),
            *spoken.disguised(one.whole),
        ]
        if one.telling and not known.is_public(one.local):
            spans += [*spoken.spans(one.local), *spoken.disguised(one.local), *spoken.spans(one.local[::-1])]
        if one.host:
            spans += _domain(one, reply, known)
        if spans and not known.is_public(one.whole):
            yield from spans


def _domain(one: _Address, reply: Reading, known: Known) -> Iterator[Span]:
    """The domain, with what stands before the @ where there is one; its telling label where it stands as a word."""
    places = [found.span() for found in re.finditer(re.escape(one.domain), reply.text, re.IGNORECASE)]
    if not places and one.host not in reply.joined:
        return
    if any(f"@{one.domain}" in each.text.casefold() or one.domain in each.text.casefold() for each in known.public):
        return
    for start, end in places:
        if start and reply.text[start - 1] == "@":
            before = _BEFORE.search(reply.text, max(0, start - 65), start - 1)
            start = before.start() if before else start - 1
        yield start, end
    if len(one.host) >= 6 and not known.is_known(one.host):
        yield from reply.spoken.spans(one.host)


@lru_cache(maxsize=1024)
def _addresses(value: str) -> tuple[_Address, ...]:
    return tuple(_address(local, domain.casefold()) for local, domain in _ADDRESS.findall(value))


def _address(local: str, domain: str) -> _Address:
    joined = _joined(local)
    mixed = any(one.isdigit() for one in local) or any(one in "._-+" for one in local)
    host = domain.split(".")[0]
    return _Address(
        whole=joined + _joined(domain),
        local=joined,
        telling=len(joined) >= (5 if mixed else 7),
        domain=domain,
        host="" if host in _PROVIDERS else _joined(host),
    )


def _joined(part: str) -> str:
    return "".join(one.text for one in atoms(part))
