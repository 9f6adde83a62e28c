"""What a trace is looked for in: a text read once into atoms, runs of digits, amounts and days."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from tone_rules.formats.amounts import SYMBOLS, Amount, amounts, percentages, vague
from tone_rules.formats.atoms import ORDINALS, Atom, atoms
from tone_rules.formats.dates import Clock, Day, clocks, days, days_of_month
from tone_rules.formats.hidden import hidden
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import CALL_SIGNS, SPOKEN_SIGNS, STOP, listed, stem

Span = tuple[int, int]

_MOST_ATOMS = 16
"""Atoms of one run of digits that are tried together; a card has four, a number spelled digit by digit up to 16."""
_GAP = 6
"""Characters that may stand between two digits of one number: two spaces and an emoji, ` - / `."""
_APART = 40
"""Characters, words among them, that may stand between two pieces of one number."""
_COUNTED = frozenset(listed("part piece bit half chunk group section block"))
"""Words whose number counts the pieces of another."""
_JOINING = (
    SPOKEN_SIGNS
    | frozenset(
        listed(
            """and then next after that followed by first last comes part one two is it its the with at end ends ending
        start starts starting begins in again plus space gap digits digit number numbers finish finally also s
        zero one two"""
        )
    )
    | _COUNTED
    | ORDINALS.keys()
)
"""Words that may stand between the pieces of one number."""
_MOST_OF_IT = 6
"""Digits of a longer number, in pieces, that tell it."""
_LEAST = 5
"""Characters of what is looked for in disguise: of less, too many words are lookalikes."""
_EMPTY = STOP | {"st", "nd", "rd", "th"}
_SURE = 8
"""Characters of which a third may stand as they are and the rest in disguise."""
_YEAR = Lazy(r"\b(?:19|20)\d\d\b")
_DOTTED = Lazy(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(?!\d)")
_WORD = Lazy(r"[^\W\d_]+")
_ZEROS = {"hundred": "00", "thousand": "000"}
_SKELETON = str.maketrans("0134567892i", "oleasgtbgzl")
_SIGNS = {"@": "a", "$": "s", "!": "i", "|": "l", "€": "e", "£": "l", "+": "t", "*": "x"}
_SIGN_INSIDE = Lazy(r"(?<=\w)[@$!|€£+](?=\w)")


class Run(NamedTuple):
    """Neighbouring digits as one number, in characters of the text."""

    digits: str
    start: int
    end: int


class Reading:
    """A text, and on demand what stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Words and numbers."""
        return atoms(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The atoms' texts."""
        return frozenset(one.text for one in self.atoms)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words as they stand, and their stems."""
        return self.words | {stem(one) for one in self.words}

    @cached_property
    def content(self) -> tuple[Atom, ...]:
        """Words that carry content, and numbers."""
        return tuple(one for one in self.atoms if one.text not in _EMPTY and (len(one.text) > 1 or one.number))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the content."""
        return tuple(stem(one.text) for one in self.content)

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """The stems, each once."""
        return frozenset(self.stems)

    @cached_property
    def meanings(self) -> tuple[str, ...]:
        """The stems, each as the one that stands for its synonyms."""
        from tone_rules.traces.note import meaning

        return tuple(map(meaning, self.stems))

    @cached_property
    def meaning_line(self) -> str:
        """The meanings between spaces, to look phrases up in."""
        return f" {' '.join(self.meanings)} "

    @cached_property
    def meanings_set(self) -> frozenset[str]:
        """The meanings, each once."""
        return frozenset(self.meanings)

    @cached_property
    def joined(self) -> str:
        """All atoms without anything between them."""
        return "".join(one.text for one in self.atoms)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """What is or may be money."""
        return tuple(amounts(self.text, self.atoms))

    @cached_property
    def stated(self) -> frozenset[Decimal]:
        """Amounts that are money for certain."""
        return frozenset(one.value for one in self.amounts if one.marked or one.value >= 1000)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Days of a month."""
        return tuple(days(self.text, self.atoms))

    @cached_property
    def rates(self) -> frozenset[Decimal]:
        """Rates in per cent."""
        return frozenset(one.value for one in self.percentages)

    @cached_property
    def percentages(self) -> tuple[Amount, ...]:
        """Rates in per cent, and where they stand."""
        return tuple(percentages(self.text, self.atoms))

    @cached_property
    def sums(self) -> tuple[Amount, ...]:
        """What is or may be money, and numbers in words that no currency follows, by their place."""
        marked = {one.start for one in self.amounts if one.marked}
        words = (
            Amount(Decimal(one.text), one.start, one.end, marked=False)
            for one in self.atoms
            if one.spelled and one.start not in marked
        )
        return tuple(sorted((*self.amounts, *words, *vague(self.text)), key=lambda one: (one.start, one.end)))

    @cached_property
    def years(self) -> frozenset[str]:
        """Years of this century and the last."""
        return frozenset(_YEAR.findall(self.text))

    @cached_property
    def hours(self) -> frozenset[int]:
        """Bare small numbers as hours of the twelve-hour dial, in minutes."""
        return frozenset(int(one) % 12 * 60 for one in self.words if one.isdigit() and len(one) <= 2)

    @cached_property
    def ordinals(self) -> tuple[tuple[int, int, int], ...]:
        """Days named without their month: number, start and end."""
        return tuple(days_of_month(self.text, self.atoms))

    @cached_property
    def dotted_days(self) -> tuple[tuple[int, int, int, int], ...]:
        """Days as `16.6.`, which may be something else: day, month, start and end."""
        return tuple((int(one[1]), int(one[2]), *one.span()) for one in _DOTTED.finditer(self.text))

    @cached_property
    def days_of_month(self) -> frozenset[int]:
        """Days, with their month or without."""
        return frozenset({day for day, _, _ in self.ordinals} | {one.day for one in self.days})

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Times of day."""
        return tuple(clocks(self.text))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every sequence of neighbouring digits of at least two, whole and in part; money is none.

        Where words name hundreds, both ways to read them count: `nine hundred five` as 905 and, dictated, as 9005.
        """
        found = tuple(self._runs(self.atoms))
        if any(one.spelled and len(one.text) > 2 for one in self.atoms):
            found += tuple(self._runs(tuple(self._dictated())))
        return found

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The runs' digits."""
        return frozenset(one.digits for one in self.runs)

    @cached_property
    def spoken(self) -> "Reading":
        """The same text without the words for signs in a dictated number or address, and letters for call signs."""
        heard = Reading(self.text)
        heard.__dict__["atoms"] = tuple(
            Atom(CALL_SIGNS.get(one.text, one.text), one.start, one.end, spelled=one.spelled or one.text in CALL_SIGNS)
            for one in self.atoms
            if one.text not in SPOKEN_SIGNS
        )
        return heard

    @cached_property
    def hidden(self) -> tuple[tuple["Reading", int, int], ...]:
        """What is encoded in the text, and where."""
        return tuple((Reading(one.text), one.start, one.end) for one in hidden(self.text))

    @cached_property
    def lower(self) -> bool:
        """Whether the whole text is written without capitals, so that a missing one tells nothing."""
        return not any(map(str.isupper, self.text))

    @cached_property
    def _places(self) -> tuple[list[int], list[int], list[Atom]]:
        """Where atoms start and end in `joined`, and the atoms."""
        starts, ends, offset = [], [], 0
        for one in self.atoms:
            starts.append(offset)
            offset += len(one.text)
            ends.append(offset)
        return starts, ends, list(self.atoms)

    @cached_property
    def _numbers_in_pieces(self) -> tuple[Atom, ...]:
        """The numbers but for those that count the pieces: `the first digit`, `part two`."""
        before = (None, *self.atoms)
        return tuple(
            one
            for one, left in zip(self.atoms, before, strict=False)
            if one.number
            and self.text[one.start : one.end].casefold() not in ORDINALS
            and not (left is not None and left.text in _COUNTED)
        )

    @cached_property
    def _skeletons(self) -> tuple[tuple["Reading", str], ...]:
        """The text without the difference between digits and the letters they pass for, also with signs as letters."""
        plain = self.joined.translate(_SKELETON)
        signs = _SIGN_INSIDE.sub(lambda found: _SIGNS[found[0]], self.text)
        if signs == self.text:
            return ((self, plain),)
        other = Reading(signs)
        return (self, plain), (other, other.joined.translate(_SKELETON))

    def spans(self, wanted: str, *, loose: bool = False) -> Iterator[Span]:
        """Where atoms in a row make up `wanted`; with `loose` also within longer atoms."""
        if len(wanted) >= 2 and wanted in self.joined:
            yield from self._found(self.joined, wanted, loose=loose)

    def disguised(self, wanted: str) -> Iterator[Span]:
        """Where atoms make up `wanted` with some digits for letters, letters for digits, or signs: `qu1ll`, `5931l7`.

        At least half of it stands as it is, or a third of something long, and it has at least five characters.
        """
        if len(wanted) < _LEAST:
            return
        skeleton = wanted.translate(_SKELETON)
        for reading, line in self._skeletons:
            if skeleton not in line:
                continue
            at = line.find(skeleton)
            while at >= 0:
                same = sum(map(str.__eq__, reading.joined[at : at + len(wanted)], wanted))
                if len(wanted) > same >= len(wanted) / (3 if len(wanted) >= _SURE else 2):
                    span = reading.placed(at, at + len(wanted))
                    if span:
                        yield span
                at = line.find(skeleton, at + 1)

    def pieces(self, digits: str) -> Iterator[Span]:
        """Where numbers with words between them make up these digits, one after the other: `593 first, then 17`."""
        row = self._numbers_in_pieces
        for first, atom in enumerate(row):
            if not digits.startswith(atom.text) or atom.text == digits:
                continue
            so_far, last = atom.text, atom
            for one in row[first + 1 :]:
                if so_far == digits or not digits.startswith(so_far + one.text) or not self._joins(last, one):
                    break
                so_far, last = so_far + one.text, one
            if so_far == digits or (len(so_far) >= _MOST_OF_IT and last is not atom):
                yield atom.start, last.end

    def holds(self, wanted: str) -> bool:
        """Whether atoms in a row make up `wanted`."""
        return any(True for _ in self.spans(wanted))

    def placed(self, at: int, end: int, *, loose: bool = False) -> Span | None:
        """The span in the text of a part of `joined`; None where it begins or ends within an atom, but with `loose`."""
        starts, ends, row = self._places
        first, last = bisect_right(starts, at) - 1, bisect_left(ends, end)
        if not loose and (starts[first] != at or ends[last] != end):
            return None
        head, tail = row[first], row[last]
        start = head.start + (at - starts[first] if _letter_by_letter(head) else 0)
        return start, tail.end - (ends[last] - end if _letter_by_letter(tail) else 0)

    def _found(self, line: str, wanted: str, *, loose: bool) -> Iterator[Span]:
        at = line.find(wanted)
        while at >= 0:
            span = self.placed(at, at + len(wanted), loose=loose)
            if span:
                yield span
            at = line.find(wanted, at + 1)

    def _runs(self, row: tuple[Atom, ...]) -> Iterator[Run]:
        group: list[Atom] = []
        for atom in (*row, None):
            if atom is not None and atom.number and (not group or self._close(group[-1], atom)):
                group.append(atom)
                continue
            for first in range(len(group)):
                if group[first].start and self.text[group[first].start - 1] in SYMBOLS:
                    break
                for last in range(first, min(len(group), first + _MOST_ATOMS)):
                    digits = "".join(one.text for one in group[first : last + 1])
                    if len(digits) > 1:
                        yield Run(digits, group[first].start, group[last].end)
            group = [atom] if atom is not None and atom.number else []

    def _dictated(self) -> Iterator[Atom]:
        for one in self.atoms:
            if not (one.spelled and len(one.text) > 2):
                yield one
                continue
            words = _WORD.findall(self.text[one.start : one.end].casefold())
            heard = "".join(
                _ZEROS[word] if word in _ZEROS else "".join(part.text for part in atoms(word))
                for word in words
                if word != "and"
            )
            yield Atom(heard if heard.isdigit() else one.text, one.start, one.end, spelled=True)

    def _joins(self, left: Atom, right: Atom) -> bool:
        """Whether nothing but words that join two pieces of one number stands between these."""
        between = self.text[left.end : right.start]
        return len(between) <= _APART and all(one.casefold() in _JOINING for one in _WORD.findall(between))

    def _close(self, left: Atom, right: Atom) -> bool:
        between = self.text[left.end : right.start]
        return len(between) <= _GAP and not any(one.isalpha() or one in SYMBOLS or one in "\n;!?" for one in between)


def _letter_by_letter(atom: Atom) -> bool:
    return not atom.spelled and len(atom.text) == atom.end - atom.start


@lru_cache(maxsize=256)
def read_once(text: str) -> Reading:
    """A reading kept for the next check of the same situation, such as the next keystroke."""
    return Reading(text)
