"""What hangs on it for the customer, or what it cost them: "nine days", "four emails", "a job interview tomorrow"."""

from typing import Literal

import regex

from assistant.drafting.durations import NUMBERS, span_in
from tone_rules.value import Value

READ = 1_200
"""Characters of a message that are looked at."""

_COUNT = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS[1:])})"
_EFFORT = regex.compile(
    rf"(?i)\b(?P<n>{_COUNT}) (?P<what>(?:different |separate |phone |support |customer service )?(?:calls|"
    rf"emails|e-mails|messages|letters|tickets|visits|engineers|agents|attempts|reps|chats))\b"
)
_TRIED = regex.compile(
    rf"(?i)\b(?:called|rang|phoned|emailed|e-mailed|written|wrote|messaged|contacted|asked|tried|"
    rf"chatted|reset|reinstalled)\b[^.!?\n]{{0,30}}?\b(?P<n>{_COUNT}|several|multiple|many) times\b"
)
_EVENT = regex.compile(
    r"(?i)\b(?:an?|my|our|the) (?P<what>(?:(?:job|big|final|dinner|house|birthday|wedding|online|"
    r"work|school|business|doctor's|important) )?"
    r"(?:interview|exam|wedding|birthday|party|deadline|presentation|funeral|flight|holiday|meeting|"
    r"class|lecture|appointment|trip|move|anniversary|graduation|surgery|operation))"
    r"(?P<when> (?:tomorrow|tonight|today|this (?:morning|afternoon|evening|weekend|week)|next week|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b"
)


class Stake(Value):
    """What it cost, or what hangs on it."""

    kind: Literal["span", "effort", "event"]
    text: str
    start: int
    end: int
    """The place of its words in the message."""


def stakes_of(message: str) -> tuple[Stake, ...]:
    """How long it took, what was tried how often, what is coming up: at most one of each kind, in this order."""
    text = message[:READ].replace("’", "'")
    found: list[Stake] = []
    if span := span_in(message[:READ]):
        count, unit = span.split()
        number = NUMBERS.index(count) if count in NUMBERS else count
        place = regex.search(rf"(?i)\b(?:{count}|{number})\b[^.!?]{{0,20}}?\b{unit[:3]}\w*|\b{unit[:2]}", text)
        if place is not None:
            found.append(Stake(kind="span", text=span, start=place.start(), end=place.end()))
    if one := _EFFORT.search(text):
        number = int(one["n"]) if one["n"].isdigit() else NUMBERS.index(one["n"].lower())
        if number > 1:
            said = f"{NUMBERS[number] if number < len(NUMBERS) else number} {one['what'].lower()}"
            found.append(Stake(kind="effort", text=said, start=one.start(), end=one.end()))
    elif one := _TRIED.search(text):
        count = one["n"].lower()
        count = NUMBERS[int(count)] if count.isdigit() and int(count) < len(NUMBERS) else count
        found.append(Stake(kind="effort", text=f"{count} times", start=one.start("n"), end=one.end()))
    if one := _EVENT.search(text):
        what = one["what"].lower()
        said = f"{'an' if what[0] in 'aeiou' else 'a'} {what}{one['when']}"
        found.append(Stake(kind="event", text=said, start=one.start(), end=one.end()))
    return tuple(found)
