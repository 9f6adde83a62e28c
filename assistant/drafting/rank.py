"""Which draft comes first, and which say the same."""

from collections.abc import Callable, Sequence

from rapidfuzz.fuzz import ratio

from assistant.drafting import Draft

SAME = 80.0
"""Two texts this alike (rapidfuzz ratio, 0-100) are one draft with other words."""


def rank(drafts: Sequence[Draft], merit: Callable[[Draft], tuple[float, ...]]) -> tuple[Draft, ...]:
    """Best first by merit; equal ones keep the drafter's order, and of two that say the same the better stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=merit, reverse=True):
        if all(ratio(draft.text, other.text) < SAME for other in kept):
            kept.append(draft)
    return tuple(kept)
