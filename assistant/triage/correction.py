"""What an agent corrected in a triage, as a case expects it: what was learned once is held against later changes.

A corrected triage is drafted from (`Assistant.draft(corrected=...)`); the proposal then holds what was computed too, an
approval records the proposal, and `eval from-records` makes the case.
"""

from typing import Any

from assistant.triage.answers import Triage

CHECKED = ("escalation", "intents", "reply")
"""The answers that a suite's `expect` holds a triage to."""


def corrections(computed: Triage, corrected: Triage) -> dict[str, Any]:
    """What a case expects: the checked answers that were changed; about the rest the agent said nothing."""
    before, after = computed.model_dump(mode="json"), corrected.model_dump(mode="json")
    return {name: after[name] for name in CHECKED if before[name] != after[name]}
