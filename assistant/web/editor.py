"""What the reply editor shows: one JSON value, drawn by `static/editor.js` as text alone."""

from typing import Any, get_args

from assistant import checking
from assistant.approval import Approval
from assistant.brand import Brand
from assistant.checking import Length, length_of
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.store.handovers import Handover
from assistant.triage import ESCALATIONS, INTENTS, Sentiment
from assistant.web.desk import Desk
from assistant.web.items import Item
from assistant.web.people import Person
from assistant.web.theme import text_of
from assistant.web.triaging import Corrected
from assistant.web.views import MARKS, ROLES, label, render, shown, who
from tone_rules.claims.keeping import Commitment
from tone_rules.finding import Finding, NotRun, Verdict
from tone_rules.situation import Turn
from tone_rules.value import Value

SCRIPTS = ("text", "check", "findings", "advice", "drafts", "answers", "presses", "growing", "dialogs", "state")
"""The files of `static/reply`, in the order in which they run."""
WISHES = (
    {"name": "Shorter", "wish": "shorter: the same in fewer words"},
    {"name": "Warmer", "wish": "warmer: as one person to another, without new promises"},
    {"name": "Plainer", "wish": "plainer: everyday words and short sentences"},
)
"""What is often asked of a rewrite; the wish goes to the model."""
MOST_TURNS = 20
"""Posts of a thread in which the page looks for what was added."""


class Checked(Value):
    """The answer of one check: the report on exactly that text and its length by the channel's counting."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    length: Length


def checked(brand: Brand, text: str, context: CustomerContext) -> Checked:
    """The report on a text as the reply to a message, together with its length."""
    report = checking.check(text, context, brand)
    return Checked(
        verdict=report.verdict,
        findings=report.findings,
        not_run=report.not_run,
        length=length_of(text, context, brand),
    )


def editor_value(item: Item | None, desk: Desk, person: Person, answer: dict[str, Any] | None = None) -> dict[str, Any]:
    """The editor's state for one message and who sees it; `answer` says what became of the last button pressed."""
    if item is None:
        return {"key": "", "revision": 0, "mark": "", "drafts": [], "answer": answer}
    brand, proposal, context = desk.brand, item.proposal, item.context
    return {
        "key": item.key,
        "revision": item.revision,
        "mark": item.mark,
        "who": who(context.customer),
        "channel": label(context.channel),
        "limit": length_of("", context, brand).limit,
        "drafts": [_draft(draft) for draft in proposal.drafts] if proposal else [],
        "notice": _notice(item, desk, person),
        "owner": _owner(item, desk),
        "owners": sorted(set(desk.owners.values())),
        "decision": _decision(item.decision) if item.decision else None,
        "handed": _handed(item.handed, person) if item.handed and not item.decision else None,
        "four_eyes": brand.four_eyes,
        "hold": desk.hold,
        "streams": desk.rewrites,
        "rewrites": list(WISHES) if desk.rewrites else None,
        "triage": item.triage.model_dump(mode="json", include=set(Corrected.model_fields)) if item.triage else None,
        "thread": item.thread,
        "turns": [
            *map(_turn, context.thread[-MOST_TURNS:]),
            _turn(Turn(role="customer", author=who(context.customer), text=context.message)),
        ],
        "answer": answer,
    }


def reply_script() -> str:
    """The editor's behaviour: its files in their order, which share one scope."""
    return "".join(text_of(f"reply/{name}.js") for name in SCRIPTS)


def reply_page() -> str:
    """The editor's markup, with the names that a triage may be corrected to."""
    return render("editor", intents=INTENTS, sentiments=get_args(Sentiment), escalations=ESCALATIONS)


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


def _turn(turn: Turn) -> dict[str, str]:
    """A post, so that the page can tell what was added since it was opened."""
    author = shown(turn.author)[:60] if turn.author else ROLES[turn.role]
    return {"who": author, "role": turn.role, "text": shown(turn.text[:400])}


def _handed(handed: Handover, person: Person) -> dict[str, Any]:
    """A text that waits for a second person, or that one gave back."""
    own = " ".join(handed.author.casefold().split()) == " ".join(person.name.casefold().split())
    return {"text": handed.text, "author": handed.author, "own": own, "waits": handed.returned_by is None}


def _owner(item: Item, desk: Desk) -> str:
    triage = item.triage
    reason = (triage.escalation or triage.review) if triage else None
    return desk.owners[reason] if reason else ""


def _notice(item: Item, desk: Desk, person: Person) -> dict[str, str] | None:
    """A line above the editor where the message is not simply one to answer."""
    triage, handed = item.triage, item.handed
    if handed is not None and handed.returned_by is not None:
        why = f"{shown(handed.reason or '')[:300]} Change the text and hand it over again."
        return {"kind": "warn", "title": f"{handed.returned_by} gave it back to {handed.author}.", "text": why}
    match item.mark:
        case "second" if handed:
            moved = handed.thread != item.thread
            more = " The thread moved on since it was written: read it all." if moved else ""
            kind = "warn" if moved else "info"
            if _handed(handed, person)["own"]:
                text = f"Your text waits for somebody else to approve it; nothing is recorded before.{more}"
                return {"kind": kind, "title": "Waits for a second person.", "text": text}
            text = f"Approve it as it is, change it and hand it over yourself, or give it back with a reason.{more}"
            return {"kind": kind, "title": f"{handed.author} asks for a second person.", "text": text, "action": "back"}
        case "drafting":
            return {"kind": "info", "title": MARKS["drafting"], "text": "The draft appears here by itself."}
        case "failed":
            text = f"{shown(item.error or '')[:300]} You can write the reply yourself, or try again."
            return {"kind": "warn", "title": "No draft could be made.", "text": text, "action": "retry"}
        case "escalate" if triage and triage.escalation:
            reason = triage.escalation.replace("_", " ")
            text = f"{desk.owners[triage.escalation]} should own it. The draft only holds; it promises nothing."
            return {"kind": "stop", "title": f"For a specialist: {reason}.", "text": text}
        case "no_reply":
            seen = triage.evidence if triage else ()
            why = "; ".join(
                dict.fromkeys(one.reason for one in seen if one.label in ("no_reply", "reply") and one.reason)
            )
            text = f"{why[:1].upper()}{why[1:]}." if why else "There is nothing to answer in this message."
            return {"kind": "info", "title": "No reply needed.", "text": text, "action": "anyway"}
        case "needs_edit":
            text = "Every draft has something that a person must mend first; it is marked in the text."
            return {"kind": "warn", "title": "Needs an edit.", "text": text}
        case "open" if triage and triage.review:
            reason = triage.review.replace("_", " ")
            return {
                "kind": "warn",
                "title": f"Look first: possibly {reason}.",
                "text": f"If so, escalate to {desk.owners[triage.review]}.",
            }
    return None
