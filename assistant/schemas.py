"""The published shape of every line, file and value: a name, a version, and its JSON Schema."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from assistant.errors import InputError
from tone_rules.located import nearest

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Published(NamedTuple):
    """One published shape. Its version goes up when a line that was valid no longer is, or a key changes meaning."""

    model: str
    """`module:Class`, imported when the schema is asked for: some modules are heavy."""
    version: int
    title: str
    way: Literal["in", "out"]
    """`in` is read (what may be left out is optional), `out` is written (every key is there)."""

    def load(self) -> type[BaseModel]:
        """The pydantic model."""
        module, _, name = self.model.partition(":")
        found = getattr(import_module(module), name)
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            raise TypeError(f"{self.model} is not a pydantic model")
        return found


SCHEMAS: Mapping[str, Published] = MappingProxyType(
    {
        "context": Published("assistant.context:CustomerContext", 1, "A line of input for draft and triage", "in"),
        "triage": Published("assistant.lines:TriageResult", 1, "A line of output of triage", "out"),
        "draft": Published("assistant.drafting:Draft", 1, "One reply and all that is known about it", "out"),
        "proposal": Published("assistant.pipeline:Proposal", 1, "A line of output of draft", "out"),
        "check": Published("assistant.lines:CheckLine", 1, "A line of input for check", "in"),
        "check-result": Published("assistant.lines:CheckResult", 1, "A line of output of check", "out"),
        "score": Published("assistant.lines:ScoreLine", 1, "A line of input for score", "in"),
        "score-result": Published("assistant.lines:ScoreResult", 1, "A line of output of score", "out"),
        "finding": Published("tone_rules.finding:Finding", 1, "One place where a rule fires", "out"),
        "report": Published("tone_rules.finding:Report", 1, "The result of one check of one text", "out"),
        "situation": Published("tone_rules.situation:Situation", 1, "What the rules know around a reply", "in"),
        "brand": Published("assistant.brand:BrandDescription", 1, "The keys of brand.yaml", "in"),
        "article": Published("assistant.knowledge:ArticleHeader", 1, "The front matter of knowledge/*.md", "in"),
    }
)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a published shape, with `$id` `replywright/<name>/<version>`.

    Raises:
        InputError: no shape has that name; the message names the nearest.
    """
    if name not in SCHEMAS:
        raise InputError(f"there is no schema '{name}'; {nearest(name, list(SCHEMAS))}")
    published = SCHEMAS[name]
    model = published.load()
    mode: Literal["validation", "serialization"] = "validation" if published.way == "in" else "serialization"
    body = model.model_json_schema(mode=mode, schema_generator=_EveryKeyOut)
    head: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": f"replywright/{name}/{published.version}",
        "title": published.title,
    }
    definitions = {"$defs": body.pop("$defs")} if "$defs" in body else {}
    return head | {key: value for key, value in body.items() if key != "title"} | definitions


class _EveryKeyOut(GenerateJsonSchema):
    """What is written always has all its keys, so a reader may rely on them."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)
