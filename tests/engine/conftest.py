from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tone_rules import Pack, load_pack
from tone_rules.pack import shipped


@pytest.fixture(scope="session")
def shipped_packs() -> tuple[Pack, ...]:
    """Every pack that ships."""
    return tuple(load_pack(name) for name in shipped())


@pytest.fixture(scope="session")
def exact_only() -> Callable[[], object]:
    """A block in which RE2 is asked nothing: every rule is looked at by the exact engine, as long as that takes."""

    @contextmanager
    def block() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tone_rules.screen.readable", lambda _: None)
            patch.setattr("tone_rules.patterns.plain", lambda _: False)
            patch.setattr("tone_rules.patterns.reduced", lambda source, _: source)
            for bound in ("patterns.TIMEOUT", "engine.TIMEOUT", "engine.BUDGET"):
                patch.setattr(f"tone_rules.{bound}", 60.0)
            yield

    return block


@pytest.fixture(scope="session")
def odd_pack() -> Pack:
    """Rules with what the two engines read differently."""
    tokens = {
        "Space": r"a\sb",
        "Underscore": r"[a_]c",
        "NotUnderscore": r"b[^_]d",
        "Range": r"[!-~]{3}x",
        "NotRange": r"[^!-~]x",
        "NotTab": r"[^\t]y",
        "Code": r"[^\x09]z",
        "Word": r"\w+k",
        "NotWord": r"k\W",
        "Edge": r"\bs\b",
        "NotEdge": r"\Bi\B",
        "Digit": r"\d\D",
        "Ahead": r"a(?!b)",
        "Behind": r"(?<=é)a",
        "Again": r"(\w)\1",
        "Accent": r"é",
        "End": r"x$",
        "Dot": r"a.b",
        "NotSpace": r"\S\S\S",
        "Curly": r"it’s",
    }
    rules = {
        f"{name}{suffix}": {"extends": "existence", "message": "%s", "nonword": True, "tokens": [token], **keys}
        for name, token in tokens.items()
        for suffix, keys in (("", {}), ("Case", {"ignorecase": True}), ("Sentence", {"scope": "sentence"}))
    }
    return Pack.of("odd", rules)
