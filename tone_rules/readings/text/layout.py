"""Where things stand in a text that are no words of it, and where its sentences and clauses begin."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from tone_rules.claims.clauses import Page, page
from tone_rules.formats.lazy import Lazy
from tone_rules.readings.folding import blank, fold, handles
from tone_rules.readings.search import Span
from tone_rules.readings.text.families import Hits
from tone_rules.readings.text.plain import plain
from tone_rules.sentences import sentence_spans

_EMOJI = r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d]"
_DOTTED = Lazy(r"(?<!\S)(?=\S*?(?:://|\w\.\w))\S+")
"""A word that may be a link: looking at these alone takes a tenth of the time."""
_FEW = 16
_MAY_REACH = Lazy(r"[\w+%-]@\w|\d[\d ().-]{6,}\d")
_TOKEN = Lazy(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_LEADING = Lazy(r"\s*(?:[.\-(]?@\s?\w[\w.-]{0,60}[\s,:;)-]*)+")
_COUNTER = r"(?<![\w/])\(?\d{1,2}\s?/\s?\d{1,2}\)?(?![\w/%])"
_AT_END = Lazy(
    rf"(?:(?<=\s)|(?<=[.!?)]))(?P<signature>[\^*/~–—-]\s{{0,2}}[A-Za-z][A-Za-z.]{{0,14}}(?: [A-Z][a-z]{{0,14}})?"
    rf"|[–—-]{{1,2}}\s?[A-Z][\w.]{{0,14}}(?: [\w.]{{1,14}}){{0,2}})?\s*+(?P<counter>{_COUNTER})?[\s.]*+$"
)
"""Who signs, and which part of several it is; masked links leave long gaps, which are never given back."""
_LAST_LINE = Lazy(r"(?:\n\s*|\s{12})(?P<name>[A-Z][a-z]{2,14})\s*$")
"""A name alone below the text or behind a link."""
_AT_START = Lazy(rf"\s*(?P<counter>{_COUNTER})")
_BREAK = Lazy(
    r"(?P<line>\n)"
    rf"|(?<!{_EMOJI})(?P<emoji>{_EMOJI}++)(?=\s+[A-Z\"“'(])"
    r"|(?<![!?])(?P<mark>[!?]++)(?=[A-Za-z])"
    r"|(?<=[a-z]{2})(?P<stop>\.)(?=[A-Z][a-z'’ ])"
)
"""A run of emoji or marks is read once, from its beginning: a message may be nothing else."""
_MAY_BREAK = Lazy(r"\n|[^\x00-\x7f]|[!?.][A-Za-z]")
_GOES_ON = Lazy(r"\s{0,8}[a-z0-9(&+,;:]")
_HEARTS = frozenset("❤♥🖤💙💚💜🧡💛🤍💗💖💕")
_CLAUSE = Lazy(
    r"(?:[,;:()–—\x7f]|\.{2,}|\s-+)\s*|\b(?:and|but|so|or|because|then|also|please|pls|plz|just|plus|simply|kindly|first|next|now"
    r"|otherwise|instead|alternatively|if not|if so|still|ok|okay|well|yes|no|guys|there|though|asap|you can|hi|hey"
    r"|hello|thanks|thank you|help|again|anyway|meanwhile|until then|to do so|to start|while)\b\W*"
)


class Layout:
    """A text with its links, contacts, words and cuts."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """In lower case, without accents, with straight marks; links, mentions and addresses are spaces."""
        return blank(fold(self.text), self.masked)

    @cached_property
    def shown(self) -> str:
        """As it stands, but for links, mentions and addresses, which are spaces."""
        return blank(self.text, self.masked)

    @cached_property
    def plain(self) -> bytes:
        """The folded text, one ASCII character for each."""
        return plain(self.folded)

    @cached_property
    def page(self) -> Page:
        """The text read into clauses and claims."""
        return page(self.text)

    @cached_property
    def links(self) -> tuple[Span, ...]:
        """Web addresses, with or without a scheme."""
        dotted = [one.span() for one in _DOTTED.finditer(self.text)]
        if not dotted:
            return ()
        from tone_rules.claims import link

        if len(dotted) > _FEW:
            return tuple(Span(one.start, one.end) for one in link.claims(self.page))
        return tuple(
            Span(start + one.start, start + one.end)
            for start, end in dotted
            for one in link.claims(Page(self.text[start:end]))
        )

    @cached_property
    def handles(self) -> tuple[Span, ...]:
        """Mentions."""
        if "@" not in self.text:
            return ()
        return tuple(
            Span(start, start + len(self.text[start:end].rstrip(".-"))) for start, end, _ in handles(self.text)
        )

    @cached_property
    def addresses(self) -> tuple[tuple[Span, str], ...]:
        """E-mail addresses and telephone numbers."""
        if _MAY_REACH.search(self.text) is None:
            return ()
        from tone_rules.claims import contact

        found = contact.claims(self.page)
        return tuple((Span(one.start, one.end), one.value[0]) for one in found if one.value[0] != "handle")

    @cached_property
    def masked(self) -> tuple[Span, ...]:
        """What is no word, in order, none in another."""
        kept: list[Span] = []
        for one in sorted([*self.links, *self.handles, *(span for span, _ in self.addresses)]):
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return tuple(kept)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words and numbers."""
        return tuple(Span(*one.span()) for one in _TOKEN.finditer(self.shown))

    @cached_property
    def signed(self) -> Span | None:
        """Who signs, at the end: `^MR`, `-Ken`."""
        found = self._ending
        if found and found["signature"]:
            return Span(*found.span("signature"))
        last = _LAST_LINE.search(self.shown, max(0, len(self.shown) - 40))
        return Span(*last.span("name")) if last else None

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Each sentence, without white space around it. Leading mentions, counters and signatures stand apart."""
        return tuple(self._sentences())

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where the first word of each sentence stands."""
        return frozenset(self._first_word(one.start, one.end) for one in self.sentences)

    @cached_property
    def clauses(self) -> frozenset[int]:
        """Where the first word of each clause may stand."""
        shown = self.folded
        return self.starts | frozenset(one.end() for one in _CLAUSE.finditer(shown) if one.end() < len(shown))

    @cached_property
    def hits(self) -> Hits:
        """Where families of phrases stand."""
        return Hits(self.plain, self.starts, self.clauses)

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds a place, or of the one before it."""
        return max(0, bisect_right(self._begins, place) - 1)

    @cached_property
    def _begins(self) -> list[int]:
        return [one.start for one in self.sentences]

    @cached_property
    def _ending(self) -> re.Match[str] | None:
        return _AT_END.search(self.shown, max(0, len(self.shown) - 80))

    def _first_word(self, start: int, end: int) -> int:
        found = _TOKEN.pattern.search(self.shown, start, end)
        return found.start() if found else start

    def _cuts(self) -> Iterator[int]:
        text, shown = self.text, self.shown
        yield from (end for _, end in sentence_spans(text))
        leading = _LEADING.match(text)
        if leading:
            yield leading.end()
        counter = _AT_START.match(shown, leading.end() if leading else 0)
        if counter:
            yield counter.end()
        ending = self._ending
        if ending:
            yield from (ending.start(name) for name in ("signature", "counter") if ending[name])
        for found in _BREAK.finditer(shown) if _MAY_BREAK.search(shown) else ():
            if found["line"] and _GOES_ON.match(shown, found.end()):
                continue
            if found["emoji"] and not _HEARTS.isdisjoint(found["emoji"]):
                continue
            yield found.end()
        for link in self.links:
            rest = text[link.end : link.end + 3].lstrip(" )")
            if rest[:1].isupper() and text[link.end : link.end + 1].isspace():
                yield link.end

    def _sentences(self) -> Iterator[Span]:
        text = self.text
        inside = iter(self.links)
        link = next(inside, None)
        begin = 0
        for cut in sorted({*self._cuts(), len(text)}):
            while link is not None and link.end <= cut:
                link = next(inside, None)
            if link is not None and link.start < cut < link.end:
                continue
            start, end = begin, cut
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            if start < end:
                yield Span(start, end)
            begin = cut
