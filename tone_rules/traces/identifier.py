"""Order, card, telephone and account numbers, whole, spelled out, in disguise, or by the part that gives them away."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tone_rules.formats.amounts import SYMBOLS
from tone_rules.formats.atoms import atoms
from tone_rules.formats.dates import days
from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import words_of
from tone_rules.situation import Fact
from tone_rules.traces.known import Known
from tone_rules.traces.reading import Reading, Run, Span

_NUMBERED = Lazy(
    r"order|booking|reserv|reference|(?:^|_)ref(?:_|$)|account|acct|card|iban|sort_?code|phone|mobile|(?:^|_)tel|fax|"
    r"passport|licen[cs]e|nhs|ssn|insurance|policy_n|claim|ticket|case|serial|imei|tracking|parcel|consignment|"
    r"post_?code|eircode|zip|membership|member_|loyalty|customer_(?:id|n)|"
    r"(?:^|_)(?:id|no|nr|number|pin|code|vin|plate|reg)(?:_|$)",
    re.IGNORECASE,
)
_SECRET_WORD = Lazy(r"user_?name|login|password|(?:^|_)(?:code|codes|token|secret|answer)(?:_|$)", re.IGNORECASE)
# Whole words with a digit. Tried at the start of a word alone: a long word without one must not be read again from
# each of its letters.
_CHUNK = Lazy(r"(?<!\S)[^\s\d]*\d\S*")
_YEAR = Lazy(r"(?:19|20)\d\d")
_CUE = Lazy(r"\b(?:end(?:s|ing)?|last|first|starts?|starting|begin(?:s|ning)?|digits?|number|no|card)\W+(?:\w+\W+)?$")
_EDGE_BEFORE = Lazy(
    r"(?:\b(?:end(?:s|ed|ing)?|finish(?:es|ing)|last|final|tail|first|start(?:s|ing)?|begin(?:s|ning)?|prefix|suffix|"
    r"digits?|numbers)\b(?:\W+(?:in|with|on|by|the|are|is|its|of|digits?|numbers?|three|two|3|2|being|card)){0,5}"
    r"[\W_]{1,3}|[*•●·xX#]{2,}[\s-]?|…\s?|\.{2,3}\s?)$",
    re.IGNORECASE,
)
_EDGE_AFTER = Lazy(
    r"\W{0,2}\s(?:at (?:the|its) (?:very )?(?:end|start|back|front)|(?:on|to) the end|as (?:the|its) last|"
    r"(?:comes?|stands?|is|are) (?:the )?(?:last|first|final))\b|\s?(?:[*•●]{2,}|…|\.{3})",
    re.IGNORECASE,
)
_DIGITS_WORD = Lazy(r"digit|card|end(?:s|ing)? (?:in|with|on)|[*•●x#]{2,}\W?$", re.IGNORECASE)
_NAMED_BY = Lazy(
    r"\b(?:number|no|nr|ref|reference|order|booking|ticket|account|card|case|claim|job|id)\b[\W_]{1,3}(?:is\W)?$|#$",
    re.IGNORECASE,
)
_MIDDLE_MASKED = Lazy(r"(?<![\w])(\d{1,8})\s?[*•●·xX#…]{1,12}\s?(\d{1,8})(?!\w)")
_MASKED_SHOWS = 4
"""Digits at both ends of a mask that tell a number."""
_BACKWARDS = 5
"""Digits of a number that are looked for in reverse: of four, chance finds too many."""
_DATE_OR_TIME = Lazy(r"\d{4}-\d\d?-\d\d?(?:T.*)?|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}(?:st|nd|rd|th)|[\d.]+%")


class _Number(NamedTuple):
    """One number of a fact: its letters and digits in a row, and its digits alone."""

    wanted: str
    digits: str

    @property
    def lettered(self) -> bool:
        return len(self.wanted) > len(self.digits)


class _Numbers(NamedTuple):
    """The numbers of a fact; `always` where they stay private whoever posted them."""

    always: bool
    word: str | None
    """The fact's value where it is a user name or a code."""
    numbers: tuple[_Number, ...]


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a number of this fact shows. Numbered things stay private even where the customer posted them."""
    held = _numbers(fact.name, fact.value)
    if (
        held.word
        and (spans := [*reply.spans(held.word), *reply.disguised(held.word)])
        and not known.is_public(held.word)
    ):
        yield from spans
    for number in held.numbers:
        kept = held.always or len(number.digits) >= 6
        shown = [*_written(number, reply), *_by_digits(number, reply, known, kept=kept)]
        if not shown or known.is_public(number.wanted) or (not kept and known.said.holds(number.wanted)):
            continue
        if known.said.holds(number.wanted) and known.lets_repeat(words_of(fact.name)):
            continue
        yield from shown


def _written(number: _Number, reply: Reading) -> Iterator[Span]:
    """Where the number with its letters shows, whole, backwards, in disguise, or but for its end."""
    wanted = number.wanted
    if not number.lettered or len(wanted) < 3:
        return
    for start, end in reply.spans(wanted, loose=len(wanted) >= 7):
        if len(wanted) >= 5 or reply.text[start:end] == reply.text[start:end].upper():
            yield start, end
    if len(wanted) >= _BACKWARDS:
        yield from reply.spoken.spans(wanted)
        yield from reply.spans(wanted[::-1])
        yield from reply.disguised(wanted)
    letters = len(wanted) - len(wanted.lstrip("abcdefghijklmnopqrstuvwxyz"))
    if letters and wanted[: letters + 2] in reply.joined:
        for size in range(letters + 2, len(wanted)):
            for start, end in reply.spans(wanted[:size]):
                if size >= letters + 3 or _at_an_edge(reply, start, end):
                    yield start, end


def _by_digits(number: _Number, reply: Reading, known: Known, *, kept: bool) -> Iterator[Span]:
    """Where the digits show, whole, in pieces, backwards, or those at either end."""
    digits = number.digits
    if len(digits) == 3 and number.lettered:
        yield from (
            (run.start, run.end)
            for run in reply.runs
            if run.digits == digits and _NAMED_BY.search(reply.text[max(0, run.start - 20) : run.start])
        )
    if len(digits) < 4:
        return
    yield from (
        (run.start, run.end)
        for run in reply.runs
        if (_tells(run, digits, reply) or _edge(run, digits, reply)) and not _excused(run, digits, known, kept=kept)
    )
    yield from reply.pieces(digits)
    for found in _MIDDLE_MASKED.finditer(reply.text):
        shown = len(found[1]) + len(found[2])
        if digits.startswith(found[1]) and digits.endswith(found[2]) and _MASKED_SHOWS <= shown <= len(digits):
            yield found.span()
    yield from reply.disguised(digits)


@lru_cache(maxsize=1024)
def _numbers(name: str, value: str) -> _Numbers:
    word = _joined(value) if _SECRET_WORD.search(name) and len(value) >= 4 else None
    found = dict.fromkeys(
        _Number(_joined(one), "".join(letter for letter in _joined(one) if letter.isdigit()))
        for one in _candidates(value)
    )
    return _Numbers(bool(_NUMBERED.search(name)), word, tuple(found))


def _candidates(value: str) -> Iterator[str]:
    chunks = [one.strip(".,;:()'\"") for one in _CHUNK.findall(value)]
    chunks = [one for one in chunks if one[:1] not in SYMBOLS and not _DATE_OR_TIME.fullmatch(one)]
    words = value.split()
    dated = any(days(value, atoms(value)))
    short = len(words) <= 4 or all(one.isupper() or one.isdigit() for one in words)
    if short and chunks and not dated and len(words) > 1 and value[:1] not in SYMBOLS:
        yield value
    for chunk in [] if dated else chunks:
        yield chunk
        yield from (part for part in re.split(r"[-/]", chunk) if part != chunk and _mixed(part) and len(part) >= 3)


def _joined(value: str) -> str:
    return "".join(one.text for one in atoms(value))


def _mixed(part: str) -> bool:
    return any(one.isdigit() for one in part) and any(one.isalpha() for one in part)


def _tells(run: Run, digits: str, reply: Reading) -> bool:
    if run.digits == digits:
        return len(digits) > 4 or not _is_time(run, reply)
    if len(digits) >= 6 and digits in run.digits:
        return True
    if len(digits) >= 9 and len(run.digits) >= 9 and run.digits[-9:] == digits[-9:]:
        return True
    if len(digits) >= _BACKWARDS and run.digits == digits[::-1]:
        return True
    size = len(run.digits)
    edge = size >= 4 and len(digits) >= 5 and (digits.endswith(run.digits) or digits.startswith(run.digits))
    if not edge and not (size >= 5 and run.digits in digits):
        return False
    if size == 4 and _is_time(run, reply):
        return False
    return not _YEAR.fullmatch(run.digits) or _cued(run, reply)


def _cued(run: Run, reply: Reading) -> bool:
    """Whether something tells that these digits are a number and not a year."""
    before = reply.text[max(0, run.start - 40) : run.start]
    return before.endswith("#") or bool(_CUE.search(before.lower())) or _at_an_edge(reply, run.start, run.end)


def _edge(run: Run, digits: str, reply: Reading) -> bool:
    """Whether two or three digits are said to stand at one end of the number: `the one that ends in nine two six`."""
    if not 2 <= len(run.digits) <= 3 or not (digits.endswith(run.digits) or digits.startswith(run.digits)):
        return False
    if not _at_an_edge(reply, run.start, run.end):
        return False
    return len(run.digits) == 3 or bool(_DIGITS_WORD.search(reply.text[max(0, run.start - 40) : run.start]))


def _at_an_edge(reply: Reading, start: int, end: int) -> bool:
    before, after = reply.text[max(0, start - 50) : start], reply.text[end : end + 30]
    return bool(_EDGE_BEFORE.search(before) or _EDGE_AFTER.match(after))


def _is_time(run: Run, reply: Reading) -> bool:
    return any(one.start <= run.start and run.end <= one.end for one in reply.clocks)


def _excused(run: Run, digits: str, known: Known, *, kept: bool) -> bool:
    if any(run.digits in one.numbers for one in known.public):
        return True
    said = run.digits in known.said.numbers
    return said and (not kept or (run.digits != digits and digits not in known.said.joined))
