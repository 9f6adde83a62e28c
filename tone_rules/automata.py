"""RE2's patterns, each within its bound of memory.

An automaton keeps the states that texts lead it to, and other texts lead to others: the patterns that drafts ask for
held 40 MB more after each doubling of the drafts, with no end in sight. One that has filled its bound starts anew,
which costs little: what texts share comes back with the next one.
"""

from typing import Any

FLOOR = 256 << 10
"""Bytes that any pattern may take."""
EACH = 300
"""Bytes for each instruction of a pattern's program, where these are more.

RE2 gives up an automaton that has no room for twenty of its states, and searches many times slower. A state takes up to
four bytes for each instruction, and the search for a match's end has a third of all.
"""
MOST = 64 << 20
"""Bytes that no pattern may exceed."""


def automaton(pattern: str | bytes, *, case: bool = True, captures: bool = True, lines: bool = True) -> Any:
    """A pattern as RE2 has it, quiet about what it refuses.

    Args:
        pattern: as text, or as bytes for texts of one byte a character.
        case: whether capitals count.
        captures: whether its groups tell their places.
        lines: whether a dot stops at the end of a line.

    Raises:
        re2.error: it is not a pattern to RE2, or needs more than `MOST`.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = case
    options.never_capture = not captures
    options.dot_nl = not lines
    if isinstance(pattern, bytes):
        options.encoding = re2.Options.Encoding.LATIN1
    bound = max(FLOOR, EACH * len(pattern))
    while True:
        options.max_mem = min(bound, MOST)
        try:
            made = re2.compile(pattern, options)
        except re2.error as error:
            if bound >= MOST or "too large" not in str(error):
                raise
            bound *= 4
        else:
            needed = EACH * made.programsize
            if needed <= bound or bound >= MOST:
                return made
            bound = needed
