"""`grounding`: what the reply states or promises, and nothing that may be quoted backs it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import field_validator
from typing_extensions import override

from tone_rules.rule import Blockwise, CouldNotRun, Hit, Strings
from tone_rules.situation import Situation


class Grounding(Blockwise):
    """Flags each claim of its sorts that no source backs.

    The message's arguments are the claim, and what it was compared with.
    """

    extends: Literal["grounding"]
    claims: Strings
    """Sorts of claims: the names of the files of `tone_rules/claims`."""
    outcomes: tuple[Literal["contradicted", "absent", "doubtful"], ...] = ("contradicted", "absent")
    """What counts: another value of the same subject, nothing at all, or nothing for what may need nothing."""

    @field_validator("claims")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        from tone_rules.claims import SORTS

        unknown = [one for one in names if one not in SORTS]
        if unknown or not names:
            raise ValueError(
                f"no such sort of claim: {', '.join(unknown) or 'none given'}; there are {', '.join(SORTS)}"
            )
        return names

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each claim that no source, public fact or word of the customer's backs.

        Raises:
            CouldNotRun: there is a claim, and nothing to compare it with.
        """
        from tone_rules.claims import ungrounded

        for one in ungrounded(text, situation, self.claims):
            if one.nothing_known and "absent" not in self.outcomes:
                continue
            if one.nothing_known:
                # the words themselves may be a secret that another rule masks
                sorts = " or ".join(f"'{sort}'" for sort in self.claims)
                raise CouldNotRun(
                    f"the reply makes a claim ({sorts}), and no policies, articles or facts were given to compare with"
                )
            if one.weighed.outcome in self.outcomes:
                yield Hit(
                    one.claim.start,
                    one.claim.end,
                    (one.claim.text, one.compared),
                    suggestions=(one.weighed.said,) if one.weighed.outcome == "contradicted" else (),
                    compared_with=one.weighed.source,
                )

    @property
    @override
    def pattern(self) -> str:
        """The cues of its sorts."""
        return self._cues

    @cached_property
    def _cues(self) -> str:
        from tone_rules.claims.claim import module

        return "|".join(f"(?:{module(one).CUE.removeprefix('(?i)')})" for one in self.claims).join(("(?i:", ")"))
