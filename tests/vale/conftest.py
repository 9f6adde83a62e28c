from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tone_rules import Pack
from tone_rules.vale import lint


@pytest.fixture
def alerts() -> Callable[..., list[str]]:
    """Lint a text with one rule, `T.R`: `line:column:message` of each alert."""

    def run(text: str, rule: dict[str, Any], path: str = "a.md", **more: Any) -> list[str]:
        found = lint(text, path, Pack.of("T", {"R": rule}), **more)
        return [f"{one.line}:{one.column}:{one.message}" for one in found]

    return run


@pytest.fixture
def styles(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files below a folder."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write
