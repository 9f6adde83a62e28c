"""The pattern language of the rule files.

A pattern is an RE2 expression over the folded message (lower case, no accents, straight quotes), with four liberties:

- a space stands for whatever may stand between two words of one sentence, ` ?` for that or nothing;
- ` .. ` stands for up to three words between, ` ... ` for up to ten, in the same sentence;
- `.{0,N}` stands for up to N characters of one line that begin and end at the edge of a word;
- `<name>` stands for any word of the list `name` in `words.yaml`;
- an apostrophe may be missing ("can't" finds "cant").

A pattern begins and ends at the edge of a word, except where it begins or ends with another character or `.*`.
RE2 runs in time linear in the text, so no message can make a pattern hang.
"""

import re
from collections.abc import Mapping, Sequence

Lists = Mapping[str, Sequence[str]]

_BETWEEN = r"[^\w.!?;\n]+"
_EDGE = r"[^\w\n]"
_PERHAPS = r"[^\w.!?;\n]*"
_WORD = r"[\w'-]+(?:\.\d+)?"
_NEAR = rf"(?:{_BETWEEN}{_WORD}){{0,3}}{_BETWEEN}"
_FAR = rf"(?:{_BETWEEN}{_WORD}){{0,10}}{_BETWEEN}"
_GAP = re.compile(r"( ?)\.\{0,(\d+)\}(?=(.?))")
_CLASS = re.compile(r"(\[(?:\\.|[^\]\\])*\])")
_LIST = re.compile(r"<([a-z_]+)>")


def expression(pattern: str, lists: Lists) -> str:
    """The RE2 expression of a pattern.

    Args:
        pattern: as the rule file has it.
        lists: the named lists of words.

    Raises:
        KeyError: it names a list that there is not.
    """
    open_start = not (pattern[0].isalnum() or pattern[0] in "(<") or pattern.lstrip("(").startswith("<money>")
    open_end = not (pattern[-1].isalnum() or pattern[-1] in ")>?+*") or pattern.endswith((".*", "\\?", "\\)"))
    body = _optional_end(pattern.removeprefix(".*").removesuffix(".*"))
    while _LIST.search(body):
        body = _LIST.sub(lambda found: "(?:" + "|".join(lists[found[1]]) + ")", body)
    parts = _CLASS.split(_GAP.sub(_gap, body))
    body = "".join(part if number % 2 else _spaced(part) for number, part in enumerate(parts))
    return ("" if open_start else r"\b") + f"(?:{body})" + ("" if open_end else r"\b")


def _optional_end(pattern: str) -> str:
    """A pattern whose last group is optional, with the space before that group optional too."""
    if not pattern.endswith(")?"):
        return pattern
    depth = 0
    for place in range(len(pattern) - 2, -1, -1):
        depth += {")": 1, "(": -1}.get(pattern[place], 0)
        if depth == 0:
            break
    if not pattern[:place].endswith(" ") or pattern[:place].endswith((" .. ", " ... ")):
        return pattern
    return f"{pattern[: place - 1]}(?: {pattern[place:-1]})?"


def _spaced(part: str) -> str:
    """A stretch of a pattern outside character classes, its spaces and apostrophes put into RE2."""
    part = part.replace("'", "'?").replace(" ... ", _FAR).replace(" .. ", _NEAR)
    return part.replace(" ?", _PERHAPS).replace(" ", _BETWEEN)


def _gap(found: re.Match[str]) -> str:
    """`.{0,N}` in RE2: after a word it begins with an edge, and it ends with one unless an optional part follows."""
    before, most, after = found.groups()
    stretch = f".{{0,{most}}}" if after in " $?\\[" else f"(?:.{{0,{most}}}{_EDGE})?"
    return f"{before}{stretch}" if before else f"(?:{_EDGE}{stretch})?"
