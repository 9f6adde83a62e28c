"""What `packs/prepared.json` holds: all that takes long to make of the files that ship, by the content it was made of.

A file or a pattern that was changed since is not found in it and is read as it is, so that an edit counts at once.
`python -m tone_rules.preparing` writes it anew.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PREPARED = HERE / "packs" / "prepared.json"
_CODE = (
    *("dialect.py", "inheritance.py", "located.py", "preparing.py", "prepared_rules.py", "rule.py", "sieve.py"),
    *("readings/answers.py", "readings/literals.py", "readings/preparing.py", "readings/search.py"),
    *("situation.py", *sorted(f"kinds/{one.name}" for one in (HERE / "kinds").glob("*.py"))),
)
"""What the outcome depends on beside the files."""


@cache
def content() -> dict[str, Any]:
    """All of it; nothing where it was made by other code than this."""
    try:
        found: dict[str, Any] = json.loads(PREPARED.read_bytes())
        if found["code"] == code():
            return found
    except (OSError, ValueError, KeyError):
        pass
    return {"sources": {}, "alternatives": [], "definitions": {}, "documents": {}}


def name_of(text: str) -> str:
    """What a text goes by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def code() -> str:
    """A digest of the code that makes the content."""
    found = hashlib.sha256()
    for name in _CODE:
        found.update((HERE / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()
