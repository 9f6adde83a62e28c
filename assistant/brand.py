"""A brand: one folder with its identity, voice, words, policies, knowledge, plays and rules."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from pydantic import ConfigDict, Field, model_validator

from assistant.knowledge import ArticleFile, Knowledge, article_paths, read_articles
from assistant.naming import ChannelName, ComplianceName, Domain, LanguageCode, RuleName, Signature
from tone_rules.errors import ConfigurationError, Problem
from tone_rules.finding import Level
from tone_rules.located import Document, build, nearest, read_text
from tone_rules.patterns import fault
from tone_rules.situation import Voice
from tone_rules.value import Value

if TYPE_CHECKING:
    from tone_rules.rule import Rule

Personalisation = Literal["none", "name", "situation", "history"]
"""How far a reply may go: nobody's name, the first name, what happened to them in this thread, earlier contacts too."""


class WordToAvoid(Value):
    """A word the brand does not use. `instead` advises a person; `replace` is a drop-in that may be applied."""

    word: str = Field(min_length=1)
    instead: str | None = None
    replace: str | None = None


class Contact(Value):
    """Where a customer can turn. Each is text as it may stand in a reply."""

    dm: str | None = None
    phone: str | None = None
    help_url: str | None = None
    press: str | None = None
    safety: str | None = None
    status: str | None = None


class Policy(Value):
    """Something that may be promised, in the brand's words."""

    id: str
    text: str


class ChannelSettings(Value):
    """What a brand sets otherwise for one channel."""

    limit: int | None = Field(default=None, gt=0)
    sla_hours: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    personalisation: Personalisation | None = None
    signature: Signature | None = None


