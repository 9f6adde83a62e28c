"""Rule files as they were prepared: parsed, with the literals that each pattern needs.

To parse them and to look through a thousand patterns takes most of a second, and a check has a few milliseconds. What
comes of it stands in `prepared/`, written by `python -m tone_rules.readings`; where a file has changed since, its group
is prepared anew in memory, so that an edit counts at once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tone_rules.readings.search import Cue, Search

if TYPE_CHECKING:
    from tone_rules.value import Value

    Written = Mapping[str, Value]
    """The rule files of one group, by their paths."""

PREPARED = "prepared"
_HERE = Path(__file__).parent
_CODE = ("cues.py", "literals.py", "preparing.py", "search.py", "words.yaml")
"""What the outcome depends on beside the rule files themselves."""

R = TypeVar("R")


class Prepared:
    """One group of rule files, ready to be searched with."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Take what `preparing.prepare` made."""
        self._content = content
        self._patterns: list[str] = content["patterns"].split("\n")

    @classmethod
    def of(cls, folder: Path, group: str, written: "Callable[[str], Written]") -> "Prepared":
        """What stands in `prepared/` of a folder, or is made of the files where it is not up to date.

        Raises:
            ConfigurationError: a rule file is wrong; with its place.
        """
        try:
            content = json.loads((folder / PREPARED / f"{group}.json").read_bytes())
            if content["digest"] == digest(folder, content["rules"]):
                return cls(content)
        except (OSError, ValueError, KeyError):
            pass
        from tone_rules.readings.preparing import prepare

        return cls(prepare(folder, written(group)))

    def content(self, path: str) -> Any:
        """What one file says beside its cues."""
        return self._content["rules"][path]["said"]

    def rule(self, path: str, make: Callable[..., R]) -> R:
        """The rule of one file."""
        rule, patterns = self._content["rules"][path], self._patterns
        cues = {
            name: tuple(Cue(*(patterns[part] if isinstance(part, int) else part for part in one)) for one in listed)
            for name, listed in rule["cues"].items()
        }
        said = {name: tuple(one) if isinstance(one, list) else one for name, one in rule["said"].items()}
        return make(**cues, **said)

    @cached_property
    def search(self) -> Search:
        """The search for every cue of the group."""
        literals, places, further = (self._content[part].split("\n") for part in ("literals", "places", "further"))
        return Search(self._patterns, literals, places, further, self._content["always"])


def digest(folder: Path, paths: Mapping[str, Any]) -> str:
    """Of all that the preparation of some rule files depends on.

    Raises:
        FileNotFoundError: one of them is not there any more.
    """
    content = hashlib.sha256()
    for path in (*(_HERE / name for name in _CODE), *(folder / name for name in sorted(paths))):
        content.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return content.hexdigest()
