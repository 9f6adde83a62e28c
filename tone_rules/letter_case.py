"""Titles and sentences as they are capitalised by AP and Chicago."""

import re
from collections.abc import Sequence

from tone_rules.patterns import compiled, matches

_SMALL = frozenset(re.findall(r"\S+", "a an and as at but by en for if in nor of on or per the to vs vs. via v v."))
"""Words of a title that AP writes small: articles, conjunctions and prepositions of up to three letters."""
_PREPOSITIONS = frozenset(
    re.findall(
        r"\S+",
        """about above across after against along among around before between beyond concerning despite down during
        following from including into near over since through throughout towards under until upon with within
        without""",
    )
)
"""Prepositions that Chicago writes small as well."""
_PIECE = re.compile(r"[^\W_]+[^\s\-/]*")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_NUMBERED = re.compile(r"\d+\.")


def sentence_case(text: str, known: Sequence[str], prefix: str | None, indicators: Sequence[str]) -> str:
    """The text with a capital at its start, and after words that end as an indicator; known words as they are."""
    front, rest = _split(text, prefix)
    words = r"[\p{N}\p{L}*]+[^\s]*"
    ordered = sorted(known, key=len, reverse=True)
    # a known word that a full stop follows is an abbreviation of another: "VS" does not make "vs." large
    pattern = rf"(?i)\b(?:{'|'.join(ordered)})\b(?!\.\s)|{words}" if ordered else words
    made: list[str] = []
    before = ""
    for index, found in enumerate(matches(pattern, rest.lower())):
        token = found[0]
        opens = index == 0 or before.endswith(tuple(indicators)) or (index == 1 and _NUMBERED.search(before))
        made.append(_known(token, known) or (token[:1].upper() + token[1:] if opens else token))
        before = token
    return front + " ".join(made)


def title_case(text: str, known: Sequence[str], prefix: str | None, *, chicago: bool) -> str:
    """The text as a title: every word with a capital, but for small ones that neither begin nor end it.

    AP writes the "to" of an infinitive large. That takes a tagger to tell: here it comes small, and who compares
    should take either.
    """
    front, rest = _split(text, prefix)
    plain = rest.translate(_PLAIN)

    def put(found: re.Match[str]) -> str:
        start, end = found.span()
        word = found[0]
        small = word.lower() in _SMALL or (chicago and word.lower() in _PREPOSITIONS)
        if same := _known(word, known):
            return same
        at = [plain[one] if 0 <= one < len(plain) else plain[0] for one in (start - 2, start - 1, end)]
        inside = start > 0 and end < len(plain) and at[1] in " -/" and at[0] not in ":-"
        if small and inside and (at[2] != "-" or at[1] == "-"):
            return word.lower()
        return word[:1].upper() + word[1:]

    return front + _PIECE.sub(put, rest)


def _split(text: str, prefix: str | None) -> tuple[str, str]:
    found = compiled(prefix).search(text) if prefix else None
    if found is None or found.start():
        return "", text
    return found[0], text[found.end() :]


def _known(word: str, known: Sequence[str]) -> str | None:
    return next((one for one in known if one.lower() == word.lower()), None)
