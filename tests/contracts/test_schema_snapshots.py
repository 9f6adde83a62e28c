import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.errors import InputError
from assistant.schemas import SCHEMAS, schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_published_shape_is_what_it_was(name: str, snapshots: Path, update_snapshots: bool) -> None:
    """A schema equals its snapshot, so that nobody changes a contract unawares."""
    path = snapshots / f"{name}.json"
    shape = json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
    if update_snapshots:
        path.write_text(shape, encoding="utf-8")
    assert path.is_file(), f"no snapshot of '{name}': run `python -m pytest tests/contracts --update-snapshots`"
    hint = f"'{name}' has changed: raise its version if a line that was valid no longer is, then --update-snapshots"
    assert json.loads(shape) == json.loads(path.read_text(encoding="utf-8")), hint


def test_every_snapshot_is_of_something(snapshots: Path) -> None:
    """A shape that is no longer published leaves no snapshot behind."""
    assert {path.stem for path in snapshots.glob("*.json")} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_says_what_it_is(name: str) -> None:
    """Each has a dialect, an id with its version, a title and a description, and refuses keys it does not know."""
    shape = schema(name)
    assert shape["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert shape["$id"] == f"replywright/{name}/{SCHEMAS[name].version}"
    assert shape["title"]
    assert shape["description"]
    assert shape["additionalProperties"] is False


@pytest.mark.parametrize("name", [name for name, one in SCHEMAS.items() if one.way == "out"])
def test_what_is_written_has_every_key(name: str) -> None:
    """A reader of our output may rely on every key being there."""
    shape = schema(name)
    assert set(shape["required"]) == set(shape["properties"])


def test_the_docstring_under_a_field_is_its_description() -> None:
    """What the code says of a field, its schema says too, for inherited fields and nested models as well."""
    shape = schema("context")
    assert "Their content is not known" in shape["properties"]["attachments"]["description"]
    assert "`public` may be said" in shape["$defs"]["Fact"]["properties"]["visibility"]["description"]


def test_an_unknown_name_gets_the_nearest() -> None:
    """A misspelt name is answered with the one that was meant."""
    with pytest.raises(InputError, match="did you mean 'context'"):
        schema("contxt")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_contract_is_frozen_and_strict(name: str) -> None:
    """Every published model, and every model inside it, is immutable and refuses keys it does not know."""
    seen: set[type[BaseModel]] = set()
    waiting: list[object] = [SCHEMAS[name].load()]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel) and one not in seen:
            seen.add(one)
            assert one.model_config.get("frozen"), one
            assert one.model_config.get("extra") == "forbid", one
            waiting += [field.annotation for field in one.model_fields.values()]
        waiting += getattr(one, "__args__", ())
