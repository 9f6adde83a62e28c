"""Linting: rules on one file, and alerts as Vale prints them."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tone_rules.blocks import Blocks
from tone_rules.engine import examine
from tone_rules.finding import Finding, Level, NotRun
from tone_rules.pack import Pack
from tone_rules.rule import Around, Rule
from tone_rules.situation import Situation
from tone_rules.vale.config import ValeConfig
from tone_rules.vale.switches import Switches
from tone_rules.vale.vocabulary import Vocabulary
from tone_rules.value import Value

if TYPE_CHECKING:
    from spacy.language import Language

_RUN = re.compile(r"[ \n]+")
_MARKDOWN = frozenset(("md", "markdown", "mdown", "mkd", "mkdn", "mdx", "rmd", "qmd"))


class Alert(Value):
    """One finding in a file."""

    path: str
    line: int
    """From 1."""
    column: int
    """In characters, from 1."""
    end: int
    """The column of its last character, counted on from its first where it goes over a line's end."""
    rule: str
    level: Level
    message: str
    match: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}:{self.rule}:{self.message}"


class Linted(Value):
    """What linting a file gave."""

    alerts: tuple[Alert, ...]
    not_run: tuple[NotRun, ...] = ()
    """Rules that did not run on it; they never count as passed."""


def lint(
    text: str,
    path: str,
    packs: Pack | Iterable[Pack],
    *,
    config: ValeConfig | None = None,
    vocabulary: Vocabulary | None = None,
    nlp: "Language | None" = None,
) -> list[Alert]:
    """The alerts of a file, by their place.

    Args:
        text: what is in it. Markdown by the ending of the path, plain text otherwise.
        path: its path, for alerts and for the globs of the settings.
        packs: one style or several.
        config: settings that say which rules run on this path; all rules run without them.
        vocabulary: accepted words; those of the settings where it is not given.
        nlp: a pipeline with Penn tags, for rules about parts of speech; the one of `tone_rules.language` otherwise.

    Raises:
        ConfigurationError: a vocabulary of the settings can't be read.
    """
    return list(lint_fully(text, path, packs, config=config, vocabulary=vocabulary, nlp=nlp).alerts)


def lint_fully(
    text: str,
    path: str,
    packs: Pack | Iterable[Pack],
    *,
    config: ValeConfig | None = None,
    vocabulary: Vocabulary | None = None,
    nlp: "Language | None" = None,
) -> Linted:
    """The alerts of a file, and the rules that did not run on it; see `lint`."""
    words = vocabulary if vocabulary is not None else config.vocabulary() if config else Vocabulary()
    chosen = [one.accepting(words.accept) for one in ([packs] if isinstance(packs, Pack) else packs)]
    rules: list[Rule] = [rule for pack in chosen for rule in pack.rules]
    if config is not None:
        rules = list(config.rules(chosen, path))
    ending = config.ending(path) if config else PurePath(path).suffix.removeprefix(".").lower()
    blocks = _blocks(text, ending)
    around = Around(Situation(), nlp, _styles(chosen, config))
    findings, not_run = examine(blocks, rules, around)
    switches = Switches(blocks.comments, {one.name for one in chosen})
    places = _Lines(text)
    alerts: dict[tuple[int, int, str], Alert] = {}
    for one in findings:
        line, column, line_end = places.of(one.start)
        if not switches.off(one.rule, one.match, one.start, line_end):
            alerts.setdefault((line, column, one.rule), _alert(one, path, line, column))
    ordered = sorted(alerts.values(), key=lambda one: (one.line, one.column, one.rule))
    return Linted(alerts=tuple(ordered), not_run=not_run)


def _alert(finding: Finding, path: str, line: int, column: int) -> Alert:
    return Alert(
        path=path,
        line=line,
        column=column,
        end=max(column, column + finding.end - finding.start - 1),
        rule=finding.rule,
        level=finding.level,
        message=finding.message.replace(finding.match, _RUN.sub(" ", finding.match)).replace("\n", " "),
        match=finding.match,
    )


def _blocks(text: str, ending: str) -> Blocks:
    if ending not in _MARKDOWN:
        return Blocks.plain(text, *((ending,) if ending else ()))
    from tone_rules.markdown import read_markdown

    return read_markdown(text, ending)


def _styles(packs: Iterable[Pack], config: ValeConfig | None) -> tuple[Path, ...]:
    """The folders in which the styles stand."""
    beside = (Path(rule.path).parent.parent for pack in packs for rule in pack.rules[:1] if rule.path)
    return tuple(dict.fromkeys((*(config.styles_paths if config else ()), *beside)))


class _Lines:
    """Lines and columns of places in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(at + 1 for at, one in enumerate(text) if one == "\n")]

    def of(self, at: int) -> tuple[int, int, int]:
        """The line and column of a place, from 1, and the place at which that line ends."""
        line = bisect_right(self._starts, at)
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._text)
        return line, at - self._starts[line - 1] + 1, end
