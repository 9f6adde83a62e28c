"""Turning a clause from theirs to ours: "my" becomes "your", "I am" "you are", "your app" "the app"."""

from collections.abc import Sequence

import regex

from assistant.drafting.mirror.reading import Word

_TURNED = {
    "i": "you", "we": "you", "me": "you", "us": "you", "my": "your", "our": "your", "mine": "yours", "ours": "yours",
    "myself": "yourself", "ourselves": "yourselves", "your": "the", "am": "are",
}  # fmt: skip
_BEFORE_VERB = frozenset({"can", "could", "will", "would", "not", "n't", "n’t", "cannot"})
"""A verb behind these has its capital from a button or a message ("Cannot Download")."""
_AFTER_I = {
    "am": "are",
    "'m": "'re",
    "was": "were",
    "m": "'re",
    "has": "have",
    "is": "are",
    "does": "do",
    "wasnt": "weren't",
}


def turned(said: Sequence[Word], *, opening: bool = True) -> str | None:
    """The words with their person turned; None where "you" stands in them, who is us.

    Args:
        said: the words.
        opening: the first of them began a sentence, which gave it its capital.
    """
    out: list[tuple[str, bool]] = []
    first = False
    for place, one in enumerate(said):
        lower = one.lower
        if not one.tag:
            out.append((one.text, one.joined))
            continue
        if lower in ("you", "yours", "yourself", "y'all", "yourselves"):
            return None
        text = _TURNED.get(lower, one.text)
        if first and lower in _AFTER_I:
            text = _AFTER_I[lower]
        if lower in ("i", "we"):
            first = True
        elif not one.tag.startswith("RB"):
            first = False
        if (
            opening
            and place == 0
            and lower not in _TURNED
            and text[:1].isupper()
            and not one.tag.startswith("NNP")
            and text[1:].islower()
        ):
            text = text.lower()
        shouted = len(text) > 1 and text.isalpha() and text.isupper()
        if shouted and (not one.tag.startswith(("N", "JJ", "FW", "CD")) or (len(text) > 4 and _common(lower))):
            text = lower
        if place and said[place - 1].lower in _BEFORE_VERB and text[1:].islower():
            text = text.lower()
        if lower in ("a", "an") and place + 1 < len(said):
            text = _article(said[place + 1].lower)
        out.append((text, one.joined and place > 0 and bool(said[place - 1].tag)))
    return joined(out)


def _common(word: str) -> bool:
    from tone_rules.vectors import known_words

    return word in known_words()


def _article(following: str) -> str:
    """The indefinite article before a word, by its letters."""
    vowel = regex.match(r"(?:[aei]|o(?!ne)|u(?!ni|s|k|r[aeio])|hour|honest)", following)
    return "an" if vowel or regex.match(r"[fhlmnrsx](?:\d|[^aeiouhlry\W]{2,}$)", following) else "a"


def joined(out: Sequence[tuple[str, bool]]) -> str:
    """Words as one text; contractions that the tokens were cut from are whole again."""
    text = ""
    for word, close in out:
        text += word if close or not text else f" {word}"
    return text
