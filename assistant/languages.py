"""Rules and the language of a reply: whose rules run on it, and which did not because they read another language."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tone_rules.finding import NotRun
from tone_rules.pack import Pack, shipped
from tone_rules.rule import Rule, When
from tone_rules.situation import Situation

ENGLISH = "en"
UNSURE = "und"
SHORTEST = 20
"""Characters below which a text is in no language in particular: "OK!", a name, a link."""
FILE = Path(__file__).with_name("languages.yaml")
_BY_A_MODEL = "judge"
"""The kind of rules that a model reads, in whatever language."""
_HEARD = {"message": (), "sentiment": (), "intent": (), "escalation": (), "sarcasm": None}
"""What a rule's `when` asks of the customer's message, which is read as English: elsewhere it decides nothing."""
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "a", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for", "from", "get", "had", "has",
    "have", "here", "how", "i", "if", "is", "it", "let", "my", "not", "of", "on", "or", "our", "out",
    "please", "sorry", "thank", "thanks", "that", "the", "their", "them", "then", "there", "they", "this",
    "to", "up", "us", "was", "we", "what", "when", "which", "who", "with", "would", "you", "your", "s", "ll",
    "re", "ve", "t",
}  # fmt: skip
_PLAINLY = 0.3
"""The share of these words from which a text need not be asked about: to read the profiles of languages takes 40 ms."""


def language_of(text: str) -> str:
    """The code of the language that a reply is in; `und` where that can't be told, or it is too short to be in any."""
    text = _LINK.sub(" ", text)
    if len(text.strip()) < SHORTEST:
        return UNSURE
    words = _WORD.findall(text.lower())
    if len(words) > 3 and sum(one in _COMMON for one in words) >= _PLAINLY * len(words):
        return ENGLISH
    from tone_rules.readings.language import language

    return language(text).partition("-")[0]


def speaking(packs: Iterable[Pack], code: str) -> tuple[Pack, ...]:
    """The packs whose rules are for replies in a language: one that names languages is for those alone.

    Args:
        packs: all that hold for a brand.
        code: the reply's language; where that can't be told every pack is for it.
    """
    return tuple(one for one in packs if code == UNSURE or not one.languages or code in one.languages)


def unread(code: str, packs: Iterable[Pack], situation: Situation) -> Iterator[NotRun]:
    """The rules that could not be read on a reply, because they know English words alone; none where it is in English.

    A rule that a pack of the brand's own stands for in that language did what it does by that pack. A brand's own
    words and rules are in the brand's own languages, and count as read.

    Args:
        code: the reply's language.
        packs: those that are for it.
        situation: where the reply will stand; a rule that is for other places is not named.
    """
    if code in (ENGLISH, UNSURE):
        return
    from tone_rules.readings.language import profiles

    packs = tuple(packs)
    name = profiles().names.get(code, code)
    reason = f"it reads English and this is {name}: somebody who reads {name} must check it"
    covered = {rule for pack in packs if code in pack.languages for rule in pack.stands_for}
    for pack in packs:
        if pack.name not in shipped() or pack.name in covered:
            continue
        for rule in pack.rules:
            if rule.id not in covered and not in_any_language(rule) and _is_for(rule, situation):
                yield NotRun(rule=rule.id, reason=reason, required=rule.required, language=code)


def in_any_language(rule: Rule) -> bool:
    """Whether a rule that ships finds the same in any language."""
    return rule.definition.extends == _BY_A_MODEL or rule.id in _any()


@cache
def _any() -> frozenset[str]:
    import yaml

    return frozenset(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def _is_for(rule: Rule, situation: Situation) -> bool:
    when: When = rule.definition.when
    return not when.model_fields_set or when.model_copy(update=_HEARD).fits(situation)
