"""The very thing that an ask is about: what is priced, sold, brought, delivered."""

import regex

from assistant.words import is_price, terms_of

_DETERMINER = r"(?:(?:a|an|the|my|our|your|some|any|one of (?:my|your|the)|those|these|this) )*"
_OBJECT = rf"{_DETERMINER}(?P<what>[\p{{L}}\d’'-]+(?: [\p{{L}}\d’'-]+){{0,2}})"
_OFFERS = (
    "got|sell|selling|stock|have(?! to)|offer|carry|serve|hire out|rent out|fly|flying|hire|rent|accept|pick up|collect"
    "|take|ship|deliver|send|go"
)
_SUBJECTS = (
    regex.compile(
        r"\bhow much (?:is|are|for|does|do|would|will|to)\b(?: (?:it|you)\b)?(?: (?:cost|charge)(?: to)?)?"
        rf"(?: (?:get rid of|get|buy|bring|take|send|hire|rent|have|for|be))? {_OBJECT}",
        regex.I,
    ),
    regex.compile(
        r"\b(?:do|does|have|are|will|can) (?:you|they|(?!(?:i|we|it|he|she)\b)\p{L}+) (?:guys |still |also )?"
        rf"(?:{_OFFERS})(?: (?:to|in|from))? {_OBJECT}",
        regex.I,
    ),
    regex.compile(rf"\b(?:is|are) there {_OBJECT}", regex.I),
    regex.compile(
        rf"\b(?:can|could|may) (?:i|we) (?:bring|take|hire|rent|buy|fly with)(?: (?:to|in|from))? {_OBJECT}", regex.I
    ),
    regex.compile(
        r"\bwill (?P<what>(?!you|it|i|we|they|he|she|the|my|this|that)[\p{L}\d-]+(?: [\p{L}-]+)?) (?:fit|work|stay)\b",
        regex.I,
    ),
)
"""How an ask names what it is about; `what` holds a few words from there."""
_ENDS = regex.compile(
    r" (?:(?:in|on|at|to|for|of|with|from|by|as|and|or|if|when|is|are|was|do|does|be|have|has|had|get|that|this|i|you"
    r"|we|it|they|he|she|here|there|please|yet|now|still|again|cost|online|like|than|today|tomorrow|back|out|up|too"
    r"|anymore|any|anywhere|anything|anyone|anybody|something|somewhere|someone|somebody)\b.*)$",
    regex.I,
)


def subject_of(ask: str) -> str | None:
    """The thing whose price, presence or use an ask is about ("how much is a skateboard in the hold?": skateboard)."""
    found = next((found for one in _SUBJECTS if (found := one.search(ask))), None)
    if found is None:
        return None
    words = [word for word in terms_of(_ENDS.sub("", f" {found['what']}")) if not is_price(word)]
    return words[-1] if words else None
