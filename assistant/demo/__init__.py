"""A brand and an inbox to try everything on: Halyard, an invented shop for coats, bags and boots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.brand import Brand
    from assistant.context import CustomerContext

__all__ = ["brand", "inbox", "just_in"]

PACE = 5
"""How many times faster the day goes by in `just_in`: its posts fall within three hours, so that some are due."""


def brand() -> Brand:
    """Halyard, as loaded from the folder that ships with the package."""
    from importlib.resources import as_file, files

    from assistant.brand import Brand

    with as_file(files(__name__) / "brand") as folder:
        return Brand.load(folder)


def inbox() -> list[CustomerContext]:
    """One invented day of posts to Halyard, in the order they came in.

    Raises:
        InputError: a line of the packaged file can't be used.
    """
    from importlib.resources import files

    from assistant.context import CustomerContext
    from assistant.errors import InputError
    from assistant.lines import read_lines

    posts: list[CustomerContext] = []
    text = (files(__name__) / "inbox.jsonl").read_text(encoding="utf-8")
    for post in read_lines(text.split("\n"), CustomerContext):
        if isinstance(post, InputError):
            raise post
        posts.append(post)
    return posts


def just_in(now: datetime) -> list[CustomerContext]:
    """The same posts as if they had come in over the last hours, the newest of them a moment before `now`."""
    from datetime import timedelta

    posts = inbox()
    asked = [post.created_at for post in posts if post.created_at is not None]
    last = max(asked)
    at = [now - timedelta(minutes=2) - (last - one) / PACE for one in asked]
    return [post.model_copy(update={"created_at": moment}) for post, moment in zip(posts, at, strict=True)]
