"""Tables of words and patterns that stand beside the code as YAML."""

from pathlib import Path
from typing import Any


def table(name: str) -> dict[str, Any]:
    """A table of this folder, by its file's name without the ending."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = Path(__file__).with_name(f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, loader)  # type: ignore[no-any-return]  # noqa: S506  # both loaders are safe ones
