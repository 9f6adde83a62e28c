from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import CustomerContext, PublicView
from assistant.drafting import Draft
from assistant.drafting.rank import in_steps
from assistant.pipeline import Assistant
from assistant.repair import merit, repair
from assistant.triage import Triage
from tone_rules.situation import Agent, Fact

SHOP = Brand.model_validate(
    {"name": "Tarn", "words_to_avoid": [{"word": "shipment", "replace": "parcel"}], "sha256": "pipeline"}
)
ASKED = CustomerContext(
    channel="x",
    message="My lamp arrived broken, what can I do?",
    agent=Agent(name="Mira"),
    facts=(Fact(name="order_number", value="TF-99182-X"),),
)


class Scripted:
    """A drafter that writes what it was given."""

    name = "scripted"

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:  # noqa: ARG002  # the protocol
        return [Draft(text=text, drafter=self.name) for text in self._texts[:variants]]

    def provenance(self) -> Mapping[str, Any]:
        return {"name": self.name}


def test_a_proposal_holds_checked_drafts_and_what_made_them() -> None:
    """Every draft comes back with verdict, length and measures; the provenance names brand, packs and drafter."""
    proposal = Assistant(SHOP).draft(ASKED)
    assert proposal.status == "ready"
    assert all(
        draft.verdict == "pass" and draft.length is not None and draft.length.limit == 280 for draft in proposal.drafts
    )
    assert {"brand", "packs", "drafter", "replywright"} <= set(proposal.provenance)
    assert all(draft.tone is not None and draft.helpfulness is not None and draft.measures for draft in proposal.drafts)


def test_a_draft_that_may_not_be_published_is_left_out_beside_one_that_may() -> None:
    """Where a draft passes, a blocked one is not offered, whatever the drafter's order."""
    proposal = Assistant(
        SHOP, Scripted("Order TF-99182-X is broken.", "Sorry your lamp came broken, what would you prefer?")
    ).draft(ASKED)
    assert [draft.verdict for draft in proposal.drafts] == ["pass"]
    assert proposal.status == "ready"


def test_a_proposal_whose_best_draft_blocks_needs_an_edit() -> None:
    """`ready` is said of a draft that passes and of nothing else."""
    assert Assistant(SHOP, Scripted("Order TF-99182-X is broken.")).draft(ASKED).status == "needs_edit"
    assert Assistant(SHOP, Scripted()).draft(ASKED).status == "needs_edit"


def test_drafts_that_say_the_same_are_merged() -> None:
    """Two texts with a word's difference are one draft."""
    proposal = Assistant(
        SHOP, Scripted("Sorry your lamp came broken today.", "Sorry your lamp came broken now.")
    ).draft(ASKED)
    assert len(proposal.drafts) == 1


def test_repair_applies_safe_fixes_and_never_returns_a_worse_draft() -> None:
    """A safe fix is taken; the result has no less merit than the draft that came in."""
    draft = repair(Draft(text="The shipment is late, sorry.", drafter="agent"), ASKED, SHOP)
    assert draft.text == "The parcel is late, sorry."
    assert merit(draft) >= merit(repair(Draft(text="The shipment is late, sorry.", drafter="agent"), ASKED, SHOP))


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_draft_does_not_pass_for_a_reply(text: str) -> None:
    """A drafter that returns nothing but space leaves the proposal without a ready draft."""
    assert Assistant(SHOP, Scripted(text)).draft(ASKED).status == "needs_edit"


def test_the_brief_names_private_facts_without_their_values() -> None:
    """What an agent reads first tells that there is an order number, not which."""
    brief = " ".join(Assistant(SHOP).draft(ASKED).brief)
    assert "order number" in brief
    assert "99182" not in brief


def test_no_more_drafts_come_back_than_were_asked_for() -> None:
    """A drafter may offer more; the best are chosen."""
    for variants in (1, 2, 3):
        proposal = Assistant(SHOP).draft(ASKED, variants)
        assert 1 <= len(proposal.drafts) <= variants


def test_small_differences_in_scores_leave_the_drafters_order() -> None:
    """A finding decides, noise in a score does not."""
    coarse = in_steps(merit)
    one = Draft(text="a", drafter="x", helpfulness=0.71, tone=0.60)
    other = Draft(text="b", drafter="x", helpfulness=0.66, tone=0.62)
    far = Draft(text="c", drafter="x", helpfulness=0.2, tone=0.2)
    assert coarse(one) == coarse(other) > coarse(far)
