"""Tables of words and patterns that stand beside the code as YAML."""

from pathlib import Path
from typing import Any

from tone_rules.located import parsed


def table(name: str) -> dict[str, Any]:
    """A table of this folder, by its file's name without the ending."""
    path = Path(__file__).with_name(f"{name}.yaml")
    value: dict[str, Any] = parsed(path, path.read_text("utf-8")).value
    return value
