r"""The dialect of published rules, .NET's, in the words of `regex` (version 0).

An inline flag such as `(?i)` holds to the end of its group, through every `|` of it; `regex` would take it for the
whole pattern. Without `(?m)`, `$` is the very end and not also the place before a last line break.
"""

import re

_INLINE = re.compile(r"\(\?([imsnx]*(?:-[imsnx]+)?)\)")
_LINES = re.compile(r"\(\?[a-z]*m")


def translated(source: str) -> str:
    """The same pattern for `regex`; what can't be a pattern comes back as it is."""
    ends = "$" in source and not _LINES.search(source)
    if not ends and not _INLINE.search(source, 1) and r"\z" not in source:
        return source
    out: list[str] = []
    groups: list[list[str]] = [[]]
    at = 0
    while at < len(source):
        flags = _INLINE.match(source, at) if at else None
        end = flags.end() if flags else after(source, at)
        piece = source[at:end]
        if flags:
            wanted = flags[1].replace("n", "").removesuffix("-")
            piece = f"(?{wanted}:" if wanted else ""
            groups[-1] += [piece] if wanted else []
        elif piece == "(":
            groups.append([])
        elif piece == "|":
            piece = ")" * len(groups[-1]) + "|" + "".join(groups[-1])
        elif piece == ")":
            if len(groups) == 1:
                return source
            piece += ")" * len(groups.pop())
        elif piece == r"\z" or (piece == "$" and ends):
            piece = r"\Z"
        out.append(piece)
        at = end
    return "".join(out) + ")" * sum(map(len, groups)) if len(groups) == 1 else source


def after(source: str, at: int) -> int:
    """Where the escape, set or single character that begins at `at` ends."""
    if source[at] == "\\":
        return min(at + 2, len(source))
    if source[at] != "[":
        return at + 1
    end = at + (2 if source.startswith("[^", at) else 1)
    end += source.startswith("]", end)
    while end < len(source) and source[end] != "]":
        end += 2 if source[end] == "\\" else 1
    return min(end + 1, len(source))
