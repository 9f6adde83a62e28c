"""Personal data in synthetic texts, ours beside Presidio's recognizers: `python tests/benchmarks/pii.py FILE.jsonl`.

A line holds `text` and `spans` [{type, start, end}], as presidio-research generates them. Printed for each entity and
for all together: precision, recall and F2 = 5PR / (4P + R), by two ways of matching:

- exact: a span found counts where entity, start and end are those of an annotated one. Nothing is merged.
- overlap: as presidio-evaluator's span evaluator does it. Neighbours of one entity with nothing but spaces and
  punctuation between them are merged, on both sides; each annotated span takes the free found span of its entity that
  it shares most with, if intersection over union, in letters and digits, is at least 0.5.

The file's texts are split in two by a hash of the text: the finders were written on the texts of "half A" and on
invented addresses; of "half B" no text was read, only these figures.

Presidio runs its predefined recognizers for English, all of those that need no model, with blank tokens in place of a
model (so it has no LOCATION), and with the words of context it looks for. Its postcodes of the United Kingdom, Canada
and Germany count as ZIP_CODE; for STREET_ADDRESS it has nothing without a model, and stands at 0.
"""

import hashlib
import importlib.util
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tone_rules.personal import find

ENTITIES = ("CREDIT_CARD", "PHONE_NUMBER", "EMAIL_ADDRESS", "IBAN_CODE", "US_SSN", "ZIP_CODE", "STREET_ADDRESS")
OVERLAP = 0.5
"""The least intersection over union."""
_AS = {"UK_POSTCODE": "ZIP_CODE", "CA_POSTAL_CODE": "ZIP_CODE", "DE_PLZ": "ZIP_CODE"}

out = partial(print, file=sys.stdout)


class Span(NamedTuple):
    entity: str
    start: int
    end: int


Finder = Callable[[str], Iterable[Span]]


class Counted(NamedTuple):
    """How many spans were right, found and annotated."""

    right: int
    found: int
    annotated: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f2(self) -> float:
        p, r = self.precision, self.recall
        return 5 * p * r / (4 * p + r) if p + r else 0.0


def ours(text: str) -> list[Span]:
    """What `tone_rules.personal` finds."""
    return [Span(*one) for one in find(text, ENTITIES)]


