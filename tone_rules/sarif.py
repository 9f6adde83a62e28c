"""SARIF 2.1.0, the format in which code hosts and editors take findings: written as they come, memory stays flat.

OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 2020.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from tone_rules.finding import Level
from tone_rules.rule import Rule, said

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "suggestion": "note"}


class Sarif:
    """One run, as a context: results are written at once, what is known at the end follows when it is left."""

    def __init__(self, write: Callable[[str], object], rules: Iterable[Rule], version: str) -> None:
        """Begin a run.

        Args:
            write: takes a piece of text.
            rules: all that ran; a result of any other rule is written without its description.
            version: of the tool.
        """
        self._write = write
        self._rules = list(rules)
        self._at = {rule.id: number for number, rule in enumerate(self._rules)}
        self._version = version
        self._first = True
        self._notes: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        self._write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", ')
        self._write('"results": [')
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del error, trace
        driver = {
            "name": "Replywright",
            "semanticVersion": self._version,
            "rules": [_described(one) for one in self._rules],
        }
        # a run that ended early says so, and is still JSON
        invocation = {
            "executionSuccessful": kind is None and not any(one["level"] == "error" for one in self._notes),
            "toolExecutionNotifications": self._notes,
        }
        self._write(f'\n], "tool": {_json({"driver": driver})}, "invocations": {_json([invocation])}}}]}}\n')

    def result(
        self,
        rule: str,
        level: Level,
        message: str,
        path: str,
        region: dict[str, int],
        *,
        within: str | None = None,
        properties: dict[str, Any] | None = None,
    ) -> None:
        """Write one finding.

        Args:
            rule: `Style.Rule`.
            level: its level; a suggestion is a `note`.
            message: what is wrong.
            path: of the file, as the user named it.
            region: `startLine` and whatever else is known of the place, from 1, in characters, ends exclusive.
            within: what in that line is meant, where a line holds a whole record: the reply's id.
            properties: whatever else a program may want.
        """
        location: dict[str, Any] = {
            "physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region},
        }
        if within is not None:
            location["logicalLocations"] = [{"name": within, "kind": "reply"}]
        found: dict[str, Any] = {"ruleId": rule}
        if rule in self._at:
            found["ruleIndex"] = self._at[rule]
        found |= {"level": LEVELS[level], "message": {"text": message}, "locations": [location]}
        if properties:
            found["properties"] = properties
        self._write(("" if self._first else ",") + "\n" + _json(found))
        self._first = False

    def note(self, text: str, *, rule: str | None = None, incomplete: bool = True) -> None:
        """Say what was not looked at, once: a rule that did not run, lines that could not be read.

        Args:
            text: what and why.
            rule: the rule that it is about.
            incomplete: whether the run is no success for it.
        """
        told: dict[str, Any] = {"level": "error" if incomplete else "warning", "message": {"text": text}}
        if rule in self._at:
            told["associatedRule"] = {"id": rule, "index": self._at[rule]}
        if told not in self._notes:
            self._notes.append(told)


def _described(rule: Rule) -> dict[str, Any]:
    definition = rule.definition
    shown = said(definition.template, ("…",) * 9)
    described: dict[str, Any] = {
        "id": rule.id,
        "name": rule.id.rpartition(".")[2],
        "shortDescription": {"text": shown},
        "defaultConfiguration": {"level": LEVELS[definition.level]},
        "properties": {"kind": definition.extends, "blocking": rule.blocking, "tags": [rule.id.partition(".")[0]]},
    }
    text = "\n".join(one.strip() for one in (definition.description, definition.reference) if one)
    if text:
        described["fullDescription"] = {"text": text}
        described["help"] = {"text": f"{shown}\n{text}"}
    if definition.link:
        described["helpUri"] = definition.link
    return described


def _uri(path: str) -> str:
    """A path as a URI reference: relative as it was given, or absolute with its scheme."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _json(value: dict[str, Any] | Sequence[Any]) -> str:
    # all but ASCII is escaped: a bidi character of a customer's text fools no terminal
    return json.dumps(value)
