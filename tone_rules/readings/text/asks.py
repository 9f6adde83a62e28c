"""What a text asks of the other side, one ask at a time."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from tone_rules.content import says_something, spoken
from tone_rules.formats.lazy import Lazy
from tone_rules.readings.text.covered import Covered
from tone_rules.readings.text.found import Ask, AskKind
from tone_rules.readings.text.layout import Layout

_MARK = Lazy(r"\?")
_EMPTY = frozenset(
    spoken(
        """please pls plz kindly help know tell let want need like love would appreciate advise advice assist assistance
        asap thanks thank thx hi hello hey guys guy someone anyone anybody somebody idea ideas possible way question
        wondering ask asking any something anything thing things give get dear sir team u ur r im ive trying try urgent
        sort suggestions suggestion thoughts answer answers reply respond response update updates info information
        say see seem fix there's what's how's happening going wrong still ever even actually right"""
    )
)
"""Words of asking itself: an ask of these alone is about whatever the sentences around it are about."""
_JOINED = Lazy(r"(?:[,;:&+]|\b(?:and|or|also|plus|but|then|so|else))\W*$")
_CLAUSE = Lazy(r"(?:[,;:–—]|\.{2,})\s|\b(?:because|since|as i|as my|so that)\b")
_AFTER = Lazy(
    r"(?:[,;–—]|\.{2,}|\s-)\s+(?=(?:i|we|it|my|the|this|that|they|because|as|since|im|i'm|i've|thanks|thank)\b)"
    r"|,?\s(?:and|so|so that)\s(?=(?:i|we|someone|they)(?:'ll|'ve|'m|'re|\s(?:will|can|could|have|may|are|am)\b))"
)
_REACH = 40
_FAR = 200
"""Characters of an ask in which what it is about must begin, before another cue is taken into it."""


class _Cue(NamedTuple):
    start: int
    end: int
    kind: AskKind


def asks(layout: Layout) -> Iterator[Ask]:
    """Each ask in order. A sentence is split where a new question or request begins in it."""
    cues = _cues(layout)
    for start, end in layout.sentences:
        if layout.signed is not None and layout.signed.start == start:
            continue
        here = _joined(layout, cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))])
        marked = _MARK.search(layout.folded[start:end]) is not None
        if not here:
            if marked and not _rhetorical(layout, start, end):
                yield from _ask(layout, _last_clause(layout, start, end), end, "question")
            continue
        stops = [one.start for one in here[1:]] + [end]
        for at, (cue, stop) in enumerate(zip(here, stops, strict=True)):
            last = at == len(here) - 1
            yield from _ask(layout, cue.start, stop if last and marked else _ended(layout, cue.end, stop), cue.kind)


def _cues(layout: Layout) -> list[_Cue]:
    found: list[_Cue] = []
    for family in ("question", "question_start", "question_told"):
        for one in layout.hits[f"kinds.{family}"]:
            stop = layout.sentences[layout.sentence_at(one.start)].end
            if family != "question_start" or "?" in layout.folded[one.start : stop]:
                found.append(_Cue(one.start, one.end, "question"))
    for family in ("request", "request_for_me", "request_order", "request_tell"):
        found += [_Cue(*one, "request") for one in layout.hits[f"kinds.{family}"]]
    found.sort(key=lambda one: (one.start, one.kind == "question", -one.end))
    out = Covered(layout.hits["kinds.rhetorical"])
    return [one for one in found if not out.touches(one.start, one.start + 1)]


def _joined(layout: Layout, cues: list[_Cue]) -> list[_Cue]:
    """Cues of one sentence, without those that belong to the ask before them."""
    kept: list[_Cue] = []
    for cue in cues:
        if kept:
            first = kept[-1].start
            if cue.start < kept[-1].end or not _about(layout.folded[first : min(cue.start, first + _FAR)]):
                turned = cue.kind == "question" and cue.start > kept[-1].start
                kind: AskKind = "question" if turned else kept[-1].kind
                kept[-1] = _Cue(kept[-1].start, max(cue.end, kept[-1].end), kind)
                continue
            apart = (
                _JOINED.search(layout.folded[max(first, cue.start - _REACH) : cue.start]) is not None
                or cue.kind == "request"
            )
            if not apart and _embeds(layout, cue.start):
                continue
        kept.append(cue)
    return kept


def _embeds(layout: Layout, start: int) -> bool:
    """Whether the words before a cue take it in: `I want to know how`."""
    before = layout.folded[max(0, start - _REACH) : start].rstrip()
    words = before.split()[-2:]
    return any(one in _TAKES_IN for one in words)


_TAKES_IN = frozenset(
    spoken(
        """know tell understand see explain ask asking wondering wonder idea figure show clarify advise confirm check
        sure clue out curious me us on about to what remember guide which whether exactly"""
    )
)


def _rhetorical(layout: Layout, start: int, end: int) -> bool:
    said = layout.hits["kinds.rhetorical"]
    return bisect_left(said, (start,)) < bisect_left(said, (end,))


def _last_clause(layout: Layout, start: int, end: int) -> int:
    """Where the clause that carries the question mark begins."""
    mark = layout.folded.find("?", start, end)
    cuts = [one.end() + start for one in _CLAUSE.finditer(layout.folded[start:mark])]
    for cut in reversed(cuts):
        if len(layout.folded[cut:mark].split()) >= 2:
            return cut
    return start


def _ended(layout: Layout, after: int, stop: int) -> int:
    """Where an ask ends before its sentence goes on with something else."""
    found = _AFTER.search(layout.folded[after:stop])
    return after + found.start() if found else stop


def _ask(layout: Layout, start: int, end: int, kind: AskKind) -> Iterator[Ask]:
    text = layout.text
    while start < end and not text[start].isalnum():
        start += 1
    end = _without_joint(layout, start, end)
    if start < end:
        yield Ask(start, end, text[start:end], kind, tuple(dict.fromkeys(_about(layout.folded[start:end]))))


def _without_joint(layout: Layout, start: int, end: int) -> int:
    """The end of an ask without the word that joins the next one to it."""
    found = _JOINED.search(layout.folded[max(start, end - _REACH) : end])
    if found and layout.folded[end - 1 : end] != "?":
        end = max(start, end - _REACH) + found.start()
    while start < end and layout.text[end - 1].isspace():
        end -= 1
    return end


def _about(words: str) -> list[str]:
    return [one for one in spoken(words) if says_something(one) and one not in _EMPTY and len(one) > 1]
