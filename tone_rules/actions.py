"""What may be done about a match: Vale's `replace`, `remove`, `edit` and `convert`, and the letter case kept."""

import re

from tone_rules.patterns import compiled, fault
from tone_rules.rule import Action

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-\s]+")
_EDITS = {"regex": 3, "trim": 2, "trim_left": 2, "trim_right": 2, "truncate": 2, "split": 3}


def fault_of(action: Action) -> str | None:
    """What is wrong with an action's parameters, or None."""
    params = action.params
    if action.name != "edit":
        return None
    if not params or params[0] not in _EDITS:
        return f"'edit' needs one of {', '.join(sorted(_EDITS))} as its first parameter"
    if len(params) != _EDITS[params[0]]:
        return f"'edit' with '{params[0]}' takes {_EDITS[params[0]] - 1} more, not {len(params) - 1}"
    if params[0] == "regex" and (wrong := fault(params[1])):
        return wrong
    if params[0] == "split" and not params[2].isdigit():
        return f"'split' wants the number of the part, from 0, not '{params[2]}'"
    return None


def outcomes(action: Action | None, match: str) -> tuple[str, ...]:
    """What may stand in place of a match; nothing where the action does not say."""
    match action and action.name:
        case "remove":
            return ("",)
        case "replace":
            return action.params if action else ()
        case "convert":
            simple = action is not None and action.params[:1] == ("simple",)
            return (" ".join(one.lower() for one in _HUMP.split(match) if one),) if simple else (match,)
        case "edit":
            return () if action is None else _edited(action.params, match)
    return ()


def in_case_of(found: str, wording: str) -> str:
    """A wording in the letter case of what it stands for: all capitals, a capital at the start, or as it is."""
    letters = [one for one in found if one.isalpha()]
    if len(letters) > 1 and all(one.isupper() for one in letters):
        return wording.upper()
    if letters and letters[0].isupper() and wording:
        return capitalised(wording)
    return wording


def capitalised(wording: str) -> str:
    """The wording with a capital at its start, the rest as it is."""
    return wording[:1].upper() + wording[1:]


def listed(options: tuple[str, ...]) -> str:
    """Options as a message names them: 'a', 'b', or 'c'."""
    quoted = [f"'{one}'" for one in options]
    if len(quoted) < 3:
        return " or ".join(quoted)
    return f"{', '.join(quoted[:-1])}, or {quoted[-1]}"


def filled(pattern: str, template: str, text: str) -> str:
    """Every match of a pattern in a text, replaced by a template with `$1`, `${1}` or `$name`."""

    def put(found: re.Match[str]) -> str:
        def group(name: re.Match[str]) -> str:
            wanted = name[1] or name[2]
            if wanted is None:
                return "$"
            try:
                return found[int(wanted) if wanted.isdigit() else wanted] or ""
            except (IndexError, OverflowError):
                return "" if wanted.isdigit() else name[0]

        return re.sub(r"\$(?:\{(\w+)\}|(\w+)|\$)", group, template)

    return str(compiled(pattern).sub(put, text))


def _edited(params: tuple[str, ...], match: str) -> tuple[str, ...]:
    name, *rest = params
    match name:
        case "regex":
            match = filled(rest[0], rest[1], match)
        case "trim":
            match = match.strip(rest[0])
        case "trim_left":
            match = match.lstrip(rest[0])
        case "trim_right":
            match = match.rstrip(rest[0])
        case "truncate":
            match = match.split(rest[0])[0] if rest[0] else match[:1]
        case "split":
            parts = match.split(rest[0]) if rest[0] else list(match)
            if int(rest[1]) >= len(parts):
                return ()
            match = parts[int(rest[1])]
    return (match.strip(),)
