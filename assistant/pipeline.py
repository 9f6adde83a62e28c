"""The path from a context to a proposal: triage, draft, check, repair, rank."""

from collections.abc import Mapping
from typing import Any, Literal

from assistant.drafting import Draft
from assistant.triage import Triage
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
