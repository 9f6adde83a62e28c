"""The inbox for other programs: messages in, proposals and decisions out."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, Field

from assistant.approval import Approval, Decision, approve, decisions
from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.lines import read_lines
from assistant.pipeline import Proposal
from assistant.store import Imported, Message, MessageStatus, claims, outcomes
from assistant.store.claims import Claim
from assistant.store.outcomes import Outcome, OutcomeKind
from assistant.web.api.again import Answers, IdempotencyKey
from assistant.web.desk import Desk
from assistant.web.people import person_of
from tone_rules.situation import Turn
from tone_rules.value import Value

MOST_PER_PAGE = 500


class Waiting(Value):
    """A message of the inbox with what was proposed and decided."""

    message: Message
    proposal: Proposal | None = None
    decisions: tuple[Approval, ...] = ()
    claim: Claim | None = None


class Came(Value):
    """What became of messages that were sent in."""

    imported: Imported
    bad: tuple[str, ...] = ()
    """One line for each that could not be read: its number, and what is wrong with it."""


class Decide(Value):
    """A person's decision about one message, as `assistant.approve` takes it."""

    decision: Decision
    text: str | None = Field(default=None, max_length=100_000)
    draft: int | None = Field(default=None, ge=0)
    author: str | None = Field(default=None, max_length=200)
    reason: str | None = Field(default=None, max_length=2_000)
    escalated_to: str | None = Field(default=None, max_length=200)
    override: Mapping[str, str] = {}
    thread: tuple[Turn, ...] | None = None
    """The thread as it stands now, where the caller has just read it: a thread that moved on is refused."""


class Happened(Value):
    """What became of a reply."""

    kind: OutcomeKind
    value: float = Field(ge=0, le=1)
    at: AwareDatetime | None = None


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["inbox"])
    answers = Answers()
    shown, decides = [desk.turns.during("show")], [desk.turns.during("decide")]

    @routes.get("/inbox", dependencies=shown)
    def messages(
        status: MessageStatus | None = None,
        channel: str | None = None,
        limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> list[Message]:
        """Messages in the order in which they came, all or those of one status or channel."""
        return desk.store.messages(status, channel=channel, limit=limit, offset=offset)

    @routes.post("/inbox", openapi_extra=_BODY)
    async def put(request: Request, idempotency_key: IdempotencyKey = None) -> Came:
        """Keep messages and have them drafted: a JSON object, an array of them, or JSON Lines.

        A bad one is reported by its number, and the rest is kept; where none can be read that is an error.
        """
        from starlette.concurrency import run_in_threadpool

        body = await request.body()
        who = person_of(request).name
        return await run_in_threadpool(
            answers.once, (who, "messages", idempotency_key), body, lambda: _put(desk, body), Came
        )

    @routes.get("/inbox/{key:path}", dependencies=shown)
    def message(key: str) -> Waiting:
        """One message, its proposal, and what was decided."""
        found = desk.store.message(key)
        return Waiting(
            message=found,
            proposal=desk.store.proposal(key),
            decisions=decisions(desk.store, key),
            claim=claims.standing(desk.store).get(key),
        )

    @routes.post("/inbox/{key:path}/turns", dependencies=decides)
    def turn(key: str, turn: Turn, request: Request, idempotency_key: IdempotencyKey = None) -> Message:
        """Add a post to a message's thread; the message is open again and drafted anew."""

        def added() -> Message:
            found = desk.store.add_turn(key, turn)
            desk.inbox.reread(key)
            return found

        return answers.once((person_of(request).name, f"turn {key}", idempotency_key), turn, added, Message)

    @routes.put("/inbox/{key:path}/claim", dependencies=shown)
    def claim(key: str, request: Request, take: bool = False) -> Claim:
        """Say that you answer it, or go on saying so; with `take` take it over from whoever does."""
        return claims.claim(desk.store, key, person_of(request).name, take=take)

    @routes.delete("/inbox/{key:path}/claim", status_code=204, dependencies=shown)
    def release(key: str, request: Request) -> None:
        """Give your claim up."""
        claims.release(desk.store, key, person_of(request).name)

    @routes.post("/inbox/{key:path}/decision", dependencies=decides)
    def decide(key: str, decision: Decide, request: Request, idempotency_key: IdempotencyKey = None) -> Approval:
        """Approve, edit, reject or escalate: the exact text is checked again, and what is refused is not recorded."""
        person = person_of(request)

        def decided() -> Approval:
            context = desk.store.message(key).context
            proposal = desk.store.proposal(key)
            if proposal is None:
                raise InputError("nothing was proposed for this message yet; wait a moment and ask again")
            made = approve(
                desk.store,
                desk.brand,
                proposal,
                context,
                **decision.model_dump(include={"decision", "text", "draft", "author", "reason", "escalated_to"}),
                override=decision.override,
                thread=decision.thread,
                reviewer=person.name,
                may_override=person.may("override"),
            )
            desk.settle(key, made)
            return made

        return answers.once((person.name, f"decision {key}", idempotency_key), decision, decided, Approval)

    @routes.post("/inbox/{key:path}/outcomes", status_code=201, dependencies=shown)
    def outcome(key: str, happened: Happened, request: Request, idempotency_key: IdempotencyKey = None) -> Outcome:
        """Tell what became of a reply: a rating, how the customer sounded afterwards, whether it is settled."""

        def kept() -> Outcome:
            return outcomes.add_outcome(desk.store, key, happened.kind, happened.value, happened.at)

        return answers.once((person_of(request).name, f"outcome {key}", idempotency_key), happened, kept, Outcome)

    return routes


def _put(desk: Desk, body: bytes) -> Came:
    contexts: list[CustomerContext] = []
    bad: list[str] = []
    for one in read_lines(_objects(body), CustomerContext):
        if isinstance(one, InputError):
            bad.append(f"message {one.line}: {one.message}")
        else:
            contexts.append(one)
    if not contexts:
        raise InputError("; ".join(bad[:10]) or "there is no message in this request; send one, or some")
    return Came(imported=desk.inbox.take(contexts), bad=tuple(bad))


def _objects(body: bytes) -> list[str | bytes]:
    """The messages of a body, each as JSON: an array's items, or the lines."""
    import json

    if not body.lstrip().startswith(b"["):
        lines: list[str | bytes] = list(body.splitlines())
        try:
            json.loads(body)
        except ValueError:
            return lines
        return [body.replace(b"\n", b" ")]
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not JSON: {error}") from None
    return [json.dumps(one) for one in found]


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/CustomerContext-Input"}}
            },
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}
