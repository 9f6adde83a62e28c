"""Rules that read English, on a reply in another language: they did not run, and that is said."""

import re
from collections.abc import Iterable, Iterator

from tone_rules.finding import NotRun
from tone_rules.pack import Pack, shipped

READ = ("en", "und")
"""Languages whose words the rules that ship know; of a text too short to tell, they read what there is."""
SHORTEST = 20
"""Characters below which a text is in no language in particular: "OK!", a name, a link."""
_ANY = {
    "judge", "language", "leak", "length", "personal", "quotation", "repeat", "rivals", "script", "unfilled", "wording",
}  # fmt: skip
"""Kinds of rules that look at signs, figures and what is known, or that a model reads: the same in any language."""
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = {
    "a", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for", "from", "get", "had", "has",
    "have", "here", "how", "i", "if", "is", "it", "let", "my", "not", "of", "on", "or", "our", "out",
    "please", "sorry", "thank", "thanks", "that", "the", "their", "them", "then", "there", "they", "this",
    "to", "up", "us", "was", "we", "what", "when", "which", "who", "with", "would", "you", "your", "s", "ll",
    "re", "ve", "t",
}  # fmt: skip
_PLAINLY = 0.3
"""The share of these words from which a text need not be asked about: to read the profiles of languages takes 40 ms."""
_ANY_PACK = {"channels"}
"""Packs whose rules look for signs and counts alone."""


def unread(text: str, packs: Iterable[Pack], channel: str) -> Iterator[NotRun]:
    """The packs that could not be read on a text, each once; none where the text is in English.

    A brand's own words and rules are in the brand's own languages, and count as read.

    Args:
        text: the reply.
        packs: all that hold for it.
        channel: where it will stand; a pack that looks at other channels alone is not named.
    """
    if len(text) < SHORTEST or _plainly_english(text):
        return
    from tone_rules.readings.language import language, profiles

    code = language(text)
    if code in READ:
        return
    name = profiles().names.get(code, code)
    known = shipped()
    for pack in packs:
        whens = [one.definition for one in pack.rules if one.definition.extends not in _ANY]
        held = [one for one in whens if not one.when.channel or channel in one.when.channel]
        if held and pack.name in known and pack.name not in _ANY_PACK:
            reason = f"its rules read English and this is {name}: somebody who reads {name} must check it"
            yield NotRun(rule=f"{pack.name}.*", reason=reason, required=pack.required)


def _plainly_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return len(words) > 3 and sum(one in _ENGLISH for one in words) >= _PLAINLY * len(words)
