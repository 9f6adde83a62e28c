"""A text as atoms: words and numbers without case, accents, spacing or look-alike letters, each with its true place."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.lazy import Lazy
from tone_rules.formats.letters import folded
from tone_rules.formats.words import listed

DIGITS = {word: str(n) for n, word in enumerate(listed("zero one two three four five six seven eight nine"))}
DIGITS |= {"nought": "0", "naught": "0", "nil": "0", "niner": "9"}
TEENS = {
    word: n
    for n, word in enumerate(
        listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        start=10,
    )
}
TENS = {word: n for n, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}
ORDINALS = {
    word: n
    for n, word in enumerate(
        listed(
            """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=1,
    )
} | {"thirtieth": 30}
SCALES = {"hundred": 100, "thousand": 1_000, "dozen": 12}
TIMES = {"double": 2, "triple": 3, "treble": 3}

_ATOM = Lazy(r"[^\W\d_]+|\d+")
_SHORT = 64
"""Characters of a text that is likely to be read again: facts and their parts come back with every check."""
_BEGINNERS = frozenset((*DIGITS, *TEENS, *TENS, *ORDINALS, *TIMES, "oh", "o", "a"))
"""Words that a number may begin with."""
_GLUED_LENGTH = 9
"""Letters of three digits in one word, `oneoneone`."""
_GLUED = Lazy("(?:" + "|".join(DIGITS) + "){3,}")
_GLUED_DIGIT = Lazy("|".join(DIGITS))


class Atom(NamedTuple):
    """One word, or one number as its digits, in characters of the text."""

    text: str
    start: int
    end: int
    spelled: bool = False
    """The number stands in words."""

    @property
    def number(self) -> bool:
        """Whether it is digits."""
        return self.text.isdigit()


def atoms(text: str) -> tuple[Atom, ...]:
    """The atoms of a text in order; `Four-two`, `42` and `４２` come out as the same digits."""
    return _short(text) if len(text) <= _SHORT else _read(text)


@lru_cache(maxsize=4096)
def _short(text: str) -> tuple[Atom, ...]:
    return _read(text)


def _read(text: str) -> tuple[Atom, ...]:
    letters, places = folded(text)
    plain = [Atom(found[0], places[found.start()], places[found.end() - 1] + 1) for found in _ATOM.finditer(letters)]
    return tuple(_numbers(plain))


def _numbers(plain: list[Atom]) -> Iterator[Atom]:
    at = 0
    while at < len(plain):
        word = plain[at].text
        digits, used = _spelled(plain, at) if word in _BEGINNERS or len(word) >= _GLUED_LENGTH else ("", 0)
        if used:
            yield Atom(digits, plain[at].start, plain[at + used - 1].end, spelled=True)
            at += used
        else:
            yield plain[at]
            at += 1


def _spelled(plain: list[Atom], at: int) -> tuple[str, int]:
    """The digits that the words from `at` on spell, and how many words they are; none where they spell no number."""
    word = plain[at].text
    following = plain[at + 1].text if at + 1 < len(plain) else ""
    if word in TIMES and (following in DIGITS or (following.isdigit() and len(following) == 1)):
        return DIGITS.get(following, following) * TIMES[word], 2
    if word in ("oh", "o") and _beside_digit(plain, at):
        return "0", 1
    if len(word) >= _GLUED_LENGTH and _GLUED.fullmatch(word):
        return "".join(DIGITS[one] for one in _GLUED_DIGIT.findall(word)), 1
    value, used = _below_hundred(plain, at)
    if used == 0 and word == "a" and following in SCALES:
        value, used = 1, 1
    if used == 0:
        return "", 0
    total = 0
    end = at + used
    while end < len(plain) and plain[end].text in SCALES:
        total += value * SCALES[plain[end].text]
        end += 1
        value = 0
        skip = 1 if end < len(plain) and plain[end].text == "and" else 0
        more, length = _below_hundred(plain, end + skip) if end + skip < len(plain) else (0, 0)
        if length == 0:
            break
        value = more
        end += skip + length
    return str(total + value), end - at


def _below_hundred(plain: list[Atom], at: int) -> tuple[int, int]:
    word = plain[at].text
    following = plain[at + 1].text if at + 1 < len(plain) else ""
    if word in TENS:
        unit = DIGITS.get(following) or (str(ORDINALS[following]) if ORDINALS.get(following, 99) < 10 else "0")
        if unit != "0":
            return TENS[word] * 10 + int(unit), 2
        return TENS[word] * 10, 1
    for table in (TEENS, ORDINALS):
        if word in table:
            return table[word], 1
    return (int(DIGITS[word]), 1) if word in DIGITS else (0, 0)


def _beside_digit(plain: list[Atom], at: int) -> bool:
    beside = [plain[one].text for one in (at - 1, at + 1) if 0 <= one < len(plain)]
    return any(one.isdigit() or one in DIGITS or one in TIMES for one in beside)
