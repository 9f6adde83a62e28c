"""`evidence`: what a set of rated replies says about the measures, with what it rests on."""

from collections.abc import Sequence
from typing import Literal

from assistant.errors import InputError
from eval.agreement import agree
from eval.licence import Evidence
from eval.ratings import RatedSet
from eval.telling import FOLDS, Folds, as_it_stands, fitted_to, held_out

By = Literal["people", "models"]
_BY: dict[frozenset[str], By] = {frozenset({"person"}): "people", frozenset({"model"}): "models"}


def evidence(
    rated: RatedSet,
    *,
    raters: By | None = None,
    folds: Folds | None = None,
    also: Sequence[RatedSet] = (),
    seed: int = 0,
    times: int = 1_000,
) -> tuple[Evidence, ...]:
    """Hold the measures against a set: one piece of evidence, or one for each source of a corpus.

    Args:
        rated: replies with their raters' marks.
        raters: who they were, where the file does not say.
        folds: fit anew without each tenth; None takes the weights that ship.
        also: sets that are in every training part.
        seed: of the intervals' draws.
        times: how often they draw.

    Raises:
        InputError: it is not known who the raters were, nothing that they rated is measured, or there are too few
            brands or posts for folds.
    """
    if rated.scale is None:
        raters = "people"  # the corpus was rated by Mechanical Turk workers (2013 paper, section 3)
    by = _BY.get(rated.by) or raters
    if by is None:
        raise InputError(f"{rated.name} does not say who its raters were: add --raters people or models")
    found = []
    for part in rated.parts:
        told = held_out(part, also, folds) if folds else as_it_stands(part)
        clusters = [row.brand for row in part.rows] if folds == "brand" and part.scale is not None else None
        agreements = agree(part, told, clusters, seed=seed, times=times)
        if not agreements:
            raise InputError(f"{rated.name}: none of {', '.join(rated.dimensions)} is measured")
        seen = folds is None and fitted_to(part)
        found.append(
            Evidence(
                name=part.name,
                sha256=part.sha256,
                replies=len(part.rows),
                raters=part.raters,
                by=by,
                unseen=not seen,
                how=_how(part, folds, seen=seen),
                agreements=agreements,
            )
        )
    return tuple(found)


def _how(part: RatedSet, folds: Folds | None, *, seen: bool) -> str:
    if folds:
        grouped = "" if part.scale is None else f" by {folds}"
        return f"fitted anew in {FOLDS} folds{grouped}"
    return "as it ships, fitted to these replies" if seen else "as it ships, never seen before"
