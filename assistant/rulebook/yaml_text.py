"""One key of a YAML text set or taken out, with everything else left as it stands: comments, order, quotes."""

import copy
import json
from collections.abc import Mapping
from typing import Any

import yaml

from assistant.errors import InputError
from tone_rules.errors import ConfigurationError
from tone_rules.located import Document

_BY_HAND = "this file can't be edited here without disturbing the rest of it; change it in the file itself"


def with_key(text: str, location: tuple[str, ...], value: Any) -> str:
    """A YAML text with another value at a key, or at a key of a key.

    Args:
        text: a mapping in block style, or in JSON; it may be empty.
        location: one key, or two.
        value: text, a number, or a list or mapping of them; None takes the key out, and with its last key its parent.

    Raises:
        ConfigurationError: the text is not YAML.
        InputError: the text is written so that only a person can change it safely, with aliases for example.
    """
    before = Document("text", text).value or {}
    if not isinstance(before, Mapping):
        raise InputError(_BY_HAND)
    wanted = _merged(before, location, value)
    if wanted == before:
        return text
    changed = _edited(text, location, value, wanted)
    try:
        kept = (Document("text", changed).value or {}) == wanted
    except ConfigurationError:
        kept = False
    if not kept:
        raise InputError(_BY_HAND)
    return changed


def _merged(before: Mapping[str, Any], location: tuple[str, ...], value: Any) -> dict[str, Any]:
    """What the text must mean afterwards."""
    after = copy.deepcopy(dict(before))
    first, *rest = location
    if rest:
        inner = dict(after.get(first) or {})
        value = _merged(inner, tuple(rest), value) or None
    elif value is not None:
        value = Document("value", yaml.safe_dump(value, allow_unicode=True)).value
    if value is None:
        after.pop(first, None)
    else:
        after[first] = value
    return after


def _edited(text: str, location: tuple[str, ...], value: Any, wanted: Mapping[str, Any]) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    first, *rest = location
    if not isinstance(root, yaml.MappingNode):
        return text.rstrip("\n") + ("\n" if text.strip() else "") + _entry(first, wanted[first], 0) + "\n"
    if root.flow_style:
        return _as_json(text, location, value)
    parent = next((pair for pair in root.value if pair[0].value == first), None)
    if not rest:
        return _placed(text, root, first, value)
    inner = parent[1] if parent else None
    whole = wanted.get(first)
    if not isinstance(inner, yaml.MappingNode) or inner.flow_style or whole is None:
        return _placed(text, root, first, whole)
    return _placed(text, inner, rest[0], value)


def _placed(text: str, node: yaml.MappingNode, key: str, value: Any) -> str:
    """The text with one entry of a block mapping replaced, added after the last, or taken out with its line."""
    pairs = node.value
    indent = pairs[0][0].start_mark.column
    found = next((pair for pair in pairs if pair[0].value == key), None)
    if found is None:
        at = _line_end(text, _end(pairs[-1][1], text))
        return f"{text[:at]}\n{' ' * indent}{_entry(key, value, indent)}{text[at:] or chr(10)}"
    start, end = found[0].start_mark.index, _end(found[1], text)
    if value is None:
        return text[: text.rfind("\n", 0, start) + 1] + text[_line_end(text, end) + 1 :]
    return text[:start] + _entry(key, value, indent) + text[end:]


def _entry(key: str, value: Any, indent: int) -> str:
    """`key: value`; a list or a mapping at the left margin stands in block style, further in on its line."""
    name = _flow(key)
    if indent or not isinstance(value, list | tuple | Mapping) or not value:
        return f"{name}: {_flow(value)}"
    body = yaml.safe_dump(_plain(value), allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n")
    return f"{name}:\n" + "\n".join(f"  {line}" for line in body.split("\n"))


def _flow(value: Any) -> str:
    dumped = yaml.safe_dump(
        _plain(value), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000_000
    )
    return dumped.removesuffix("\n").removesuffix("\n...")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _end(node: yaml.Node, text: str) -> int:
    """Where a node's own text ends: the mark after a block collection stands at whatever comes next."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    end: int = node.end_mark.index
    return len(text[:end].rstrip()) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _as_json(text: str, location: tuple[str, ...], value: Any) -> str:
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError:
        raise InputError(_BY_HAND) from None
    return json.dumps(_merged_as_is(loaded, location, value), ensure_ascii=False, indent=2) + "\n"


def _merged_as_is(loaded: dict[str, Any], location: tuple[str, ...], value: Any) -> dict[str, Any]:
    first, *rest = location
    new = (_merged_as_is(dict(loaded.get(first) or {}), tuple(rest), value) or None) if rest else value
    return {
        **{key: one for key, one in loaded.items() if key != first or new is not None},
        **({first: new} if new is not None else {}),
    }
