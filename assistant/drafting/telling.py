"""Small things that a customer tells and a reply may name: how long it took, and who helped them."""

import regex

from assistant.drafting.mirror import words

_NAMED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NAMED)}"
_MINUTES = {"min": 1, "hou": 60, "hr": 60, "hrs": 60, "day": 1_440, "wee": 10_080, "mon": 43_200}
_SPAN = regex.compile(
    rf"(?<![\w£$€.,-])({_NUMBER}) ?(?:working |whole |full |business |solid )?((?:minute|min|hour|hr|day|week|month)s?)\b(?! (?:old|free|trial|ago|later|after|before|straight|guarantee|warranty|from now))",
    regex.I,
)
_HOPED = regex.compile(r"\b(?:in|within|next|free|trial|every|per|a|valid|for the next)\s*$", regex.I)
_WAITED = regex.compile(
    r"\b(?:wait\w*|no|not|still|since|been|nothing|nobody|hold|late|delay\w*|without|over|for|never|n['’]t|yet|already|now|days?[!.])\b|!",
    regex.I,
)
"""A span counts as lost only where its sentence says so."""
_FULL = {"min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour"}

_NAME = r"(?P<name>\p{Lu}\p{Ll}{2,14})\b"
_PRAISED = (
    rf"(?i:shout ?out|thanks|thank you|thx|credit|kudos|props|hats off|well done|big up)(?i: so much| very much)?,?(?: to| goes to) (?:your |the )?(?:agent |driver |engineer |colleague |lady |man )?{_NAME}",
    rf"(?:^|[.!?]\s+|\b(?:agent|driver|engineer|barista|waiter|waitress|nurse|colleague|called|named|lovely|guy|lady|man|and|from) ){_NAME}(?: (?:in|on|at|from) [\w ]{{2,25}})? (?:sorted|helped|fixed|came|carried|saved|answered|stayed|found|took)\b",
    rf"\b(?:helped|served|looked after|sorted out|saved) by {_NAME}",
)


def span_in(message: str) -> str | None:
    """The longest time that a customer says something took or lasted ("nine days"), None where there is none.

    Spans that are hoped for, long gone or part of an offer ("in 2 days", "3 days ago", "7 day trial") don't count.
    """
    text = message[:4_000]
    found = [
        one
        for one in _SPAN.finditer(text)
        if not _HOPED.search(text[: one.start()]) and _WAITED.search(_around(text, one))
    ]
    if not found:
        return None
    best = max(found, key=lambda one: _count(one[1]) * _MINUTES[one[2].lower()[:3]])
    count, unit = _count(best[1]), best[2].lower()
    if count == 0:
        return None
    named = _NAMED[count] if count < len(_NAMED) else str(count)
    return f"{named} {_FULL.get(unit, unit.removesuffix('s'))}{'' if count == 1 else 's'}"


def _around(text: str, span: "regex.Match[str]") -> str:
    """The sentence that a span stands in."""
    start = max(text.rfind(mark, 0, span.start()) for mark in ".!?\n") + 1
    ends = [found for mark in ".!?\n" if (found := text.find(mark, span.end())) >= 0]
    return text[start : min(ends, default=len(text)) + 1]


def _count(number: str) -> int:
    return int(number) if number.isdigit() else _NAMED.index(number.lower())


_ERROR = regex.compile(
    r"\berror(?: ?code)?:? ?#?([a-z]{1,4}-?\d[\w-]{1,12}|0x[0-9a-f]{4,10}|\d{3,5})\b|\b((?:ce|ws|np|su|wv|nw)-\d{4,6}-\d)\b",
    regex.I,
)


def error_in(message: str) -> str | None:
    """The code of an error that the message names ("CE-34878-0"), None where there is none."""
    found = _ERROR.search(message[:4_000])
    code = (found[1] or found[2]) if found else None
    return code if code is None or code[:2].lower() == "0x" else code.upper()


def person_in(message: str, brand: str) -> str | None:
    """The first name of somebody whom the customer praises, None where none is clear."""
    for pattern in _PRAISED:
        for found in regex.finditer(pattern, message[:4_000], regex.M):
            name = str(found["name"])
            known = name.lower() in words("not_people") or name.endswith("ly")
            if not known and name.lower() not in brand.lower():
                return name
    return None
