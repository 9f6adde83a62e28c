"""A pack: a folder of rules, one `RuleName.yml` each, that are required or recommended together."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import model_validator

from tone_rules.actions import fault_of
from tone_rules.blocks import SCOPES, unknown_scopes
from tone_rules.errors import ConfigurationError, Problem
from tone_rules.finding import Level
from tone_rules.inheritance import Find, flattened
from tone_rules.kinds import KINDS
from tone_rules.located import Document, build, mapping, nearest, parsed, read, read_text
from tone_rules.patterns import fault
from tone_rules.prepared_rules import restored
from tone_rules.rule import Definition, Rule, Strings
from tone_rules.situation import in_industry
from tone_rules.value import Value

SHIPPED = Path(__file__).parent / "packs"
MANIFEST = "pack.yaml"
_TESTS = re.compile(r"(?m)^tests:.*(?:\n(?![^\s#-]).*)*")
"""A rule's own examples: most of its file, and nothing that a check reads."""


class _InMemory(Document):
    """A value that was never a text: every place in it is its beginning."""

    def __init__(self, path: str, value: Any) -> None:
        super().__init__(path, "")
        self.value = value


class Manifest(Value):
    """The keys of `pack.yaml`."""

    name: str | None = None
    """The folder's name where it is not given."""
    required: bool = False
    description: str | None = None
    disclaimer: str | None = None
    always: bool = False
    """It holds for every brand, named or not."""
    industry: Strings = ()
    """It holds for every brand of these industries, named or not: see `in_industry`."""
    languages: Strings = ()
    """Codes of the languages that its rules read; it runs on replies in these alone. On all where none is given."""
    stands_for: Mapping[str, str] = {}
    """Packs and rules that ship whose work it does in its languages, each with the reason why that is enough."""

    @model_validator(mode="after")
    def _stands(self) -> Self:
        if self.stands_for and not (self.languages and self.required):
            raise ValueError("stands_for: only a pack that names its languages and is required stands for others")
        bare = next((one for one, reason in self.stands_for.items() if not reason.strip()), None)
        if bare is not None:
            raise ValueError(f"stands_for: '{bare}' needs a reason")
        return self


