"""What may be said in a situation: what is public, and the customer's own words as far as they may be echoed."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from re import Match

from tone_rules.formats.lazy import Lazy
from tone_rules.formats.words import listed, stem
from tone_rules.situation import Situation
from tone_rules.traces.reading import Reading, read_once

_BETWEEN_TEXTS = "\nqqq\n"
"""A word that no text holds, so that nothing is read across two of them."""
_SENTENCE = Lazy(r"[^.!?\n]+")
_LETS = Lazy(
    r"\b(?:may|can) (?:also |always |safely )?be (?:repeated|posted|named|said|quoted|used|given|shown|echoed)\b|"
    r"\b(?:are|is) (?:public|fine|no secret|not (?:a )?secrets?|not private)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(listed("number numbers no nr id code from the of customer s post posted to for"))
"""Words of a fact's name that don't say what it is."""
_FORBIDS = Lazy(r"\b(?:never|no one|nobody|must not|may not|cannot|can[’']t)\b", re.IGNORECASE)


class Known:
    """What may be said: the public texts, and what the customer said themself.

    Public are the brand's texts, which hold for every customer and are read once, and those of this situation.
    """

    def __init__(self, brand: Reading, public: Reading, said: Reading, today: date) -> None:
        self.public = (brand, public)
        self.said = said
        self.all = (brand, public, said)
        self.today = today
        """The day of the thread's last post, from which spans of time are counted; the calendar's where it has none."""

    def is_public(self, wanted: str) -> bool:
        """Whether the public texts hold these atoms in a row."""
        return any(one.holds(wanted) for one in self.public)

    def is_known(self, wanted: str) -> bool:
        """Whether the public texts or the customer's hold these atoms in a row."""
        return any(one.holds(wanted) for one in self.all)

    def has_word(self, word: str) -> bool:
        """Whether the public texts or the customer's hold a word, in any inflection."""
        return any(stem(word) in one.stem_set for one in self.all)

    def finds(self, pattern: Lazy) -> Match[str] | None:
        """The first place of a pattern in the public texts or the customer's."""
        return next((found for one in self.all if (found := pattern.search(one.text))), None)

    def lets_repeat(self, nouns: Iterable[str]) -> bool:
        """Whether one of the brand's texts says that a thing of such a name may be repeated in public."""
        wanted = {stem(one) for one in nouns if one not in _GENERIC}
        return any(
            _LETS.search(sentence)
            and not _FORBIDS.search(sentence)
            and wanted & {stem(word) for word in re.findall(r"[a-z]+", sentence.casefold())}
            for one in self.public
            for sentence in _SENTENCE.findall(one.text)
            if "be" in sentence or "public" in sentence or "fine" in sentence or "secret" in sentence
        )


def known_in(situation: Situation) -> Known:
    """What may be said in this situation: public facts and sources, and the customer's own words."""
    public = [one.value for one in situation.facts if one.visibility == "public"]
    public += [one.text for one in situation.sources if one.kind == "fact"]
    if situation.agent:
        public.append(situation.agent.name)
    said = [turn.text for turn in situation.thread] + [situation.message or ""]
    brand = tuple((one.text, one.url) for one in situation.sources if one.kind not in ("goodwill", "thread", "fact"))
    return Known(
        _brand(brand, tuple(situation.allowed_domains)),
        read_once(_BETWEEN_TEXTS.join(public)),
        read_once(_BETWEEN_TEXTS.join(said)),
        max((turn.at for turn in situation.thread if turn.at), default=datetime.now(UTC)).date(),
    )


@lru_cache(maxsize=64)
def _brand(texts: tuple[tuple[str, str | None], ...], domains: tuple[str, ...]) -> Reading:
    """The brand's texts as one, kept by the texts themselves: they are the same objects in every check of a brand."""
    parts = [text for text, _ in texts] + [url for _, url in texts if url] + list(domains)
    return Reading(_BETWEEN_TEXTS.join(parts))
