"""Small things that a customer tells and a reply may name: how long it took, and who helped them."""

import regex

_NUMBER = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|a|an|several|many"
_UNIT = r"(?:minute|min|hour|hr|day|week|month|year)s?"
_SPAN = regex.compile(
    rf"(?<![\w£$€.,-])(?:over |nearly |almost |more than |about )?({_NUMBER}) ?(?:working |whole |full |business |solid )?({_UNIT})\b(?! (?:old|free|trial|ago i bought))",
    regex.I,
)
_HOPED = regex.compile(r"\b(?:in|within|next|free|trial|every|per|a|valid|for the next)\s*$", regex.I)
_FULL = {"min": "minute", "mins": "minutes", "hr": "hour", "hrs": "hours"}
_WORDS = dict(
    zip(
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        strict=True,
    )
)

_PRAISED = (
    r"(?:shout ?out|thanks|thank you|thankyou|thx|credit|kudos|props|hats off|well done|big up)(?: so much| very much)?,?(?: to| goes to)? (?:your |the )?(?:agent |driver |engineer |colleague |lady |man )?(?P<name>\p{Lu}\p{Ll}{2,14})\b",
    r"(?:^|[.!?]\s+|\b(?:agent|driver|engineer|barista|waiter|waitress|nurse|colleague|called|named|lovely|guy|lady|man|and|from) )(?P<name>\p{Lu}\p{Ll}{2,14})(?: (?:in|on|at|from) [\w ]{2,25})? (?:sorted|helped|fixed|came|carried|went|was|is|did|made|saved|answered|took|found|stayed|even|has been)\b",
    r"\b(?:helped|served|looked after|sorted out|saved) by (?P<name>\p{Lu}\p{Ll}{2,14})\b",
)
_NOT_PEOPLE = frozenset(
    [
        "The",
        "This",
        "That",
        "There",
        "These",
        "Those",
        "They",
        "Then",
        "Thanks",
        "Thank",
        "You",
        "Your",
        "Our",
        "Mine",
        "What",
        "When",
        "Where",
        "Which",
        "Who",
        "How",
        "Why",
        "And",
        "But",
        "Support",
        "Team",
        "Customer",
        "Service",
        "App",
        "Delivery",
        "Everything",
        "Everyone",
        "Nothing",
        "Nobody",
        "Someone",
        "Somebody",
        "Anyone",
        "One",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Christmas",
        "Google",
        "Apple",
        "Item",
        "Order",
        "Parcel",
        "She",
        "Her",
        "His",
        "Him",
        "Staff",
        "Food",
        "Breakfast",
        "Shower",
        "Bed",
        "Room",
        "Price",
        "Quality",
        "Great",
        "Love",
        "Best",
        "Really",
        "Very",
        "Also",
        "Still",
        "Just",
        "Now",
        "Finally",
        "Mirror",
        "Rug",
        "Coat",
        "Bag",
        "Boots",
    ]
)


def span_in(message: str) -> str | None:
    """The longest time that a customer says something took or lasted ("nine days"), None where there is none.

    Spans that are hoped for or part of an offer ("in 2 days", "7 day trial") don't count.
    """
    found = [
        one
        for one in _SPAN.finditer(message[:4_000])
        if not _HOPED.search(message[: one.start()])
        and not message[one.end() :].startswith((" ago", " free", " trial", "/"))
    ]
    if not found:
        return None
    best = max(found, key=lambda one: _minutes(one[1], one[2]))
    number, unit = best[1].lower(), _FULL.get(best[2].lower(), best[2].lower())
    if number in ("a", "an", "many", "several") or number == "0":
        return None
    count = _WORDS.get(number, number)
    return f"{count} {unit.rstrip('s')}{'' if count == 'one' else 's'}"


def _minutes(number: str, unit: str) -> float:
    sizes = {"min": 1, "hou": 60, "hr": 60, "hrs": 60, "day": 1440, "wee": 10080, "mon": 43200, "yea": 525600}
    words = {word: digit for digit, word in _WORDS.items()}
    count = words.get(number.lower(), number)
    return (float(count) if count.isdigit() else 2.0) * sizes[unit.lower()[:3]]


def person_in(message: str, brand: str) -> str | None:
    """The first name of somebody whom the customer praises, None where none is clear."""
    for pattern in _PRAISED:
        for found in regex.finditer(pattern, message[:4_000], regex.M):
            name = str(found["name"])
            if name not in _NOT_PEOPLE and name.lower() not in brand.lower():
                return name
    return None
