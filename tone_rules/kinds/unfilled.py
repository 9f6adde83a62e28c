"""`unfilled`: a gap that somebody was to fill in, unless the customer or a source writes it like that."""

from collections.abc import Iterable
from typing import Literal

from typing_extensions import override

from tone_rules.kinds.existence import Existence
from tone_rules.rule import Hit
from tone_rules.situation import Situation


class Unfilled(Existence):
    """Flags each match of its tokens that neither the customer's post nor a source holds word for word.

    A reply may name `{{first_name}}` or the key `[Menu]` where the talk is of them. The message's argument is the
    match.
    """

    extends: Literal["unfilled"]  # type: ignore[assignment]

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each match that nobody wrote before."""
        hits = list(super().find(text, situation))
        if not hits:
            return
        said = [situation.message or "", *(turn.text for turn in situation.thread)]
        said += [one.text for one in situation.sources]
        said += [one.value for one in situation.facts if one.visibility == "public"]
        known = "\n".join(said).casefold()
        yield from (one for one in hits if text[one.start : one.end].strip().casefold() not in known)
