"""Names: of a customer all but the first; of anybody else the brand keeps to itself, every part."""

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

_CUSTOMER = Lazy(
    r"(?:^|_)(?:full_?name|legal_name|real_name|customer(?:_name)?|client(?:_name)?|patient(?:_name)?|guest(?:_name)?|"
    r"member_name|(?:account_?|card_?|policy_?)?holder(?:_name)?|contact_name|recipient|buyer|passenger(?:_name)?|"
    r"tenant_name|subscriber_name|name_on_\w+)$|^name$",
    re.IGNORECASE,
)
_ANYBODY = Lazy(
    r"(?:^|_)(?:surname|(?:last|family|maiden|full|first|child|given|middle|staff|pet)_?name|driver|courier|engineer|"
    r"technician|employee|staff|agent|colleague|manager|picker|guardian|partner|spouse|husband|wife|mother|father|son|"
    r"daughter|brother|sister|child|next_of_kin|emergency_contact|doctor|gp|consultant|therapist|solicitor|landlord|"
    r"neighbou?r|operator|rep|adviser|advisor|handler|reported_by|caller)(?:_name|_full_name|_of_\w+)?$",
    re.IGNORECASE,
)
_TITLES = frozenset(listed("mr mrs ms miss mx dr prof sir madam lady lord"))
_WORDS_TOO = frozenset(
    listed(
        """long short young old small best good free price day week post case mark will may june april august grace hope
        bill sue pat rob drew marsh cook baker smith mason hill lane field wood woods stone rose lily ivy daisy summer
        winter frost snow rain king knight page bell ball fox wolf bird hart park parks green brown white black gray
        reed rich poor sharp swift strong wise moody sweet holiday love friend major chance penny dollar cash banks ford
        bridges rivers brook lake waters west east north south church abbey temple art glass gold silver early noble
        power pope prince duke earl dean bishop butler carter cooper turner walker rider fisher hunter singer taylor
        hall street place bush moss thorn cross close moon sun storm"""
    )
)
"""Names that open sentences as plain words."""
_PARTICLES = frozenset(listed("van von de der den la le du di da del bin al el st jr sr"))
_SPACED = Lazy(r"\w(?:\W{1,3}\w){3,}")
"""Letters one by one."""
_INITIAL = Lazy(r"\s[A-Z]$")
_HANDLE = Lazy(r"(?<![\w.])@[\w.]+")


class _Name(NamedTuple):
    """A name's parts: those that tell, and the first, which a customer's reply may use."""

    told: tuple[str, ...]
    first: str | None
    whole: str
    last_initial: str | None


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the telling part of a name shows: with a capital, after a title or the first name, or in disguise."""
    name = _name(fact.name, fact.value)
    if name is None:
        return
    spans: list[Span] = []
    for part in name.told:
        found = [span for span in _written(part, reply) if _is_name(reply, span, name.first)]
        found += [*reply.disguised(part), *(reply.spans(part[::-1]) if len(part) >= 5 else ())]
        if found and not known.is_known(part):
            spans += found
    if not spans and name.whole:
        found = [*reply.spans(name.whole), *reply.spans(name.whole[::-1])]
        found = [span for span in found if " " not in reply.text[slice(*span)] or reply.text[span[0]].islower()]
        if found and not known.is_known(name.whole):
            spans += found
    if not spans and name.first and name.last_initial:
        initial = name.first + name.last_initial
        found = [span for span in reply.spans(initial) if _INITIAL.search(reply.text[slice(*span)])]
        if found and not known.is_known(initial):
            spans += found
    if spans:
        handles = [found.span() for found in _HANDLE.finditer(reply.text)]
        yield from (one for one in spans if not any(start <= one[0] and one[1] <= end for start, end in handles))


@lru_cache(maxsize=1024)
def _name(name: str, value: str) -> _Name | None:
    customer = bool(_CUSTOMER.search(name))
    if not customer and not _ANYBODY.search(name):
        return None
    value = _in_order(value)
    parts = [one for one in value.split() if one.strip(".").casefold() not in _TITLES]
    if len(parts) > 4 or any(one.isdigit() for one in value):
        return None
    told = parts[1:] if customer else parts
    halves = (half for one in told for half in re.split(r"[-‐‑]", one))
    wanted = (_joined(part) for part in dict.fromkeys([*told, *halves]))
    first = _joined(parts[0]) if parts else ""
    last = _joined(parts[-1]) if len(parts) > 1 else ""
    return _Name(
        told=tuple(one for one in wanted if len(one) >= 3 and one not in _PARTICLES),
        first=first if customer and first else None,
        whole=_joined(value) if len(parts) > 1 else "",
        last_initial=last[:1] or None,
    )


def _in_order(value: str) -> str:
    """The name alone, first name first: of `Lisle, Hannah` as of `Hannah Lisle, account holder`."""
    before, *after = re.split(r"[,(;]", value)
    if "," in value and len(before.split()) == 1 and after[0].strip()[:1].isupper():
        return f"{after[0]} {before}"
    return before


def _written(part: str, reply: Reading) -> Iterator[Span]:
    """The name, also of the whole family: `the Thornes`."""
    yield from reply.spans(part)
    if part[-1] != "s":
        yield from (span for span in reply.spans(f"{part}s") if reply.text[slice(*span)].isalnum())


def _is_name(reply: Reading, span: Span, first: str | None) -> bool:
    """A capital inside a sentence, or after a title or the first name: `Long` in "Ms Long", not in "Long waits"."""
    start, end = span
    found = reply.text[start:end]
    before = reply.text[:start].rstrip()
    word = re.sub(r"\W", "", before.split()[-1]).casefold() if before.split() else ""
    opens = not before or before[-1] in ".!?\n:"
    if word in _TITLES or (first is not None and word == first and not opens):
        return found[:1].isupper() or len(found) >= 4
    if not found[:1].isupper():
        return found.casefold() not in _WORDS_TOO and (reply.lower or bool(_SPACED.fullmatch(found)))
    if found.isupper() and len(found) >= 3 and found.casefold() in _WORDS_TOO:
        return not reply.text.isupper()
    return not opens or found.casefold() not in _WORDS_TOO or not reply.text[end : end + 1].isspace()


def _joined(part: str) -> str:
    return "".join(one.text for one in atoms(part))
