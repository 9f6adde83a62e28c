"""`contact`: telephone numbers, e-mail addresses and handles."""

import re
from collections.abc import Iterator

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern

SORT = "contact"
CUE = r"(?i)@|(?:\+|\(?0|\b1[ -])\d?[\d ().-]{7,}|\b[2-9]\d\d[ .-]\d{3}[ .-]\d{4}\b|\(\d{3}\) ?\d{3}"
_NUMBER = Pattern(
    r"(?<![\w/=.,£$€-])(?:(?:\+|00)[1-9]\d{0,2}[ .-]?(?:\(0\))?|\(?0|1[ -](?=8\d\d)|"
    r"(?=\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}\b))\(?\d(?:(?:[ .-]{0,2}|\) ?|[ .-]\((?=\d+\)))\d){6,13}(?![\w])",
    case=True,
)
_EMAIL = Pattern(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", case=True)
_HANDLE = Pattern(r"(?<![\w.@/])@(\w(?:[\w.]{0,48}\w)?)(?![\w@]|\.\w)", case=True)


@once
def claims(page: Page) -> Iterator[Claim]:
    """Numbers and addresses; handles are only held against those that are nearly the same."""
    taken: list[tuple[int, int]] = []
    for found in _EMAIL.finditer(page.text):
        taken.append(found.span())
        yield Claim(SORT, *found.span(), ("email", found[0].lower()), page.clause(found.start()))
    for found in _NUMBER.finditer(page.text):
        yield Claim(SORT, *found.span(), ("phone", _digits(found[0])), page.clause(found.start()))
    for found in _HANDLE.finditer(page.text):
        if not any(start <= found.start() < end for start, end in taken):
            yield Claim(SORT, *found.span(), ("handle", found[1].lower()), page.clause(found.start()), loose=True)


stated = claims


def same(claim: Claim, other: Claim) -> bool | None:
    """The same number or address; a handle differs only from one that it is easily taken for."""
    (mine, value), (theirs, said) = claim.value, other.value
    if mine != theirs:
        return None
    if value == said:
        return True
    if mine == "handle":
        from rapidfuzz.distance import Levenshtein

        near = Levenshtein.normalized_similarity(value, said) >= 0.6 and value[:3] == said[:3]
        return False if near else None
    return False


def _digits(number: str) -> str:
    """A number as it is dialled within its country: `+44 (0)161 496 0101` is `01614960101`."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if number.lstrip("( ").startswith("+"):
        return re.sub(r"^(?:44|353|49|33|61|1)", "0", digits)
    return re.sub(r"^00(?:44|353|49|33|61)", "0", digits)
