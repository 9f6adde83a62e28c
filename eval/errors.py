"""Errors of `eval`. A wrong suite or gate raises `ConfigurationError` from `tone_rules.errors`."""

from assistant.errors import ReplywrightError


class RunLogError(ReplywrightError):
    """A run log that can't be written, read or gone on with; what it holds is untouched."""


class StaleCassette(ReplywrightError):
    """A cassette that is replayed holds no answer to what is asked; nothing was sent anywhere."""
