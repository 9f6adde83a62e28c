"""Where sentences and paragraphs begin and end, told by punctuation alone."""

import re
from collections.abc import Iterator
from functools import lru_cache

Span = tuple[int, int]

_STOP = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’)\]»]*(?=\s)|\n[ \t]*\n\s*|(?<=[。！？])(?=\S)")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘']+$")
_NEXT = re.compile(r"\s*[\"'“‘(\[]*(\w+)?")
_WORD = re.compile(r"\S+")
_GOES_ON = frozenset(
    _WORD.findall(
        """mr mrs ms mx dr prof st sr jr rev hon gen col capt lt sgt messrs vs v cf ca approx viz e.g i.e eg ie"""
    )
)
"""Abbreviations that something follows."""
_NUMBERED = frozenset(
    _WORD.findall(
        """no nos fig figs ref eq art sec ch vol p pp ed tel ext jan feb mar apr jun jul aug sep sept oct nov dec mon
        tue tues wed thu thur thurs fri sat sun"""
    )
)
"""Abbreviations where a number follows, and otherwise words."""
_LATER = frozenset(_WORD.findall("a.m p.m etc u.s u.k u.s.a e.u u.n n.b ph.d b.a m.a inc ltd co corp dept est al"))
"""Abbreviations that may end a sentence: they do where the next word opens one."""
_OPENERS = frozenset(
    _WORD.findall(
        """a after all also an and another any as at because before but by can could did do does each even every few
        first for from he her here his how however i if in it its last later many maybe may more most my never no not
        now of on once one only or our perhaps please she since so some still such that the their then there these they
        this those though three to today two we what when where which while who why will with would yes yet you your"""
    )
)


def sentence_spans(text: str) -> Iterator[Span]:
    """Each sentence, without the white space around it."""
    return iter(_sentences(text))


@lru_cache(maxsize=128)
def _sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, which many rules ask for."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for found in _STOP.finditer(text):
        if found[0].strip() and _goes_on(text, start, found):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def paragraph_spans(text: str) -> Iterator[Span]:
    """Each paragraph, to the start of the next."""
    start = 0
    for found in re.finditer(r"\n\n", text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _goes_on(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or a number in front of its item."""
    if not stop[0].startswith(".") or stop[0].startswith("..."):
        following = _NEXT.match(text, stop.end())
        word = following[1] if following else None
        return stop[0].startswith("...") and word is not None and word[0].islower()
    before = _LAST_WORD.search(text, max(start, stop.start() - 24), stop.start())
    word = before[0].casefold() if before else ""
    following = _NEXT.match(text, stop.end())
    after = (following and following[1]) or ""
    if word in _LATER or re.fullmatch(r"\w(?:\.\w)+", word):
        return not (after[:1].isupper() and after.casefold() in _OPENERS)
    if word in _GOES_ON or (word in _NUMBERED and after[:1].isdigit()):
        return True
    alone = before is not None and not text[start : before.start()].strip()
    if word.isdigit() and alone:
        return True
    return len(word) == 1 and word.isalpha() and word != "i" and after[:1].isupper()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
