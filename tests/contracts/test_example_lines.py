import json
from typing import Any

import pytest

from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.lines import CheckLine, CheckResult, ScoreLine, ScoreResult, read_lines
from assistant.pipeline import Proposal
from tone_rules.finding import Finding

# The design's own lines; where it writes "..." for a time, a time.
CONTEXT = """
{"id": "1", "channel": "x", "audience": "public", "message": "...", "post_id": "...", "created_at": "2026-11-21T10:00:00Z", "attachments": ["image"],
 "thread": [{"role": "customer", "author": "@ana", "text": "...", "at": "2026-11-21T09:00:00Z"}], "customer": {"name": "Ana", "handle": "@ana", "followers": 120, "language": "en", "segment": "..."},
 "facts": [{"name": "order_number", "value": "NW-48213", "visibility": "private", "source": "crm"}], "agent": {"name": "Mira", "initials": "MR"}, "recent_replies": ["..."]}
"""  # noqa: E501
PROPOSAL = """
{"id": "1", "status": "ready", "triage": {"intents": ["delivery"], "sentiment": "negative", "arousal": 0.6, "sarcasm": false, "urgency": "normal", "escalation": null, "review": null, "reply": true, "language": "en", "instructions": false, "topic": "...", "root_cause": null, "evidence": []},
 "brief": ["what an agent should know before answering, each with its source"],
 "drafts": [{"text": "...", "drafter": "playbook", "verdict": "pass", "why": "answers both questions", "tone": null, "helpfulness": null, "measures": {}, "findings": [], "not_run": [], "sources": ["K3"], "length": {"counted": 212, "limit": 280}}], "provenance": {}}
"""  # noqa: E501
FINDING = """
{"rule": "Style.Rule", "level": "error", "blocking": true, "start": 3, "end": 9, "match": "refund", "message": "...",
 "fix": {"start": 3, "end": 9, "replacement": "swap", "safe": false}, "suggestions": [],
 "reference": "the rule's source", "compared_with": "K3"}
"""


@pytest.mark.parametrize(("model", "line"), [(CustomerContext, CONTEXT), (Proposal, PROPOSAL), (Finding, FINDING)])
def test_a_line_of_the_design_goes_in_and_comes_out_the_same(model: Any, line: str) -> None:
    """It is read as it stands and written with the same keys and values."""
    stated = json.loads(line)
    written = json.loads(model.model_validate(stated).model_dump_json())
    assert written == stated


def test_a_check_line_is_a_context_line_with_a_reply() -> None:
    """What `check` reads: a context line, the reply, and optionally what the brand would say."""
    own = {
        "reply": "Hello",
        "policies": [{"id": "P1", "text": "Refunds take 5 days."}],
        "allowed_domains": ["northwind.example"],
        "industry": "parcels",
        "compliance": ["general"],
    }
    stated = json.loads(CONTEXT) | own
    written = json.loads(CheckLine.model_validate(stated).model_dump_json())
    assert written == stated


def test_a_check_line_needs_only_channel_and_reply() -> None:
    """All else is optional, the message too; the number of the line becomes its id."""
    (line,) = read_lines(['{"channel": "x", "reply": "Hello"}'], CheckLine)
    assert isinstance(line, CheckLine)
    assert (line.id, line.message) == ("1", None)


def test_lines_out_have_the_keys_of_the_design() -> None:
    """`check` and `score` write what the design says, null for what was not measured."""
    assert list(CheckResult(id="1", verdict="pass").model_dump()) == ["id", "verdict", "findings", "not_run"]
    score = ScoreResult(id="1").model_dump()
    assert score == {"id": "1", "tone": None, "helpfulness": None, "measures": {}}


def test_a_fact_is_private_unless_somebody_said_otherwise() -> None:
    """The default of a fact's visibility protects the customer."""
    context = CustomerContext(channel="x", message="Hi", facts=[{"name": "order", "value": "1"}])  # type: ignore[list-item]
    assert context.facts[0].visibility == "private"


@pytest.mark.parametrize("model", [CustomerContext, CheckLine, ScoreLine])
def test_an_unknown_key_is_an_error_with_the_nearest_name(model: Any) -> None:
    """A misspelt key is refused with the name that was meant; nothing is silently dropped."""
    (error,) = read_lines(['{"channel": "x", "reply": "a", "message": "b", "repply": "c"}'], model)
    assert isinstance(error, InputError)
    assert "'repply'" in error.message
