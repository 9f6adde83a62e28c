"""Words as letters, one each, so that a clause's shape is a pattern over letters: of tags or of words.

I first person, Y second, H third; M me and us, m my and our, y your, h their; D determiner, C number, J adjective,
N noun, S the 's of owners, X auxiliary or modal, V finite verb, B base, G -ing, L participle, n not, R adverb,
K particle, P preposition, T to, w when and while, t that, W how and what, A and, q because and but, Z hidden,
`,` comma, `"` quote, `.` any other stop.
"""

from collections.abc import Sequence

from assistant.drafting.mirror.reading import HIDDEN, Word

_WORDS = {
    "i": "I", "we": "I", "you": "Y", "they": "H", "it": "H", "me": "M", "us": "M", "myself": "M", "them": "H",
    "itself": "H",
    "my": "m", "our": "m", "your": "y", "their": "h", "its": "D", "no": "D", "not": "n", "n't": "n", "never": "n",
    "nt": "n",
    "to": "T", "when": "w", "while": "w", "whenever": "w", "if": "w", "whether": "w", "whilst": "w",
    "because": "q", "but": "q", "although": "q", "though": "q", "unless": "q", "until": "q", "so": "q", "yet": "q",
    "whereas": "q",
    "and": "A", "or": "A", "nor": "A", "how": "W", "why": "W", "where": "W", "what": "W", "who": "W", "which": "W",
    "whose": "W",
    "everything": "H", "nothing": "H", "something": "H", "someone": "H", "anyone": "H", "nobody": "H", "everyone": "H",
    "there": "H", "mine": "H", ",": ",", '"': '"', "''": '"', "``": '"', "-": ".", "once": "R", "yourself": "Y",
    "yours": "Y", "no-one": "H", "noone": "H", "worth": ".",
    "mine's": "H", "without": "P",
}  # fmt: skip
_TAGS = {
    "DT": "D", "PDT": "D", "WDT": "W", "WP": "W", "WP$": "W", "WRB": "W", "PRP": "H", "PRP$": "h", "CD": "C", "$": "C",
    "JJ": "J", "JJR": "J", "JJS": "J", "NN": "N", "NNS": "N", "NNP": "N", "NNPS": "N", "FW": "N", "GW": "N", "ADD": "Z",
    "AFX": "J", "POS": "S", "MD": "X", "VBZ": "V", "VBP": "V", "VBD": "V", "VB": "B", "VBG": "G", "VBN": "L",
    "RB": "R", "RBR": "R", "RBS": "R", "RP": "K", "IN": "P", "TO": "T", "CC": "A", "EX": "H", ",": ",",
    "HYPH": "-", "UH": "U",
    "LS": ".", "SYM": ".",
}  # fmt: skip
_AUXILIARY = frozenset({"be", "have", "do"})
_WORDED_BY_TAG = {"there": ("RB",), "so": ("RB", "RBR"), "yet": ("RB",), "no": ("UH", "RB"), "once": ("IN",)}
_PARTICLES = frozenset({"up", "out", "off", "back", "down", "in", "on", "through", "away", "over"})


def letters(said: Sequence[Word]) -> str:
    """One letter for each word."""
    return "".join(_letter(said, place) for place in range(len(said)))


def _letter(said: Sequence[Word], place: int) -> str:
    one = said[place]
    lower, tag = one.lower, one.tag
    if HIDDEN in one.text:
        return "Z"
    if lower in ("this", "that", "these", "those", "all", "some", "any", "each", "both", "another", "one"):
        if lower == "that" and tag in ("IN", "WDT"):
            return "t"
        following = said[place + 1] if place + 1 < len(said) else None
        noun = following is not None and following.tag.startswith(("N", "J", "CD", "PRP$", "VBG", "VBN", "DT"))
        if tag == "CD":
            return "C"
        return "D" if noun else "H"
    if lower == "one" and place and said[place - 1].lower == "xbox":
        return "N"
    if lower == "time" and place and said[place - 1].lower in ("every", "each"):
        return "w" if said[place + 1 : place + 2] and said[place + 1].tag in ("PRP", "DT", "PRP$") else "N"
    if lower in ("every", "each") and said[place + 1 : place + 2] and _letter(said, place + 1) == "w":
        return "R"
    if lower == "yet" and place and said[place - 1].lemma == "have":
        return "R"
    if lower in _WORDS and tag not in _WORDED_BY_TAG.get(lower, ()):
        return _WORDS[lower]
    letter = _TAGS.get(tag, ".")
    if letter == "V" and one.lemma in _AUXILIARY:
        return "X"
    if letter == "P" and lower in _PARTICLES and one.relation == "compound:prt":
        return "K"
    if letter == "R" and lower in _PARTICLES:
        return "K"
    return letter
