"""Telephone numbers: by the word beside them, by a shape that only they have, else by the plans of some countries.

`phonenumbers` knows the plans; it is asked only where neither word nor shape tells, since what people write is often
not a number of the plan that one would guess.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tone_rules.personal.cues import after, before

REGIONS = ("GB", "US", "IE", "AU", "NZ", "IN", "ZA", "DE", "FR", "NL", "ES", "IT", "SE", "CH", "AT", "BE", "PL")
"""Whose plans a number without its country is held against."""
_DIGIT_RUNS = re.compile(
    r"(?<![\w@/=#])(?<!\d[.,:-])(?<![£$€])"
    r"(?:\(?\+ ?\(?|\()?\d(?:[ \u00a0().\-–/]{0,3}\d){4,18}"
    r"(?:[ ,]{0,2}(?:x|ext\.?|extension) ?\d{1,6})?(?![\w@%]|[.,:]\d|-\w)",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"(?:\(?\+[ (]?|00|011[ .-])[1-9][\d ().\-–/]{6,}"  # with its country
    r"|(?:1[ .-]?)?\(\d{3}\)[ .-]?\d{3}[ .-]?\d{4}"  # North America
    r"|(?:1[ .-])?\d{3}([.\- ])\d{3}\1\d{4}"
    r"|\(0\d{1,4}\)[ -]?\d{3,4}[ -]?\d{3,4}"
    r"|0\d{2,4}([ -])\d{3}(?:\2?\d{2}){2}|0\d{2,4}[ -]\d{5,8}|0\d{1,4}([ -])\d{3,4}\3\d{3,4}"
    r"|0\d{1,4}[ /-]\d{2,4}(?:[ -]?\d{2,4}){1,3}|0\d([. -])\d\d(?:\4\d\d){3}",
)
_SERVICE = re.compile(r"(?:0|44|0044)?(?:800|808|3\d\d|84\d|87\d)\d{6,7}|(?:00)?1?8(?:00|33|44|55|66|77|88)\d{7}")
"""The United Kingdom's and North America's, also those that are in no plan yet."""
_GEOGRAPHIC = re.compile(r"(?:0|44|0044)(?:1[2-79]|[27]\d)\d{7,8}|1?[2-79]\d{2}[2-9]\d{6}")
"""Places and mobiles of the same two plans: no need to load all plans for them."""
_EXTENSION = re.compile(r"(?i)[ ,]{0,2}(?:x|ext\.?|extension) ?\d{1,6}$")
_CALLED = re.compile(
    r"(?i)\b(?:(?:tele)?phone|mobile|mob|cell|tel|desk|office(?=:)|fax|call(?:ing|ed)?|ring|rang|text(?:ed)?|whatsapp|sms"
    r"|dial|landline|hotline|helpline|contact|reach|number|line|registered)\b(?:[^\w\n]{0,3}\b(?:no|number|me|us|you|him|her|them"
    r"|back|on|at|is|was|the|our|my|your|registered|up|to|at any time|now|today)\b\.?){0,5}[^\w\n]{0,3}$"
)
_NAMED_AFTER = re.compile(r"(?i)[ ,]{0,2}\(?(?:office|fax|mobile|mob|cell|home|work|desk|phone|tel|direct)\b")
_OTHER = re.compile(
    r"(?i)\b(?:order|ref(?:erence)?|booking|ticket|case|claim|parcel|tracking|invoice|flight|model|serial|account|acct"
    r"|policy|card|iban|id|imei|part|item|sku|confirmation|membership|customer|version|isbn|vat|company)\b"
    r"(?:[^\w\n]{0,3}\b(?:number|no|code|is|was|id)\b\.?){0,2}[^\w\n]{0,3}$"
)
_DATE = re.compile(r"(?:19|20)\d\d([-/. ])\d{1,2}\1\d{1,2}(?:\D|$)|\d{1,2}([-/. ])\d{1,2}\2(?:19|20)?\d\d$")
_YEARS = re.compile(r"(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every telephone number, with its extension."""
    for found in _DIGIT_RUNS.finditer(text):
        if _is_one(text, *found.span()):
            yield found.span()


def is_service_line(number: str) -> bool:
    """Whether a number is of a kind that only organisations have: free of charge, shared cost, premium, short."""
    digits = re.sub(r"\D", "", _EXTENSION.sub("", number))
    if len(digits) < 7 or _SERVICE.fullmatch(digits):
        return True
    if _GEOGRAPHIC.fullmatch(digits):
        return False
    from phonenumbers import PhoneNumberType as Kind

    ours = {Kind.TOLL_FREE, Kind.SHARED_COST, Kind.PREMIUM_RATE, Kind.UAN, Kind.VOICEMAIL}
    return any(one in ours for one in _kinds(number))


def is_mobile(number: str) -> bool:
    """Whether a number is a mobile's in the first plan that knows it; a British landline never is."""
    from phonenumbers import PhoneNumberType as Kind

    kinds = _kinds(number)
    return kinds[:1] == [Kind.MOBILE] and not re.fullmatch(r"0[12]\d{8,9}", re.sub(r"\D", "", number))


def _is_one(text: str, start: int, end: int) -> bool:
    number = _EXTENSION.sub("", text[start:end])
    digits = sum(map(str.isdigit, number))
    if not 6 <= digits <= 15 or _DATE.match(number) or _YEARS.match(number):
        return False
    if number.count("(") != number.count(")"):
        return False
    ahead = before(text, start)
    if _OTHER.search(ahead):
        return False
    if _CALLED.search(ahead) or _NAMED_AFTER.match(after(text, end, 12)):
        return True
    if _SHAPE.fullmatch(number):
        return True
    return digits >= 10 and number[0] in "0(" and bool(_kinds(number))


@lru_cache(maxsize=64)
def _kinds(number: str) -> list[int]:
    """What kinds of line a number is, in the plans of the countries that know it, in the order of `REGIONS`."""
    import phonenumbers

    kinds = []
    for region in (None,) if number.startswith("+") else REGIONS:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            kinds.append(phonenumbers.number_type(parsed))
    return kinds
