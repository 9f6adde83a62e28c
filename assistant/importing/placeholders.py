"""What changes from customer to customer in a saved reply, however another tool writes it, as `{first_name}`."""

import re
from functools import cache
from pathlib import Path

from tone_rules.located import Document, read_text

_STYLES = re.compile(
    r"""
      \{\{\{?\s*(?P<double>[^{}\n]{1,80}?)\s*\}?\}\}      # {{customer.first_name}}, {{ name | fallback: "there" }}
    | \$\{\s*(?P<dollar>[^{}\n]{1,80}?)\s*\}              # ${name}
    | \#\{\s*(?P<hash>[^{}\n]{1,80}?)\s*\}                # #{name}
    | \{!\s*(?P<bang>[^{}\n]{1,80}?)\s*\}                 # {!Contact.FirstName}
    | \*\|(?P<mail>[A-Za-z][\w:]{0,60})\|\*               # *|FNAME|*
    | (?<!\w)%(?P<percent>[A-Za-z][\w.]{0,60})%           # %name%
    | <<\s*(?P<angles>[A-Za-z][\w. -]{0,60}?)\s*>>        # <<name>>
    | «\s*(?P<guillemets>[A-Za-z][\w. -]{0,60}?)\s*»      # a mail merge field
    | \{\s*(?P<single>[A-Za-z][\w. -]{0,60}?)\s*\}        # {name}
    | \[\[?\s*(?P<square>[A-Za-z][\w.' /-]{0,60}?)\s*\]\]?(?![(\[])   # [NAME], [First name]; a link is none
    | <\s*(?P<angle>[A-Za-z][\w. -]{0,60}?)\s*>           # <first name>; a tag of HTML is none
    """,
    re.VERBOSE,
)


def has_logic(text: str) -> bool:
    """Whether a text decides what it says by itself: `{% if ... %}`, `{{#if ...}}`."""
    return re.search(r"\{%|\{\{\s*[#/^]", text) is not None


def normalised(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with placeholders in braces, and those whose meaning is unknown, as they stood, each once.

    An unknown one is put in braces as well, so that no reply goes out with it unfilled. Square and angle brackets hold
    ordinary words too: they count where the name is known, and square ones where it is in capitals.
    """
    unknown: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        style, inner = str(found.lastgroup), found[str(found.lastgroup)]
        name = _name(inner)
        meaning = _meaning(name)
        if meaning is not None:
            return f"{{{meaning}}}"
        if not name or style == "angle" or (style == "square" and not inner.isupper()):
            return found[0]
        unknown[found[0]] = None
        return f"{{{name}}}"

    return _STYLES.sub(put, text), tuple(unknown)


def _name(inner: str) -> str:
    """`Contact.FirstName | fallback: "there"` as `contact_first_name`."""
    bare = re.split(r"[|,:]", inner, maxsplit=1)[0]
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", bare.replace("'", "").replace("’", ""))
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")


def _meaning(name: str) -> str | None:
    """What a name is known to mean, whole or by an end of two words or more: `ticket_requester_first_name`."""
    parts = name.split("_")
    ends = ("_".join(parts[start:]) for start in range(max(len(parts) - 1, 1)))
    return next((known for end in ends if (known := _known().get(end))), None)


@cache
def _known() -> dict[str, str]:
    path = Path(__file__).with_name("placeholders.yaml")
    table = Document(path, read_text(path, "the table of placeholders")).value
    return {name: meaning for meaning, names in table.items() for name in (meaning, *names)}
