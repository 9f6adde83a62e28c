"""Errors of `assistant`. A wrong file of configuration raises `ConfigurationError` from `tone_rules.errors`.

ReplywrightError
├── InputError       a line or field of input that can't be used
├── ApprovalError    an approval that is refused
│   ├── Blocked      the final text has a blocking finding, or a required rule did not run
│   ├── MovedOn      the thread has changed since the draft was made
│   └── NotPermitted the reviewer may not do this: no right to override, or four eyes are asked for
└── StoreError       the store can't be opened, read or written
"""

from tone_rules.errors import ConfigurationError
from tone_rules.finding import Report

__all__ = [
    "ApprovalError",
    "Blocked",
    "ConfigurationError",
    "InputError",
    "MovedOn",
    "NotPermitted",
    "ReplywrightError",
    "StoreError",
]


class ReplywrightError(Exception):
    """The root of everything this package raises on purpose."""


class InputError(ReplywrightError):
    """Input that can't be used. `line` is its number in its file (1-based) where it came from one."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        self.message = message
        super().__init__(message if line is None else f"line {line}: {message}")

    def __reduce__(self) -> tuple[type["InputError"], tuple[object, ...]]:
        """Told again by another process as it was raised in one."""
        return type(self), (self.message, self.line)


class ApprovalError(ReplywrightError):
    """An approval that is refused; nothing was recorded."""


class Blocked(ApprovalError):
    """The exact final text must not be published as it stands."""

    def __init__(self, message: str, report: Report) -> None:
        self.report = report
        super().__init__(message)

    def __reduce__(self) -> tuple[type["Blocked"], tuple[object, ...]]:
        """Told again by another process as it was raised in one."""
        return type(self), (str(self), self.report)


class MovedOn(ApprovalError):
    """Somebody wrote in the thread after the draft was made."""


class NotPermitted(ApprovalError):
    """The reviewer may not do this."""


class StoreError(ReplywrightError):
    """The store can't be opened, read or written; what was confirmed before is untouched."""
