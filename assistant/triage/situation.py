"""What a message says beside its intents: what is asked, when, which product, what was tried, what lies behind it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from assistant.triage.answers import Evidence, Intent
from assistant.triage.concepts import Concepts
from assistant.triage.rules import FOLDER
from tone_rules.located import Document
from tone_rules.readings.text import read_text

_TRIED = re.compile(
    r"\b(?:(?:i|we|i'?ve|we'?ve)(?: have| already| even| also)* (?:tried|reset|restarted|rebooted|reinstalled"
    r"|uninstalled|deleted|cleared|changed|swapped|replaced|unplugged|checked|called|rang|phoned|emailed|contacted|sent|filled)"
    r"|tried|restarted|reinstalled|rebooted|rung you|turned it off)\b[^.!?;\n]{0,90}"
)
_MOST = 4


def situation(message: str, folded: str) -> tuple[Evidence, ...]:
    """Evidence labelled `ask`, `time`, `product` and `tried`, at most four of each, in the customer's own words."""
    read = read_text(message)
    found = [
        *(Evidence(label="ask", start=one.start, end=one.end, match=one.text) for one in read.asks[:_MOST]),
        *(Evidence(label="time", start=one.start, end=one.end, match=one.text) for one in read.spans_of_time[:_MOST]),
        *(
            Evidence(label="product", start=one.start, end=one.end, match=one.text)
            for one in [name for name in read.names if name.kind == "product"][:_MOST]
        ),
        *_tried(message, folded),
    ]
    return tuple(one for one in found if message[one.start : one.end] == one.match)


def _tried(message: str, folded: str) -> Iterator[Evidence]:
    for place, one in enumerate(_TRIED.finditer(folded)):
        if place >= _MOST:
            return
        end = one.start() + len(one.group().rstrip())
        yield Evidence(label="tried", start=one.start(), end=end, match=message[one.start() : end])


def root_cause(folded: str, intents: Sequence[Intent]) -> str | None:
    """The tag of what lies behind a message, of those that go with its first two intents; None where nothing tells."""
    concepts, fits = _causes()
    told: dict[str, set[str]] = {}
    for number, span in concepts.find(folded):
        if number < len(fits):
            told.setdefault(concepts.names[number], set()).add(folded[slice(*span)])
    for intent in intents[:2]:
        likely = {name: len(words) for name, words in told.items() if intent in fits[name]}
        if likely:
            return max(likely, key=lambda name: likely[name])
    return None


@cache
def _causes() -> tuple[Concepts, Mapping[str, frozenset[str]]]:
    path = FOLDER / "root_causes.yaml"
    said = Document(path, path.read_text(encoding="utf-8")).value
    words = {name: one["words"] for name, one in said.items()}
    return Concepts(words), {name: frozenset(one["intents"]) for name, one in said.items()}
