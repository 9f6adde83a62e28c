"""Scores the measures themselves: whether they rank a better reply above a worse one to the same message."""

from collections.abc import Iterator

from assistant.pipeline import Proposal
from eval.case import Case
from eval.score import Score, ScoreKind
from eval.scorers.measures import situation_of, version
from tone_rules.measures import measure


class Ranking:
    """The share of worse replies that come out lower than the case's own, each on the dimension it is worse in."""

    name = "ranking"
    kind: ScoreKind = "rule"
    dimensions = ("ranking",)

    @property
    def version(self) -> str:
        """Names the weights."""
        return version()

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Nothing for a case that compares nothing."""
        worse = case.expect.better_than
        if not worse or not proposal.drafts:
            return
        situation = situation_of(case.context)
        ours = measure(proposal.drafts[0].text, situation)
        wrong: list[str] = []
        for one in worse:
            better, lower = getattr(ours, one.on), getattr(measure(one.text, situation), one.on)
            if better is None or lower is None:
                yield Score.unscored("ranking", f"{one.on} could not be measured")
                return
            if better <= lower:
                wrong.append(f'{one.on} {better:.3f}, and {lower:.3f} for "{one.text}"')
        yield Score(dimension="ranking", value=1 - len(wrong) / len(worse), reason="; ".join(wrong))
