"""`substitution`: one wording where another is wanted, as a drop-in or as advice to a person."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from typing_extensions import override

from tone_rules.actions import capitalised, filled, in_case_of, listed
from tone_rules.exceptions import excepted, exceptions_pattern
from tone_rules.patterns import TIMEOUT, compiled, fault, matches, words
from tone_rules.rule import Blockwise, Hit, Location, Strings
from tone_rules.situation import Situation

_CAPTURE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?P?<(?![=!])\w+>|(?!\?))", re.DOTALL)
_VERB = re.compile(r"(['\"]?)%(?:\[1\])?[sdvq]\1")
_GROUP = re.compile(r"\$\{?\d")
_BAR = re.compile(r"(?<!\\)\|")
_LEFT_OUT = "leave it out"


def _swap(value: object) -> object:
    """A list of mappings is one mapping, and a key without a value maps to nothing."""
    if isinstance(value, list | tuple) and all(isinstance(one, dict) for one in value):
        value = {key: text for one in value for key, text in one.items()}
    return {key: "" if one is None else one for key, one in value.items()} if isinstance(value, dict) else value


class Substitution(Blockwise):
    """Flags each key of `swap`. The message's arguments are what is expected and what was found.

    With `action: {name: replace}` a single expected wording is a safe fix, unless the rule would fire on it again.
    Without an action, or with several wordings (`a|b`), what is expected is advice: it is offered as suggestions and
    never applied by itself. Where nothing is expected, the message says "leave it out", and so does the suggestion: it
    is the empty text.
    """

    pattern_lists = ("exceptions",)

    extends: Literal["substitution"]
    swap: Annotated[dict[str, str], BeforeValidator(_swap)] = Field(min_length=1)
    ignorecase: bool = False
    nonword: bool = False
    capitalize: bool = False
    """Write the expected wording with a capital where the found one has it. Fixes always keep the found case."""
    exceptions: Strings = ()
    vocab: bool = True
    pos: str | None = None
    """Not heeded, as in Vale: a part of speech that older rules name."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match of a key that is not already one of the accepted wordings."""
        for found in matches(self._source, text):
            at = next(index for index, group in enumerate(found.groups()) if group is not None)
            start, end = found.span(at + 1)
            observed = found[at + 1]
            expected = self._expected(self._keys[at], observed)
            options = tuple(one.replace(r"\|", "|") for one in _BAR.split(expected) if one)
            if not observed or self._accepted(expected, options, observed) or excepted(self._excepted, observed):
                continue
            shown = listed(tuple(map(self._cased(observed), options))) if self._drops_in else expected or _LEFT_OUT
            params = self.action.params if self.action and self.action.name == "replace" else ()
            options = tuple(in_case_of(observed, one) for one in params or options)
            safe = self.action is not None and self.action.name == "replace" and len(options) == 1
            safe = safe and compiled(self._source).search(options[0]) is None
            offered = () if safe else options if options or self.action else ("",)
            yield Hit(start, end, (shown, observed), options[0] if safe else None, offered)

    @property
    @override
    def template(self) -> str:
        """The message, without its own quotes around what already comes quoted."""
        first = _VERB.search(self.message)
        if not self._drops_in or first is None or not first[1]:
            return self.message
        return f"{self.message[: first.start()]}{first[0][1:-1]}{self.message[first.end() :]}"

    @property
    @override
    def pattern(self) -> str:
        """The whole pattern."""
        return self._source

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """Keys of `swap`, and exceptions."""
        yield from super().patterns()
        yield from ((("swap", key), key) for key in self.swap)

    def _expected(self, key: str, observed: str) -> str:
        expected = self._cased(observed)(self.swap[key])
        if not _GROUP.search(expected):
            return expected
        return filled(("(?i)" if self.ignorecase else "") + key, expected, observed)

    def _accepted(self, expected: str, options: tuple[str, ...], observed: str) -> bool:
        """Whether what was found is what is wanted; without a `replace`, what is wanted may be a pattern."""
        if self.action is not None and self.action.name == "replace":
            return observed in options
        if observed in (expected, *options) or all(one.isalpha() or one == " " for one in expected):
            return observed in (expected, *options)
        return fault(expected) is None and compiled(f"(?:{expected})").fullmatch(observed, timeout=TIMEOUT) is not None

    def _cased(self, observed: str) -> Callable[[str], str]:
        return capitalised if self.capitalize and observed == capitalised(observed) else str

    @cached_property
    def _drops_in(self) -> bool:
        """Whether the values of `swap` are what the action puts in place."""
        return self.action is not None and self.action.name == "replace" and not self.action.params

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.swap, key=lambda one: len(one.encode()), reverse=True)

    @cached_property
    def _source(self) -> str:
        return words([f"({_bare(one)})" for one in self._keys], nonword=self.nonword, ignorecase=self.ignorecase)

    @cached_property
    def _excepted(self) -> str | None:
        return exceptions_pattern(self.exceptions)


def _bare(key: str) -> str:
    """A key whose groups capture nothing, so that each key's own group can be told."""
    return _CAPTURE.sub(lambda found: "(?:" if found[0].startswith("(") else found[0], key)
