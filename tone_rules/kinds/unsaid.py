"""`unsaid`: what may be named where the customer named it in the open, and not otherwise."""

from collections.abc import Iterable
from typing import Literal

from typing_extensions import override

from tone_rules.content import stems
from tone_rules.kinds.existence import Existence
from tone_rules.rule import Hit
from tone_rules.situation import Situation


class Unsaid(Existence):
    """Flags each match of its tokens that tells more than the customer wrote in this thread.

    What tells something are the words that are more than grammar, whatever their endings, and figures: "your flight was
    cancelled" answers "they cancelled our flight". The message's argument is the match.
    """

    extends: Literal["unsaid"]  # type: ignore[assignment]

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match that holds a word, or a figure, that no post of the customer has."""
        hits = list(super().find(text, situation))
        if not hits:
            return ()
        theirs = (situation.message or "", *(one.text for one in situation.thread if one.role == "customer"))
        known = stems(" ".join(theirs))
        return [one for one in hits if not _all_known(stems(text[one.start : one.end]), known)]


def _all_known(told: frozenset[str], known: frozenset[str]) -> bool:
    """Whether something is told and all of it is known; "we have you down" tells by its grammar alone."""
    return bool(told) and told <= known
