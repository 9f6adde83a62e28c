"""A change of a brand's rules: a rule's setting, the file of an own rule, or an own rule taken out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, StringConstraints, TypeAdapter

from assistant.brand import Brand, BrandDescription, RuleSetting
from assistant.errors import InputError
from assistant.rulebook.yaml_text import with_key
from tone_rules.finding import Level
from tone_rules.located import read_text
from tone_rules.pack import MANIFEST, shipped
from tone_rules.value import Value

MOST_TEXT = 50_000
"""Characters of a rule's file; the longest that ships has a tenth of that."""
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}\.[A-Za-z][A-Za-z0-9_-]{0,59}$")]
"""`Style.Rule`; each half is also the name of a folder or a file, so no dot, slash or space stands in it."""


class Setting(Value):
    """How the brand sets a rule that is there: with nothing set it is as its file says."""

    kind: Literal["setting"] = "setting"
    rule: RuleId
    level: Literal[Level, "off"] | None = None
    exceptions: tuple[Annotated[str, StringConstraints(min_length=1, max_length=500)], ...] = Field((), max_length=100)
    reason: str = Field("", max_length=500)

    @property
    def nothing(self) -> bool:
        """Whether it sets nothing."""
        return self.level is None and not self.exceptions


class Written(Value):
    """The whole file of an own rule."""

    kind: Literal["file"] = "file"
    rule: RuleId
    text: str = Field(max_length=MOST_TEXT)
    required: bool = False
    """Of a style that is new: its errors block a reply."""


class Removed(Value):
    """An own rule taken out."""

    kind: Literal["removal"] = "removal"
    rule: RuleId


Change = Annotated[Setting | Written | Removed, Field(discriminator="kind")]
change_of: TypeAdapter[Setting | Written | Removed] = TypeAdapter(Change)


def files_of(brand: Brand, change: Setting | Written | Removed) -> Mapping[str, str | None]:
    """What a change writes: texts by their paths in the brand's folder, None for a file that goes.

    Raises:
        ConfigurationError: a file that is to be edited can't be read.
        InputError: the change makes no sense for this brand, with the mend.
    """
    match change:
        case Setting():
            return {"brand.yaml": with_key(description_of(brand), ("rules", change.rule), _set(change))}
        case Removed():
            path = path_of(change.rule)
            if text_of(brand, path) is None:
                raise InputError(f"{change.rule} is no rule of the brand's own; switch it off instead")
            return {path: None}
        case _:
            _own_style(change.rule)
            new = text_of(brand, manifest_of(change.rule)) is None and not _has_rules(brand, change.rule)
            manifest = {manifest_of(change.rule): "required: true\n"} if change.required and new else {}
            return {**manifest, path_of(change.rule): change.text.replace("\r\n", "\n")}


def undoing(brand: Brand, change: Setting | Written | Removed) -> Setting | Written | Removed:
    """What stands now where a change would be made: made in turn, it takes the change back."""
    if isinstance(change, Setting):
        return setting_of(brand, change.rule)
    text = text_of(brand, path_of(change.rule))
    return Removed(rule=change.rule) if text is None else Written(rule=change.rule, text=text)


def setting_of(brand: Brand, rule: str) -> Setting:
    """How a brand sets a rule just now."""
    now = brand.rules.get(rule) or RuleSetting.model_construct(level=None, exceptions=(), reason=None)
    return Setting(rule=rule, level=now.level, exceptions=now.exceptions, reason=now.reason or "")


def description_of(brand: Brand) -> str:
    """The text of the brand's `brand.yaml`; of a brand that was made in memory as it would be written."""
    if brand.folder is not None:
        return read_text(brand.folder / "brand.yaml", "the brand's description")
    keys = {key: getattr(brand, key) for key in BrandDescription.model_fields}
    plain = BrandDescription(**keys).model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)


def text_of(brand: Brand, path: str) -> str | None:
    """The text of a file in the brand's folder; None where there is none."""
    if brand.folder is None or not (brand.folder / path).is_file():
        return None
    return read_text(brand.folder / path, "a rule")


def path_of(rule: str) -> str:
    """Where the file of an own rule stands in the brand's folder."""
    style, _, name = rule.partition(".")
    return f"rules/{style}/{name}.yml"


def manifest_of(rule: str) -> str:
    """Where the manifest of an own rule's style stands in the brand's folder."""
    return f"rules/{rule.partition('.')[0]}/{MANIFEST}"


def written(change: Setting | Written | Removed) -> str:
    """A change as text to copy into the brand's folder by hand."""
    match change:
        case Setting():
            return with_key("", ("rules", change.rule), _set(change)) if not change.nothing else ""
        case Removed():
            return ""
        case _:
            return change.text


def _set(setting: Setting) -> Any:
    if setting.nothing:
        return None
    if setting.level is not None and not setting.exceptions and not setting.reason:
        return setting.level
    given = {"level": setting.level, "exceptions": list(setting.exceptions), "reason": setting.reason.strip()}
    return {key: one for key, one in given.items() if one}


def _own_style(rule: str) -> None:
    style = rule.partition(".")[0]
    taken = next((one for one in (*shipped(), "Brand") if one.lower() == style.lower()), None)
    if taken is not None:
        raise InputError(f"'{taken}' is a pack that ships; give the style of your own rules another name")


def _has_rules(brand: Brand, rule: str) -> bool:
    folder = Path(brand.folder or ".") / "rules" / rule.partition(".")[0]
    return brand.folder is not None and folder.is_dir() and any(folder.glob("*.yml"))
