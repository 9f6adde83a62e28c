"""How long something has lasted for a customer, held against the times that a help page gives."""

import math
from functools import lru_cache
from typing import NamedTuple

import regex

from assistant.times import NUMBER, minutes

_NUMBER = rf"\d{{1,3}}[.,]\d|{NUMBER}|an?"
_UNIT = r"min(?:ute)?s?|h(?:ou)?rs?|days?|nights?|weeks?|months?"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_READ = 4_000
_FAR = 8
"""Times as long as a limit from which what lasted says nothing about it: eight days aren't "two hours or more"."""

_SPAN = regex.compile(
    rf"(?<![\w£$€.,-])(?<!half )({_NUMBER})[ -]?(?:working |whole |full |business |solid |entire |bloody )?({_UNIT})\b"
    r"( and a half)?"
    r"(?! (?:old|free|trial|guarantee|warranty|left|before|notice|from now|a |per ))",
    regex.I,
)
_NTH = regex.compile(r"\b(day|week|month|hour) (\d{1,3})\b", regex.I)
_HALF = regex.compile(r"\bhalf an hour\b", regex.I)
_HOPED = regex.compile(
    r"\b(?:in|within|next|last|first|free|every|per|the next|under|less than|up to|takes?|usually|until)\s+$", regex.I
)
_SINCE = regex.compile(rf"\b(?:since|on|from) (?:last )?({'|'.join(_DAYS)})\b", regex.I)
_NOW = regex.compile(rf"\b(?:it['’]?s|it is|now|today(?:['’]s| is)?) (?:now |already )?({'|'.join(_DAYS)})\b", regex.I)
_QUOTED = regex.compile(r"(?<!\w)[\"“][^\"“”\n]{3,200}[\"”](?!\w)")

_TIME = rf"(?P<n>{_NUMBER})(?:st|nd|rd|th)? (?:to \d{{1,3}} )?(?:working |full )?(?P<unit>{_UNIT})\b"
_FROM = (
    regex.compile(rf"\b{_TIME}(?: late)? or (?:more|longer)\b", regex.I),
    regex.compile(rf"\b(?:more|longer|later) than {_TIME}", regex.I),
    regex.compile(rf"(?<=^|[.!?] )After {_TIME}(?! (?:notice|before))", regex.I),
    regex.compile(
        rf"\b(?:hasn['’]t|haven['’]t|isn['’]t|aren['’]t|not|nothing|nobody|no|still|if|when)\b[^.:?!]{{0,60}}"
        rf"\b(?:after|for|in) {_TIME}",
        regex.I,
    ),
    regex.compile(rf"\bfrom the {_TIME}", regex.I),
)
"""The time from which on a passage holds ("if it hasn't moved for 2 working days")."""
_UP_TO = regex.compile(
    rf"\b(?:within|up to|takes?|usually|about|in|than) (?:the )?(?:\d{{1,3}} (?:to|or) )?{_TIME}"
    rf"|(?<![\w,.])\d{{1,3}} to {_TIME}|(?<=^|[.!?] ){_TIME}",
    regex.I,
)
"""The time up to which what a passage tells is as it should be ("arrives within 48 hours")."""
_USUAL = regex.compile(
    r"\b(?:normal|usual(?:ly)?|takes?|arrives?|comes?|reach(?:es)?|be there|gets? to|delivered"
    r"|answer(?:ed)?|reply|hear|made|paid|sent)\b",
    regex.I,
)
_THEIRS = regex.compile(
    r"\b(?:you (?:can|may|must|have)|tell us|report|claim|return (?:it|them|the|an?|your)|apply|cancel|register"
    r"|challenge)\b",
    regex.I,
)
"""What must or may be done by the customer in that time: a limit of another kind."""


class _Limits(NamedTuple):
    since: tuple[int, ...]
    """Minutes from which on the text holds."""
    up_to: int | None
    """Minutes up to which what it tells is as it should be."""


@lru_cache(maxsize=256)
def lasted(message: str) -> int:
    """The longest time, in minutes, that a customer says something has lasted; 0 where none is told.

    What others said ("within two days"), what is hoped for and what lies ahead doesn't count.
    """
    text = _QUOTED.sub(" ", message[:_READ])
    told = [0]
    told += [
        int(minutes(one[1], one[2]) * (1.5 if one[3] else 1))
        for one in _SPAN.finditer(text)
        if not _HOPED.search(text[: one.start()])
    ]
    told += [minutes(one[2], one[1]) for one in _NTH.finditer(text)]
    told += [30 for _ in _HALF.finditer(text)]
    if (now := _NOW.search(text)) is not None:
        today = _DAYS.index(now[1].lower())
        told += [(today - _DAYS.index(one[1].lower())) % 7 * 1_440 for one in _SINCE.finditer(text)]
    return max(told)


def fits(text: str, message: str) -> float:
    """How well the time from which a text holds fits what lasted: 1 the limit is just passed, 0 no limit or far off."""
    waited = lasted(message)
    reached = [one for one in _limits(text).since if one <= waited] if waited else []
    if not reached:
        return 0.0
    return max(0.0, 1.0 - math.log(waited / max(reached)) / math.log(_FAR))


def not_yet(text: str, message: str) -> bool:
    """Whether a text holds only from a time on that what lasted hasn't reached."""
    waited = lasted(message)
    limits = _limits(text).since
    return bool(waited and limits) and min(limits) > waited >= min(limits) / _FAR


def run_out(text: str, message: str) -> bool:
    """Whether a text calls usual, or promises, a time that is over for this customer: it must not reassure."""
    waited, up_to = lasted(message), _limits(text).up_to
    return up_to is not None and waited > up_to


@lru_cache(maxsize=4096)
def _limits(text: str) -> _Limits:
    since = tuple(_of(found) for one in _FROM for found in one.finditer(text))
    up_to = None
    if not since and _USUAL.search(text) and not _THEIRS.search(text):
        up_to = max((_of(found) for found in _UP_TO.finditer(text)), default=None)
    return _Limits(since, up_to)


def _of(found: "regex.Match[str]") -> int:
    return minutes(found["n"], found["unit"])
