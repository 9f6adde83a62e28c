"""`substitution`: one wording where another is wanted, as a drop-in or as advice to a person."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from typing_extensions import override

from tone_rules.kinds.existence import excepted, exceptions_pattern
from tone_rules.patterns import compiled, matches, words
from tone_rules.rule import Definition, Hit, Location, Strings
from tone_rules.situation import Situation

_CAPTURE = re.compile(r"(?<!\\)((?:\\\\)*)\((?!\?)")


def _filled(value: object) -> object:
    return {key: "" if one is None else one for key, one in value.items()} if isinstance(value, dict) else value


class Substitution(Definition):
    """Flags each key of `swap`. The message's arguments are what is expected and what was found.

    With `action: {name: replace}` a single expected wording is a safe fix, unless the rule would fire on it again.
    Without an action, or with several wordings (`a|b`), what is expected is advice: it is offered as suggestions and
    never applied by itself.
    """

    extends: Literal["substitution"]
    swap: Annotated[dict[str, str], BeforeValidator(_filled)] = Field(min_length=1)
    ignorecase: bool = False
    nonword: bool = False
    capitalize: bool = False
    """Write the expected wording with a capital where the found one has it. Fixes always keep the found case."""
    exceptions: Strings = ()
    vocab: bool = True

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match of a key that is not already one of the accepted wordings."""
        keys = self._keys
        for found in matches(self._source, text):
            at = next(index for index, group in enumerate(found.groups()) if group is not None)
            expected = compiled("(?i)" + keys[at]).sub(_go_groups(self.swap[keys[at]]), found[0], count=1)
            options = tuple(one for one in expected.split("|") if one)
            if found[0] in options or excepted(self._excepted, found[0]):
                continue
            options = tuple(in_case_of(found[0], one) for one in options)
            shown = options if self.capitalize else tuple(expected.split("|"))
            safe = self.action is not None and self.action.name == "replace" and len(options) == 1
            safe = safe and compiled(self._source).search(options[0]) is None
            arguments = (" or ".join(f"'{one}'" for one in shown) if len(shown) > 1 else shown[0], found[0])
            yield Hit(found.start(), found.end(), arguments, options[0] if safe else None, () if safe else options)

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
        yield from ((("exceptions", index), one) for index, one in enumerate(self.exceptions))

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.swap, key=len, reverse=True)

    @cached_property
    def _source(self) -> str:
        inner = [_CAPTURE.sub(r"\1(?:", key) for key in self._keys]
        return words([f"({one})" for one in inner], nonword=self.nonword, ignorecase=self.ignorecase)

    @cached_property
    def _excepted(self) -> str | None:
        return exceptions_pattern(self.exceptions)


def in_case_of(found: str, wording: str) -> str:
    """A wording in the letter case of what it stands for: all capitals, a capital at the start, or as it is."""
    letters = [one for one in found if one.isalpha()]
    if len(letters) > 1 and all(one.isupper() for one in letters):
        return wording.upper()
    if letters and letters[0].isupper() and wording:
        return wording[0].upper() + wording[1:]
    return wording


def _go_groups(replacement: str) -> str:
    r"""`$1` and `${1}` as `\1`; any other backslash as it stands."""
    return re.sub(r"\$\{?(\d+)\}?", r"\\g<\1>", replacement.replace("\\", "\\\\"))
