"""What the buttons do: each hands on to the approval or the drafting, and answers in words for the person there."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from assistant import checking
from assistant.approval import Approval, approve
from assistant.brand import Brand
from assistant.drafting import Account, Draft
from assistant.errors import ApprovalError, Blocked, InputError, ReplywrightError
from assistant.models.answer import Usage
from assistant.pipeline import Assistant, Proposal
from assistant.store import Store, handovers
from assistant.triage import Escalation, Triage
from assistant.web.checkers import Checkers
from assistant.web.evaluation.running import Runner
from assistant.web.evaluation.shelf import Shelf
from assistant.web.growing import Stopped
from assistant.web.hooks import Messenger
from assistant.web.inbox import Inbox
from assistant.web.items import Item
from assistant.web.people import Person
from assistant.web.triaging import Corrected, answered, corrected
from assistant.web.turns import Turns
from assistant.web.views import Asked
from assistant.web.writers import writers_of
from prompts import digest
from tone_rules.finding import Report
from tone_rules.value import Value

MOST_DRAFTS = 9
"""Variants of one reply; more than anybody reads."""

RUNS = Path("replywright-runs")
"""Where evaluation runs are kept: in the folder that the page is served from, as the store is."""

HOLD_SECONDS = 5.0
"""How long the page holds an approval back, so that it can be undone: nothing is recorded until then."""

OWNERS: Mapping[Escalation, str] = {
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

_log = logging.getLogger(__name__)


class Pressed(Value):
    """A button pressed under the editor, as the browser sends it."""

    asked: Asked
    key: str = Field(max_length=500)
    """The message whose editor it was, whichever is open now."""
    action: Literal[
        "approve",
        "copy",
        "escalate",
        "reject",
        "another",
        "anyway",
        "retry",
        "stop",
        "correct",
        "rewrite",
        "hand",
        "back",
    ]
    text: str = Field(default="", max_length=100_000)
    draft: int = Field(default=0, ge=0)
    reason: str = Field(default="", max_length=2000)
    to: str = Field(default="", max_length=200)
    holding: bool = False
    """With `escalate`: the text goes out as a holding reply."""
    override: bool = False
    seen: str = Field(default="", max_length=64)
    """The mark of the thread that the person has seen (`Item.thread`): a text goes out only in answer to all of it."""
    triage: Corrected | None = None
    """With `correct`: what the person says that the message is."""
    press: int = 0
    """Echoed, so that the page can tell which press an answer is for."""


class Desk:
    """One brand and one store; each act names its person."""

    def __init__(
        self,
        brand: Brand,
        store: Store,
        assistant_for: Callable[[Brand], Assistant] = Assistant,
        workers: int = 0,
        runs: Path = RUNS,
        checkers: int = 0,
    ) -> None:
        """Read the inbox of `store`.

        Args:
            brand: as it was loaded.
            store: where messages and decisions are kept.
            assistant_for: makes the assistant of a brand, anew whenever the brand changes.
            workers: see `writers_of`.
            runs: the folder of evaluation runs; made when the first one begins.
            checkers: see `Checkers`.
        """
        self.store = store
        self.inbox = Inbox(store, brand, lambda brand: writers_of(brand, assistant_for, workers))
        self.owners: Mapping[Escalation, str] = OWNERS
        """Who takes over, by the reason for it."""
        self.hold = HOLD_SECONDS
        """Seconds for which the page holds an approval back."""
        self.messenger: Messenger | None = None
        """Who is told of escalations, beside the record of them."""
        self.turns = Turns()
        """Whose turn it is to keep this process busy."""
        self.drafts = Turns(2 * max(1, workers))
        """The same for drafts that other programs wait for: one is written by each worker, and one stands ready."""
        self.checkers = Checkers(lambda: self.brand, self.turns, checkers)
        self.shelf = Shelf(runs)
        self.runner = Runner(self.shelf, lambda: self.brand, assistant_for)
        self._assistant_for = assistant_for
        self._assistant: tuple[str, Assistant] | None = None

    @property
    def brand(self) -> Brand:
        """The brand as it speaks just now, incidents and all."""
        return self.inbox.brand

    @property
    def assistant(self) -> Assistant:
        """An assistant of this process for the brand as it speaks just now."""
        held = self._assistant
        if held is None or held[0] != self.brand.sha256:
            held = self._assistant = (self.brand.sha256, self._assistant_for(self.brand))
        return held[1]

    @property
    def rewrites(self) -> bool:
        """Whether a model is there that rewrites replies as it is asked to."""
        return self._assistant_for is not Assistant and self.assistant.model is not None

    def act(self, pressed: Pressed, person: Person) -> dict[str, Any]:
        """Do what a button says, in the name of who pressed it.

        Whatever goes wrong becomes an answer; nothing is lost or half done.
        """
        item = self.inbox.get(pressed.key)
        if item is None:
            return _answer(pressed, "refused", "This message is no longer here. Reload the page.")
        try:
            self._refuse_unseen(pressed, item)
            match pressed.action:
                case "approve" | "copy":
                    return self._approved(pressed, item, person)
                case "escalate" | "reject":
                    return self._handed_on(pressed, item, person, pressed.action)
                case "hand":
                    return self._handed_over(pressed, item, person)
                case "back":
                    handed = handovers.give_back(self.store, item.key, person.name, pressed.reason)
                    self.inbox.hand(item.key, handed)
                    return _answer(pressed, "info", f"Given back to {handed.author}.")
                case "correct":
                    return self._corrected(pressed, item, person)
                case "rewrite":
                    return self._rewritten(pressed, item)
                case "stop":
                    stopped = self.inbox.writings.stop(item.key)
                    return _answer(pressed, "info", "" if stopped else "Nothing is being written just now.")
                case _:
                    return self._drafted(pressed, item, person)
        except Stopped:
            return _answer(pressed, "info", "Stopped. Everything is as it was.")
        except Blocked as error:
            override = person.may("override") and overridable(error.report, self.brand)
            return _answer(pressed, "refused", _why(error.report), override=override, copy=pressed.action == "copy")
        except ApprovalError as error:
            self.inbox.reread(pressed.key)
            return _answer(pressed, "refused", _sentence(f"Not approved: {error}"))
        except ReplywrightError as error:
            said = str(error) if pressed.action == "rewrite" else f"nothing was recorded: {error}"
            return _answer(pressed, "refused", _sentence(said[:1].upper() + said[1:]))
        except Exception as error:  # noqa: BLE001 - the page must get an answer, whatever broke
            _log.exception("%s on %r failed", pressed.action, pressed.key)
            return _answer(
                pressed, "refused", f"Nothing was recorded: {type(error).__name__}. The server's log says more."
            )

    def _refuse_unseen(self, pressed: Pressed, item: Item) -> None:
        """Compare what the person has seen of the thread with what stands there.

        Raises:
            ApprovalError: a text would go out that answers less than that, or the message was decided.
        """
        if item.decision is not None and pressed.action not in ("approve", "copy", "escalate", "reject"):
            raise ApprovalError("this message was already decided")
        publishes = pressed.action in ("approve", "copy", "hand") or (pressed.action == "escalate" and pressed.holding)
        if publishes and pressed.seen != item.thread:
            raise ApprovalError("the thread moved on while you had it open. Read what was added, then approve")

    def _approved(self, pressed: Pressed, item: Item, person: Person) -> dict[str, Any]:
        override: dict[str, str] = {}
        if pressed.override:
            # The rules that stop are looked up anew: the page can't name fewer than there are.
            override = dict.fromkeys(checking.check(pressed.text, item.context, self.brand).stopping, pressed.reason)
        approval = approve(
            self.store,
            self.brand,
            _proposal(item),
            item.context,
            decision="approve",
            reviewer=person.name,
            text=pressed.text,
            draft=_draft(pressed, item),
            author=self._author(pressed, item, person),
            override=override,
            may_override=person.may("override"),
        )
        return self._settled(pressed, approval, "Approved.")

    def _handed_on(
        self, pressed: Pressed, item: Item, person: Person, decision: Literal["escalate", "reject"]
    ) -> dict[str, Any]:
        holding = decision == "escalate" and pressed.holding and bool(pressed.text.strip())
        approval = approve(
            self.store,
            self.brand,
            _proposal(item),
            item.context,
            decision=decision,
            reviewer=person.name,
            text=pressed.text if holding else None,
            draft=_draft(pressed, item) if holding else None,
            author=self._author(pressed, item, person) if holding else None,
            reason=pressed.reason,
            escalated_to=pressed.to.strip() or None,
        )
        to = f"Escalated to {approval.escalated_to}." if approval.escalated_to else "Escalated."
        return self._settled(pressed, approval, to if decision == "escalate" else "Rejected.")

    def _author(self, pressed: Pressed, item: Item, person: Person) -> str | None:
        """Who wrote or chose a text, where the brand wants another to approve it."""
        if not self.brand.four_eyes:
            return None
        return item.handed.author if item.handed and item.handed.text == pressed.text else person.name

    def _handed_over(self, pressed: Pressed, item: Item, person: Person) -> dict[str, Any]:
        """Let a text wait for a second person; one that nobody may approve is refused at once."""
        report = checking.check(pressed.text, item.context, self.brand)
        if report.verdict != "pass" and not overridable(report, self.brand):
            raise Blocked("the text is blocked", report)
        draft = _draft(pressed, item)
        handed = handovers.hand_over(self.store, item.key, person.name, pressed.text, draft=draft, thread=pressed.seen)
        self.inbox.hand(item.key, handed)
        return _answer(pressed, "info", "Handed over. Somebody else approves it from here.")

    def _corrected(self, pressed: Pressed, item: Item, person: Person) -> dict[str, Any]:
        if pressed.triage is None:
            raise InputError("say what the message is")
        before = item.triage or self.assistant.triage(item.context)
        triage = corrected(before, pressed.triage, person.name)
        if triage == before:
            return _answer(pressed, "info", "That is what stood there; nothing was changed.")
        made = self.inbox.draft(pressed.key, corrected=triage)
        now = self.inbox.get(pressed.key)
        if now is None or now.error:
            why = now.error[:300] if now and now.error else "the message is gone"
            return _answer(pressed, "refused", f"Not drafted anew: {why}. The triage is as it was.")
        return _answer(pressed, "info", f"Corrected, and drafted anew. {_instead(made)}".strip(), draft=0)

    def _rewritten(self, pressed: Pressed, item: Item) -> dict[str, Any]:
        proposal = _proposal(item)
        if len(proposal.drafts) >= MOST_DRAFTS:
            raise InputError("there are as many drafts as anybody reads. Edit one of them")
        chosen = _draft(pressed, item)
        first = Draft(text="", drafter="agent") if chosen is None else proposal.drafts[chosen]
        from assistant.rewriting import PROMPT

        took: list[Usage] = []
        made = self.assistant.rewrite(
            first.model_copy(update={"text": pressed.text}), item.context, pressed.reason, on_usage=took.append
        )
        if made.text == pressed.text:
            return _answer(pressed, "info", "The model found nothing to change.")
        account = Account(name=made.drafter, prompts={PROMPT: digest(PROMPT)}, usage=sum(took, Usage()))
        self.inbox.add(item.key, made, proposal, account)
        return _answer(pressed, "info", "Rewritten: read it as you would read anybody's.", draft=len(proposal.drafts))

    def settle(self, key: str, approval: Approval) -> None:
        """Keep what was decided, and tell of an escalation who wants to be told."""
        item = self.inbox.get(key)
        if item is not None:
            self.inbox.settle(key, approval)
            if approval.decision == "escalate" and self.messenger is not None:
                self.messenger.tell(approval, item.context.channel)

    def _settled(self, pressed: Pressed, approval: Approval, message: str) -> dict[str, Any]:
        self.settle(pressed.key, approval)
        return _answer(pressed, "approved", message, text=approval.text, copy=pressed.action == "copy")

    def _drafted(self, pressed: Pressed, item: Item, person: Person) -> dict[str, Any]:
        before = len(item.proposal.drafts) if item.proposal else 0
        if before >= MOST_DRAFTS:
            return _answer(pressed, "info", "These are all the drafts there are. Edit one of them, or write your own.")
        said = None
        if pressed.action == "anyway":
            said = answered(item.triage or self.assistant.triage(item.context), person.name)
        made = self.inbox.draft(pressed.key, variants=max(3, before + 2), corrected=said)
        now = self.inbox.get(pressed.key)
        after = len(now.proposal.drafts) if now and now.proposal else 0
        if now and now.error:
            return _answer(pressed, "refused", f"No draft could be made: {now.error[:300]}")
        instead = _instead(made)
        if after <= before:
            none = "No further draft would differ enough. Edit one of these, or write your own."
            return _answer(pressed, "info", f"{instead} {none}".strip())
        return _answer(pressed, "info", instead, draft=before)


def overridable(report: Report, brand: Brand) -> bool:
    """Whether every rule that stops a text may be overridden by somebody with the right to."""
    may = {rule.id for pack in checking.packs_of(brand) for rule in pack.rules if rule.definition.override == "allowed"}
    return all(rule in may or rule.endswith(".*") for rule in report.stopping)


def _why(report: Report) -> str:
    said = [one.message for one in report.findings if one.blocking]
    said += [f"{one.rule} did not run: {one.reason}" for one in report.not_run if one.required and not one.language]
    foreign = next((one for one in report.not_run if one.required and one.language), None)
    if foreign is not None:
        packs = ", ".join(one.removesuffix(".*") for one in report.stopping if one.endswith(".*"))
        said.append(f"Rules of {packs} did not run: each {foreign.reason.removeprefix('it ')}")
    return _sentence(f"Not approved. {' '.join(_sentence(one) for one in dict.fromkeys(said))}")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _proposal(item: Item) -> Proposal:
    """What was proposed; where drafting failed, nothing, so that a person's own text can still be approved."""
    return item.proposal or Proposal(id=item.context.id, status="needs_edit", triage=item.triage or Triage())


def _draft(pressed: Pressed, item: Item) -> int | None:
    """The draft that the text began with."""
    if item.handed is not None and item.handed.text == pressed.text:
        return item.handed.draft
    return pressed.draft if item.proposal and pressed.draft < len(item.proposal.drafts) else None


def _instead(made: Proposal | None) -> str:
    """Why the embedded drafter wrote, where a model was to."""
    why = made.provenance.get("model", {}).get("offline") if made else None
    return _sentence(f"The embedded drafter wrote: {why}") if why else ""


def refused(pressed: Pressed, why: str) -> dict[str, Any]:
    """The answer to a button that did nothing."""
    return _answer(pressed, "refused", _sentence(why[:1].upper() + why[1:]))


def _answer(pressed: Pressed, kind: str, message: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "message": message, "press": pressed.press, **more}
