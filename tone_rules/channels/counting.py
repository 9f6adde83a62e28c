"""How each place counts the characters of a post."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import regex

Counting = Literal["characters", "weighted", "graphemes", "bytes", "emoji_bytes", "mastodon"]

URL_LENGTH = 23
"""What a link counts on X and on Mastodon, however long it is. Sources: docs.x.com "Counting characters";
Mastodon's instance API, `characters_reserved_per_url`."""

_TLD = "(?:com|org|net|edu|gov|int|info|biz|io|ai|app|dev|me|tv|co|uk|eu|us|de|fr|es|it|nl|ie|ca|au|nz|in|jp|example)"
_BARE = rf"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+{_TLD}\b(?!@)(?:[/?#][^\s]*[^\s.,;:!?)\]}}'\"])?"
_SCHEME = r"https?://[^\s]*[^\s.,;:!?)\]}'\"]"
_X_URL = re.compile(rf"(?i)(?:{_SCHEME}|{_BARE})")
_SCHEME_URL = re.compile(rf"(?i){_SCHEME}")
_LEADING_MENTIONS = re.compile(r"(?:@\w+\s+)+")
_REMOTE_MENTION = re.compile(r"(@\w+)@[\w.-]+\w")
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points of weight 1 on X; every other one weighs 2. Source: X's counting configuration v3."""


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
    composed = unicodedata.normalize("NFC", text)
    opening = _LEADING_MENTIONS.match(composed)
    composed = composed[opening.end() :] if opening else composed
    rest, links = _X_URL.subn("", composed)
    if rest.isascii():
        return len(rest) + links * URL_LENGTH
    counted = links * URL_LENGTH
    for cluster in _clusters().findall(rest):
        counted += 2 if is_emoji(cluster) else sum(_weight(one) for one in cluster)
    return counted


def emoji_bytes(text: str) -> int:
    """Threads: an emoji counts the bytes of its UTF-8, anything else one a character."""
    if text.isascii():
        return len(text)
    return sum(octets(one) if is_emoji(one) else len(one) for one in _clusters().findall(text))


def mastodon(text: str) -> int:
    """Mastodon: graphemes, a link 23, a mention without its server."""
    rest, links = _SCHEME_URL.subn("", text)
    return graphemes(_REMOTE_MENTION.sub(r"\1", rest)) + links * URL_LENGTH


COUNTERS: dict[Counting, Callable[[str], int]] = {
    "characters": characters,
    "weighted": weighted,
    "graphemes": graphemes,
    "bytes": octets,
    "emoji_bytes": emoji_bytes,
    "mastodon": mastodon,
}


def is_emoji(cluster: str) -> bool:
    """Whether a grapheme cluster is shown as an emoji: by default, by a variation selector, a flag or a keycap."""
    return not cluster.isascii() and _emoji().match(cluster) is not None


def _weight(letter: str) -> int:
    return 1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2


@lru_cache(maxsize=1)
def _clusters() -> "regex.Pattern[str]":
    import regex

    return regex.compile(r"\X")


@lru_cache(maxsize=1)
def _emoji() -> "regex.Pattern[str]":
    import regex

    return regex.compile(r"\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\p{Emoji}\p{Emoji_Modifier}|\p{Emoji}️")