@dataclass(frozen=True)
class Pack:
    """Rules under one name. An error of a required pack blocks a reply; a recommended pack guides."""

    name: str
    rules: tuple[Rule, ...]
    required: bool = False
    description: str | None = None
    disclaimer: str | None = None
    warnings: tuple[Problem, ...] = ()
    """Rules of a published style that could not be read, or can't run, and why; what was passed over in others."""
    languages: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    """See `Manifest`."""

    @cached_property
    def sha256(self) -> str:
        """Of the rules' content, for provenance."""
        content: list[Any] = [
            [one.id, one.required, one.definition.model_dump(mode="json", exclude={"tests"})] for one in self.rules
        ]
        if self.languages:
            content.append([self.languages, self.stands_for])
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @classmethod
    def of(cls, name: str, definitions: Mapping[str, Mapping[str, Any]], *, required: bool = False) -> "Pack":
        """A pack in memory.

        Args:
            name: the style's name, the first half of each rule's id.
            definitions: by rule name, what its file would say.
            required: whether its errors block.

        Raises:
            ConfigurationError: every problem of every rule, with `name.rule` for a path.
        """
        built: dict[str, Definition] = {}
        problems: list[Problem] = []

        def find(rule: str) -> Document | None:
            style, _, bare = rule.partition(".")
            if style == name and bare in definitions:
                return _InMemory(rule, definitions[bare])
            return _beside(SHIPPED, rule)

        for rule, one in definitions.items():
            try:
                built[rule] = _definition(_InMemory(f"{name}.{rule}", one), find)
            except ConfigurationError as error:
                problems.extend(error.problems)
        if problems:
            raise ConfigurationError(problems)
        return cls._from(Manifest(name=name, required=required), built)

    @classmethod
    def load(cls, folder: Path, *, proven: bool = False, lenient: bool = False, examples: bool = True) -> "Pack":
        """A pack from its folder.

        Args:
            folder: where its rules are.
            proven: its patterns are known to be patterns, as the tests of what ships show; to find out takes longer
                than to read them.
            examples: whether the rules' own examples are read as well, which takes several times as long.
            lenient: whether what is wrong with a rule is a warning of the pack, which does without that rule.

        Raises:
            ConfigurationError: every problem of every file, each at its line and column; where it is lenient, only
                for a folder that is no style.
        """
        if not folder.is_dir():
            raise ConfigurationError.at(folder, "there is no such folder; a pack is a folder of rules")
        problems: list[Problem] = []
        warnings: list[Problem] = []
        manifest = Manifest()
        definitions: dict[str, Definition] = {}
        paths: dict[str, str] = {}
        if (folder / MANIFEST).exists():
            try:
                manifest = read(folder / MANIFEST, Manifest, "the pack's manifest")
            except ConfigurationError as error:
                problems.extend(error.problems)

        def find(rule: str) -> Document | None:
            near = _beside(folder.parent, rule, lenient=lenient, examples=examples)
            return near or _beside(SHIPPED, rule, examples=examples)

        for path in sorted(folder.glob("*.yml")):
            try:
                definition = None if examples else restored(without_examples(read_text(path, "a rule")))
                if definition is not None:
                    definitions[path.stem], paths[path.stem] = definition, str(path)
                    continue
                document = _document(path, lenient=lenient, examples=examples)
                warnings.extend(document.repeated)
                definition = _definition(document, find, proven=proven, passed_over=warnings if lenient else None)
                definitions[path.stem] = definition
                paths[path.stem] = str(path)
                if definition.refused:
                    said = f"{manifest.name or folder.name}.{path.stem} does not run: {definition.refused}"
                    warnings.append(document.problem(("extends",), said))
            except ConfigurationError as error:
                (warnings if lenient else problems).extend(error.problems)
        if not definitions and not problems:
            problems = [*warnings, Problem(path=str(folder), message="no rules here; a rule is a file Name.yml")]
        if problems:
            raise ConfigurationError(problems)
        made = cls._from(manifest.model_copy(update={"name": manifest.name or folder.name}), definitions, paths)
        return replace(made, warnings=tuple(warnings))

    @classmethod
    def _from(
        cls, manifest: Manifest, definitions: Mapping[str, Definition], paths: Mapping[str, str] | None = None
    ) -> "Pack":
        name = manifest.name or ""
        rules = tuple(
            Rule(f"{name}.{rule}", definition, manifest.required, (paths or {}).get(rule))
            for rule, definition in sorted(definitions.items())
        )
        return cls(
            name,
            rules,
            manifest.required,
            manifest.description,
            manifest.disclaimer,
            languages=manifest.languages,
            stands_for=tuple(manifest.stands_for),
        )

    def rule(self, name: str) -> Rule:
        """A rule by its name or its id.

        Raises:
            KeyError: there is none; the message names the nearest.
        """
        wanted = name if "." in name else f"{self.name}.{name}"
        for one in self.rules:
            if one.id == wanted:
                return one
        raise KeyError(f"no rule '{wanted}'; {nearest(wanted, [one.id for one in self.rules])}")

    def adjusted(self, levels: Mapping[str, Level | Literal["off"]]) -> "Pack":
        """The pack with rules at other levels, or without those that are `off`; ids of other packs are passed over."""
        rules = tuple(one.at(levels.get(one.id)) for one in self.rules if levels.get(one.id) != "off")  # type: ignore[arg-type]
        return replace(self, rules=rules)

    def accepting(self, terms: Iterable[str]) -> "Pack":
        """The pack with the accepted words of a vocabulary, for those rules that heed one."""
        known = tuple(terms)
        rules = tuple(replace(one, definition=one.definition.accepting(known)) for one in self.rules)
        return replace(self, rules=rules) if known else self

    def changed(self, name: str, **keys: Any) -> "Pack":
        """The pack with other values for some keys of one rule, such as `limits` for a length.

        Raises:
            KeyError: no such rule.
            ConfigurationError: a value that the kind does not take.
        """
        old = self.rule(name)
        stated = old.definition.model_dump(exclude_unset=True) | keys
        definition = _definition(_InMemory(old.id, stated), partial(_beside, SHIPPED))
        rules = tuple(replace(one, definition=definition) if one.id == old.id else one for one in self.rules)
        return replace(self, rules=rules)


def load_pack(name_or_folder: str | Path, *, warm: bool = False, examples: bool = True) -> Pack:
    """A pack that ships, by its name, or any other by its folder.

    Args:
        name_or_folder: which.
        warm: compile every pattern now and not at its first hit: for a server, which has the time before it has calls.
        examples: whether the own examples of rules that ship are read as well: no check needs them.

    Raises:
        ConfigurationError: no such pack (the message names the nearest), or problems in its files.
    """
    pack = _found(name_or_folder, examples)
    if warm:
        from tone_rules.screen import warm as warm_up

        warm_up((pack,))
    return pack


def _found(name_or_folder: str | Path, examples: bool) -> Pack:
    if isinstance(name_or_folder, str) and name_or_folder in shipped():
        return _shipped(name_or_folder, examples)
    folder = Path(name_or_folder)
    if not folder.is_dir() and folder.name == str(name_or_folder):
        raise ConfigurationError.at(folder, f"no such pack; {nearest(str(name_or_folder), shipped())}")
    return Pack.load(folder)


