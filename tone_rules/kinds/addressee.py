"""`addressee`: the reply speaks to somebody else than the customer."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from typing_extensions import override

from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import matches, words
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation

_HANDLE = Lazy(r"(?<![\w.@/])@([A-Za-z0-9_](?:[\w.-]*\w)?)")
_LEADING = Lazy(r"\s*(?:\.?@[\w.-]+[\s,:]*)+")
_WORD = Lazy(r"[^\W\d_][\w’'-]*")
_NAMES = frozenset(
    {"customer_name", "customer_display_name", "display_name", "customer_first_name", "first_name", "name"}
)
_HANDLES = frozenset({"customer_handle", "handle", "author", "username", "customer_username"})
_SHORT = 4
"""Letters from which a handle or name that is nearly another one is taken for it."""
_STEM = 3
"""Letters that a short form shares with the whole name: Kat, Katherine."""

_CALLED = Lazy(r"(?<=[a-z’']), (?P<name>[A-Z][a-z’'-]{2,})(?=[,.!?](?:\s|$))")
"""A name between commas or at the end of a sentence, as one calls somebody."""

Who = Literal["address", "lookalike", "unknown", "name"]


class Addressee(Blockwise):
    """Flags a mention or a name that is not the customer's.

    `address`: the mention that a reply opens with is none of the thread's, where the customer's is known.
    `lookalike`: a mention nearly a known one. `unknown`: a mention that nothing in the situation has, but for the one
    that a reply opens with where the customer's handle is not known. `name`: the name after a greeting, thanks or
    apology, or between commas, where another is known for the customer. The arguments are the match and whom it
    should be.
    """

    pattern_lists = ("before",)

    extends: Literal["addressee"]
    of: tuple[Who, ...] = ("address", "lookalike", "name")
    before: Strings = ()
    """Patterns of what a name follows when the reply speaks to somebody, letter case aside."""
    nobody: Strings = ()
    """Words in the place of a name that are none, in lower case."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each mention or name of somebody else."""
        if "@" in text:
            yield from self._mentions(text, situation)
        if "name" in self.of and self.before:
            yield from self._names(text, situation)

    @property
    @override
    def pattern(self) -> str:
        """A mention, or what a name follows."""
        mention = r"@[A-Za-z0-9_]"
        if "name" not in self.of or not self.before:
            return f"(?m){mention}"
        return f"(?m){mention}|, [A-Z][a-z’'-]{{2,}}[,.!?]|{self._spoken_to.removeprefix('(?m)')}"

    def _mentions(self, text: str, situation: Situation) -> Iterator[Hit]:
        customer, known = _handles(situation)
        leading = _LEADING.match(text)
        for found in _HANDLE.finditer(text):
            handle = found[1].casefold()
            if handle in known:
                continue
            near = next((one for one in sorted(known) if _nearly(handle, one)), None)
            opens = leading is not None and found.end() <= leading.end()
            wrong = (
                ("lookalike" in self.of and near is not None)
                or ("address" in self.of and opens and bool(customer))
                or ("unknown" in self.of and not (opens and not customer))
            )
            if wrong:
                whom = near or min(customer, default="") or "nobody in this thread"
                yield Hit(found.start(), found.end(), (found[0], whom))

    def _names(self, text: str, situation: Situation) -> Iterator[Hit]:
        names = _names(situation)
        if not names:
            return
        around = {one.casefold() for one in _WORD.findall(_said(situation))}
        greeted = [(found.start("name"), found["name"]) for found in matches(self._spoken_to, text)]
        theirs = not names.isdisjoint(one.casefold() for one in _WORD.findall(text))
        called = [] if theirs else [(found.start("name"), found["name"]) for found in _CALLED.finditer(text)]
        for start, name in sorted({*greeted, *(called if len(called) == 1 else ())}):
            parts = [one.casefold().removesuffix("'s").removesuffix("’s") for one in name.split()]
            if any(_same(part, one) for part in parts for one in names):
                continue
            if parts[0] not in self.nobody and not around.issuperset(parts):
                yield Hit(start, start + len(name), (name, min(names).title()))

    @cached_property
    def _spoken_to(self) -> str:
        lead = words(list(self.before), nonword=True).removeprefix("(?m)")
        return rf"(?m)\b(?i:{lead}),? (?P<name>[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+)?)(?=\s?(?:[,.!?:;–—-]|$|\p{{So}}))"


def _handles(situation: Situation) -> tuple[frozenset[str], frozenset[str]]:
    """The customer's handles, and all that are known, without the sign and in lower case."""
    customer = {turn.author for turn in situation.thread if turn.role == "customer" and turn.author}
    customer |= {one.value for one in situation.facts if one.name in _HANDLES}
    customer |= {one.text for one in situation.sources if one.id in _HANDLES}
    known = {turn.author for turn in situation.thread if turn.author}
    texts = [
        situation.message or "",
        *(turn.text for turn in situation.thread),
        *(one.text for one in situation.sources),
    ]
    texts += [one.value for one in situation.facts if one.visibility == "public"]
    named = {one for text in texts for one in _HANDLE.findall(text)}
    theirs = frozenset(one.removeprefix("@").casefold() for one in customer)
    return theirs, theirs | {one.removeprefix("@").casefold() for one in (*known, *named)}


def _names(situation: Situation) -> frozenset[str]:
    """The parts of the name that the customer shows, in lower case; none where no name is known."""
    shown = [one.value for one in situation.facts if one.name in _NAMES and one.visibility == "public"]
    shown += [one.text for one in situation.sources if one.id in _NAMES]
    return frozenset(part.casefold() for one in shown for part in _WORD.findall(one) if len(part) > 1)


def _said(situation: Situation) -> str:
    """Everything in which another person's name may stand."""
    agent = situation.agent
    return " ".join(
        (
            situation.message or "",
            agent.name if agent else "",
            *(f"{turn.author or ''} {turn.text}" for turn in situation.thread),
            *(one.value for one in situation.facts if one.visibility == "public"),
            *(one.text for one in situation.sources),
        )
    )


def _same(one: str, other: str) -> bool:
    """Whether two names are one, or one the short form of the other."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _STEM and long.startswith(short))


def _nearly(one: str, other: str) -> bool:
    """Whether two handles differ in no more than a letter or two, or in their dots and digits alone."""
    if min(len(one), len(other)) < _SHORT:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    bare, also = (re.sub(r"[\W\d_]", "", each) for each in (one, other))
    if len(bare) >= _SHORT and bare == also:
        return True
    allowed = 1 if min(len(one), len(other)) < 2 * _SHORT else 2
    return bool(DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed)
