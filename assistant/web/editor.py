"""What the reply editor shows: one JSON value, drawn by `static/editor.js` as text alone."""

from typing import Any

from assistant.approval import Approval
from assistant.brand import Brand
from assistant.checking import Length, length_of
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.web.items import Item
from assistant.web.views import MARKS, label, shown
from tone_rules.claims.keeping import Commitment
from tone_rules.finding import Finding, NotRun, Report, Verdict
from tone_rules.value import Value

OWNERS = {
    "legal_threat": "Legal",
    "safety": "Product safety",
    "self_harm": "Duty manager",
    "discrimination": "Customer relations",
    "data_breach": "Data protection",
    "press": "Press office",
    "regulator": "Compliance",
    "viral": "Communications",
    "fraud": "Fraud team",
    "minor": "Duty manager",
    "adverse_event": "Product safety",
    "bereavement": "Customer relations",
    "outage": "Operations",
}
"""Who usually takes over, by the reason for it; the person at the desk may name anybody else."""


class Checked(Value):
    """The answer of one check: the report on exactly that text and its length by the channel's counting."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    length: Length


def checked(text: str, report: Report, context: CustomerContext, brand: Brand) -> Checked:
    """A report together with the length of the text it is about."""
    return Checked(
        verdict=report.verdict,
        findings=report.findings,
        not_run=report.not_run,
        length=length_of(text, context, brand),
    )


def editor_value(item: Item | None, brand: Brand, answer: dict[str, Any] | None = None) -> dict[str, Any]:
    """The editor's state for one message; `answer` says what became of the last button pressed."""
    if item is None:
        return {"key": "", "revision": 0, "mark": "", "drafts": [], "answer": answer}
    drafts = item.proposal.drafts if item.proposal else ()
    return {
        "key": item.key,
        "revision": item.revision,
        "mark": item.mark,
        "channel": label(item.context.channel),
        "limit": length_of("", item.context, brand).limit,
        "drafts": [_draft(draft) for draft in drafts],
        "notice": _notice(item),
        "owner": _owner(item),
        "owners": sorted(set(OWNERS.values())),
        "decision": _decision(item.decision) if item.decision else None,
        "answer": answer,
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return draft.model_dump(mode="json", include={"text", "drafter", "verdict", "why"})


def _decision(decision: Approval) -> dict[str, Any]:
    return {
        "decision": decision.decision,
        "text": decision.text,
        "reviewer": decision.reviewer,
        "at": decision.at.strftime("%d %b, %H:%M"),
        "reason": decision.reason,
        "to": decision.escalated_to,
        "tasks": [_task(one) for one in decision.commitments],
    }


def _task(one: Commitment) -> dict[str, Any]:
    """What somebody must keep now that the reply is approved."""
    return {"text": one.text, "who": one.who, "due": one.due, "done": one.done}


def _owner(item: Item) -> str:
    triage = item.triage
    reason = (triage.escalation or triage.review) if triage else None
    return OWNERS[reason] if reason else ""


def _notice(item: Item) -> dict[str, str] | None:
    """A line above the editor where the message is not simply one to answer."""
    triage = item.triage
    match item.mark:
        case "drafting":
            return {"kind": "info", "title": MARKS["drafting"], "text": "The draft appears here by itself."}
        case "failed":
            text = f"{shown(item.error or '')[:300]} You can write the reply yourself, or try again."
            return {"kind": "warn", "title": "No draft could be made.", "text": text, "action": "retry"}
        case "escalate" if triage and triage.escalation:
            reason = triage.escalation.replace("_", " ")
            text = f"{OWNERS[triage.escalation]} should own it. The draft only holds; it promises nothing."
            return {"kind": "stop", "title": f"For a specialist: {reason}.", "text": text}
        case "no_reply":
            seen = triage.evidence if triage else ()
            why = dict.fromkeys(one.reason for one in seen if one.label == "no_reply" and one.reason)
            text = f"{'; '.join(why).capitalize()}." if why else "There is nothing to answer in this message."
            return {"kind": "info", "title": "No reply needed.", "text": text, "action": "anyway"}
        case "needs_edit":
            text = "Every draft has something that a person must mend first; it is marked in the text."
            return {"kind": "warn", "title": "Needs an edit.", "text": text}
        case "open" if triage and triage.review:
            reason = triage.review.replace("_", " ")
            return {
                "kind": "warn",
                "title": f"Look first: possibly {reason}.",
                "text": f"If so, escalate to {OWNERS[triage.review]}.",
            }
    return None
