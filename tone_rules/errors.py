"""Errors of `tone_rules`.

ToneRulesError
└── ConfigurationError   one or more places in a file that somebody must mend
"""

from collections.abc import Sequence
from pathlib import Path

from tone_rules.value import Value


class Problem(Value):
    """One thing to mend in a file of configuration, with its place."""

    path: str
    line: int = 1
    column: int = 1
    message: str
    """What is wrong and what to do about it."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class ToneRulesError(Exception):
    """The root of everything this package raises on purpose."""


class ConfigurationError(ToneRulesError):
    """A rule, pack, brand or any other file of configuration is wrong; `problems` lists every place found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(one) for one in self.problems))

    def __reduce__(self) -> tuple[type["ConfigurationError"], tuple[object, ...]]:
        """Told again by another process as it was raised in one."""
        return type(self), (self.problems,)

    @classmethod
    def at(cls, path: Path | str, message: str, line: int = 1, column: int = 1) -> "ConfigurationError":
        """One problem at one place."""
        return cls([Problem(path=str(path), line=line, column=column, message=message)])
