"""`.vale.ini`: which styles and rules run on which files, and at what level."""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Literal

from tone_rules.errors import ConfigurationError, Problem
from tone_rules.finding import Level
from tone_rules.located import nearest, read_text
from tone_rules.pack import Pack, load_style
from tone_rules.rule import Rule
from tone_rules.vale.vocabulary import STYLE, Vocabulary
from tone_rules.value import Value

Switch = Literal["YES", "NO", "suggestion", "warning", "error"]

_NAMES = (".vale.ini", "_vale.ini", "vale.ini", ".vale")
_SWITCHES: tuple[Switch, ...] = ("YES", "NO", "suggestion", "warning", "error")
_LEVELS: tuple[Level, ...] = ("suggestion", "warning", "error")
_CORE = ("StylesPath", "Packages", "MinAlertLevel", "Vocab")
_UNHEEDED = ("IgnoredScopes", "SkippedScopes", "IgnoredClasses", "WordTemplate", "NLPEndpoint")
_UNHEEDED_HERE = ("BlockIgnores", "TokenIgnores", "IgnorePatterns", "CommentDelimiters", "Transform", "Lang", "View")
_OTHER = ("formats", "asciidoctor", "mdx", "adoc")
_EVERY = "*"


class Section(Value):
    """What a part of the file says for the paths that its glob fits."""

    glob: str
    styles: tuple[str, ...] | None = None
    """`BasedOnStyles`, where it is given."""
    switches: Mapping[str, Switch] = {}
    """By `Style.Rule`, or by a style's name for all of it."""


class ValeConfig(Value):
    """The settings of a `.vale.ini`."""

    path: Path | None = None
    styles_paths: tuple[Path, ...] = ()
    packages: tuple[str, ...] = ()
    min_alert_level: Level = "warning"
    vocab: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    formats: Mapping[str, str] = {}
    """Endings of file names that are read as another: `mdown = md`."""
    warnings: tuple[Problem, ...] = ()
    """What the file says and is not heeded."""

    @classmethod
    def load(cls, path: Path) -> "ValeConfig":
        """Read the settings.

        Raises:
            ConfigurationError: every problem of the file, each at its line and column.
        """
        return _Reading(path).config()

    def vocabulary(self) -> Vocabulary:
        """The vocabularies that `Vocab` names, from `config/vocabularies` below a styles path.

        Raises:
            ConfigurationError: there is no such vocabulary, or a line of it is no pattern.
        """
        found = []
        for name in self.vocab:
            tried = [one / folder / name for one in self.styles_paths for folder in ("config/vocabularies", "Vocab")]
            folder = next((one for one in tried if one.is_dir()), None)
            if folder is None:
                said = f"no vocabulary '{name}'; looked for {', '.join(map(str, tried)) or 'a StylesPath first'}"
                raise ConfigurationError.at(self.path or "Vocab", said)
            found.append(Vocabulary.load(folder))
        return Vocabulary.joined(found)

    def packs(self) -> tuple[Pack, ...]:
        """Every style that a section names, or names a rule of.

        Raises:
            ConfigurationError: a style is on none of the styles paths.
        """
        wanted = dict.fromkeys(style for one in self.sections for style in one.styles or ())
        rules = [name for one in self.sections for name, switch in one.switches.items() if switch != "NO"]
        wanted.update(dict.fromkeys(name.partition(".")[0] for name in rules))
        packs = []
        for style in wanted:
            folder = next((one / style for one in self.styles_paths if (one / style).is_dir()), None)
            if folder is not None:
                packs.append(load_style(folder))
            elif style != STYLE:
                said = f"no style '{style}' on StylesPath; put its folder there: nothing is downloaded"
                raise ConfigurationError.at(self.path or style, said)
        if STYLE in wanted:
            packs.append(self.vocabulary().style())
        return tuple(packs)

    def rules(self, packs: Iterable[Pack], path: str) -> Iterator[Rule]:
        """The rules that run on a file, at their levels there."""
        named = [one for one in self.sections if one.glob != _EVERY and fits(one.glob, path)]
        every = [one for one in self.sections if one.glob == _EVERY]
        based = [one.styles for one in (*every, *named) if one.styles is not None]
        styles = based[-1] if based else ()
        here = {name: switch for one in named for name, switch in one.switches.items()}
        anywhere = {name: switch for one in every for name, switch in one.switches.items()}
        for pack in packs:
            for rule in pack.rules:
                switch = _first(here, rule.id) or _first(anywhere, rule.id)
                if switch == "NO" or (switch is None and pack.name not in styles):
                    continue
                at = rule.at(_level(here, rule.id) or _level(anywhere, rule.id))
                if _LEVELS.index(at.definition.level) >= _LEVELS.index(self.min_alert_level):
                    yield at

    def ending(self, path: str) -> str:
        """The ending of a file's name, without the dot, or the one it is read as."""
        ending = PurePath(path).suffix.removeprefix(".").lower()
        return self.formats.get(ending, ending)


def find_config(start: Path) -> Path | None:
    """The nearest `.vale.ini` of a folder or of one above it."""
    folder = start.resolve()
    for one in (folder, *folder.parents):
        for name in _NAMES:
            if (one / name).is_file():
                return one / name
    return None


@lru_cache(maxsize=1024)
def _globs(glob: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(fnmatch.translate(one)) for one in _braces(glob))


