"""Order, card, telephone and account numbers, whole, spelled out, or by the part that gives them away."""

import re
from collections.abc import Iterator

from tone_rules.formats.amounts import SYMBOLS
from tone_rules.formats.atoms import atoms
from tone_rules.formats.dates import days
from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Run, Span

_NUMBERED = re.compile(
    r"order|booking|reserv|reference|(?:^|_)ref(?:_|$)|account|acct|card|iban|sort_?code|phone|mobile|(?:^|_)tel|fax|"
    r"passport|licen[cs]e|nhs|ssn|insurance|policy_n|claim|ticket|case|serial|imei|tracking|parcel|consignment|"
    r"membership|member_|loyalty|customer_(?:id|n)|(?:^|_)(?:id|no|nr|number|pin|code|vin|plate|reg)(?:_|$)",
    re.IGNORECASE,
)
_SECRET_WORD = re.compile(r"user_?name|login|password|(?:^|_)(?:code|codes|token|secret|answer)(?:_|$)", re.IGNORECASE)
# Whole words with a digit. Tried at the start of a word alone: a long word without one must not be read again from
# each of its letters.
_CHUNK = re.compile(r"(?<!\S)[^\s\d]*\d\S*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CUE = re.compile(
    r"\b(?:end(?:s|ing)?|last|first|starts?|starting|begin(?:s|ning)?|digits?|number|no|card)\W+(?:\w+\W+)?$"
)
_DATE_OR_TIME = re.compile(r"\d{4}-\d\d?-\d\d?(?:T.*)?|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}(?:st|nd|rd|th)|[\d.]+%")


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a number of this fact shows. Numbered things stay private even where the customer posted them."""
    always = bool(_NUMBERED.search(fact.name))
    if _SECRET_WORD.search(fact.name) and len(fact.value) >= 4 and not known.is_public(_joined(fact.value)):
        yield from reply.spans(_joined(fact.value))
    for candidate in _candidates(fact.value):
        wanted = _joined(candidate)
        digits = "".join(one for one in candidate if one.isdigit())
        kept = always or len(digits) >= 6
        if known.is_public(wanted) or (not kept and known.said.holds(wanted)):
            continue
        lettered = len(wanted) > len(digits)
        if lettered and len(wanted) >= 3:
            for start, end in reply.spans(wanted, loose=len(wanted) >= 7):
                if len(wanted) >= 5 or reply.text[start:end] == reply.text[start:end].upper():
                    yield start, end
        if len(digits) >= 4:
            yield from (
                (run.start, run.end)
                for run in reply.runs
                if _tells(run, digits, reply) and not _excused(run, digits, known, kept=kept)
            )


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
    if run.digits == digits or (len(digits) >= 6 and digits in run.digits):
        return True
    if len(digits) >= 9 and len(run.digits) >= 9 and run.digits[-9:] == digits[-9:]:
        return True
    size = len(run.digits)
    edge = size >= 4 and len(digits) >= 5 and (digits.endswith(run.digits) or digits.startswith(run.digits))
    if not edge and not (size >= 5 and run.digits in digits):
        return False
    return not _YEAR.fullmatch(run.digits) or bool(_CUE.search(reply.text[max(0, run.start - 40) : run.start].lower()))


def _excused(run: Run, digits: str, known: Known, *, kept: bool) -> bool:
    if any(run.digits in one.numbers for one in known.public):
        return True
    said = run.digits in known.said.numbers
    return said and (not kept or (run.digits != digits and digits not in known.said.joined))
