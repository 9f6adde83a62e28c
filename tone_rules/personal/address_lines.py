"""Addresses: a street with its house, what stands within the house, the place, its postal code and country.

A line is told by its structure, as countries write it in either order: numbers beside names, a word for a kind of
street, a unit or a box, and what stands in front. Lines that follow one another without a gap are one address; where
gaps part them, as in a letterhead, those that tell the house are found each by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tone_rules.personal import street_words as words

_TOKEN = re.compile(
    r"(?P<code>\b(?:[A-Z]{1,2}-\d{4,5}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
    r"|\d{4} ?[A-Z]{2}(?=\W*(?:[A-Z]|$))"
    r"|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2})\b(?!-))"
    r"|(?P<word>\d{1,3}(?:st|nd|rd|th)\b|P\.? ?O\.?(?= ?[Bb]ox)|p\.? ?o\.?(?= ?box)"
    r"|[^\W\d_∆]?(?:[^\W\d_]|∆|['’-](?=[^\W\d_]))+)"
    r"|(?P<number>\d{1,6}[A-Ha-h]?(?:[-/]\d{1,4}[A-Ha-h]?)?(?!\w))"
    r"|(?P<comma>,)|(?P<line>[ \t]*\n\s*)|(?P<bracket>[()])|(?P<odd>\w+|[^\s])"
)
_CUE = re.compile(
    r"(?i)\b(?:address(?:es)?|located|lives?|living|resid\w+|moved?|returns?|arrived?|deliver\w*|sen[dt]|ship\w*|post(?:ed)?"
    r"|offices?|restaurant|shop|store|stop|drops?|corner|enter|side|house|home|based|it[’']s|from|mail(?:ed)?)\b"
    r"[^.!?\n]{0,40}\b(?:at|to|on|in|of|is|same|from)\b[^\w\n]{0,4}(?:the )?$|\baddress\w*\W{0,6}$"
)
_HOME = re.compile(
    r"(?i)\b(?:liv(?:es?|ing)|resid\w+|enter|address\w*)\b[^.!?\n]{0,24}\b(?:at|on|in|of|is|to)\s(?:the )?$"
    r"|\baddress\w*\W{0,6}$"
)
"""Behind this anything with a number is a house, but for what is counted."""
_PLACED = re.compile(r"(?i)(?:\b(?:at|to|on|in|of|near|from|and|by|is|are|address)|[:(])\s*$")
_CORNER = re.compile(r"(?i)(?:\bthe )?\bcorner of $")
_FEW = 12
"""Runs of one address at most."""


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Every address, and every part of one that a gap parts from it."""
    runs = _runs(text)
    at, seen_until = 0, -1
    while at < len(runs):
        corner = _CORNER.search(text[max(0, runs[at].start - 16) : runs[at].start])
        crossing = corner and at + 1 < len(runs) and runs[at + 1].glue == "and" and runs[at + 1].names
        if not crossing and not _opens(runs, at):
            code = runs[at].code
            if at <= seen_until and runs[at].unit:
                yield runs[at].start, runs[at].end
            elif at <= seen_until and runs[at].is_place and code:
                yield code
                seen_until = -1
            at += 1
            continue
        last = _last(runs, at)
        start, end = runs[at].start, runs[last].end
        if corner:
            start -= len(corner[0])
        if crossing:
            last, end = at + 1, runs[at + 1].end
        yield start, end
        at, seen_until = last + 1, last + 3