def load_style(folder: str | Path) -> Pack:
    """A published style, as it is: a rule that can't be read or run is one of the pack's warnings.

    Raises:
        ConfigurationError: no such folder, or none of its files is a rule.
    """
    return Pack.load(Path(folder), lenient=True)


@cache
def shipped() -> tuple[str, ...]:
    """The names of the packs that ship, sorted."""
    return tuple(sorted(one.parent.name for one in SHIPPED.glob(f"*/{MANIFEST}")))


@lru_cache(maxsize=256)
def applying(industry: str | None) -> tuple[str, ...]:
    """The names of the packs that ship and hold for a brand of this industry though it does not name them, sorted."""
    manifests = {name: _manifest(name) for name in shipped()}
    return tuple(name for name, one in manifests.items() if one.always or in_industry(industry, one.industry))


@cache
def _manifest(name: str) -> Manifest:
    return read(SHIPPED / name / MANIFEST, Manifest, "the pack's manifest")


@cache
def _shipped(name: str, examples: bool) -> Pack:
    return Pack.load(SHIPPED / name, proven=True, examples=examples)


def _definition(
    document: Document, find: Find, *, proven: bool = False, passed_over: list[Problem] | None = None
) -> Definition:
    """A rule's definition.

    Args:
        document: its file.
        find: gives the rules that it may extend.
        proven: its patterns are known to be patterns.
        passed_over: takes a warning for each unknown key that Vale itself passes over, and keys without a value count
            as not given; None refuses both.

    Raises:
        ConfigurationError: every problem found.
    """
    document.value = mapping(document)
    _in_lower_case(document)
    value = flattened(document, find).value
    kind = value.get("extends")
    if kind is None:
        raise ConfigurationError([document.problem((), "'extends' is missing; " + nearest("", list(KINDS)))])
    if not isinstance(kind, str) or kind not in KINDS:
        raise ConfigurationError(
            [document.problem(("extends",), f"unknown kind '{kind}'; {nearest(str(kind), list(KINDS))}")]
        )
    if passed_over is not None:
        for key in [one for one in value if value[one] is None]:
            del value[key]
        unknown = [one for one in value if one not in KINDS[kind].model_fields]
        for key in unknown if kind in _OPEN_IN_VALE else [one for one in unknown if one == "name"]:
            passed_over.append(document.problem((key,), f"unknown key '{key}' of '{kind}' is passed over", key=True))
            del value[key]
    definition = build(document, KINDS[kind])
    problems = [] if proven else list(_faults(document, definition))
    strange = [
        document.problem(("scope",), f"the scope '{one}' reaches nothing here; {nearest(one, SCOPES)}")
        for one in unknown_scopes(definition.scope)
    ]
    (problems if passed_over is None else passed_over).extend(strange)
    if problems:
        raise ConfigurationError(problems)
    return definition


_OPEN_IN_VALE = ("consistency", "spelling")
_FIELDS = {name.lower(): name for kind in KINDS.values() for name in kind.model_fields}


def _in_lower_case(document: Document) -> None:
    """Read keys in whatever case, as Vale does: `ignoreCase` is `ignorecase`."""
    value: dict[str, Any] = {}
    for key, one in document.value.items():
        base = str(key).rstrip("+-")
        name = key if base in _FIELDS.values() else _FIELDS.get(base.lower(), base) + str(key)[len(base) :]
        if name != key:
            for places in (document.places, document.keys):
                places.update({(name, *at[1:]): place for at, place in places.items() if at[:1] == (key,)})
        value[name] = one
    document.value = value


def _beside(styles: Path, rule: str, *, lenient: bool = False, examples: bool = True) -> Document | None:
    """The file of a rule by its id, in a folder of styles."""
    style, _, name = rule.partition(".")
    path = styles / style / f"{name}.yml"
    inside = path.resolve().is_relative_to(styles.resolve())
    if not inside or not path.is_file():
        return None
    document = _document(path, lenient=lenient, examples=examples)
    if isinstance(document.value, Mapping):
        _in_lower_case(document)
    return document


def _document(path: Path, *, lenient: bool, examples: bool) -> Document:
    text = read_text(path, "a rule")
    return Document(path, text, lenient=lenient) if examples else parsed(path, without_examples(text))


def without_examples(text: str) -> str:
    """A rule's file without its `tests`."""
    return _TESTS.sub("", text)


def _faults(document: Document, definition: Definition) -> Iterable[Problem]:
    if definition.action and (wrong := fault_of(definition.action)):
        yield document.problem(("action", "params"), wrong)
    whole = definition.pattern
    if whole is not None and fault(whole) is None and not definition.when.message:
        return
    found = False
    for location, source in definition.patterns():
        wrong = fault(source)
        if wrong:
            found = True
            yield document.problem(location, wrong, key=location[0] == "swap")
    if not found and whole is not None and (wrong := fault(whole)):
        yield document.problem((), wrong)
