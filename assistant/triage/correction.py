"""A triage that an agent corrected, kept as a case: what was learned once is held against every later change."""

from typing import Any

from assistant.context import CustomerContext
from assistant.triage.answers import Triage

CHECKED = ("escalation", "intents", "reply")
"""The answers that a suite's `expect` holds a triage to."""


def case(context: CustomerContext, computed: Triage, corrected: Triage) -> dict[str, Any] | None:
    """The line of a suite that holds triage to a correction; None where nothing that a suite checks was changed.

    Only what was changed is expected: about the rest the agent said nothing. Private and internal facts are left out;
    the message stays as it is, so the line is kept where the message may be.
    """
    before, after = computed.model_dump(mode="json"), corrected.model_dump(mode="json")
    changed = {name: after[name] for name in CHECKED if before[name] != after[name]}
    if not changed:
        return None
    kept = context.model_dump(mode="json", exclude_defaults=True)
    kept["facts"] = [fact for fact in kept.get("facts", []) if fact.get("visibility") == "public"]
    if not kept["facts"]:
        del kept["facts"]
    name = f"corrected-{context.id}" if context.id else "corrected"
    return {"id": name, "context": kept, "expect": changed, "tags": ["corrected", *sorted(changed)]}
