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


def fit(parts: Sequence[Part], fits: Callable[[str], bool]) -> str | None:
    """The parts as one text that fits: parts go by weight, then sentences of the heaviest; None if nothing helps."""
    kept = [part for part in parts if part.text]
    while not fits(text := join(kept)):
        heaviest = max(kept, key=lambda part: part.weight, default=None)
        if heaviest is None or heaviest.weight == 0:
            return _shortened(kept, fits)
        position = len(kept) - 1 - kept[::-1].index(heaviest)
        sentences = _SENTENCE_END.split(heaviest.text)
        if len(sentences) > 1 and heaviest.weight <= 2 and not heaviest.verbatim:
            shorter = heaviest.model_copy(update={"text": " ".join(sentences[:-1])})
            kept[position] = shorter
        else:
            del kept[position]
    return text


def _shortened(kept: list[Part], fits: Callable[[str], bool]) -> str | None:
    """Parts that must stay, less their last sentences."""
    for position in range(len(kept) - 1, -1, -1):
        if kept[position].verbatim:
            continue
        sentences = _SENTENCE_END.split(kept[position].text)
        while len(sentences) > 1:
            sentences.pop()
            kept[position] = kept[position].model_copy(update={"text": " ".join(sentences)})
            if fits(text := join(kept)):
                return text
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
