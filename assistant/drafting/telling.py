"""Small things that a customer tells and a reply may use: how long it took, who helped, what they are tired of."""

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
    rf"\b(?i:driver|engineer|agent|colleague|waiter|waitress|barista|nurse|lady|guy|man|woman|lad) (?:called|named) {_NAME}",
    r"(?P<name>\b(?:Dr|Mr|Mrs|Ms|Nurse)\.? \p{Lu}\p{Ll}{2,14})\b(?= (?:is|was) (?:an? )?(?:\p{Ll}+ )?(?:wizard|angel|star|legend|gem|"
    r"hero|lifesaver|saint|lovely|wonderful|brilliant|amazing|fantastic|great))",
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


_HERE = regex.compile(
    r"\b(?:answer|reply|say it|tell (?:me|us)) (?:me |us )?(?:in public|here|publicly|openly)\b"
    r"|[\"'“‘](?:please )?(?:dm|pm|message|inbox) (?:us|me)[\"'”’]"
    r"|\b(?:not|no|never|stop|won['’]?t|don['’]?t|sick of|tired of|fed up)\b.{0,25}\b(?:dms?|pms?|direct messages?|inbox)\b",
    regex.I,
)


def wants_it_here(message: str) -> bool:
    """Whether somebody is tired of being sent to private messages, or asks to be answered in public."""
    return _HERE.search(message[:4_000]) is not None


_STAFF_TOLD = regex.compile(
    r"\b(?:lady|man|guy|woman|lad|agent|advis[eo]r|assistant|colleague|manager|someone|somebody|rep)\b"
    r"[^.!?\n]{0,40}\b(?:told|promised|assured|said|confirmed)\b",
    regex.I,
)


def told_by_staff(message: str) -> bool:
    """Whether the customer was told something by one of the brand's people that has to be looked up."""
    return _STAFF_TOLD.search(message[:4_000]) is not None


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
    gone, most = int(ago[1]) * _MINUTES[_short(ago[2])], int(within[1]) * _MINUTES[_short(within[2])]
    left = most - gone
    if left <= 0:
        return None
    return f"That leaves you about {left} minutes." if left < 120 else f"That leaves you about {left // 60} hours."


def _short(unit: str) -> str:
    return unit.lower()[:3] if unit.lower()[:3] in _MINUTES else unit.lower()


_SLOW = regex.compile(
    rf"\b(?:{_NUMBER}|a) (?:whole |full )?(?:hours?|hrs?|days?|weeks?|months?) (?:to|for|waiting|on hold|late)\b"
    r"[^.!?\n]{0,20}(?:answer|reply|respon|deliver|arriv|fix|refund|hear|come|get|hold|wait|late|nothing|an? )",
    regex.I,
)


def was_slow(message: str) -> bool:
    """Whether a message says that something took long: praise beside it is no praise."""
    return _SLOW.search(message[:4_000]) is not None


_SCOLDS = regex.compile(
    r"\b(?:rude\w*|awful|terribl[ey]|worst|horribl[ey]|disgust\w*|disgrac\w*|useless|unhelpful|ignored|shouted|laughed at|lied"
    r"|appalling|shocking|pathetic|disappoint\w*|never again|agony|(?:could(?:n['’]?t| not)) (?:have )?care)",
    regex.I,
)


def scolds(message: str) -> bool:
    """Whether a message says outright that something or somebody was bad."""
    return _SCOLDS.search(message[:4_000]) is not None


_DID_WELL = regex.compile(
    r"\b(?:that['’]?s|this is) how (?:you|it|to)\b|\b(?:legends?|(?<!five )(?<!\d )(?:absolute )?stars?|heroe?s?|top (?:service|marks|man|"
    r"lady|bloke)|well done|credit to|hats? off|above and beyond|couldn['’]?t be happier|so impressed|brilliant (?:service|"
    r"team|help)|(?:great|fantastic|excellent|amazing|superb) (?:service|help|people|team|job)"
    r"|give (?:that|this|the|him|her|them) (?:(?:man|woman|lady|lad|guy|team|crew|driver|engineer) )?an? (?:raise|pay ?rise|medal"
    r"|promotion|bonus|biscuit|day off)|(?:is|was|are|were) (?:an? )?(?:absolute |total |proper )?(?:wizards?|angels?|gems?|"
    r"lifesavers?|saints?|dreams?)|made (?:my|our|her|his|their) (?:day|week|year|night))\b",
    regex.I,
)


def did_well(message: str) -> bool:
    """Whether a message says outright that somebody did well."""
    return _DID_WELL.search(message[:4_000]) is not None
