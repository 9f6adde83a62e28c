"""A message as sentences of tagged words: links, handles and emoji gone, haste mended, every word with its place."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from assistant.drafting.mirror.lists import mended, words

READ = 1_200
"""Characters of a message that are looked at; what a post is about stands in its beginning."""
HIDDEN = "Hidden"
"""Stands where a word must not be repeated: an identifier, an address, a handle in mid-sentence."""
_FINAL = frozenset(".!?")


class Word(NamedTuple):
    """One word of a message, mended."""

    text: str
    tag: str
    """Penn Treebank tag."""
    lemma: str
    relation: str
    """Universal Dependencies relation to its head."""
    head: int
    """Place of its head in the sentence; its own at the root or where the head is elsewhere."""
    joined: bool
    """No space before it."""
    start: int
    end: int
    """The place of the characters it came from, in the message."""

    @property
    def lower(self) -> str:
        """Its text in lower case."""
        return self.text.lower()


Sentence = tuple[Word, ...]

_URL = regex.compile(
    r"(?:https?://|www\.)\S+|[\w-]++\.(?:com|org|net|co|tv|us|pr|gg|ly|io|me|example)\b(?:/\S*+)?[.,!?]*+", regex.I
)
_IDENTIFIER = regex.compile(
    r"\S*?(?:\d{5,}|\d-\d{3,}-|[A-Z]{2,}\d{4,}|\w@\w|_)\S*+|[A-Z]{2,}-?\d{4,}\S*+|#\d\S*+|\+?\d[\d()-]{7,}\S*+|<\w++>\S*+"
)
_CODE = regex.compile(r"[A-Za-z]{1,4}-?\d[\w-]{1,11}|0x[0-9A-Fa-f]{4,10}")
_EMOJI = regex.compile(
    r"(?:(?![\d#*])[\p{Extended_Pictographic}\u200d\ufe0f\U0001F3FB-\U0001F3FF\U0001F1E6-\U0001F1FF])+|(?<=\s|^)(?:[:;]-?[)(DPp/]+|<3|\^_\^)(?=\s|$)"
)
_BRACKETS = regex.compile(r"\([^()\n]{0,120}+\)")
_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
_JOINED = regex.compile(
    r"(?i)(\b(?:my|our|your|the|a|this|that|any|auto|last|first|each|of) "
    r"(?:top|log|sign|check|pop|back|set|pick|start)|\bno(?= one\b)|\bpre(?= order)|\bwi(?= fi\b)) "
    r"(ups?|ins?|ons?|one|fi|order(?:s|ed|ing)?)\b"
)
"""Words apart that are one: a verb and its particle as a noun, "no one", "pre order"."""
_BARE = " ,.!?\"'()*:;-–—…"
_FOLDED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "…": ".",
        "\u200d": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "\u2066": " ",
        "\u2069": " ",
        "\ufe0f": " ",
        "\xa0": " ",
        "\u2003": " ",
        "–": "-",
        "—": "-",
    }
)


_NEVER_FINITE = frozenset({"xcomp", "amod"})
"""Relations in which a verb that looks like a past is a participle: "to get my points moved"."""


class _Piece(NamedTuple):
    text: str
    start: int
    end: int


def sentences(message: str) -> tuple[Sentence, ...]:
    """The sentences of a message's beginning; none where it holds no words.

    Raises:
        ConfigurationError: the language pipeline that is set can't be loaded.
    """
    return _sentences(message[:READ])


@lru_cache(maxsize=256)
def _sentences(message: str) -> tuple[Sentence, ...]:
    from tone_rules.language import analysed

    pieces = list(_pieces(message))
    if not pieces:
        return ()
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + 1
    with analysed(" ".join(piece.text for piece in pieces)) as doc:
        found = []
        for span in doc.sents:
            first, kept = span.start, []
            for one in span:
                piece = pieces[bisect_right(starts, one.idx) - 1]
                head = one.head.i - first if span.start <= one.head.i < span.end else one.i - first
                text = "'s" if one.text == "s" and one.norm_ == "'s" else one.text
                joined = one.i > 0 and not doc[one.i - 1].whitespace_
                tag = "VBN" if one.tag_ == "VBD" and one.dep_ in _NEVER_FINITE else one.tag_
                lemma = _whole(one.lemma_.lower(), tag)
                kept.append(Word(text, tag, lemma, one.dep_, head, joined, piece.start, piece.end))
            found.append(_asked(_hyphened(kept)))
    return tuple(found)


def _whole(lemma: str, tag: str) -> str:
    """A verb's lemma with the "e" that its ending took: "declin" is "decline"."""
    from tone_rules.vectors import known_words

    cut = tag in ("VBD", "VBN", "VBG") and lemma not in known_words() and f"{lemma}e" in known_words()
    return f"{lemma}e" if cut else lemma


