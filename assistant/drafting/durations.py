"""Times that a customer tells: how long it took, whether that is usual, how much is left."""

import regex

from assistant.times import NUMBER, minutes, number_of, written

_SPAN = regex.compile(
    rf"(?<![\w£$€.,-])({NUMBER}) ?(?:working |whole |full |business |solid )?"
    r"((?:minute|min|hour|hr|day|week|month)s?)\b"
    r"(?! (?:old|free|trial|ago|later|after|before|straight|guarantee|warranty|from now))",
    regex.I,
)
_HOPED = regex.compile(r"\b(?:in|within|next|free|trial|every|per|a|valid|for the next)\s*$", regex.I)
_WAITED = regex.compile(
    r"\b(?:wait\w*|hold|late|delay\w*|no|not|nothing|nobody|never|n['’]t|without"
    r"|still|since|been|over|for|yet|already|now|days?[!.])\b|!",
    regex.I,
)
"""A span counts as lost only where its sentence says so."""
_FULL = {"min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour"}


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
    best = max(found, key=lambda one: minutes(one[1], one[2]))
    count, unit = int(number_of(best[1])), best[2].lower()
    if count == 0:
        return None
    return f"{written(count)} {_FULL.get(unit, unit.removesuffix('s'))}{'' if count == 1 else 's'}"


def _around(text: str, span: "regex.Match[str]") -> str:
    """The sentence that a span stands in."""
    start = max(text.rfind(mark, 0, span.start()) for mark in ".!?\n") + 1
    ends = [found for mark in ".!?\n" if (found := text.find(mark, span.end())) >= 0]
    return text[start : min(ends, default=len(text)) + 1]


_SLOW = regex.compile(
    rf"\b(?:{NUMBER}|a) (?:whole |full )?(?:hours?|hrs?|days?|weeks?|months?) (?:to|for|waiting|on hold|late)\b"
    r"[^.!?\n]{0,20}(?:answer|reply|respon|deliver|arriv|fix|refund|hear|come|get|hold|wait|late|nothing|an? )",
    regex.I,
)


def was_slow(message: str) -> bool:
    """Whether a message says that something took long: praise beside it is no praise."""
    return _SLOW.search(message[:4_000]) is not None


_USUAL = regex.compile(r"\b(?:is (?:that|this|it) (?:normal|usual|right|ok)|normal or|usual or|unlucky)\b", regex.I)
_TOOK = regex.compile(r"(?<![\d£$€.,-])(\d{1,3}) ?((?:working |business )?(?:minute|hour|day|week)s?)\b", regex.I)
_RANGE = regex.compile(
    r"(?<![\d£$€.,-])(\d{1,3}) ?(?:-|–|to) ?(\d{1,3}) ((?:working |business )?(?:minute|hour|day|week)s?)\b", regex.I
)
_SO = regex.compile(r"(working |business )?(minute|hour|day|week)s? ?\(so (\d{1,3}) ?(?:-|–|to) ?(\d{1,3})\)", regex.I)


def compared(message: str, said: str) -> str | None:
    """Whether a time that took is within the one time that an answer states; None where units or questions differ.

    Only for a customer who asks whether it is normal.
    """
    took = _TOOK.search(message[:4_000])
    if took is None or not _USUAL.search(message[:4_000]):
        return None
    count, unit = int(took[1]), _unit(took[2])
    told = [(int(one[1]), int(one[2]), _unit(one[3])) for one in _RANGE.finditer(said)]
    told += [(int(one[3]), int(one[4]), _unit(f"{one[1] or ''}{one[2]}")) for one in _SO.finditer(said)]
    told = list(dict.fromkeys(one for one in told if one[2] == unit))
    if len(told) != 1:
        return None
    first, last, _ = told[0]
    amount = f"{count} {unit}{'' if count == 1 else 's'}"
    if count > last:
        return f"So {amount} is longer than it should take."
    return f"So {amount} is within the normal time." if count >= first else f"So {amount} is on the quick side."


def _unit(words: str) -> str:
    return words.lower().strip().removesuffix("s").replace("business", "working")


_AGO = regex.compile(r"\b(\d{1,3}) ?(min|minute|hour|hr)s? ago\b", regex.I)
_WITHIN = regex.compile(r"\b(?:within|inside) (?:the )?(\d{1,3}) (minute|hour)s?\b", regex.I)


def left_of(message: str, said: str) -> str | None:
    """How much is left of a time that an answer gives, by how long ago the customer says it began."""
    ago, within = _AGO.search(message[:4_000]), _WITHIN.search(said)
    if ago is None or within is None:
        return None
    left = minutes(within[1], within[2]) - minutes(ago[1], ago[2])
    if left <= 0:
        return None
    return f"That leaves you about {left} minutes." if left < 120 else f"That leaves you about {left // 60} hours."
