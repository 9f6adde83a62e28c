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
    r"(?:^|_)(?:surname|last_?name|family_?name|maiden_?name|driver|courier|engineer|technician|employee|staff|"
    r"colleague|guardian|partner|spouse|husband|wife|next_of_kin|doctor|gp|consultant|neighbou?r)(?:_name)?$",
    re.IGNORECASE,
)
_TITLES = frozenset(listed("mr mrs ms miss mx dr prof sir madam lady lord"))
_PARTICLES = frozenset(listed("van von de der den la le du di da del bin al el st jr sr"))


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where the telling part of a name shows, written with a capital."""
    customer = bool(_CUSTOMER.search(fact.name))
    if not customer and not _ANYBODY.search(fact.name):
        return
    value = re.split(r"[,(;]", fact.value)[0] if "," not in fact.value else " ".join(reversed(fact.value.split(",")))
    parts = [one for one in value.split() if one.strip(".").casefold() not in _TITLES]
    if len(parts) > 4 or any(one.isdigit() for one in value):
        return
    for part in parts[1:] if customer else parts:
        wanted = "".join(one.text for one in atoms(part))
        if len(wanted) < 3 or wanted in _PARTICLES or any(one.holds(wanted) for one in known.both()):
            continue
        first = parts[0] if customer else None
        yield from (span for span in reply.spans(wanted) if _is_name(reply, span, first))


def _is_name(reply: Reading, span: Span, first: str | None) -> bool:
    """A capital inside a sentence, or after a title or the first name: `Long` in "Ms Long", not in "Long waits"."""
    start, end = span
    if not reply.text[start:end][:1].isupper():
        return False
    before = reply.text[:start].rstrip()
    word = re.sub(r"\W", "", before.split()[-1]).casefold() if before.split() else ""
    if word in _TITLES or (first is not None and word == first.casefold()):
        return True
    opens = not before or before[-1] in ".!?\n:"
    return not opens or not reply.text[end : end + 1].isspace()
