"""Which of two replies a judge prefers: both orders of them decide together."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import BaseModel, Field

from assistant.models.answer import Usage
from tone_rules.value import Value

PAIR_PROMPT = "judge_pair.v1"
BETTER = {"first": 0, "second": 1}
Winner = Literal["a", "b", "tie"]


class PairVerdict(BaseModel):
    """What the model answers to one order."""

    reason: str = Field(description="why, in one sentence")
    quote_first: str = Field(description="the words of the first reply that decide it, copied exactly; or empty")
    quote_second: str = Field(description="the words of the second reply that decide it, copied exactly; or empty")
    better: Literal["first", "second", "neither"]


class Preference(Value):
    """What both orders say together, of replies `a` and `b`."""

    dimension: str
    winner: Winner | None
    """None where half of the votes or more could not be used."""
    votes: tuple[Winner, ...]
    """One a pair of orders."""
    flips: int
    """Pairs of orders in which the same place won twice: each is a tie, and a sign of how much the place decides."""
    reason: str
    usage: Usage = Usage()
    busy: bool = False

    @classmethod
    def of(cls, dimension: str, verdicts: Sequence[PairVerdict | str], usage: Usage, *, busy: bool = False) -> Self:
        """Put verdicts together.

        Args:
            dimension: on which the replies were compared.
            verdicts: by turns of the order a, b and of b, a; in place of one that could not be used, why.
            usage: what they took.
            busy: whether a server had too many requests.
        """
        votes: list[Winner] = []
        flips, said, wrong = 0, dict[Winner, str](), ""
        pairs = list(zip(verdicts[::2], verdicts[1::2], strict=True))
        for one, other in pairs:
            if isinstance(one, str) or isinstance(other, str):
                wrong = one if isinstance(one, str) else str(other)
                continue
            flips += one.better == other.better != "neither"
            winner = _agreed(one, other)
            votes.append(winner)
            said.setdefault(winner, one.reason)
        if 2 * len(votes) <= len(pairs):
            reason = f"the judge gave no preference: {wrong}"
            return cls(
                dimension=dimension, winner=None, votes=tuple(votes), flips=flips, reason=reason, usage=usage, busy=busy
            )
        more = votes.count("a") - votes.count("b")
        ahead: Winner = "a" if more > 0 else "b" if more < 0 else "tie"
        won: Winner = ahead if 2 * votes.count(ahead) > len(votes) else "tie"
        reason = said.get(won, "the votes are even")
        if won == "tie" and flips:
            reason = "the judge prefers a place and not a reply"
        return cls(dimension=dimension, winner=won, votes=tuple(votes), flips=flips, reason=reason, usage=usage)


def _agreed(one: PairVerdict, other: PairVerdict) -> Winner:
    """What two orders say: `a` stands first in the one and second in the other."""
    if (one.better, other.better) == ("first", "second"):
        return "a"
    return "b" if (one.better, other.better) == ("second", "first") else "tie"
