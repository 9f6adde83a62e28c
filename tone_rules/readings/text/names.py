"""Names in a text: of people, products and whatever else has one."""

from collections.abc import Iterator
from functools import cache

from tone_rules.content import says_something
from tone_rules.formats.lazy import Lazy
from tone_rules.readings.text.covered import Covered
from tone_rules.readings.text.families import data
from tone_rules.readings.text.found import Name, NameKind
from tone_rules.readings.text.layout import Layout

_HASHTAG = Lazy(r"(?<![\w&])#(?=\w*[^\W\d_])\w+")
_PERSON = Lazy(r"[^\W\d_][\w'’-]*")
_INNER = Lazy(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|[A-Za-z]\d|\d[A-Za-z]")
_MEASURE = Lazy(
    r"\d+(?:st|nd|rd|th|am|pm|k|m|b|x|p|s|h|hr|hrs|d|gb|mb|tb|kg|g|km|cm|mm|ml|min|mins|days?|weeks?|years?|yo|usd|gbp|eur|inr)",
    2,
)
_JOINT = Lazy(r"[ -]|\s?[’']s ")
_NUMBERS = Lazy(r"\d{1,4}[A-Za-z]?|[IVX]{1,4}|[A-Z]{1,3}")
"""What goes on with a name: `GTA V`, `Apple TV`, `iPhone 12`."""
_BEGINS_ANEW = frozenset(":>•*|→")
_NO_NAME = ("ing", "ed", "ly")
_CALLED = Lazy(r"(?<=[a-z’']), (?P<name>[A-Z][a-z’'-]{2,14})(?=[,.!?](?:\s|$)|$)")
"""A name between commas or at the end of a sentence, as one calls somebody."""
_MOST = 5
"""Words of one name."""


@cache
def _common() -> frozenset[str]:
    return frozenset(word for line in data("words")["capitalised"] for word in line.split())


def names(layout: Layout) -> Iterator[Name]:
    """Every name in order, none in another."""
    found: list[tuple[int, int, NameKind]] = [(*one, "handle") for one in layout.handles]
    found += [(*one.span(), "hashtag") for one in _HASHTAG.finditer(layout.shown)]
    found += ((start, end, "person") for start, end in sorted(set(_people(layout))))
    taken = Covered((start, end) for start, end, _ in found)
    for start, end, kind in _capitalised(layout):
        if not taken.touches(start, end):
            found.append((start, end, kind))
    for start, end, kind in sorted(found):
        yield Name(start, end, layout.text[start:end], kind)


def _people(layout: Layout) -> Iterator[tuple[int, int]]:
    """Names behind a greeting, thanks or an apology, and in a signature."""
    shown = layout.shown
    for family in ("greeting", "thanks", "apology"):
        for one in layout.hits[f"kinds.{family}"]:
            at = one.end
            while shown[at : at + 1] in (" ", ",") and at < one.end + 2:
                at += 1
            word = _PERSON.match(shown, at)
            if word is None or at == one.end or not _is_name(word[0]) or _INNER.search(word[0]):
                continue
            after = shown[word.end() : word.end() + 2].strip()[:1]
            if after and after not in ",.!?;:-–—" and not (family == "greeting" and not after.isalnum()):
                second = _PERSON.match(shown, word.end() + 1)
                follows = shown[second.end() : second.end() + 1] if second else ""
                if not (second and _is_name(second[0]) and (not follows or follows in ",.!?;:-–—\n")):
                    if family == "greeting" and word[0].lower() not in _common():
                        yield word.span()
                    continue
                yield word.start(), second.end()
            else:
                yield word.span()
    called = [one.span("name") for one in _CALLED.finditer(shown) if _is_name(one["name"])]
    if len(called) == 1:
        yield from called
    if layout.signed is not None:
        word = _PERSON.search(shown, *layout.signed)
        if word and (word.start() > layout.signed.start or word[0].lower() not in _common()):
            yield word.start(), len(shown[: layout.signed.end].rstrip(" ."))
    signing = layout.hits["kinds.signing"]
    if signing:
        rest = shown[signing[-1].end :].strip(" ,.\n")
        word = _PERSON.match(rest)
        if word and word.end() == len(rest) and rest[0].isupper():
            at = shown.rindex(rest)
            yield at, at + len(rest)


def _is_name(word: str) -> bool:
    return word[0].isupper() and not (word.isupper() and len(word) > 3) and word.lower() not in _common()


def _capitalised(layout: Layout) -> Iterator[tuple[int, int, NameKind]]:
    """Runs of words that are written as names are."""
    shown, words = layout.shown, layout.words
    texts = [shown[start:end] for start, end in words]
    shouted = _shouted(texts)
    inside = {
        one.lower()
        for one, (start, _) in zip(texts, words, strict=True)
        if one[0].isupper() and start not in layout.starts
    }
    run: list[int] = []
    for at, (word, (start, _)) in enumerate(zip(texts, words, strict=True)):
        joins = bool(run) and _JOINT.fullmatch(shown, words[run[-1]][1], start) is not None and len(run) < _MOST
        if run and not joins:
            yield from _run(texts, words, run)
            run = []
        first = start in layout.starts or shown[max(0, start - 2) : start].strip()[-1:] in _BEGINS_ANEW
        if first and _leads(texts, at):
            first = False
        if _named(word, first=first and word.lower() not in inside, shouted=shouted) or (
            joins and _NUMBERS.fullmatch(word)
        ):
            run.append(at)
        elif run:
            yield from _run(texts, words, run)
            run = []
    if run:
        yield from _run(texts, words, run)


def _run(texts: list[str], words: tuple[tuple[int, int], ...], run: list[int]) -> Iterator[tuple[int, int, NameKind]]:
    said = [texts[one] for one in run]
    made = any(_INNER.search(one) or one.isdigit() for one in said)
    yield words[run[0]][0], words[run[-1]][1], "product" if made else "proper"


def _named(word: str, *, first: bool, shouted: bool) -> bool:
    lower = word.lower()
    if len(word) < 2 or lower in _common() or word.isdigit():
        return False
    if _INNER.search(word):
        return _MEASURE.fullmatch(word) is None and (not word.isupper() or any(map(str.isdigit, word)))
    if not word[0].isupper() or first or not says_something(lower.replace("’", "'")):
        return False
    if word.isupper():
        return not shouted and lower not in _generic()
    return True


def _leads(texts: list[str], at: int) -> bool:
    """Whether the first word of a sentence goes on as a name does: `Google Mail is`."""
    following = texts[at + 1] if at + 1 < len(texts) else ""
    if not following[:1].isupper() or following.isupper() or following.lower() in _common():
        return False
    return not texts[at].lower().endswith(_NO_NAME) and not texts[at].isupper() and says_something(following.lower())


@cache
def _generic() -> frozenset[str]:
    return frozenset(data("words")["acronyms"].split())


def _shouted(words: list[str]) -> bool:
    """Whether so much is in capitals that they mark no name."""
    long = [one for one in words if len(one) > 2 and one[0].isalpha()]
    return sum(one.isupper() for one in long) > max(2, 0.3 * len(long))
