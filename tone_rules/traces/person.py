"""Names: of a customer all but the first; of anybody else the brand keeps to itself, every part."""

import re
from collections.abc import Iterator

from tone_rules.formats.atoms import atoms
from tone_rules.formats.words import listed
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_CUSTOMER = re.compile(
    r"(?:^|_)(?:full_?name|customer(?:_name)?|client(?:_name)?|patient(?:_name)?|guest(?:_name)?|member_name|"
    r"(?:account_?|card_?|policy_?)?holder(?:_name)?|contact_name|recipient|buyer|name_on_\w+)$|^name$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"(?:^|_)(?:surname|(?:last|family|maiden|full|first|child|given)_?name|driver|courier|engineer|technician|"
    r"employee|staff|agent|colleague|manager|picker|guardian|partner|spouse|husband|wife|mother|father|son|daughter|"
    r"brother|sister|child|next_of_kin|doctor|gp|consultant|neighbou?r)(?:_name|_of_\w+)?$",
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
        power pope prince duke earl dean bishop butler carter cooper turner walker rider fisher hunter singer taylor"""
    )
)
"""Names that open sentences as plain words."""
_PARTICLES = frozenset(listed("van von de der den la le du di da del bin al el st jr sr"))


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the telling part of a name shows, written with a capital."""
    customer = bool(_CUSTOMER.search(fact.name))
    if not customer and not _ANYBODY.search(fact.name):
        return
    value = _in_order(fact.value)
    parts = [one for one in value.split() if one.strip(".").casefold() not in _TITLES]
    if len(parts) > 4 or any(one.isdigit() for one in value):
        return
    told = parts[1:] if customer else parts
    for part in dict.fromkeys([*told, *(half for one in told for half in re.split(r"[-‐‑]", one))]):
        wanted = "".join(one.text for one in atoms(part))
        if len(wanted) < 3 or wanted in _PARTICLES or known.is_known(wanted):
            continue
        first = parts[0] if customer else None
        yield from (span for span in reply.spans(wanted) if _is_name(reply, span, first))


def _in_order(value: str) -> str:
    """The name alone, first name first: of `Lisle, Hannah` as of `Hannah Lisle, account holder`."""
    before, *after = re.split(r"[,(;]", value)
    if "," in value and len(before.split()) == 1 and after[0].strip()[:1].isupper():
        return f"{after[0]} {before}"
    return before


def _is_name(reply: Reading, span: Span, first: str | None) -> bool:
    """A capital inside a sentence, or after a title or the first name: `Long` in "Ms Long", not in "Long waits"."""
    start, end = span
    if not reply.text[start:end][:1].isupper():
        return False
    before = reply.text[:start].rstrip()
    word = re.sub(r"\W", "", before.split()[-1]).casefold() if before.split() else ""
    opens = not before or before[-1] in ".!?\n:"
    if word in _TITLES or (first is not None and word == first.casefold() and not opens):
        return True
    return not opens or reply.text[start:end].casefold() not in _WORDS_TOO or not reply.text[end : end + 1].isspace()
