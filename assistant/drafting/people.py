"""People whom a message tells of: who helped, and who of the brand's promised something."""

import regex

from assistant.drafting.mirror import words

_NAME = r"(?P<name>\p{Lu}\p{Ll}{2,14})\b"
_PRAISED = (
    r"(?i:shout ?out|thanks|thank you|thx|credit|kudos|props|hats off|well done|big up)(?i: so much| very much)?,?"
    rf"(?: to| goes to) (?:your |the )?(?:agent |driver |engineer |colleague |lady |man )?{_NAME}",
    r"(?:^|[.!?]\s+|\b(?:agent|driver|engineer|barista|waiter|waitress|nurse|colleague|guy|lady|man"
    rf"|called|named|lovely|and|from) ){_NAME}(?: (?:in|on|at|from) [\w ]{{2,25}})?"
    r" (?:sorted|helped|fixed|came|carried|saved|answered|stayed|found|took)\b",
    rf"\b(?:helped|served|looked after|sorted out|saved) by {_NAME}",
    r"\b(?i:driver|engineer|agent|colleague|waiter|waitress|barista|nurse|lady|guy|man|woman|lad)"
    rf" (?:called|named) {_NAME}",
    r"(?P<name>\b(?:Dr|Mr|Mrs|Ms|Nurse)\.? \p{Lu}\p{Ll}{2,14})\b(?= (?:is|was) (?:an? )?(?:\p{Ll}+ )?"
    r"(?:wizard|angel|star|legend|gem|hero|lifesaver|saint|lovely|wonderful|brilliant|amazing|fantastic|great))",
)


def person_in(message: str, brand: str) -> str | None:
    """The first name of somebody whom the customer praises, None where none is clear."""
    for pattern in _PRAISED:
        for found in regex.finditer(pattern, message[:4_000], regex.M):
            name = str(found["name"])
            known = name.lower() in words("not_people") or name.endswith("ly")
            if not known and name.lower() not in brand.lower():
                return name
    return None


_STAFF_TOLD = regex.compile(
    r"\b(?:lady|man|guy|woman|lad|agent|advis[eo]r|assistant|colleague|manager|someone|somebody|rep)\b"
    r"[^.!?\n]{0,40}\b(?:told|promised|assured|said|confirmed)\b",
    regex.I,
)


def told_by_staff(message: str) -> bool:
    """Whether the customer was told something by one of the brand's people that has to be looked up."""
    return _STAFF_TOLD.search(message[:4_000]) is not None