class RuleSetting(Value):
    """What a brand sets otherwise for one rule. A required rule is lowered, or given exceptions, only with a reason."""

    level: Literal[Level, "off"] | None = None
    exceptions: tuple[str, ...] = ()
    """Regular expressions; a match that holds one is no finding."""
    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _level_alone(cls, value: Any) -> Any:
        return {"level": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _sets_something(self) -> Self:
        if self.level is None and not self.exceptions:
            raise ValueError("nothing is set; give a level (error, warning, suggestion, off) or exceptions")
        return self


class BrandDescription(Value):
    """The keys of `brand.yaml`."""

    name: str = Field(min_length=1)
    industry: str | None = None
    languages: tuple[LanguageCode, ...] = ("en",)
    signature: Signature | None = None
    """A pattern: `^{initials}`, `{name} at Halyard`, `{first_name}`."""
    voice: Voice = Voice()
    words_to_use: tuple[str, ...] = ()
    words_to_avoid: tuple[WordToAvoid, ...] = ()
    allowed_domains: tuple[Domain, ...] = ()
    competitors: tuple[str, ...] = ()
    contact: Contact = Contact()
    compliance: tuple[ComplianceName, ...] = ("general",)
    packs: tuple[str, ...] = ("tone",)
    rules: Mapping[RuleName, RuleSetting] = {}
    policies: tuple[Policy, ...] = ()
    goodwill: str | None = None
    personalisation: Personalisation = "situation"
    channels: Mapping[ChannelName, ChannelSettings] = {}
    four_eyes: bool = False
    retention_days: int = Field(default=365, gt=0, le=36_500)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_left_out(cls, value: Any) -> Any:
        """A key with nothing after it counts as left out: people comment out what stands below it."""
        if not isinstance(value, Mapping):
            return value
        return {key: one for key, one in value.items() if one is not None or key not in cls.model_fields}


class Brand(BrandDescription):
    """A brand as loaded from its folder."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    folder: Path | None = None
    knowledge: Knowledge = Knowledge()
    sha256: str = Field(default_factory=lambda data: _digest_of_values(data))
    """Hexadecimal digest of all that shapes a reply: description, articles, plays and rules; where it lies and how its
    lines end make no difference."""

    def __hash__(self) -> int:
        return hash(self.sha256)

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """Read a brand from its folder.

        Raises:
            ConfigurationError: the folder or its `brand.yaml` isn't there, or with every problem of every file.
        """
        found = read_brand(Path(folder))
        if found.description is None or found.problems:
            raise ConfigurationError(found.problems)
        knowledge = Knowledge(tuple(one.article for one in found.articles))
        return cls(**dict(found.description), folder=found.folder, knowledge=knowledge, sha256=digest(found.folder))


class BrandFiles(NamedTuple):
    """What a brand's folder holds, as far as it can be read, with the places of its keys and every problem."""

    folder: Path
    document: Document | None
    description: BrandDescription | None
    articles: list[ArticleFile]
    problems: list[Problem]


def read_brand(folder: Path) -> BrandFiles:
    """Read all that a brand's folder holds; nothing is raised, whatever is wrong stands in `problems`."""
    wrong = _no_folder(folder)
    if wrong:
        return BrandFiles(folder, None, None, [], [Problem(path=str(folder), message=wrong)])
    document: Document | None = None
    description: BrandDescription | None = None
    problems: list[Problem] = []
    path = folder / "brand.yaml"
    try:
        document = Document(path, read_text(path, _expected_in(folder)))
        problems += _unknown_packs(document, folder)
        description = build(document, BrandDescription)
        problems += _rule_settings(description, document)
    except ConfigurationError as error:
        problems += error.problems
    articles, wrong_articles = read_articles(folder / "knowledge")
    problems.sort(key=lambda one: (one.line, one.column))
    return BrandFiles(folder, document, description, articles, problems + wrong_articles)


def _no_folder(folder: Path) -> str | None:
    try:
        if folder.is_dir():
            return None
        if folder.exists():
            return "this is a file; give the folder that holds brand.yaml"
    except OSError as error:
        return f"this can't be read: {error.strerror}; give the folder that holds brand.yaml"
    return "there is no such folder; give the folder that holds brand.yaml"


def _expected_in(folder: Path) -> str:
    for name in ("brand.yml", "brand.json"):
        if (folder / name).is_file():
            return f"rename '{name}', the brand's description"
    return "the brand's description"


def own_styles(folder: Path) -> tuple[str, ...]:
    """The names of the brand's own styles: the folders in its `rules`."""
    rules = folder / "rules"
    return tuple(sorted(item.name for item in rules.iterdir() if item.is_dir())) if rules.is_dir() else ()


def _unknown_packs(document: Document, folder: Path) -> Iterator[Problem]:
    from tone_rules.pack import shipped

    named = document.value.get("packs") if isinstance(document.value, dict) else None
    known = sorted({*shipped(), *own_styles(folder)})
    for index, name in enumerate(named if isinstance(named, list) else []):
        if isinstance(name, str) and name not in known:
            message = f"unknown pack '{name}'; {nearest(name, known)} (rules of your own: put them in rules/{name})"
            yield document.problem(("packs", index), message)


def _rule_settings(description: BrandDescription, document: Document) -> Iterator[Problem]:
    """Settings of rules that don't exist or can't be set so, and required rules that are lowered without a reason.

    Looked up in the packs that ship; a style of the brand's own may do as it likes.
    """
    from tone_rules.pack import load_pack, shipped

    for name, setting in description.rules.items():
        style = name.split(".")[0]
        pack = next((load_pack(one) for one in shipped() if one.lower() == style.lower()), None)
        if pack is None:
            continue
        rule = next((one for one in pack.rules if one.id == name), None)
        if rule is None:
            message = f"unknown rule '{name}'; {nearest(name, [one.id for one in pack.rules])}"
            yield document.problem(("rules", name), message, key=True)
        elif wrong := not_set_so(rule, setting):
            yield document.problem(("rules", name), f"'{name}' {wrong}", key=True)


_STRENGTH = {"off": 0, "suggestion": 1, "warning": 2, "error": 3}


def not_set_so(rule: "Rule", setting: RuleSetting) -> str | None:
    """Why a brand can't set a rule so, with the mend; None where it can."""
    if setting.exceptions and "exceptions" not in type(rule.definition).model_fields:
        return f"is of the kind '{rule.definition.extends}', which takes no exceptions; set its level"
    wrong = next((found for one in setting.exceptions if (found := fault(one))), None)
    if wrong:
        return f"has an exception that is no pattern: {wrong}"
    lowered = setting.level is not None and _STRENGTH[setting.level] < _STRENGTH[rule.definition.level]
    if not rule.required or not (lowered or setting.exceptions):
        return None
    if rule.definition.override == "never":
        return "can't be lowered by anybody; take it out"
    if (setting.reason or "").strip():
        return None
    if lowered:
        change = f"from {rule.definition.level} to {setting.level}"
        return f"is required: lowering it {change} needs a reason; write {{level: {setting.level}, reason: why}}"
    return "is required: an exception needs a reason; write {exceptions: [...], reason: why}"


def digest(folder: Path) -> str:
    """The sha256 of a brand's folder: every file that shapes a reply, by its path in the folder and its text."""
    plays_and_rules = (path for part in ("playbooks", "rules") for path in (folder / part).rglob("*.y*ml"))
    paths = {folder / "brand.yaml", *article_paths(folder / "knowledge"), *plays_and_rules}
    named = sorted((unicodedata.normalize("NFC", path.relative_to(folder).as_posix()), path) for path in paths)
    total = hashlib.sha256()
    for name, path in named:
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        total.update(f"{name}\0{hashlib.sha256(text).hexdigest()}\n".encode())
    return total.hexdigest()


def _digest_of_values(data: Mapping[str, Any]) -> str:
    """The digest of a brand that was made in memory: of its values."""
    description = BrandDescription(**{key: data[key] for key in BrandDescription.model_fields if key in data})
    articles = (article.model_dump_json() for article in data["knowledge"].articles)
    return hashlib.sha256("\n".join((description.model_dump_json(), *articles)).encode()).hexdigest()
