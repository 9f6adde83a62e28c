"""A brand and an inbox to try everything on: Halyard, an invented shop for coats, bags and boots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.brand import Brand
    from assistant.context import CustomerContext

__all__ = ["brand", "inbox"]


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
