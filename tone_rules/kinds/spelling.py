"""`spelling`: words that a Hunspell dictionary does not know."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from typing_extensions import override

from tone_rules.blocks import Blocks
from tone_rules.exceptions import within_phrase
from tone_rules.patterns import TIMEOUT, compiled
from tone_rules.rule import Around, Definition, Hit, Strings

_WORD = re.compile(r"[^\W\d_](?:[\w'’]*[^\W_])?")
_USUAL = re.compile(r"[A-Z][a-z]+[A-Z]+\w+|^[^a-z]*[A-Z]$|[\d_]")
"""Words in camel case, in capitals or with digits, which are names more often than not."""
_DEFAULT = "en_US"


class Spelling(Definition):
    """Flags words that none of the dictionaries knows. The message's argument is the word."""

    pattern_lists = ("filters", "exceptions")

    extends: Literal["spelling"]
    dictionaries: Strings = ()
    """Names of Hunspell dictionaries, without `.aff` and `.dic`; `en_US` where there are none."""
    dicpath: str | None = None
    """The folder of the dictionaries: a path, or one below a styles path."""
    aff: str | None = None
    dic: str | None = None
    append: bool = False
    """Use the default dictionary too."""
    filters: Strings = ()
    """Patterns; a word in which one is found is passed over."""
    custom: bool = False
    """Use these filters alone, and not those for names and abbreviations."""
    ignore: Strings = ()
    """Files with one accepted word on each line, below a styles path or its `config/ignore`."""
    exceptions: Strings = ()
    vocab: bool = True
    threshold: int = 0
    """Accepted and not heeded, as in Vale."""

    @override
    def search(self, blocks: Blocks, around: Around) -> Iterator[Hit]:
        """Each word that is not known.

        Raises:
            TimeoutError: a pattern took too long.
            CouldNotRun: a dictionary, or the library that reads them, is not there.
        """
        from tone_rules.dictionaries import dictionary, word_list

        names = (*self.dictionaries, *((_DEFAULT,) if self.append or not self.dictionaries else ()))
        places = (Path(self.dicpath),) if self.dicpath else ()
        if self.aff and self.dic:
            names = (self.dic.removesuffix(".dic"),)
        known = [dictionary(one, (*places, *around.styles)) for one in names]
        accepted = {word for one in self.ignore for word in word_list(one, around.styles)}
        for block in blocks.of(self.scopes):
            for found in _WORD.finditer(block.text):
                word = found[0].replace("’", "'")
                if self._passed(word) or word.casefold() in accepted or self._excepted(word):
                    continue
                if any(_knows(one, word) for one in known) or within_phrase(self.exceptions, block.text, *found.span()):
                    continue
                spellings = self.action is not None and self.action.params[:1] == ("spellings",)
                suggestions = tuple(_suggested(known[0], word)) if spellings else ()
                yield block.placed(Hit(found.start(), found.end(), (word,), suggestions=suggestions))

    def _passed(self, word: str) -> bool:
        if not self.custom and _USUAL.search(word):
            return True
        return any(compiled(one).search(word, timeout=TIMEOUT) for one in self.filters)

    def _excepted(self, word: str) -> bool:
        return any(compiled(one).search(word, timeout=TIMEOUT) for one in self._words)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(rf"(?i)\b(?:{one.removeprefix('(?i)')})\b" for one in self.exceptions)


def _knows(dictionary: Any, word: str) -> bool:
    return bool(dictionary.lookup(word)) or (word.endswith("'s") and bool(dictionary.lookup(word[:-2])))


def _suggested(dictionary: Any, word: str) -> Iterator[str]:
    for number, one in enumerate(dictionary.suggest(word)):
        if number == 5:
            return
        yield one
