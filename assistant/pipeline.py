"""The path from a context to a proposal: triage, draft, check, repair, rank."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Literal

from assistant import checking
from assistant.brand import Brand
from assistant.brief import Brief
from assistant.context import CustomerContext, PublicView
from assistant.drafting import Draft, Drafter
from assistant.drafting.rank import in_steps, rank
from assistant.repair import merit, repair
from assistant.triage import Triage, triage
from tone_rules.finding import Report
from tone_rules.value import Value

Status = Literal["ready", "needs_edit", "escalate", "no_reply"]


class Proposal(Value):
    """What the pipeline returns for one message; nothing in it is published before a person approves."""

    id: str
    status: Status
    triage: Triage
    brief: tuple[str, ...] = ()
    """What an agent should know before answering, each with its source."""
    drafts: tuple[Draft, ...] = ()
    """Best first; with `escalate` holding replies only, with `no_reply` none."""
    provenance: Mapping[str, Any] = {}
    """What made it: versions and digests of brand, packs, playbook and drafter."""


class Assistant:
    """One brand's assistant. It holds no state between messages and may be shared by threads."""

    def __init__(self, brand: Brand, drafter: Drafter | None = None) -> None:
        """Work for `brand`, with the embedded playbook drafter unless another is given.

        Raises:
            ConfigurationError: a rule, pack or play of the brand is wrong.
        """
        if drafter is None:
            from assistant.drafting.playbook import PlaybookDrafter

            drafter = PlaybookDrafter(brand)
        self.brand = brand
        self.drafter = drafter
        self._brief = Brief(brand)
        self._provenance = {
            "replywright": version("replywright"),
            "brand": brand.sha256,
            "packs": {pack.name: pack.sha256 for pack in checking.packs_of(brand)},
            "drafter": dict(drafter.provenance()),
        }

    def triage(self, context: CustomerContext) -> Triage:
        """What the message is, with the words that led to each answer."""
        return triage(context, self.brand)

    def draft(self, context: CustomerContext, variants: int = 3, corrected: Triage | None = None) -> Proposal:
        """Triage a message and propose up to `variants` checked replies, best first.

        Where one of them may be published, those that may not are left out.

        Args:
            context: the message and its surroundings.
            variants: how many replies to choose from.
            corrected: a triage that a person has corrected; it holds instead of the computed one.
        """
        seen = corrected or self.triage(context)
        drafts: tuple[Draft, ...] = ()
        if seen.reply:
            written = self.drafter.draft(PublicView.of(context), seen, variants)
            drafts = rank(
                [repair(draft, context, self.brand) for draft in written if draft.text.strip()], in_steps(merit)
            )
            drafts = (tuple(one for one in drafts if one.verdict == "pass") or drafts)[:variants]
        return Proposal(
            id=context.id,
            status=_status(seen, drafts),
            triage=seen,
            brief=self._brief.lines(context, seen, drafts),
            drafts=drafts,
            provenance=self._provenance,
        )

    def check(self, text: str, context: CustomerContext) -> Report:
        """Check an exact text as a reply to a message."""
        return checking.check(text, context, self.brand)


def _status(seen: Triage, drafts: tuple[Draft, ...]) -> Status:
    if not seen.reply:
        return "no_reply"
    if seen.escalation is not None:
        return "escalate"
    return "ready" if drafts and drafts[0].verdict == "pass" and seen.review is None else "needs_edit"