@dataclass(frozen=True)
class _Run:
    """Names and numbers in a row on one line, and what parts it from the run before."""

    tokens: tuple[re.Match[str], ...]
    text: str
    glue: str
    """`comma`, `line` or `and` where the run before may go on here, else empty."""
    said: bool = False
    """Whether the word "street" follows what is a whole street without it."""

    @property
    def start(self) -> int:
        return self.tokens[0].start()

    @cached_property
    def end(self) -> int:
        end, closing = self.tokens[-1].end(), self.text[self.start : self.tokens[-1].end()]
        if closing.count("(") > closing.count(")") and self.text[end : end + 1] == ")":
            return end + 1
        return end + 1 if self.text[end : end + 1] == "." and _is_abbreviation(self.tokens[-1]) else end

    @cached_property
    def names(self) -> list[str]:
        return [one[0].casefold() for one in self.tokens if one.lastgroup == "word"]

    @cached_property
    def numbers(self) -> list[int]:
        """Where numbers stand among the tokens."""
        return [at for at, one in enumerate(self.tokens) if one.lastgroup == "number"]

    @cached_property
    def unit(self) -> bool:
        """Whether a unit or a box, with its number, or a field post's address is in it."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        told = any(
            one[0].casefold() in words.UNITS | words.BOXES and other.lastgroup in ("number", "code")
            for one, other in pairs
        )
        return told or bool(words.FIELD_POST.intersection(self.names) and (self.numbers or self.code))

    @cached_property
    def box(self) -> bool:
        """Whether it stands for a street."""
        return self.unit and bool((words.BOXES | words.FIELD_POST).intersection(self.names))

    @cached_property
    def is_place(self) -> bool:
        """Whether it is a town or a country, with or without its code, or a code alone."""
        return len(self.names) <= 6 and len(self.numbers) <= (1 if self.code else 0)

    @cached_property
    def code(self) -> tuple[int, int] | None:
        """The postal code that it begins or ends with."""
        for one in (self.tokens[-1], self.tokens[0]):
            if one.lastgroup == "code" or (one.lastgroup == "number" and re.fullmatch(r"\d{4,6}", one[0])):
                return one.span()
        return None

    @cached_property
    def is_house_number(self) -> bool:
        """Whether it is a number alone, too short to be a postal code."""
        return len(self.tokens) == 1 and bool(re.fullmatch(r"\d{1,3}[A-Ha-h]?(?:[-/]\d{1,3})?", self.tokens[0][0]))

    @cached_property
    def kind(self) -> str:
        """`strong` or `weak` where a word says what kind of street it is, else empty."""
        names = self.names[1:] if self.names[:1] == ["st"] else self.names  # a saint, who is no street
        if (
            self.said
            or (len(self.names) > 1 and words.STRONG.intersection(names))
            or any(len(one) > 6 and one.endswith(words.ENDINGS) for one in names)
        ):
            return "strong"
        return "weak" if len(self.names) > 1 and words.WEAK.intersection(self.names[1:]) else ""

    @cached_property
    def capital(self) -> bool:
        return any(one[0][:1].isupper() for one in self.tokens if one.lastgroup == "word")


def _opens(runs: list[_Run], at: int) -> bool:
    """Whether an address begins with a run."""
    run = runs[at]
    following = runs[at + 1] if at + 1 < len(runs) and runs[at + 1].glue else None
    if run.is_house_number and following is not None and following.glue == "comma":
        return following.kind == "strong" and not following.numbers
    if not run.names:
        return False
    if words.SHIPS.intersection(run.names):
        return following is not None and following.unit
    if run.box:
        return True
    if run.unit:  # a room alone is no address
        street = following is not None and following.glue != "and" and bool(following.kind and following.numbers)
        return street or bool(run.kind) or len(run.numbers) > 1 or _is_followed_by_code(runs, at)
    ahead = run.text[max(0, run.start - 60) : run.start]
    cued = bool(_CUE.search(ahead))
    placed = bool(_PLACED.search(ahead)) or not any(map(str.isalnum, ahead.rsplit("\n", 1)[-1]))
    coded = _is_followed_by_code(runs, at)
    if not run.numbers:
        if following is not None and following.is_house_number and coded and placed:
            return True
        if run.kind == "strong" and following is not None and (coded or following.is_house_number):
            return run.capital or cued
        told = run.capital or run.said or len(run.names) > 2
        return run.kind == "strong" and len(run.names) > 1 and told and placed and run.names[-1] in words.STRONG
    if len(run.names) > 8:
        return False
    if following is not None and following.unit and not following.box:
        return True
    ends = run.numbers[0] == 0 or run.numbers[-1] == len(run.tokens) - 1 or bool(run.kind)
    if not ends:
        return False
    if run.kind == "strong":
        return run.capital or cued or placed or len(run.names) > 1
    both = run.numbers[0] == 0 and run.numbers[-1] == len(run.tokens) - 1 and len(run.numbers) > 1
    if (run.kind == "weak" and run.numbers[0] == 0) or both or coded:
        return placed and (run.capital or cued)
    if _HOME.search(ahead):
        return not words.COUNTED.intersection(run.names)
    return cued and run.numbers[0] == 0 and (run.capital or len(run.numbers) > 1)


def _is_followed_by_code(runs: list[_Run], at: int) -> bool:
    """Whether a postal code with a place comes next, on lines or behind commas of its own."""
    for one in runs[at + 1 : at + 4]:
        if one.glue not in ("comma", "line") or not (one.is_place or one.is_house_number):
            return False
        if one.code and (one.names or one.glue == "line" or one is not runs[at + 1]):
            return not re.fullmatch(r"(?:19|20)\d\d", one.text[slice(*one.code)])
    return False


def _last(runs: list[_Run], at: int) -> int:
    """The run with which an address that begins at one ends."""
    sure = last = at
    gone = 0
    while last + 1 < len(runs) and runs[last + 1].glue in ("comma", "line") and last - at < _FEW:
        following = runs[last + 1]
        within = last == at and runs[at].unit and following.kind  # a flat is named before its street
        if (
            following.unit
            or within
            or (last == at and following.is_house_number)
            or (following.is_place and following.code)
        ):
            sure, gone = last + 1, 0
        elif not following.is_place or gone == 3:
            break
        else:
            gone += 1
        last += 1
        if following.code and not following.unit:
            town = runs[last + 1] if last + 1 < len(runs) and not following.names else None
            return last + 1 if town and town.glue == "line" and town.is_place and not town.code else sure
    parted = last + 1 < len(runs) and not runs[last + 1].glue and runs[last + 1].is_place and runs[last + 1].code
    return sure if parted or (gone == 1 and runs[last].glue == "line" and not runs[sure].unit) else last


def _runs(text: str) -> list[_Run]:
    """The runs of a text."""
    lower = text == text.lower()
    runs: list[_Run] = []
    row: list[re.Match[str]] = []
    glue = ""

    def close(then: str) -> None:
        nonlocal glue
        while row and row[-1][0].casefold() in words.CONNECTING:
            row.pop()
        said = len(row) > 1 and row[-1][0].casefold() in ("st", "street") and _is_whole(row[:-1])
        if said:
            row.pop()
        if row:
            runs.append(_Run(tuple(row), text, glue, said))
            glue = then
        elif then != "line" or glue != "comma":
            glue = then if then in ("comma", "line") and glue in ("comma", "line") else ("" if then != "and" else glue)
        row.clear()

    tokens = list(_TOKEN.finditer(text))
    for at, one in enumerate(tokens):
        kind = one.lastgroup
        if kind in ("number", "code"):
            row.append(one)
        elif kind == "word":
            name = one[0].casefold()
            following = tokens[at + 1][0].casefold() if at + 1 < len(tokens) else ""
            if name == "and" and row:
                close("and")
            elif name in words.CONNECTING and row and not (lower and name in ("the", "of")):
                row.append(one)
            elif (
                name in words.NEVER
                or (name in words.CONNECTING and not row)
                or (lower and name in ("the", "of"))
                or (name in words.STOPS and (lower or not row or one[0].islower()) and not _is_state(one[0]))
            ):
                close("")
            elif (
                lower
                or not one[0][:1].islower()
                or name in words.LOWER
                or (row and (following in words.LOWER or _ends_line(text, tokens[at + 1 : at + 3])))
                or (following == "." and name in words.ABBREVIATIONS)
            ):
                row.append(one)
            else:
                close("")
        elif kind == "comma":
            close("comma")
        elif kind == "line":
            close("" if one[0].count("\n") > 1 else "line")
        elif one[0] == "/" and text[one.start() - 1 : one.end() + 1] == " / ":
            close("comma")
        elif kind == "bracket":
            continue
        elif one[0] == "." and row and row[-1].end() == one.start():
            if not _goes_on(text, row, one.end()):
                close("")
        else:
            if one[0] == ":":
                row.clear()
            close("")
    close("")
    return runs


def _goes_on(text: str, row: list[re.Match[str]], at: int) -> bool:
    """Whether a full stop behind a row ends no sentence."""
    last = row[-1]
    if last[0].casefold() == "st" and len(row) > 2 and (_is_whole(row[:-1]) or row[-2][0].casefold() in words.WEAK):
        return False
    if last.lastgroup == "number":
        return text[at : at + 1] == "\n"
    short = len(last[0]) <= 3 and text[at : at + 1] == " "
    return _is_abbreviation(last) or (short and (len(row) == 1 or any(one.lastgroup == "number" for one in row)))


def _is_abbreviation(token: re.Match[str]) -> bool:
    return token[0].casefold() in words.ABBREVIATIONS or token[0].endswith("str")


def _ends_line(text: str, following: list[re.Match[str]]) -> bool:
    """Whether a number comes next and is the last of its line, sentence or street."""
    if not following or following[0].lastgroup != "number":
        return False
    behind = following[-1]
    return (
        following[0].end() == len(text)
        or behind.lastgroup in ("line", "comma")
        or behind[0] in ".?!"
        or behind[0].casefold() in words.UNITS
    )


def _is_state(name: str) -> bool:
    """Whether it is the two capitals of a state or province, of which some are words: IN, OR, ME."""
    return len(name) == 2 and name.isupper()


def _is_whole(row: list[re.Match[str]]) -> bool:
    """Whether a street needs no further word for its kind."""
    return row[-1].lastgroup == "number" or row[-1][0].casefold() in words.STRONG