def presidio() -> Finder | None:
    """Presidio's analyzer without a model, or None where it isn't installed."""
    if importlib.util.find_spec("presidio_analyzer") is None:
        return None
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import CaPostalCodeRecognizer, DePlzRecognizer, UkPostcodeRecognizer

    class Blank(SpacyNlpEngine):  # type: ignore[misc]
        def load(self) -> None:
            nlp = spacy.blank("en")
            nlp.add_pipe("lemmas_are_words")
            self.nlp = {"en": nlp}

    @spacy.Language.component("lemmas_are_words")
    def _lemmas(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
        for token in doc:
            token.lemma_ = token.lower_
        return doc

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    engine = Blank()
    engine.load()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    for one in (UkPostcodeRecognizer, CaPostalCodeRecognizer, DePlzRecognizer):
        registry.add_recognizer(one(supported_language="en"))
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
    wanted = [*ENTITIES, *_AS]

    def analyze(text: str) -> list[Span]:
        found = analyzer.analyze(text, language="en", entities=wanted)
        return [Span(_AS.get(one.entity_type, one.entity_type), one.start, one.end) for one in found]

    return analyze


def exact(annotated: Sequence[Span], found: Sequence[Span], text: str) -> int:  # noqa: ARG001  # one signature
    """How many annotated spans were found to the letter."""
    return len(set(annotated) & set(found))


def overlapping(annotated: Sequence[Span], found: Sequence[Span], text: str) -> int:
    """How many annotated spans have a found one of their own that shares enough with them."""
    free, right = list(found), 0
    for one in annotated:
        best = max(free, key=lambda other: _shared(one, other, text), default=None)
        if best is not None and _shared(one, best, text) >= OVERLAP:
            free.remove(best)
            right += 1
    return right


def merged(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans with neighbours of one entity made one."""
    done: list[Span] = []
    for one in sorted(spans, key=lambda one: (one.entity, one.start, one.end)):
        last = done[-1] if done else None
        if last and last.entity == one.entity and not any(map(str.isalnum, text[last.end : one.start])):
            done[-1] = Span(last.entity, last.start, max(last.end, one.end))
        else:
            done.append(one)
    return done


def _shared(one: Span, other: Span, text: str) -> float:
    start, end = max(one.start, other.start), min(one.end, other.end)
    both = _size(text[start:end]) if start < end else 0
    return both / (_size(text[one.start : one.end]) + _size(text[other.start : other.end]) - both) if both else 0.0


def _size(text: str) -> int:
    return sum(map(str.isalnum, text))


def counts(rows: Sequence[dict], finder: Finder, *, exactly: bool) -> dict[str, Counted]:
    """The counts of each entity and of all together."""
    totals = {entity: Counted(0, 0, 0) for entity in ENTITIES}
    for row in rows:
        text = row["text"]
        gold = [Span(one["type"], one["start"], one["end"]) for one in row["spans"] if one["type"] in ENTITIES]
        found = [one for one in finder(text) if one.entity in ENTITIES]
        if not exactly:
            gold, found = merged(gold, text), merged(found, text)
        for entity, total in totals.items():
            a = [one for one in gold if one.entity == entity]
            b = [one for one in set(found) if one.entity == entity]
            right = (exact if exactly else overlapping)(a, b, text)
            totals[entity] = Counted(total.right + right, total.found + len(b), total.annotated + len(a))
    totals["together"] = Counted(*(sum(values) for values in zip(*totals.values(), strict=True)))
    return totals


def halves(rows: Sequence[dict]) -> dict[str, list[dict]]:
    """The rows on which the rules were written, the others, and all."""
    split: tuple[list[dict], list[dict]] = ([], [])
    for row in rows:
        split[int(hashlib.sha256(row["text"].encode()).hexdigest(), 16) % 2].append(row)
    return {"half A": split[0], "half B": split[1], "all": list(rows)}


def milliseconds(rows: Sequence[dict], finder: Finder) -> str:
    """The median and the 95th percentile of one text."""
    took = []
    for row in rows:
        began = time.perf_counter()
        finder(row["text"])
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    return f"median {statistics.median(took):.3f}, p95 {took[int(len(took) * 0.95)]:.3f}"


def main(path: Path) -> int:
    """Print the table; 1 where Presidio is ahead in an entity that both find, 3 where it isn't installed."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    theirs, behind = presidio(), []
    if theirs is None:
        out("presidio-analyzer is not installed: ours alone")
    for part, chosen in halves(rows).items():
        for way in ("exact", "overlap"):
            we = counts(chosen, ours, exactly=way == "exact")
            they = counts(chosen, theirs, exactly=way == "exact") if theirs else None
            columns = "P      R      F2"
            theirs_too = f"{'Presidio:':>14}  {columns}" if they else ""
            out(f"\n{part}: {len(chosen)} texts, {way:<18} ours:  {columns}{theirs_too}")
            for entity, one in we.items():
                line = (
                    f"  {entity:<16}{one.annotated:>4} spans{'':<15}{one.precision:.3f}  {one.recall:.3f}  {one.f2:.3f}"
                )
                if they:
                    other = they[entity]
                    line += f"{'':<16}{other.precision:.3f}  {other.recall:.3f}  {other.f2:.3f}"
                    if other.f2 > one.f2:
                        behind.append(f"{entity} ({part}, {way})")
                out(line)
    out(f"\nmilliseconds a text, ours: {milliseconds(rows, ours)}")
    if theirs is None:
        return 3
    out(f"milliseconds a text, Presidio: {milliseconds(rows, theirs)}")
    out(f"Presidio is ahead in: {', '.join(behind) or 'nothing'}")
    return int(bool(behind))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
