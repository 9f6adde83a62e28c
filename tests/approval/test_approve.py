import hashlib
import json

import pytest

from assistant.approval import Approval, approve, decisions
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import ApprovalError, Blocked, InputError, MovedOn, NotPermitted
from assistant.pipeline import Proposal
from assistant.store import Store, head
from tone_rules.finding import Finding, NotRun, Report
from tone_rules.situation import Turn


def clean(text: str, context: CustomerContext, brand: Brand) -> Report:
    """A check that finds nothing."""
    return Report.of(())


def test_an_unchanged_draft_is_approved_with_its_digest(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """The approval names the draft, the text's sha256 and the drafter as author, and the message leaves the inbox."""
    text = proposal.drafts[1].text
    made = approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text=text, check=clean)
    assert (made.decision, made.draft, made.edit_distance, made.author) == ("approve", 1, 0, "playbook")
    assert made.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert made.verdict == "pass"
    assert store.message("m1").status == "approved"
    assert decisions(store, "m1") == (made,)
