"""Past replies as a system: what was answered is scored as if it had just been proposed."""

from collections.abc import Sequence

from assistant import checking
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage
from eval.score import Scorer
from eval.suite import Suite

PAST = "past"
"""The drafter of what was answered: nothing drafted it here, and nothing was triaged."""


class PastReplies:
    """Answers each case's context with the case's `reply`, checked by the brand's rules; nothing is triaged."""

    def __init__(self, suite: Suite, brand: Brand | None = None) -> None:
        """Take the replies of a suite.

        Args:
            suite: its cases hold a `reply`; one that does not ends in an error.
            brand: whose rules the replies are checked by; by default those that every brand has.
        """
        self._replies = {case.context.id: case.reply for case in suite.cases}
        self._brand = brand or Brand(name="(none)")

    def __call__(self, context: CustomerContext) -> Proposal:
        """The reply as a proposal.

        Raises:
            LookupError: the case holds none.
        """
        reply = self._replies.get(context.id)
        if reply is None:
            raise LookupError("the case holds no past reply to score")
        report = checking.check(reply, context, self._brand)
        draft = Draft(
            text=reply, drafter=PAST, verdict=report.verdict, findings=report.findings, not_run=report.not_run
        )
        packs = {pack.name: pack.sha256 for pack in checking.packs_of(self._brand)}
        return Proposal(
            id=context.id,
            status="ready",
            triage=Triage(),
            drafts=(draft,),
            provenance={"brand": self._brand.sha256, "packs": packs, "drafter": {"name": PAST}},
        )


def past_scorers(scorers: Sequence[Scorer]) -> tuple[Scorer, ...]:
    """Those that look at a reply: a past one has no triage to score."""
    return tuple(one for one in scorers if one.name != "triage")
