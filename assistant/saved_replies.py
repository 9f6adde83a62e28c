"""Replies that a team wrote earlier and keeps for use again: one file each in a brand's `playbooks/saved`."""

from pathlib import Path

from pydantic import Field

from tone_rules.errors import ConfigurationError, Problem
from tone_rules.located import read
from tone_rules.value import Value

FOLDER = Path("playbooks", "saved")
"""Where they lie in a brand's folder."""


class SavedReply(Value):
    """One saved reply. What changes from customer to customer stands in braces: `{first_name}`, `{order_number}`."""

    title: str = Field(min_length=1)
    text: str = Field(min_length=1)
    tags: tuple[str, ...] = ()


def load_saved_replies(brand_folder: Path) -> tuple[SavedReply, ...]:
    """The saved replies of a brand, in the order of their files; none where there is no such folder.

    Raises:
        ConfigurationError: with every problem of every file.
    """
    replies, problems = read_saved_replies(brand_folder)
    if problems:
        raise ConfigurationError(problems)
    return replies


def read_saved_replies(brand_folder: Path) -> tuple[tuple[SavedReply, ...], list[Problem]]:
    """The saved replies that can be read, and the problems of those that can't."""
    replies: list[SavedReply] = []
    problems: list[Problem] = []
    for path in sorted((brand_folder / FOLDER).glob("*.yaml")):
        try:
            replies.append(read(path, SavedReply, "a saved reply"))
        except ConfigurationError as error:
            problems += error.problems
    return tuple(replies), problems
