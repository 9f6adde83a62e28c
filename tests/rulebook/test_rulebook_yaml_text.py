from typing import Any

import pytest

from assistant.errors import InputError
from assistant.rulebook.yaml_text import with_key
from tone_rules.located import Document

BRAND = """\
# the brand
name: Tern   # a bird
rules:
  # house style
  tone.Filler: off   # for now
  tone.Vague: {level: warning, reason: "we say 'soon'"}

words_to_use: [parcel]
"""


@pytest.mark.parametrize(
    ("text", "location", "value", "expected"),
    [
        (BRAND, ("rules", "tone.Filler"), "error", BRAND.replace("tone.Filler: off ", "tone.Filler: error ")),
        (BRAND, ("rules", "tone.Filler"), None, BRAND.replace("  tone.Filler: off   # for now\n", "")),
        (
            BRAND,
            ("rules", "tone.Sorry"),
            "error",
            BRAND.replace("'soon'\"}\n", "'soon'\"}\n  tone.Sorry: error\n"),
        ),
        ("name: Tern\n", ("rules", "a.B"), {"level": "error"}, "name: Tern\nrules:\n  a.B:\n    level: error\n"),
        ("name: Tern\nrules:\n  a.B: error\n", ("rules", "a.B"), None, "name: Tern\n"),
        ("name: Tern\nrules: {}\nindustry: x\n", ("rules", "a.B"), "error", None),
        ("name: Tern\nrules: {a.C: warning}\n", ("rules", "a.B"), "error", None),
        ("name: Tern\nrules:\n", ("rules", "a.B"), "error", None),
        ("name: Tern", ("industry",), "shop", None),
        ('{"name": "Tern", "rules": {"a.B": "error"}, "retention_days": 90}', ("rules", "a.B"), None, None),
        ("rules:\n  a.B:\n    reason: >-\n      a long\n      one\nname: Tern\n", ("rules", "a.B"), "warning", None),
        ("", ("rules", "a.B"), "error", None),
    ],
)  # fmt: skip
def test_one_key_changes_and_nothing_else(
    text: str, location: tuple[str, ...], value: Any, expected: str | None
) -> None:
    """The text means what it meant but for that key; comments and other lines stay as they were."""
    changed = with_key(text, location, value)
    if expected is not None:
        assert changed == expected
    before, after = (Document("x", one).value or {} for one in (text, changed))
    held = dict(after.get("rules") or {}) if location[0] == "rules" else after
    key = location[-1]
    assert (key in held) == (value is not None)
    assert {name: one for name, one in before.items() if name not in ("rules", key)} == {
        name: one for name, one in after.items() if name not in ("rules", key)
    }


def test_a_list_stands_line_by_line() -> None:
    """Tokens of a rule are written one on each line, and its comments stay."""
    text = "extends: existence\n# why\nmessage: no\ntokens: [a]\n"
    assert with_key(text, ("tokens",), ["b", "c: d"]) == (
        "extends: existence\n# why\nmessage: no\ntokens:\n  - b\n  - 'c: d'\n"
    )


@pytest.mark.parametrize("text", ["name: &a Tern\nrules:\n  x.Y: *a\n  x.Z: error\n", "- one\n", "just words\n"])
def test_what_cannot_be_changed_safely_is_left_to_a_person(text: str) -> None:
    """Aliases at the place, a list, or no mapping at all: refused in words, never mangled."""
    with pytest.raises(InputError, match="in the file itself"):
        with_key(text, ("rules", "x.Y"), "warning")
