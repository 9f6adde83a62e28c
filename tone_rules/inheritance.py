"""`extends: Style.Rule`: a rule that starts from another rule, with keys replaced, added to or taken from.

A bare key replaces the other rule's value, `key+` adds to its list or mapping, `key-` takes entries away. To take away
what is not there is an error: whoever wrote it hears when the other rule changes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tone_rules.errors import ConfigurationError
from tone_rules.located import Document

DEEPEST = 10
"""Rules in one chain."""

Find = Callable[[str], Document | None]


def flattened(document: Document, find: Find, chain: tuple[str, ...] = ()) -> Document:
    """The document with what it inherits written out, its examples its own.

    Args:
        document: the mapping in a rule’s file.
        find: gives the document of a rule by `Style.Rule`, or None.
        chain: the rules that led here.

    Raises:
        ConfigurationError: no such rule, a circle, or an edit that does not fit.
    """
    parent = document.value.get("extends")
    if not isinstance(parent, str) or "." not in parent:
        for key in document.value:
            if key[-1:] in "+-" and key:
                raise _wrong(document, key, f"'{key}' needs a rule to change: only one that extends a rule can use it")
        return document
    if parent in chain or len(chain) >= DEEPEST:
        raise _wrong(document, "extends", f"'{parent}' is in its own chain: {' -> '.join((*chain, parent))}")
    found = find(parent)
    if found is None or not isinstance(found.value, Mapping):
        raise _wrong(document, "extends", f"there is no rule '{parent}'; a style's rules stand beside it by its name")
    above = flattened(found, find, (*chain, parent)).value
    merged: dict[str, Any] = {key: value for key, value in above.items() if key != "tests"}
    for key, value in document.value.items():
        base = key.rstrip("+-")
        if base != key and base in document.value:
            raise _wrong(document, key, f"'{key}' changes what '{base}' replaces; keep one of them")
        if base != key:
            merged[base] = _edited(document, key, merged.get(base), value)
            _move(document, key, base)
        elif key != "extends":
            merged[key] = value
    document.value = merged
    return document


def _edited(document: Document, key: str, old: Any, change: Any) -> Any:
    add = key.endswith("+")
    if isinstance(old, str):
        old = [old]
    if isinstance(old, list):
        entries = change if isinstance(change, list) else [change]
        if add:
            return [*old, *entries]
        for one in entries:
            if one not in old:
                raise _wrong(document, key, f"the other rule has no entry '{one}' to take away")
        return [one for one in old if one not in entries]
    if isinstance(old, dict):
        if add and isinstance(change, dict):
            return old | change
        names = change if isinstance(change, list) else [change]
        if not add and not isinstance(change, dict):
            for one in names:
                if one not in old:
                    raise _wrong(document, key, f"the other rule has no entry '{one}' to take away")
            return {name: value for name, value in old.items() if name not in names}
        raise _wrong(document, key, f"'{key}' wants {'a mapping' if add else 'a list of keys'}")
    raise _wrong(document, key, f"the other rule has no list or mapping '{key.rstrip('+-')}' to change")


def _move(document: Document, key: str, base: str) -> None:
    """Let problems with the merged value point at the change."""
    place = document.place((key,))
    document.places[(base,)] = document.keys[(base,)] = document.keys.get((key,), place)


def _wrong(document: Document, key: str, message: str) -> ConfigurationError:
    return ConfigurationError([document.problem((key,), message, key=True)])
