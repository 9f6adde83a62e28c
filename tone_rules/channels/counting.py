"""How each place counts the characters of a post."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tone_rules.channels.links import Span, mastodon_links, x_links
from tone_rules.formats.lazy import Lazy

if TYPE_CHECKING:
    import regex

Counting = Literal["characters", "weighted", "graphemes", "bytes", "emoji_bytes", "mastodon"]

URL_LENGTH = 23
"""What a link counts on X and on Mastodon, however long it is. Sources: docs.x.com "Counting characters";
Mastodon's instance API, `characters_reserved_per_url`."""

_LEADING_MENTIONS = Lazy(r"\s*(?:@[A-Za-z0-9_]{1,20}\s+){1,50}")
"""The people that a reply on X is addressed to: they are shown above it."""
_MENTION = Lazy(r"(?<![=/\w])(@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@[^\W_](?:[\w.-]*[^\W_])?")
"""A mention with its server. Source: Mastodon's `Account::MENTION_RE`."""
_HEAVY = Lazy("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""Code points of weight 2 on X; those of these ranges weigh 1. Source: twitter-text, configuration v3."""


def characters(text: str) -> int:
    """Unicode code points."""
    return len(text)


def octets(text: str) -> int:
    """UTF-8 bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> int:
    """What a reader sees as one character: extended grapheme clusters of Unicode."""
    return len(text) if text.isascii() and "\r" not in text else sum(1 for _ in _clusters().finditer(text))


def weighted(text: str) -> int:
    """X: NFC, Latin and near 1, the rest 2, an emoji of any make 2, a link 23, the mentions a reply opens with 0."""
    text = unicodedata.normalize("NFC", text)
    opening = _LEADING_MENTIONS.match(text)
    rest, links = _without(text[opening.end() :] if opening else text, x_links)
    counted = links * URL_LENGTH
    if not rest.isascii():
        rest, emoji = _emoji().subn("", rest)
        counted += 2 * emoji + len(_HEAVY.findall(rest))
    return counted + len(rest)


def emoji_bytes(text: str) -> int:
    """Threads: an emoji counts the bytes of its UTF-8, anything else one a character."""
    if text.isascii():
        return len(text)
    return len(text) + sum(octets(one[0]) - len(one[0]) for one in _emoji().finditer(text))


def mastodon(text: str) -> int:
    """Mastodon: graphemes, a link with its scheme 23, a mention without its server."""
    rest, links = _without(text, mastodon_links)
    return graphemes(_MENTION.sub(r"\1", rest)) + links * URL_LENGTH


COUNTERS: dict[Counting, Callable[[str], int]] = {
    "characters": characters,
    "weighted": weighted,
    "graphemes": graphemes,
    "bytes": octets,
    "emoji_bytes": emoji_bytes,
    "mastodon": mastodon,
}


def _without(text: str, links: Callable[[str], Iterable[Span]]) -> tuple[str, int]:
    """A text without its links, and how many they are."""
    spans = list(links(text))
    at = 0
    kept: list[str] = []
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:])) if spans else text, len(spans)


@lru_cache(maxsize=1)
def _clusters() -> "regex.Pattern[str]":
    import regex

    return regex.compile(r"\X")


@lru_cache(maxsize=1)
def _emoji() -> "regex.Pattern[str]":
    r"""One emoji: a keycap, a flag, or pictures with skin tone, variation and tags, joined by U+200D.

    Two lone letters are no flag, a skin tone after what takes none is an emoji by itself, and a sign that is text
    unless it says otherwise, such as © or ™, is one only with U+FE0F. Source: UTS #51, ED-14 to ED-17.
    """
    import regex

    picture = (
        r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Emoji_Presentation}\uFE0F?|\p{Extended_Pictographic}\uFE0F)"
        r"[\U000E0020-\U000E007E]*\U000E007F?"
    )
    joined = rf"(?:{picture}|\p{{Extended_Pictographic}})"
    return regex.compile(
        rf"[0-9#*]\uFE0F?\u20E3|\p{{Regional_Indicator}}{{2}}|(?!\p{{Regional_Indicator}}){joined}(?:\u200D{joined})+"
        rf"|(?!\p{{Regional_Indicator}}){picture}"
    )
