"""Definitions of rules as they were prepared: to build and to run their validation takes longer than a check may."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from tone_rules.kinds import KINDS
from tone_rules.prepared import content, name_of
from tone_rules.rule import Action, Between, Definition, When

_MODELS: dict[str, type[BaseModel]] = {one.__name__: one for one in (Action, Between, When)}
_MODEL = "$"
"""The key of a value that is a model; no key of a rule is called so."""


def restored(text: str) -> Definition | None:
    """The definition in a rule's file without examples, or None where it was not prepared."""
    found = content()["definitions"].get(name_of(text))
    return None if found is None else thawed(*found)


def frozen(definition: Definition) -> list[Any] | None:
    """What a definition says, as JSON; None where that would not give the same back."""
    try:
        stated = _stated(definition)
    except TypeError:
        return None
    return [definition.extends, stated] if thawed(definition.extends, stated) == definition else None


def thawed(kind: str, stated: Mapping[str, Any]) -> Definition:
    """The definition of which `frozen` gave this."""
    values = {name: _thawed(value) for name, value in stated.items()}
    return KINDS[kind].model_construct(set(values), **values)


def _stated(model: BaseModel) -> dict[str, Any]:
    return {name: _frozen(getattr(model, name)) for name in sorted(model.model_fields_set)}


def _frozen(value: Any) -> Any:
    """A value as JSON.

    Raises:
        TypeError: it would come back as something else.
    """
    if isinstance(value, BaseModel):
        if type(value).__name__ not in _MODELS:
            raise TypeError
        return {_MODEL: [type(value).__name__, _stated(value)]}
    if isinstance(value, Mapping) and all(isinstance(one, str) for one in value):
        return {name: _frozen(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_frozen(one) for one in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError


def _thawed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_thawed(one) for one in value)
    if isinstance(value, dict):
        if _MODEL in value:
            name, stated = value[_MODEL]
            values = {one: _thawed(inner) for one, inner in stated.items()}
            return _MODELS[name].model_construct(set(values), **values)
        return {name: _thawed(one) for name, one in value.items()}
    return value
