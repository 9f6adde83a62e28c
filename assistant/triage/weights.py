"""The weights that `python -m assistant.triage.learning` fits, as they ship."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.triage.concepts import Concepts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
PATH = FOLDER / "learned" / "weights.npz"
NONE = "none"
"""The class of a message without an escalation."""


class Thresholds(NamedTuple):
    """From where the model's word counts; each is chosen by folds over the messages it learned from."""

    sure: float
    """Log odds against all the rest from which an escalation is sure by itself."""
    agreed: float
    """The same where a rule finds it sure: below, a person looks first."""
    possible: float
    """Margin over "none" from where a person should look."""
    kept: float
    """Below, what a rule finds possible is dropped."""
    intent: float
    """Logit from which an intent counts."""
    denied: float
    """Logit below which an intent that a rule finds is none."""


class Weights:
    """What was learned: a row of weights for each feature, a column for each answer."""

    def __init__(self, arrays: Mapping[str, "NDArray[Any]"]) -> None:
        """Take the arrays of `weights.npz`."""
        self._arrays = arrays
        said = json.loads(bytes(arrays["said"]).decode())
        self.digest: str = said["digest"]
        self.concepts = Concepts(said["concepts"])
        self.answers: tuple[str, ...] = tuple(said["answers"])
        """Names of the columns, as "danger:fraud", "intent:billing", "sarcasm"."""
        self.thresholds = Thresholds(**said["thresholds"])

    @cached_property
    def dense(self) -> "NDArray[np.float32]":
        """Shape (dense features, answers)."""
        return _whole(self._arrays, "dense")

    @cached_property
    def named(self) -> "NDArray[np.float32]":
        """Shape (named features, answers)."""
        return _whole(self._arrays, "named")

    @cached_property
    def bias(self) -> "NDArray[np.float32]":
        """Shape (answers,)."""
        found: NDArray[np.float32] = self._arrays["bias"].astype("float32")
        return found

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each named feature."""
        return {name: row for row, name in enumerate(bytes(self._arrays["names"]).decode().split("\n"))}

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How much each word counts."""
        names = list(self.rows)
        return {name: float(one) for name, one in zip(names, self._arrays["rarity"], strict=True) if one}


@cache
def weights() -> Weights:
    """The weights that ship.

    Raises:
        FileNotFoundError: the package is not whole.
    """
    import numpy as np

    with np.load(PATH) as stored:
        return Weights({name: stored[name] for name in stored.files})


def digest() -> str:
    """Of the data that the weights were learned from: when it is another one, they are stale."""
    from tone_rules.readings.rules import FOLDER as RULES

    content = hashlib.sha256()
    rules = sorted(RULES.glob("*/*.yaml"))
    for path in (FOLDER / "concepts.yaml", *sorted((FOLDER / "messages").glob("*.jsonl")), *rules):
        content.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return content.hexdigest()


def _whole(arrays: Mapping[str, "NDArray[Any]"], name: str) -> "NDArray[np.float32]":
    """8-bit weights as numbers: each column has its own scale."""
    found: NDArray[np.float32] = arrays[name].astype("float32") * arrays[f"{name}_scale"]
    return found
