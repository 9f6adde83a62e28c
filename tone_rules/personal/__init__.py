"""Personal data in a text, whoever's it is: one file an entity, its `spans(text)` told by shape, check digits and cues.

Names are Presidio's where it has one. Nothing of an entity is loaded before a text holds a digit or an @, or names a
street; what an entity has found is blotted out for those after it, so that no two spans overlap.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

_GATES: dict[str, tuple[int, tuple[str, ...]]] = {
    "EMAIL_ADDRESS": (0, ("@", "(at)", "[at]")),
    "IBAN_CODE": (7, ()),
    "CREDIT_CARD": (12, ()),
    "US_SSN": (9, ()),
    "UK_NINO": (6, ()),
    "UK_NHS": (10, ("nhs",)),
    "NATIONAL_ID": (7, ()),
    "PASSPORT": (5, ("passport", "licen")),
    "BANK_ACCOUNT": (6, ("sort", "acc", "routing")),
    "PHONE_NUMBER": (6, ()),
    "STREET_ADDRESS": (0, ()),
    "ZIP_CODE": (2, ()),
}
"""What a text must hold before an entity's file is loaded: so many digits, and one of the words if there are any.

The surer shape stands first.
"""

ENTITIES = tuple(_GATES)
"""Every entity, in the order in which they are looked for."""

_BLOT = "\0"
_NOT_DATA = re.compile(r"https?://\S+|(?<![\w.])[@#]\w+")
"""Links, mentions and topics: digits in them are nobody's."""
WORTH_A_LOOK = r"(?i)[0-9@]|[(\[]at[)\]]"
"""What there is in every text with personal data in it, streets without a number aside."""
_WORTH_A_LOOK = re.compile(WORTH_A_LOOK)
_STREET = re.compile(r"(?i)\b(?:st|str|street|road|avenue|ave)\b")


class Personal(NamedTuple):
    """One piece of personal data, in characters of the text."""

    entity: str
    """One of `ENTITIES`."""
    start: int
    end: int


def find(text: str, entities: Collection[str] | None = None) -> tuple[Personal, ...]:
    """All personal data in a text.

    Args:
        text: any text; the time grows with its length alone.
        entities: those of `ENTITIES` to look for; None is all of them.

    Returns:
        What was found, by its place; no two overlap. A street without a house number is found too.

    Raises:
        ValueError: an entity that isn't in `ENTITIES`.
    """
    unknown = set(entities or ()) - set(ENTITIES)
    if unknown:
        raise ValueError(f"no entity {sorted(unknown)}: choose from {', '.join(ENTITIES)}")
    if not _WORTH_A_LOOK.search(text) and not _STREET.search(text):
        return ()
    wanted = frozenset(ENTITIES if entities is None else entities)
    return tuple(one for one in _found(text, alone="ZIP_CODE" in wanted) if one.entity in wanted)


@lru_cache(maxsize=64)
def _found(text: str, *, alone: bool) -> tuple[Personal, ...]:
    """What was found; kept, as several rules ask about one reply. `alone`: also postal codes outside of an address."""
    found: list[Personal] = []
    text = _NOT_DATA.sub(lambda link: _BLOT * len(link[0]), text)
    lower, digits = text.casefold(), sum(map(str.isdigit, text))
    for entity, (least, cues) in _GATES.items():
        if digits < least or (cues and not any(cue in lower for cue in cues)) or (entity == "ZIP_CODE" and not alone):
            continue
        for start, end in import_module(f"tone_rules.personal.{entity.lower()}").spans(text):
            text = text[:start] + _BLOT * (end - start) + text[end:]
            found.append(Personal(entity, start, end))
    return tuple(sorted(found, key=lambda one: one.start))
