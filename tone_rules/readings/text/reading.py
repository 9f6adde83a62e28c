"""`read_text`: what the words of any text show, of a post as of a reply."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tone_rules.formats.lazy import Lazy
from tone_rules.readings.search import Span
from tone_rules.readings.text.layout import Layout

if TYPE_CHECKING:
    from tone_rules.readings.text.concreteness import Concrete
    from tone_rules.readings.text.found import (
        Ask,
        Contact,
        Empathy,
        EmpathyKind,
        Found,
        Name,
        Persons,
        Sentence,
        Strategy,
        Tenses,
        TimeSpan,
        Valence,
    )

_KEPT = 512
"""Texts whose readings are kept: a thread is measured again with every keystroke."""
_QUOTE = Lazy(r"“([^“”\n]{2,400})”|«([^«»\n]{2,400})»|\"([^\"\n]{2,400})\"|(?<!\w)[‘']([^‘'\n]{2,400}?)[’'](?!\w)")
_MAY_QUOTE = Lazy("[“«\"‘']")
_EMPATHY: "tuple[EmpathyKind, ...]" = ("feeling", "impact", "understanding", "care", "stock")


class TextReading:
    """What one text shows. Each reading is worked out when it is first asked for, and never changes.

    Offsets are characters of `text`. Everything runs in time linear in the text.

    Raises:
        ConfigurationError: at the first question whose data file, which ships with this package, is wrong.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def layout(self) -> Layout:
        """Where links, words, sentences and clauses stand."""
        return Layout(self.text)

    @cached_property
    def sentences(self) -> "tuple[Sentence, ...]":
        """Its sentences, each with what it does."""
        from tone_rules.readings.text.sentences import sentences

        return tuple(sentences(self.layout))

    @cached_property
    def asks(self) -> "tuple[Ask, ...]":
        """Each thing that it asks of the other side."""
        from tone_rules.readings.text.asks import asks

        return tuple(asks(self.layout))

    @cached_property
    def spans_of_time(self) -> "tuple[TimeSpan, ...]":
        """When and how long: `within 24 hours`, `since Monday`, `by 5pm`, `soon`."""
        from tone_rules.readings.text.facts import times

        return tuple(times(self.layout))

    @cached_property
    def amounts(self) -> "tuple[Found, ...]":
        """Sums of money."""
        from tone_rules.readings.text.facts import amounts

        return tuple(amounts(self.layout))

    @cached_property
    def links(self) -> "tuple[Found, ...]":
        """Web addresses, with or without a scheme."""
        from tone_rules.readings.text.facts import links

        return tuple(links(self.layout))

    @cached_property
    def contacts(self) -> "tuple[Contact, ...]":
        """E-mail addresses, telephone numbers and mentions."""
        from tone_rules.readings.text.facts import contacts

        return tuple(contacts(self.layout))

    @cached_property
    def names(self) -> "tuple[Name, ...]":
        """Products, proper names, people in a greeting or signature, hashtags and mentions."""
        from tone_rules.readings.text.names import names

        return tuple(names(self.layout))

    @cached_property
    def person(self) -> "Persons":
        """How often it speaks of whom."""
        from tone_rules.readings.text.persons import persons

        return persons(self.layout)

    @cached_property
    def tense(self) -> "Tenses":
        """How many verbs stand in which tense, roughly."""
        from tone_rules.readings.text.persons import tenses

        return tenses(self.layout)

    @cached_property
    def strategies(self) -> "tuple[Strategy, ...]":
        """The politeness strategies of Danescu-Niculescu-Mizil et al. (2013)."""
        from tone_rules.readings.text.strategies import strategies

        return tuple(strategies(self.layout, self.valences))

    @cached_property
    def hedges(self) -> "tuple[Found, ...]":
        """Words that leave a way out: `perhaps`, `we think`, `it may`."""
        return self._phrases("hedges")

    @cached_property
    def intensifiers(self) -> "tuple[Found, ...]":
        """Words that strengthen others: `really`, `so`, `absolutely`."""
        return self._phrases("intensifiers")

    @cached_property
    def quotes(self) -> "tuple[Found, ...]":
        """The words between quotation marks, without the marks."""
        from tone_rules.readings.text.found import Found

        if _MAY_QUOTE.search(self.text) is None:
            return ()
        spans = (one.span(one.lastindex or 0) for one in _QUOTE.finditer(self.text))
        return tuple(Found(start, end, self.text[start:end]) for start, end in spans)

    @cached_property
    def valences(self) -> "tuple[Valence, ...]":
        """Its words with a mood."""
        from tone_rules.readings.text.valence import valences

        return tuple(valences(self.layout))

    @cached_property
    def sentiment(self) -> float:
        """How it sounds, -1 to 1."""
        from tone_rules.readings.text.valence import sentiment

        return sentiment(self.layout, self.valences)

    @cached_property
    def arousal(self) -> float:
        """How agitated it is, 0 to 1."""
        from tone_rules.readings.text.valence import arousal

        return arousal(self.layout, self.valences)

    @cached_property
    def empathy(self) -> "tuple[Empathy, ...]":
        """Words that name a feeling or an impact, or say that they are understood or matter."""
        from tone_rules.readings.text.found import Empathy

        found = [(span, kind) for kind in _EMPATHY for span in self.layout.hits[f"phrases.{kind}"]]
        return tuple(Empathy(*span, self.text[slice(*span)], kind) for span, kind in sorted(found))

    @property
    def concreteness(self) -> float:
        """The share of what can be pictured, counted, called or clicked, 0 to 1; .5 where nothing tells."""
        return self.concrete.value

    @cached_property
    def concrete(self) -> "Concrete":
        """The same with where it stands."""
        from tone_rules.readings.text.concreteness import concreteness

        names = [one for one in self.names if one.kind in ("product", "proper")]
        times = [one for one in self.spans_of_time if one.kind != "vague"]
        rows: tuple[Sequence[Span | Found | Contact | Name | TimeSpan], ...]
        rows = (self.links, self.amounts, self.contacts_to_use, names, times)
        return concreteness(self.layout, tuple(Span(one.start, one.end) for found in rows for one in found))

    @property
    def contacts_to_use(self) -> "tuple[Contact, ...]":
        """Its contacts without mentions."""
        return tuple(one for one in self.contacts if one.kind != "handle")

    def _phrases(self, name: str) -> "tuple[Found, ...]":
        from tone_rules.readings.text.found import Found

        return tuple(Found(*span, self.text[slice(*span)]) for span in self.layout.hits[f"phrases.{name}"])


@lru_cache(maxsize=_KEPT)
def read_text(text: str) -> TextReading:
    """Read a text; the reading of one that came lately is kept."""
    return TextReading(text)