def fits(glob: str, path: str) -> bool:
    """Whether a glob fits a path: `*` any characters, `{a,b}` either, `!` in front what does not."""
    if glob.startswith("!"):
        return not fits(glob[1:], path)
    posix = PurePath(path).as_posix()
    return any(one.match(posix) or one.match(posix.rpartition("/")[2]) for one in _globs(glob))


def _braces(glob: str, left: int = 256) -> list[str]:
    """A glob with each choice of its braces written out, up to some."""
    found = re.search(r"\{([^{}]*)\}", glob)
    if found is None or left <= 1:
        return [glob.replace("**/", "*").replace("**", "*")]
    choices = found[1].split(",")
    made = (glob[: found.start()] + one + glob[found.end() :] for one in choices[:left])
    return [full for one in made for full in _braces(one, left // max(len(choices), 1))]


def _first(switches: Mapping[str, Switch], rule: str) -> Switch | None:
    return switches.get(rule) or switches.get(rule.partition(".")[0])


def _level(switches: Mapping[str, Switch], rule: str) -> Level | None:
    for name in (rule, rule.partition(".")[0]):
        switch = switches.get(name)
        if switch is not None and switch != "YES" and switch != "NO":
            return switch
    return None


class _Reading:
    """Reads the lines of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.values: dict[str, Any] = {"path": path}
        self.sections: dict[str, dict[str, Any]] = {}
        self.formats: dict[str, str] = {}

    def config(self) -> ValeConfig:
        section = ""
        for number, line in _joined(read_text(self.path, "the settings of Vale")):
            text = line.strip()
            if header := re.fullmatch(r"\[(.+)\]", text):
                section = header[1].strip()
                if section not in _OTHER:
                    self.sections.setdefault(section, {"glob": section, "switches": {}})
                continue
            key, sign, value = text.partition("=")
            if not sign:
                self._problem(number, line, "this is neither 'Key = value' nor '[glob]'")
                continue
            self._take(section, key.strip(), value.strip(), number, line)
        if self.problems:
            raise ConfigurationError(self.problems)
        self._packages()
        return ValeConfig(
            **self.values,
            sections=tuple(Section(**one) for one in self.sections.values()),
            formats=self.formats,
            warnings=tuple(self.warnings),
        )

    def _take(self, section: str, key: str, value: str, number: int, line: str) -> None:
        if section == "formats":
            self.formats[key.lower()] = value.lower()
        elif section in _OTHER:
            self._warn(number, f"[{section}] is not heeded")
        elif not section:
            self._core(key, value, number, line)
        elif key == "BasedOnStyles":
            old = self.sections[section].get("styles") or ()
            self.sections[section]["styles"] = tuple(dict.fromkeys((*old, *_listed(value))))
        elif key in _UNHEEDED_HERE:
            self._warn(number, f"'{key}' is not heeded")
        elif key in _CORE or key in _UNHEEDED:
            self._problem(number, line, f"'{key}' belongs above the first [section]")
        elif value not in _SWITCHES:
            self._problem(number, line, f"'{key}' is '{value}': {nearest(value, _SWITCHES)}", of=value)
        else:
            self.sections[section]["switches"][key] = value

    def _core(self, key: str, value: str, number: int, line: str) -> None:
        match key:
            case "StylesPath":
                folder = self.path.parent / value
                if folder.is_dir():
                    self.values["styles_paths"] = (*self.values.get("styles_paths", ()), folder)
                else:
                    self._problem(number, line, f"there is no folder '{folder}'; make it, or name another", of=value)
            case "Packages" | "Vocab":
                self.values[key.lower()] = (*self.values.get(key.lower(), ()), *_listed(value))
            case "MinAlertLevel":
                if value in _LEVELS:
                    self.values["min_alert_level"] = value
                else:
                    self._problem(number, line, f"'MinAlertLevel' is '{value}': {nearest(value, _LEVELS)}", of=value)
            case _ if key in ("BasedOnStyles", *_UNHEEDED_HERE):
                self._problem(number, line, f"'{key}' belongs below a [section], such as [*]")
            case _ if key in _UNHEEDED:
                self._warn(number, f"'{key}' is not heeded")
            case _:
                self._problem(number, line, f"unknown key '{key}'; {nearest(key, _CORE)}")

    def _packages(self) -> None:
        folders = self.values.get("styles_paths", ())
        for one in self.values.get("packages", ()):
            name = PurePath(one).name.removesuffix(".zip")
            if not any((folder / name).is_dir() for folder in folders):
                self._warn(1, f"the package '{one}' is not on StylesPath; put it there: nothing is downloaded")

    def _problem(self, number: int, line: str, message: str, *, of: str = "") -> None:
        column = line.rfind(of) + 1 if of else len(line) - len(line.lstrip()) + 1
        self.problems.append(Problem(path=str(self.path), line=number, column=max(column, 1), message=message))

    def _warn(self, number: int, message: str) -> None:
        self.warnings.append(Problem(path=str(self.path), line=number, message=message))


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Lines with something on them, without comments, those that end in a backslash with the next."""
    whole, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"(?:^|\s)[#;].*$", "", line)
        first = first or number
        if bare.rstrip().endswith("\\"):
            whole += bare.rstrip()[:-1] + " "
            continue
        if (whole + bare).strip():
            yield first, whole + bare
        whole, first = "", 0
    if whole.strip():
        yield first, whole


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]
