"""Vocabularies: the words a house accepts and those it rejects, and Vale's own style that is made of them."""

import re
from collections.abc import Iterable
from pathlib import Path

from tone_rules.errors import ConfigurationError, Problem
from tone_rules.located import read_text
from tone_rules.pack import Pack
from tone_rules.patterns import fault
from tone_rules.value import Value

STYLE = "Vale"
"""The name of the style that every Vale has."""


class Vocabulary(Value):
    """Accepted and rejected words, each a pattern."""

    accept: tuple[str, ...] = ()
    """Exceptions of every rule that heeds a vocabulary."""
    reject: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> "Vocabulary":
        """A vocabulary from its folder, which holds accept.txt, reject.txt or both.

        Raises:
            ConfigurationError: no such folder, or a line that is no pattern.
        """
        if not folder.is_dir():
            raise ConfigurationError.at(folder, "there is no such vocabulary; it is a folder with accept.txt")
        return cls(accept=_lines(folder / "accept.txt"), reject=_lines(folder / "reject.txt"))

    @classmethod
    def joined(cls, all_of_them: Iterable["Vocabulary"]) -> "Vocabulary":
        """Several as one."""
        parts = list(all_of_them)
        accept = dict.fromkeys(word for one in parts for word in one.accept)
        return cls(accept=tuple(accept), reject=tuple(dict.fromkeys(word for one in parts for word in one.reject)))

    def style(self) -> Pack:
        """Vale's own style: Repetition, Spelling, and Terms and Avoid where this vocabulary has words for them."""
        rules: dict[str, dict[str, object]] = {
            "Repetition": {
                "extends": "repetition",
                "message": "'%s' is repeated!",
                "level": "error",
                "ignorecase": True,
                "alpha": True,
                "action": {"name": "edit", "params": ["truncate", " "]},
                "tokens": [r"[^\s.!?]+"],
            },
            "Spelling": {
                "extends": "spelling",
                "message": "Did you really mean '%s'?",
                "level": "error",
                "action": {"name": "suggest", "params": ["spellings"]},
            },
        }
        swap = {one.lower(): one for one in self.accept if not re.search(r"\\[A-Z]", one)}
        if swap:
            rules["Terms"] = {
                "extends": "substitution",
                "message": "Use '%s' instead of '%s'.",
                "level": "error",
                "ignorecase": True,
                "vocab": False,
                "swap": swap,
            }
        if self.reject:
            message = "Avoid using '%s'."
            rules["Avoid"] = {"extends": "existence", "message": message, "level": "error", "tokens": self.reject}
        return Pack.of(STYLE, rules)


def _lines(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    words: dict[str, None] = {}
    problems: list[Problem] = []
    for number, line in enumerate(read_text(path, "a list of words").splitlines(), 1):
        word = line.strip()
        if not word or word.startswith("# "):
            continue
        words[word] = None
        if wrong := fault(word):
            problems.append(Problem(path=str(path), line=number, message=wrong))
    if problems:
        raise ConfigurationError(problems)
    return tuple(words)
