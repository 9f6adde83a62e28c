"""Which draft comes first, and which say the same."""

from collections.abc import Callable, Sequence

from rapidfuzz.fuzz import ratio

from assistant.drafting import Draft

SAME = 80.0
"""Two texts this alike (rapidfuzz ratio, 0-100) are one draft with other words."""

STEP = 0.25
"""Differences in scores below this leave drafts in their drafter's order: the scores err by about as much."""


def in_steps(merit: Callable[[Draft], tuple[float, ...]]) -> Callable[[Draft], tuple[float, ...]]:
    """A merit that counts helpfulness and tone together and in steps of `STEP`, so that small noise decides nothing.

    Args:
        merit: gives findings first; its last three are helpfulness, tone and suggestions (`assistant.repair.merit`).
    """

    def coarse(draft: Draft) -> tuple[float, ...]:
        *findings, helpfulness, tone, _ = merit(draft)
        return (*findings, round((helpfulness + tone) / 2 / STEP))

    return coarse


def apart(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], tuple[Draft, ...]]:
    """Drafts of which no two say the same, in their drafter's order, and those that say what one of these does."""
    kept: list[Draft] = []
    alike: list[Draft] = []
    for draft in drafts:
        (kept if all(ratio(draft.text, other.text) < SAME for other in kept) else alike).append(draft)
    return tuple(kept), tuple(alike)


def rank(drafts: Sequence[Draft], merit: Callable[[Draft], tuple[float, ...]]) -> tuple[Draft, ...]:
    """Best first by merit; equal ones keep the drafter's order, and of two that say the same the better stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=merit, reverse=True):
        if all(ratio(draft.text, other.text) < SAME for other in kept):
            kept.append(draft)
    return tuple(kept)
