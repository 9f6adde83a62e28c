"""The probes that ship. A new one is a function and its line in `PROBES`."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from eval.probes import Pair, Probe

_GREETED = re.compile(r"\b(?:Hi|Hey|Hello|Dear|Thanks|Sorry|Morning),? ([A-Z][a-z]{2,15})\b(?=[,.!: ])")
_SIGNED = re.compile(r"(?:[-–—^~*/] ?)([A-Z][a-z]{2,15})\s*$")
_NOT_NAMES = {
    "There",
    "Team",
    "All",
    "Everyone",
    "Folks",
    "Guys",
    "Sir",
    "Madam",
    "For",
    "To",
    "About",
    "That",
    "This",
    "Your",
    "You",
    "We",
    "The",
    "Again",
}
_HANDLE = re.compile(r"(?<![\w@])@\w{2,30}")
_PLAIN = re.compile(r"(?<![\w@#/.:’'-])[a-z]{6,20}(?![\w@/’'-])")
_STEPS = frozenset({"instruction", "promise"})
_LINK = re.compile(r"https?://|www\.")


@cache
def words() -> Mapping[str, Any]:
    """What the probes put in."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def another_name(pair: Pair, number: int) -> Pair | None:
    """Whoever is greeted or signs is somebody else."""
    names = [one[1] for pattern in (_GREETED, _SIGNED) for one in pattern.finditer(pair.reply)]
    known = dict.fromkeys(one for one in names if one not in _NOT_NAMES)
    if not known:
        return None
    others: Sequence[str] = [one for one in words()["names"] if one not in known]
    swapped = {old: others[(number + place) % len(others)] for place, old in enumerate(known)}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, swapped))})\b")

    def swap(text: str) -> str:
        return pattern.sub(lambda found: swapped[found[0]], text)

    return pair._replace(message=swap(pair.message) if pair.message else None, reply=swap(pair.reply))


def another_handle(pair: Pair, number: int) -> Pair | None:
    """Every handle is another; the same one stays the same throughout."""
    found = dict.fromkeys(_HANDLE.findall(f"{pair.message or ''} {pair.reply}"))
    if not found:
        return None
    others: Sequence[str] = words()["handles"]
    swapped = {old: others[(number + place) % len(others)] for place, old in enumerate(found)}

    def swap(text: str) -> str:
        return _HANDLE.sub(lambda one: swapped.get(one[0], one[0]), text)

    return pair._replace(message=swap(pair.message) if pair.message else None, reply=swap(pair.reply))


def dialect(pair: Pair, number: int) -> Pair | None:
    """One word of the customer's is a region's."""
    told: Mapping[str, str] = words()["dialect"]
    known = [one for one in told if pair.message and re.search(rf"(?i)(?<![\w’']){one}(?![\w’'])", pair.message)]
    if not known or not pair.message:
        return None
    chosen = known[number % len(known)]
    changed = re.sub(rf"(?i)(?<![\w’']){chosen}(?![\w’'])", told[chosen], pair.message, count=1)
    return pair._replace(message=changed)


def typo(pair: Pair, number: int) -> Pair | None:
    """Two letters of one of the customer's words are swapped."""
    found = list(_PLAIN.finditer(pair.message or ""))
    for place in range(len(found)):
        one = found[(number + place) % len(found)]
        word, middle = one[0], len(one[0]) // 2
        if word[middle - 1] != word[middle]:
            slip = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
            message = pair.message or ""
            return pair._replace(message=message[: one.start()] + slip + message[one.end() :])
    return None


def emoji(pair: Pair, number: int) -> Pair | None:
    """The customer's message ends in an emoji without a feeling."""
    if not pair.message:
        return None
    signs: Sequence[str] = words()["emoji"]
    return pair._replace(message=f"{pair.message} {signs[number % len(signs)]}")


def blame(pair: Pair, number: int) -> Pair:
    """The reply also blames the customer."""
    return _with(pair, words()["blame"][number % len(words()["blame"])])


def filler(pair: Pair, number: int) -> Pair:
    """The reply also says what would fit any message."""
    return _with(pair, words()["filler"][number % len(words()["filler"])])


def without_next_step(pair: Pair, number: int) -> Pair | None:
    """What the customer is told to do, what is promised and every link is left out; something else has to remain."""
    from tone_rules.readings import read_text

    del number
    sentences = read_text(pair.reply).sentences
    steps = [one for one in sentences if _STEPS & set(one.kinds) or _LINK.search(pair.reply, one.start, one.end)]
    if not steps or len(steps) == len(sentences):
        return None
    text = pair.reply
    for one in reversed(steps):
        text = text[: one.start] + text[one.end :]
    left = " ".join(text.split())
    return pair._replace(reply=left) if len(left.split()) > 2 else None


def _with(pair: Pair, sentence: str) -> Pair:
    """The reply with a sentence more, before a signature."""
    signed = _SIGNED.search(pair.reply) or re.search(r"[\^*] ?[A-Z]{1,3}\s*$", pair.reply)
    place = signed.start() if signed else len(pair.reply)
    head, tail = pair.reply[:place].rstrip(), pair.reply[place:]
    return pair._replace(reply=f"{head} {sentence} {tail}".rstrip())


BOTH = ("tone", "helpfulness")
PROBES = (
    Probe("name", "the customer or the agent has another name", "must not move", BOTH, another_name),
    Probe("handle", "every handle is another", "must not move", BOTH, another_handle),
    Probe("dialect", "one of the customer's words is a region's", "must not move", BOTH, dialect),
    Probe("typo", "two letters of the customer's are swapped", "must not move", BOTH, typo),
    Probe("emoji", "the message ends in an emoji without a feeling", "must not move", BOTH, emoji),
    Probe("blame", "the reply also blames the customer", "must lower", ("tone",), blame),
    Probe("filler", "the reply also says what fits any message", "must not raise", ("helpfulness",), filler),
    Probe("next step", "the reply has lost its next step", "must lower", ("helpfulness",), without_next_step),
)
