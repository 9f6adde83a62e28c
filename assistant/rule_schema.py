"""The JSON Schema of a rule's file, for editors: one shape for each kind, told apart by `extends`."""

from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from assistant.schemas import Documented
from tone_rules.kinds import KINDS

FILE = "rule.schema.json"
"""What the schema is called beside the rules."""
_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The one that every YAML editor knows."""
_YES_OR_NO = [True, False, "yes", "no", "on", "off", "true", "false"]


def rule_schema() -> dict[str, Any]:
    """What a rule's file may hold, as the loader reads it: a scalar stands for a list of one, and a number for text."""
    union: Any = Annotated[Union[tuple(KINDS.values())], Field(discriminator="extends")]  # noqa: UP007  # built from a mapping
    body = TypeAdapter(union).json_schema(schema_generator=_Written)
    body["oneOf"].append(_changed())
    return {
        "$schema": _DIALECT,
        "$id": "replywright/rule/1",
        "$comment": f"Begin a rule's file with: {comment()}",
        "title": "A rule",
        "type": "object",
        "required": ["extends"],
    } | body


def _changed() -> dict[str, Any]:
    """A rule that extends another by its id: any key of any kind, and `tokens+` or `tokens-` to change its own."""
    keys = {name for kind in KINDS.values() for name in kind.model_fields}
    return {
        "title": "Changes another rule",
        "type": "object",
        "required": ["extends"],
        "properties": {"extends": {"type": "string", "pattern": r"^[^.\s]+\.[^.\s]+$"}},
        "propertyNames": {"enum": sorted(keys | {f"{key}{sign}" for key in keys for sign in "+-"})},
    }


def comment(place: str = FILE) -> str:
    """The first line of a rule's file that tells an editor where its schema is, as a path from that file or a URL."""
    return f"# yaml-language-server: $schema={place}"


class _Written(Documented):
    """A shape as a person writes it in YAML, where the loader is generous."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text; a plain number or a plain `true` is text to the loader, whatever YAML makes of it."""
        return super().str_schema(schema) | {"type": ["string", "number", "boolean"]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """True or false, or the words for them that YAML 1.2 reads as text."""
        del schema
        return {"enum": _YES_OR_NO}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """A list, or one item by itself; values of a mapping may be left empty."""
        inner = super().function_before_schema(schema)
        if inner.get("type") == "array" and isinstance(inner.get("items"), dict):
            return {"anyOf": [inner, inner["items"], {"type": "null"}]}
        values = inner.get("additionalProperties")
        if inner.get("type") == "object" and isinstance(values, dict):
            return inner | {"additionalProperties": {"anyOf": [values, {"type": "null"}]}}
        return inner
