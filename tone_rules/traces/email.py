"""E-mail addresses: whole, read out, or by the part before the @."""

import re
from collections.abc import Iterator

from tone_rules.formats.atoms import atoms
from tone_rules.formats.words import listed
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_ADDRESS = re.compile(r"(?<![\w.+%-])([\w.+%-]+)@([\w-]+(?:\.[\w-]+)+)")
_SPOKEN = frozenset(listed("at dot point underscore dash hyphen minus plus"))
_PROVIDERS = frozenset(
    listed("gmail googlemail hotmail outlook yahoo icloud aol proton protonmail gmx live msn btinternet sky me mail")
)


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where an address of this fact shows; it stays private even where the customer posted it."""
    for local, domain in _ADDRESS.findall(fact.value):
        whole = "".join(one.text for one in atoms(f"{local} {domain}"))
        if known.is_public(whole):
            continue
        spoken = Reading(reply.text)
        spoken.__dict__["atoms"] = tuple(one for one in reply.atoms if one.text not in _SPOKEN)
        yield from spoken.spans(whole, loose=True)
        if _telling(local, known):
            yield from spoken.spans("".join(one.text for one in atoms(local)))
        if domain.split(".")[0].casefold() not in _PROVIDERS and not any(
            f"@{domain}" in one.text for one in known.public
        ):
            at = reply.text.casefold().find(f"@{domain}".casefold())
            if at >= 0:
                start = max(reply.text.rfind(" ", 0, at), reply.text.rfind("\n", 0, at)) + 1
                yield start, at + len(domain) + 1


def _telling(local: str, known: Known) -> bool:
    joined = "".join(one.text for one in atoms(local))
    mixed = any(one.isdigit() for one in local) or any(one in "._-+" for one in local)
    return len(joined) >= (5 if mixed else 7) and not known.is_public(joined)