def _asked(said: Sentence) -> Sentence:
    """The words of a question with the verb behind its subject as one: "Why doesn't my card work?"."""
    opener = next(
        (at for at, one in enumerate(said[:3]) if one.tag == "MD" or one.lower in ("do", "does", "did")), None
    )
    if opener is None:
        return said
    for at in range(opener + 2, min(opener + 8, len(said))):
        one = said[at]
        if one.tag in ("VB", "VBP", "VBD", "VBZ", "IN", "TO") or one.tag in (",", "."):
            return said
        if one.tag == "NN" and one.lower in words("verbs_too") and said[at - 1].tag.startswith(("N", "PRP")):
            following = said[at + 1].tag if at + 1 < len(said) else "."
            if following.startswith(("N", "V", "MD")):
                continue
            verb = one._replace(tag="VB", relation="ROOT", head=at)
            subject = said[at - 1]._replace(relation="nsubj", head=at)
            mended = (*said[: at - 1], subject, verb, *said[at + 1 :])
            return tuple(
                word._replace(head=at - 1) if place < at - 1 and word.head == at else word
                for place, word in enumerate(mended)
            )
    return said


def _hyphened(said: list[Word]) -> Sentence:
    """The words with those that a hyphen joins made one: "Wi-Fi", "two-step"."""
    place_of, out = list[int](), list[Word]()
    for one in said:
        open_before = out and out[-1].text.endswith("-") and len(out[-1].text) > 1
        if one.joined and out and (one.text == "-" or open_before) and out[-1].text[-1].isalnum() != (one.text != "-"):
            before = out.pop()
            joined = before.text + one.text
            end = before if one.text == "-" else one
            one = end._replace(text=joined, lemma=joined.lower(), joined=before.joined, start=before.start)
        out.append(one)
        place_of.append(len(out) - 1)
    return tuple(one._replace(head=place_of[one.head]) for one in out)


def _pieces(message: str) -> Iterator[_Piece]:
    """Words of the message as they are read, each with its place."""
    text = _BRACKETS.sub(lambda one: " " * len(one[0]), message.translate(_FOLDED))
    text = _JOINED.sub(r"\1-\2", text)
    letters = [one for one in text if one.isalpha()]
    shouted = len(letters) > 12 and sum(map(str.isupper, letters)) > 0.6 * len(letters)
    found = list(
        regex.finditer(
            r"\n+|\S+", _EMOJI.sub(lambda one: " ." + " " * (len(one[0]) - 2) if len(one[0]) > 1 else ".", text)
        )
    )
    opening, kept = True, list[_Piece]()
    for place, one in enumerate(found):
        raw = one[0]
        if raw.startswith("\n"):
            if kept and kept[-1].text[-1] not in ".!?,:":
                kept.append(_Piece(".", *one.span()))
            opening = True
            continue
        said = _mended(raw, shouted)
        last = place + 1 == len(found) or found[place + 1][0].startswith("\n")
        if said.lower().strip(_BARE) in ("thank", "thanks", "thx", "cheers", "ty"):
            said = "." if kept and kept[-1].text[-1] not in _FINAL else ""
        elif said.lower().strip(_BARE) == "you" and place and found[place - 1][0].lower() == "thank":
            said = ""
        elif raw.startswith("@"):
            said = "" if opening or last or _only_handles(found[place + 1 :]) else HIDDEN
        elif raw.startswith("#") and not raw[1:2].isdigit():
            plain = not last and not _only_handles(found[place + 1 :]) and not opening
            said = _mended(raw[1:], shouted) if plain else "."
        elif last and raw.lower().strip(_BARE) == "link":
            said = ""
        named = place > 0 and found[place - 1][0].lower() in ("the", "a", "my", "your", "our", "those", "two")
        spoken_to = said.lower().strip(_BARE) in words("vocatives") and not named
        if said and (spoken_to or said.lower().strip(_BARE) in words("fillers")):
            end = said[-1] if said[-1] in ".!?," else ""
            said = end if kept else ""
        if said:
            kept.append(_Piece(said, *one.span()))
            opening = said[-1] in _FINAL
    yield from kept


def _only_handles(found: "Sequence[regex.Match[str]]") -> bool:
    """Whether nothing but handles, tags and links follows up to the line's end."""
    for one in found:
        if one[0].startswith("\n"):
            return True
        if not one[0].startswith(("@", "#", "http")) and one[0].lower() not in ("link", "."):
            return False
    return True


def _mended(raw: str, shouted: bool) -> str:
    """One word as we would write it; "" for a link."""
    if _URL.fullmatch(raw):
        return raw[-1] if raw[-1] in _FINAL else ""
    bare = raw.strip(_BARE)
    if not bare:
        return raw if len(set(raw)) == 1 and raw[0] in ".!?,-" else "." if set(raw) & _FINAL else ""
    before, _, after = raw.partition(bare)
    before, after = before.replace("*", ""), after.replace("*", "")
    if _IDENTIFIER.fullmatch(bare) and not regex.fullmatch(r"0x[0-9A-Fa-f]{4,10}", bare):
        return f"{before}{HIDDEN}{after}"
    if _STRETCHED.search(bare):
        bare = _STRETCHED.sub(r"\1", bare)
    lower = bare.lower()
    known = mended("spelling").get(lower) or mended("names").get(lower)
    if known is None and lower.endswith("'s"):
        name = mended("names").get(lower[:-2])
        known = f"{name}'s" if name else None
    if known is None:
        known = lower if shouted and not any(map(str.isdigit, bare)) else bare
    elif bare[:1].isupper() and known[:1].islower() and lower in mended("spelling") and not bare.isupper():
        known = known[0].upper() + known[1:]
    return f"{before}{known}{after}"
