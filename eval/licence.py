"""A scorer's licence: how well each of its dimensions agrees with raters, and whether that is enough to gate by.

What a fitted measure or a judge says is an opinion. It decides nothing before `eval agree --license` has shown that it
agrees with raters nearly as well as they agree with each other. Rules need none: they are what they say.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assistant.errors import InputError
from eval.stats.interval import Interval
from tone_rules.errors import ConfigurationError
from tone_rules.value import Value

BOUND = 0.8
"""The share of the raters' own agreement that a scorer has to reach."""

FOLDER_VARIABLE = "REPLYWRIGHT_LICENCES"

NEEDED = frozenset({"model", "judge"})
"""The kinds of scores that gate by licence only."""


class Measured(Value):
    """A statistic with its interval."""

    value: float
    interval: Interval | None = None

    def __str__(self) -> str:
        return f"{self.value:.2f}" + (f" ({self.interval})" if self.interval else "")


class Agreement(Value):
    """How one dimension agrees with raters on one set of replies."""

    dimension: str
    n: int
    """Replies that both rated and scored."""
    clusters: int
    unscored: int = 0
    """Replies that were rated and could not be scored."""
    spearman: Measured | None
    """None where one side never varies."""
    kappa: Measured | None
    """With quadratic weights, on the raters' scale; None where there is no common scale."""
    alpha: Measured | None
    """Krippendorff's, of the scorer beside the raters' mean."""
    raters_spearman: Measured | None
    """One rater against the other; of more than two, each against the mean of the rest, averaged: the ceiling."""
    raters_kappa: Measured | None
    raters_alpha: Measured | None

    @property
    def share(self) -> float | None:
        """Spearman as a share of the raters' own; None where either is missing or the raters don't agree at all."""
        if self.spearman is None or self.raters_spearman is None or self.raters_spearman.value <= 0:
            return None
        return self.spearman.value / self.raters_spearman.value


class Evidence(Value):
    """What one set of rated replies says about a scorer."""

    name: str
    sha256: str
    """Of the file."""
    replies: int
    raters: int
    by: Literal["people", "models"]
    """Who the raters were."""
    unseen: bool
    """Whether the scorer had never been fitted to these replies; what it was fitted to says nothing."""
    how: str
    """In words: folds by brand, in-sample, never seen."""
    agreements: tuple[Agreement, ...]


class Licence(Value):
    """What is known of a scorer's dimensions."""

    scorer: str
    version: str
    """Of the scorer: another version has no licence."""
    bound: float = Field(default=BOUND, gt=0, le=1)
    evidence: tuple[Evidence, ...]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """All that raters were held against."""
        return tuple(dict.fromkeys(one.dimension for evidence in self.evidence for one in evidence.agreements))

    def of(self, dimension: str) -> tuple[tuple[Evidence, Agreement], ...]:
        """What is known of one dimension."""
        return tuple(
            (evidence, one) for evidence in self.evidence for one in evidence.agreements if one.dimension == dimension
        )

    def standing(self, dimension: str) -> "Standing":
        """Whether a dimension may gate: on every set it was held against it reaches the bound, unseen."""
        found = self.of(dimension)
        if not found:
            return Standing(licensed=False, reason="nobody's ratings were held against it")
        told = [f"{_share(one.share)} of the raters' own on {evidence.name}" for evidence, one in found]
        reason = f"{' and '.join(told)} ({_who(evidence for evidence, _ in found)}), bound {self.bound:.0%}"
        seen = [evidence.name for evidence, _ in found if not evidence.unseen]
        if seen:
            return Standing(licensed=False, reason=f"it was fitted to {' and '.join(seen)}; {reason}")
        enough = all(one.share is not None and one.share >= self.bound for _, one in found)
        return Standing(licensed=enough, reason=reason)


class Standing(Value):
    """Whether a dimension may gate, and why."""

    licensed: bool
    reason: str


def standing(scorer: str, version: str, dimension: str, kind: str) -> Standing:
    """What a scorer's dimension may do.

    Args:
        scorer: its name.
        version: its version.
        dimension: one of its dimensions.
        kind: of its scores.
    """
    if kind not in NEEDED:
        return Standing(licensed=True, reason="needs no licence")
    licence = licences().get(scorer)
    if licence is None:
        return Standing(licensed=False, reason=f"there is no licence for '{scorer}': make one with eval agree")
    if licence.version != version:
        return Standing(licensed=False, reason=f"the licence is for version {licence.version} of '{scorer}': renew it")
    return licence.standing(dimension)


@cache
def licences() -> Mapping[str, Licence]:
    """The licences that ship, by scorer, and in place of them those in the folder that `REPLYWRIGHT_LICENCES` names.

    Raises:
        ConfigurationError: a file can't be read as one, or there is no such folder.
    """
    folders = [Path(str(files("eval"))) / "licences"]
    if own := os.environ.get(FOLDER_VARIABLE):
        if not Path(own).is_dir():
            raise ConfigurationError.at(own, f"{FOLDER_VARIABLE} names no folder")
        folders.append(Path(own))
    found = (read_licence(path) for folder in folders for path in sorted(folder.glob("*.json")))
    return {one.scorer: one for one in found}


def write_licence(path: Path, scorer: str, version: str, evidence: Sequence[Evidence]) -> Licence:
    """Write evidence into a licence. What the file said of the same sets is replaced; of another version, everything.

    Raises:
        ConfigurationError: the file is no licence.
        InputError: it can't be written.
    """
    old = read_licence(path) if path.exists() else None
    names = {one.name for one in evidence}
    kept = old.evidence if old is not None and (old.scorer, old.version) == (scorer, version) else ()
    made = Licence(
        scorer=scorer, version=version, evidence=(*(one for one in kept if one.name not in names), *evidence)
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: this can't be written: {error.strerror}") from None
    licences.cache_clear()
    return made


def read_licence(path: Path) -> Licence:
    """Read one.

    Raises:
        ConfigurationError: it is none.
    """
    try:
        return Licence.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ConfigurationError.at(path, f"this is no licence: {str(error).splitlines()[0]}") from None


def _share(share: float | None) -> str:
    return "no share that can be told" if share is None else f"{share:.0%}"


def _who(found: Iterable[Evidence]) -> str:
    return " and ".join(sorted({f"raters: {one.by}" for one in found}))
