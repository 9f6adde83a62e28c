"""What each sentence of a text does."""

from collections.abc import Iterator

from tone_rules.formats.lazy import Lazy
from tone_rules.readings.text.found import Sentence, SentenceKind
from tone_rules.readings.text.layout import Layout

_ASKS = Lazy(r"\?[^\w?]*$")
_WORD = Lazy(r"[a-z0-9']+")
_LEAST = 3
"""Words beside a greeting, thanks, an apology or a signature from which a sentence says something too."""
_KINDS: tuple[tuple[SentenceKind, tuple[str, ...]], ...] = (
    ("question", ("question", "question_start", "question_told")),
    ("request", ("request", "request_for_me", "request_order", "request_tell")),
    ("instruction", ("instruction", "instruction_told")),
    ("promise", ("promise",)),
)
_FORMULAS: tuple[tuple[SentenceKind, str], ...] = (
    ("apology", "apology"),
    ("thanks", "thanks"),
    ("greeting", "greeting"),
    ("signature", "signing"),
)


def sentences(layout: Layout) -> Iterator[Sentence]:
    """Each sentence with its kinds; one that does several things has several."""
    spans = layout.sentences
    kinds: list[set[SentenceKind]] = [set() for _ in spans]
    formulas = [0] * len(spans)
    for kind, families in _KINDS:
        for family in families:
            for found in layout.hits[f"kinds.{family}"]:
                number = layout.sentence_at(found.start)
                if family != "question_start" or _asks(layout, number):
                    kinds[number].add(kind)
    for kind, family in _FORMULAS:
        for found in layout.hits[f"kinds.{family}"]:
            number = layout.sentence_at(found.start)
            kinds[number].add(kind)
            formulas[number] += len(_WORD.findall(layout.folded[found.start : found.end]))
    signed = layout.signed
    for number, (start, end) in enumerate(spans):
        here = kinds[number]
        if signed is not None and signed.start == start:
            here = {"signature"}
        elif _asks(layout, number):
            here.add("question")
        if here.isdisjoint(("question", "request", "instruction", "promise", "signature")):
            words = sum(any(map(str.isalpha, one)) for one in _WORD.findall(layout.folded[start:end]))
            if words - formulas[number] >= (_LEAST if here else 1):
                here.add("statement")
        yield Sentence(start, end, layout.text[start:end], frozenset(here))


def _asks(layout: Layout, number: int) -> bool:
    start, end = layout.sentences[number]
    return _ASKS.search(layout.folded[max(start, end - 40) : end]) is not None
