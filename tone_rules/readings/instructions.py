"""Text aimed at a model: orders to an assistant, notes in brackets, made-up system messages."""

import re
from functools import cache
from typing import TYPE_CHECKING

from tone_rules.readings.folding import blank
from tone_rules.readings.rules import instruction_rule, instruction_search
from tone_rules.readings.search import Span

if TYPE_CHECKING:
    from tone_rules.readings.evidence import Evidence

_BLOCK = r"\[[^\[\]]{1,3000}\]|\{[^{}]{1,3000}\}|<!--[^>]{1,3000}-->|<[a-z/|_][^<>]{1,500}>|\([^()]{1,3000}\)"
_SENTENCE_END = r"[.!?\n]"
_ASIDE = (
    r"[,;-]? ?\b(?:also|anyway|anyhow|btw|by the way|oh and|ps|seriously though|on another note)\b"
    r"|[,;-]+ ?(?:and |but |then )?"
    r"(?:where(?:'?s| is| are)|when (?:is|are|will|can)|why (?:is|are|did|was)|how (?:do|long|can))\b"
)
"""Where a customer turns from an order to what is wanted, or back, within a sentence."""

_LONGEST = 600
"""Characters of a sentence that are hidden as one order at most."""


def instructions(message: str, folded: str) -> "tuple[tuple[Evidence, ...], str]":
    """The orders found, whole sentences or blocks, and the folded text without them."""
    rule = instruction_rule()
    hits = instruction_search().read(folded)
    spans: list[Span] = []
    marks = hits.of(rule.brackets)
    blocks = [Span(*found.span()) for found in re.finditer(_BLOCK, folded)] if marks else []
    spans += [
        block for block in blocks if any(block.start <= span.start and span.end <= block.end for _, span in marks)
    ]
    sure = hits.of(rule.sure, rule.idioms)
    possible = hits.of(rule.possible, rule.idioms)
    if len({cue.match for cue, _ in possible}) > 1 or (sure and possible):
        sure += possible
    spans += [_sentence(folded, span) for _, span in sure]
    if not spans:
        return (), folded
    from tone_rules.readings.evidence import Evidence

    spans = _joined(spans)
    evidence = tuple(
        Evidence(label="instructions", start=start, end=end, match=message[start:end]) for start, end in spans
    )
    return evidence, blank(folded, spans)


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, as far as it doesn't turn to something else."""
    floor, ceiling = max(0, span.start - _LONGEST), min(len(text), span.end + _LONGEST)
    before = [
        *(one.end() for one in _ends().finditer(text, floor, span.start)),
        *(one.start() for one in _asides().finditer(text, floor, span.start)),
    ]
    after = _ends().search(text, max(span.start, span.end - 1), ceiling)
    start, end = max(before, default=floor), after.end() if after else ceiling
    aside = _asides().search(text, span.start + 1, end)
    end = aside.start() if aside else end
    while start < span.start and text[start].isspace():
        start += 1
    return Span(start, end)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(_SENTENCE_END)


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(_ASIDE)
