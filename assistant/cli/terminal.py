"""What a person or a program sees: words that are safe on a terminal, and JSON that is nothing but JSON."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from pydantic import BaseModel

if TYPE_CHECKING:
    from rich.console import Console

# Control characters move the cursor or colour the screen; bidi controls show text in another order than it has.
# Tabs and line ends stay. Of `_BIDI` Unicode 16.0, UAX #9, section 2 has the list.
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_BIDI = r"\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[{_CONTROL}{_BIDI}]")
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f{_BIDI}]")

Part = str | tuple[str, str]
"""Text, or text and a Rich style."""

BROKEN_PIPE = 141
"""The status of a program that a closed pipe ended (128 + SIGPIPE)."""


def clean(text: str) -> str:
    """`text` without what could fool a terminal or its reader."""
    return _UNSAFE.sub("", text)


def to_json(value: BaseModel) -> str:
    """One line of JSON. The characters that could fool a terminal are escaped, so the value stays as it was."""
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", value.model_dump_json())


class Output:
    """Standard output, written line by line as results come; colour only on a terminal, markup never."""

    def __init__(self) -> None:
        self._console: Console | None = None
        if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
            from rich.console import Console as OnTerminal

            self._console = OnTerminal(markup=False, highlight=False, emoji=False, soft_wrap=True)

    def json(self, value: BaseModel | str) -> None:
        """A line of JSON."""
        self._write((value if isinstance(value, str) else to_json(value)) + "\n")

    def line(self, *parts: Part, indent: int = 0) -> None:
        """A line for people. Whatever it holds is text: each part is cleaned, and line ends in it are indented."""
        pieces = [(part, "") if isinstance(part, str) else part for part in parts]
        cleaned = [(clean(text).replace("\n", "\n" + " " * indent), style) for text, style in pieces]
        if self._console is None:
            self._write(" " * indent + "".join(text for text, _ in cleaned) + "\n")
            return
        from rich.text import Text

        with until_closed():
            self._console.print(Text.assemble(" " * indent, *cleaned))

    def _write(self, text: str) -> None:
        with until_closed():
            sys.stdout.write(text)
            sys.stdout.flush()


@contextmanager
def until_closed() -> Iterator[None]:
    """Writing to standard output; once whoever reads it has seen enough (`| head`), the program ends quietly.

    Raises:
        typer.Exit: with 141, after the pipe was closed.
    """
    try:
        yield
    except BrokenPipeError:
        # what is still buffered must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None


def note(message: str) -> None:
    """A line on standard error: a problem, a count, what was done."""
    sys.stderr.write(clean(message) + "\n")
    sys.stderr.flush()
