"""`replywright check --style`: published styles on files of text or Markdown, told as Vale tells it."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from assistant.cli.lines import STDIN
from assistant.cli.options import FindingsFormat
from assistant.cli.results import sarif_document
from assistant.cli.terminal import Output, note
from assistant.errors import InputError
from tone_rules.finding import Level
from tone_rules.loading import unread
from tone_rules.pack import Pack, load_style
from tone_rules.sarif import Sarif
from tone_rules.vale import Alert, Linted, ValeConfig, lint_fully

SUFFIXES = (".md", ".markdown", ".txt")
"""What is looked at in a folder."""
_LEVELS: dict[Level, str] = {"error": "red", "warning": "yellow", "suggestion": "cyan"}


def check_files(
    files: Sequence[str], styles: Sequence[Path], config: Path | None, output_format: FindingsFormat, ext: str
) -> int:
    """Run styles on files and print what they find.

    Args:
        files: paths; a folder stands for the files of text and Markdown below it, `-` for standard input.
        styles: folders, each a style.
        config: a `.vale.ini`, which then says what runs where.
        output_format: how findings are written.
        ext: the ending that says what standard input holds.

    Returns:
        The exit code. 3: a file could not be read, or a rule could not be read or did not run. A rule that is a
        script is none of these: it is refused on purpose, whatever the file, and told. 1: there is an error. 0: none.

    Raises:
        ConfigurationError: there is no such style, or the settings are wrong.
        InputError: there is no such file.
    """
    settings = _settings(config, styles) if config else None
    packs = _packs(styles, settings)
    paths = list(_paths(files))
    output = Output()
    run = _Run(packs, output_format, output)
    with sarif_document(output, packs) if output_format is FindingsFormat.sarif else nullcontext() as sarif:
        run.loaded(packs, settings, sarif)
        for path in paths:
            name = f"stdin.{ext.removeprefix('.')}" if path == STDIN else path
            try:
                text = _text(path)
            except InputError as error:
                run.missed(f"{name}: {error}", sarif)
            else:
                run.linted(name, lint_fully(text, name, packs, config=settings), sarif)
    if output_format is FindingsFormat.text:
        counts = ", ".join(_counted(run.levels[level], level) for level in _LEVELS)
        note(f"{counts} in {_counted(len(paths), 'file')}")
    return 3 if run.incomplete else 1 if run.levels["error"] else 0


class _Run:
    """What was found so far, written as it comes."""

    def __init__(self, packs: Sequence[Pack], output_format: FindingsFormat, output: Output) -> None:
        self._refused = {rule.id for pack in packs for rule in pack.rules if rule.definition.refused}
        self._format = output_format
        self._output = output
        self._told: set[str] = set()
        self.levels: Counter[Level] = Counter()
        self.incomplete = False

    def loaded(self, packs: Sequence[Pack], settings: ValeConfig | None, sarif: Sarif | None) -> None:
        """Tell what was passed over when the styles were read."""
        for pack in packs:
            lost = unread(pack)
            for warning in pack.warnings:
                self._tell(str(warning), sarif, incomplete=warning.path in lost)
        for warning in settings.warnings if settings else ():
            self._tell(str(warning), sarif, incomplete=False)

    def missed(self, what: str, sarif: Sarif | None) -> None:
        """Tell of a file that was not looked at."""
        self._tell(what, sarif, incomplete=True)

    def linted(self, name: str, linted: Linted, sarif: Sarif | None) -> None:
        """Write what was found in one file."""
        if linted.alerts and self._format is FindingsFormat.text:
            self._output.line((name, "underline"))
        for alert in linted.alerts:
            self.levels[alert.level] += 1
            self._alert(alert, sarif)
        for one in linted.not_run:
            if one.rule not in self._refused:
                self._tell(f"{one.rule} did not run: {one.reason}", sarif, incomplete=True, rule=one.rule)

    def _alert(self, alert: Alert, sarif: Sarif | None) -> None:
        match self._format:
            case FindingsFormat.json:
                self._output.json(alert)
            case FindingsFormat.line:
                self._output.line(" ".join(str(alert).split("\n")))
            case FindingsFormat.text:
                place = f"{alert.line}:{alert.column}"
                level = (f"{alert.level:<10}", _LEVELS[alert.level])
                self._output.line(f"{place:<8}  ", level, f"  {alert.message}  ", (alert.rule, "dim"), indent=2)
        if sarif is not None:
            region = {"startLine": alert.line, "startColumn": alert.column}
            if "\n" not in alert.match:
                region["endColumn"] = alert.column + len(alert.match)
            sarif.result(alert.rule, alert.level, alert.message, alert.path, region)

    def _tell(self, what: str, sarif: Sarif | None, *, incomplete: bool, rule: str | None = None) -> None:
        """Say something once, and hold the run incomplete for it."""
        self.incomplete = self.incomplete or incomplete
        if what not in self._told:
            self._told.add(what)
            note(what)
            if sarif is not None:
                sarif.note(what, rule=rule, incomplete=incomplete)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _settings(path: Path, styles: Sequence[Path]) -> ValeConfig:
    """The settings; a style that is named by its folder may also be one that they name."""
    settings = ValeConfig.load(path)
    beside = (style.resolve().parent for style in styles)
    return settings.model_copy(update={"styles_paths": tuple(dict.fromkeys((*settings.styles_paths, *beside)))})


def _packs(styles: Sequence[Path], settings: ValeConfig | None) -> tuple[Pack, ...]:
    named = settings.packs() if settings else ()
    known = {pack.name for pack in named}
    return (*named, *(pack for pack in map(load_style, styles) if pack.name not in known))


def _paths(files: Sequence[str]) -> Iterator[str]:
    for name in files:
        path = Path(name)
        if name != STDIN and path.is_dir():
            yield from (str(one) for one in sorted(path.rglob("*")) if one.suffix.lower() in SUFFIXES and one.is_file())
        elif name != STDIN and not path.exists():
            raise InputError(f"{name}: there is no such file; name files of text or Markdown, or - for standard input")
        else:
            yield name


def _text(path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise InputError(f"this can't be read: {error.strerror}") from None
