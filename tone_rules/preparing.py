"""`python -m tone_rules.preparing` prepares the rules that ship after a change: see `prepared` and `reducing`."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from tone_rules.dialect import after, translated
from tone_rules.kinds import KINDS
from tone_rules.located import Document
from tone_rules.pack import load_pack, shipped, without_examples
from tone_rules.prepared import HERE, PREPARED, code, name_of
from tone_rules.prepared_rules import frozen
from tone_rules.readings.preparing import needs
from tone_rules.readings.search import edged
from tone_rules.rule import Definition, Rule
from tone_rules.sieve import widened

_FLAGS = re.compile(r"\(\?[a-z]+\)")
_OPEN = re.compile(r"\(\?[a-z]*:")
_EDGE = re.compile(r"\\b")
_REPEATED = re.compile(r"[*+?{]")
_REFERS = re.compile(r"\\[1-9]|\(\?P=|\\g|\(\?\(|\(\?R|\(\?&|\(\?\|")
"""Patterns that refer to their groups by number."""
_ESCAPED_OR_NOT = re.compile(r"\\.|[^\\]+", re.DOTALL)
_END = re.compile(r"\\z")


class Split(NamedTuple):
    """A pattern as what stands before its alternatives, these, and what stands behind."""

    head: str
    alternatives: tuple[str, ...]
    tail: str


def prepared() -> dict[str, Any]:
    """What `packs/prepared.json` holds."""
    rules = [rule for name in shipped() for rule in load_pack(name).rules]
    splits = {source: split(source) for rule in rules for source in sources(rule.definition)}
    numbers: dict[tuple[str, str, str], int] = {}
    content = {
        name_of(source): [head, tail, [numbers.setdefault((head, one, tail), len(numbers)) for one in alternatives]]
        for source, (head, alternatives, tail) in sorted(splits.items())
    }
    texts = [edged(example.input.lower()) for rule in rules for example in rule.definition.tests]
    return {
        "code": code(),
        "sources": content,
        "alternatives": [one for _, one, _ in numbers],
        **needs([_plain(head + one + tail) for head, one, tail in numbers], texts),
        "definitions": dict(_definitions(rules)),
        "documents": dict(_documents()),
    }


def _definitions(rules: Iterable[Rule]) -> Iterator[tuple[str, Any]]:
    """The definitions by their files' text without examples; not of those that go on with another rule's."""
    for rule in rules:
        if rule.path is None or rule.definition.refused:
            continue
        text = without_examples(Path(rule.path).read_text(encoding="utf-8-sig"))
        bare = rule.definition.model_copy(update={"tests": ()})
        bare.model_fields_set.discard("tests")
        found = frozen(bare)
        if found is not None and Document(rule.path, text).value.get("extends") in KINDS:
            yield name_of(text), found


def _documents() -> Iterator[tuple[str, Any]]:
    """Other YAML files that a check reads, by their text, and the rules that go on with another's, with those."""
    for pattern in ("packs/*/*.yaml", "channels/*.yaml", "claims/*.yaml", "readings/language.yaml", "traces/*.yaml"):
        for path in sorted(HERE.glob(pattern)):
            text = path.read_text(encoding="utf-8-sig")
            yield name_of(text), Document(path, text).value
    for path in sorted(HERE.glob("packs/*/*.yml")):
        text = without_examples(path.read_text(encoding="utf-8-sig"))
        value = Document(path, text).value
        parent = str(value.get("extends"))
        if parent not in KINDS:
            yield name_of(text), value
            style, _, name = parent.partition(".")
            above = HERE / "packs" / style / f"{name}.yml"
            text = without_examples(above.read_text(encoding="utf-8-sig"))
            yield name_of(text), Document(above, text).value


def sources(definition: Definition) -> Iterator[str]:
    """Every whole pattern that a rule looks for."""
    if definition.pattern is not None:
        yield definition.pattern
    for base in type(definition).__mro__:
        for name, value in vars(base).items():
            if isinstance(value, cached_property):
                yield from _patterns(getattr(definition, name))


def split(source: str) -> Split:
    """The alternatives of a pattern: at its top, or in the one group that is most of it."""
    whole = translated(source)
    if _REFERS.search(whole):
        return Split("", (whole,), "")
    flags = _FLAGS.match(whole)
    head, rest, tail = flags[0] if flags else "", whole[flags.end() :] if flags else whole, ""
    while len(parts := _at_bars(rest)) == 1:
        start, end = max(_groups(rest), key=lambda one: one[1] - one[0], default=(0, 0))
        if (end - start) * 2 < len(rest):
            return Split(head, (rest,), tail)
        opened = _OPEN.match(rest, start)
        if opened is None:
            return Split(head, (rest,), tail)
        head, rest, tail = head + rest[: opened.end()], rest[opened.end() : end - 1], rest[end - 1 :] + tail
    if not head.endswith(":"):
        head, tail = f"{head}(?:", f"){tail}"
    return Split(head, tuple(one for part in parts for one in _multiplied(part)), tail)


def _multiplied(alternative: str) -> list[str]:
    r"""An alternative that is a group of others, with nothing but `\b` around it, as so many of its own."""
    edge = _EDGE.match(alternative)
    begin = edge.end() if edge else 0
    opened = _OPEN.match(alternative, begin)
    ends = [end for start, end in _groups(alternative) if start == begin and alternative[end:] in ("", r"\b")]
    if opened is None or not ends:
        return [alternative]
    around = alternative[: opened.end()], alternative[ends[0] - 1 :]
    inside = [one for part in _at_bars(alternative[opened.end() : ends[0] - 1]) for one in _multiplied(part)]
    return [one.join(around) for one in inside]


def _at_bars(source: str) -> list[str]:
    parts, depth, begin = [], 0, 0
    for start, end in _pieces(source):
        piece = source[start:end]
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            parts.append(source[begin:start])
            begin = end
    return [*parts, source[begin:]]


def _groups(source: str) -> Iterator[tuple[int, int]]:
    """Where the groups at the top begin and end that capture nothing and are not repeated."""
    depth, begin = 0, 0
    for start, end in _pieces(source):
        piece = source[start:end]
        if piece == "(":
            begin = start if depth == 0 else begin
            depth += 1
        elif piece == ")":
            depth -= 1
            if depth == 0 and _OPEN.match(source, begin) and not _REPEATED.match(source, end):
                yield begin, end


def _pieces(source: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(source):
        end = after(source, at)
        yield at, end
        at = end


def _plain(source: str) -> str:
    """A pattern in small letters, as the search for literals reads it; one that needs nothing where it can't."""
    bare = widened(source)
    if bare is None:
        return ""
    small = _ESCAPED_OR_NOT.sub(lambda one: one[0] if one[0][0] == "\\" else one[0].lower(), bare)
    small = _END.sub(r"\\Z", small)
    try:
        re.compile(small)
    except re.error:
        return ""
    return small


def _patterns(value: object) -> Iterator[str]:
    """The patterns among what a kind has made of its keys."""
    if isinstance(value, str) and value.startswith("(?"):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _patterns(one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _patterns(one)


def write() -> None:
    """Write `packs/prepared.json`."""
    text = json.dumps(prepared(), ensure_ascii=False, separators=(",", ":"))
    PREPARED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
