"""Parts of a reply into one text that fits its channel: what matters least goes first, nothing is cut in the middle."""

from collections.abc import Callable, Sequence

import regex

from tone_rules.value import Value

LONG = 420
"""Characters from which a reply is set in paragraphs where the channel has room."""

_SENTENCE_END = regex.compile(r"(?<=[.!?])\s+(?=[\p{Lu}\d\"“'])")


class Part(Value):
    """One piece of a reply."""

    text: str
    weight: int
    """What goes first where there is no room: the highest. 0 never goes."""
    paragraph: bool = False
    """Begins a paragraph in a long reply."""
    verbatim: bool = False
    """Cleared words, said whole or not at all."""
    whole: bool = False
    """Said whole or not at all, and else like any other."""
    short: str = ""
    """What is said instead where there is no room for the text."""
    does: str = ""
    """What it is there for, in words that may follow one another in a draft's `why`."""


class Plan(Value):
    """The parts of one candidate, why it is worth offering, and the ids of what it rests on."""

    parts: tuple[Part, ...]
    why: str = ""
    """Empty where what its parts do says it."""
    sources: tuple[str, ...] = ()


def why_of(parts: Sequence[Part]) -> str:
    """What some parts do, each once, in their order."""
    return ", ".join(dict.fromkeys(part.does for part in parts if part.does))


def fit(parts: Sequence[Part], fits: Callable[[str], bool]) -> tuple[str, Sequence[Part]] | None:
    """The parts as one text that fits, and those that stayed; None if nothing helps.

    Parts go by weight, the last of them first, then sentences of the heaviest.
    """
    kept = [part for part in parts if part.text]
    while not fits(text := join(kept)):
        heaviest = max(kept, key=lambda part: part.weight, default=None)
        if heaviest is None or heaviest.weight == 0:
            return _shortened(kept, fits)
        position = len(kept) - 1 - kept[::-1].index(heaviest)
        sentences = _SENTENCE_END.split(heaviest.text)
        if heaviest.short and heaviest.short != heaviest.text:
            kept[position] = heaviest.model_copy(update={"text": heaviest.short, "weight": max(heaviest.weight - 2, 1)})
        elif len(sentences) > 1 and heaviest.weight <= 2 and not (heaviest.verbatim or heaviest.whole):
            shorter = heaviest.model_copy(update={"text": " ".join(sentences[:-1])})
            kept[position] = shorter
        else:
            del kept[position]
    return text, kept


def _shortened(kept: list[Part], fits: Callable[[str], bool]) -> tuple[str, Sequence[Part]] | None:
    """Parts that must stay, less their last sentences."""
    for position in range(len(kept) - 1, -1, -1):
        if kept[position].verbatim or kept[position].whole:
            continue
        sentences = _SENTENCE_END.split(kept[position].text)
        while len(sentences) > 1:
            sentences.pop()
            kept[position] = kept[position].model_copy(update={"text": " ".join(sentences)})
            if fits(text := join(kept)):
                return text, kept
    return None


def join(parts: Sequence[Part]) -> str:
    """The parts as one text: a line, or paragraphs where it is long."""
    if not parts:
        return ""
    line = " ".join(part.text for part in parts)
    if len(line) < LONG:
        return line
    text = parts[0].text
    for part in parts[1:]:
        text += ("\n\n" if part.paragraph else " ") + part.text
    return text


_FULL = {
    "i'm": "I am", "i've": "I have", "i'd": "I would", "i'll": "I will", "it's": "it is", "that's": "that is",
    "there's": "there is", "here's": "here is", "what's": "what is", "where's": "where is", "who's": "who is",
    "you're": "you are", "you've": "you have", "you'd": "you would", "you'll": "you will", "we're": "we are",
    "we've": "we have", "we'd": "we would", "we'll": "we will", "they're": "they are", "they've": "they have",
    "can't": "cannot", "won't": "will not", "shan't": "shall not", "let's": "let us", "it'll": "it will",
}  # fmt: skip
_CONTRACTED = regex.compile(rf"\b(?:{'|'.join(_FULL)}|\w+n't)\b", regex.I)


def spoken(parts: Sequence[Part], *, formal: bool, signature: str | None) -> list[Part]:
    """Parts as they are said: as "we" where nobody signs, written out for a formal voice, signed."""
    said = [part for part in parts if part.text]
    if not signature:
        said = [part if part.verbatim else part.model_copy(update={"text": as_team(part.text)}) for part in said]
    if formal:
        said = [part if part.verbatim else part.model_copy(update={"text": written_out(part.text)}) for part in said]
    return [*said, *([Part(text=signature, weight=0)] if signature else [])]


_TEAM = {
    "I": "we", "I'm": "we're", "I've": "we've", "I'd": "we'd", "I'll": "we'll", "me": "us", "my": "our", "mine": "ours",
    "myself": "ourselves", "I am": "we are", "I was": "we were",
}  # fmt: skip
_ALONE = regex.compile(r"(?<![\w'’“\"])(?:I am|I was|I['’](?:m|ve|d|ll)|I|me|my|My|mine|myself)(?![\w'’])")
_FIRST = regex.compile(r"(?:^|(?<=[.!?…]\s))(\p{Ll})")


def as_team(text: str) -> str:
    """A text that says "I" as one that says "we": nobody stands behind an "I" that isn't signed."""
    told = _ALONE.sub(lambda found: _TEAM[found[0].replace("’", "'").replace("My", "my")], text)
    return str(_FIRST.sub(lambda found: found[1].upper(), told)) if told != text else text


def written_out(text: str) -> str:
    """A text without contractions ("can't" gives "cannot")."""
    pieces = _QUOTED.split(text)
    # what stands in quotation marks is the name of a button or somebody's words
    return "".join(
        piece if place % 2 else str(_CONTRACTED.sub(_long_form, piece.replace("’", "'")))
        for place, piece in enumerate(pieces)
    )


_QUOTED = regex.compile(r"([\"“][^\"”\n]{1,80}[\"”])")


def _long_form(found: "regex.Match[str]") -> str:
    short = found[0]
    long = _FULL.get(short.lower()) or f"{short[:-3]} not"
    return long[0].upper() + long[1:] if short[0].isupper() else long
