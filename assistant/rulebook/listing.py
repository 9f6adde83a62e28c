"""Every rule that a brand has, how the brand sets it, and how often it counted."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from assistant.brand import Brand, own_styles
from assistant.checking import packs_of
from assistant.insights import Decided
from assistant.rulebook.changes import Setting, path_of, setting_of, text_of
from assistant.rulebook.staging import find
from tone_rules.explaining import Explanation, explain, what
from tone_rules.finding import Level
from tone_rules.pack import Pack
from tone_rules.rule import Rule, said
from tone_rules.value import Value

Origin = Literal["ships", "description", "own"]
"""With the program, from the keys of `brand.yaml`, or from a file of the brand's own."""


class Usage(Value):
    """How often a rule counted in what went out."""

    hits: int = 0
    """Replies that went out with a finding of it."""
    overridden: int = 0
    """Of these: where somebody set it aside with a reason."""
    reasons: tuple[str, ...] = ()


class Entry(Value):
    """One rule in the list."""

    rule: str
    pack: str
    what: str
    kind: str
    level: Level | Literal["off"]
    """As the brand sets it."""
    shipped_level: Level
    """As its file says."""
    required: bool
    blocking: bool
    origin: Origin
    set: bool
    """Whether the brand sets it otherwise than its file."""
    usage: Usage = Usage()


class Page(Value):
    """One rule whole."""

    entry: Entry
    explanation: Explanation
    setting: Setting
    takes_exceptions: bool
    text: str | None
    """The file of an own rule."""


def entries(brand: Brand, usage: Mapping[str, Usage]) -> tuple[Entry, ...]:
    """Every rule of every pack that holds for a brand, those that are off too.

    Raises:
        ConfigurationError: a rule of the brand's own is wrong.
    """
    own = _own_styles(brand)
    return tuple(
        _entry(rule, pack, brand, own, usage.get(rule.id, Usage()))
        for pack in packs_of(_as_shipped(brand))
        for rule in pack.rules
    )


def page(brand: Brand, rule: str, usage: Mapping[str, Usage]) -> Page | None:
    """One rule with its explanation and its own examples; None where the brand has no such rule.

    Raises:
        ConfigurationError: a rule of the brand's own is wrong.
    """
    packs = packs_of(_as_shipped(brand), examples=True)
    found = find(packs, rule)
    if found is None:
        return None
    pack = next(one for one in packs if found in one.rules)
    own = _own_styles(brand)
    return Page(
        entry=_entry(found, pack, brand, own, usage.get(rule, Usage())),
        explanation=explain(found),
        setting=setting_of(brand, rule),
        takes_exceptions="exceptions" in type(found.definition).model_fields,
        text=text_of(brand, path_of(rule)) if rule.partition(".")[0] in own else None,
    )


def used(decisions: Iterable[Decided]) -> Mapping[str, Usage]:
    """How often each rule counted in the decisions that put something out."""
    hits: dict[str, int] = {}
    reasons: dict[str, list[str]] = {}
    for one in decisions:
        for rule in dict.fromkeys(one.rules):
            hits[rule] = hits.get(rule, 0) + 1
        for rule, reason in dict(one.overrides).items():
            reasons.setdefault(rule, []).append(reason)
    return {
        rule: Usage(
            hits=hits.get(rule, 0), overridden=len(reasons.get(rule, ())), reasons=tuple(reasons.get(rule, ())[-10:])
        )
        for rule in hits.keys() | reasons.keys()
    }


def _own_styles(brand: Brand) -> tuple[str, ...]:
    return own_styles(brand.folder) if brand.folder is not None else ()


@lru_cache(maxsize=4)
def _as_shipped(brand: Brand) -> Brand:
    """The brand as if it set no rule otherwise."""
    return brand.model_copy(update={"rules": {}, "sha256": f"{brand.sha256}, nothing set"})


def _entry(rule: Rule, pack: Pack, brand: Brand, own: tuple[str, ...], usage: Usage) -> Entry:
    setting = brand.rules.get(rule.id)
    level = (setting.level if setting else None) or rule.definition.level
    style = rule.id.partition(".")[0]
    return Entry(
        rule=rule.id,
        pack=pack.name,
        what=said(rule.definition.template, ("…",) * 9) if pack.name == "Brand" else what(rule),
        kind=rule.definition.extends,
        level=level,
        shipped_level=rule.definition.level,
        required=rule.required,
        blocking=rule.required and level == "error",
        origin="own" if style in own else "description" if pack.name == "Brand" else "ships",
        set=setting is not None,
        usage=usage,
    )
