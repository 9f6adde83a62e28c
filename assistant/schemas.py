"""The published shape of every line, file and value: a name, a version, and its JSON Schema."""

import ast
import inspect
import textwrap
from collections.abc import Mapping
from importlib import import_module
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
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
        "brand-report": Published("assistant.brand_check:BrandReport", 1, "The output of brand check", "out"),
        "article": Published("assistant.knowledge:ArticleHeader", 1, "The front matter of knowledge/*.md", "in"),
        "approval": Published("assistant.approval:Approval", 1, "One decision of a person", "out"),
        "record": Published("assistant.store.records:Record", 1, "One line of the audit log", "out"),
        "verification": Published(
            "assistant.store.verification:VerifyReport", 1, "The output of records verify", "out"
        ),
        "import-report": Published("assistant.importing:ImportReport", 1, "The output of brand import", "out"),
        "erasure": Published("assistant.store.erasure:Erasure", 1, "The output of records erase", "out"),
        "case": Published("eval.case:Case", 1, "A line of a suite", "in"),
        "run": Published("eval.reports.json:RunReport", 1, "The output of eval run", "out"),
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
    body = model.model_json_schema(mode=mode, schema_generator=Documented)
    head: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": f"replywright/{name}/{published.version}",
        "title": published.title,
    }
    definitions = {"$defs": body.pop("$defs")} if "$defs" in body else {}
    return head | {key: value for key, value in body.items() if key != "title"} | definitions


class Documented(GenerateJsonSchema):
    """Tells of each key what the docstring under it says, and has every key of what is written required.

    The docstrings are read here and not by pydantic's `use_attribute_docstrings`, which reads the source of every
    model at every start: a sixth of the time of a cold check.
    """

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A model, its keys described."""
        shape = super().model_schema(schema)
        said = _docstrings(schema["cls"])
        for name, key in shape.get("properties", {}).items():
            if name in said:
                key.setdefault("description", said[name])
        return shape

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        """What is written has every key."""
        return self.mode == "serialization" or super().field_is_required(field, total)


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """What stands under each field of a model and of those it is derived from."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if not issubclass(each, BaseModel) or each is BaseModel:
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(each))).body[0]
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for field, after in pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
                said = after.value.value if isinstance(after.value, ast.Constant) else None
                if isinstance(said, str):
                    found[field.target.id] = inspect.cleandoc(said)
    return found
