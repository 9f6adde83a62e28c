"""Triage a message and draft replies to it, at once or as they grow."""

from asyncio import wrap_future
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from assistant.context import CustomerContext
from assistant.errors import ReplywrightError
from assistant.lines import TriageResult
from assistant.pipeline import Assistant, Proposal
from assistant.web.desk import Desk

Variants = Annotated[int, Query(ge=1, le=9, description="How many replies to choose from.")]
NDJSON = "application/x-ndjson"


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["draft"])

    turn = [desk.drafts.during("draft")]

    @routes.post("/triage", dependencies=turn)
    async def triage(context: CustomerContext) -> TriageResult:
        """What the message is, with the words that led to each answer."""
        return TriageResult.of(context.id, await wrap_future(desk.inbox.writers.triage(context)))

    @routes.post("/draft", dependencies=turn)
    async def draft(context: CustomerContext, variants: Variants = 3) -> Proposal:
        """Checked replies to one message, best first. Nothing is kept and nothing is sent."""
        return await wrap_future(desk.inbox.writers.draft(context, variants))

    streamed: dict[int | str, dict[str, Any]] = {200: {"content": {NDJSON: {}}}}

    @routes.post("/draft/stream", response_class=StreamingResponse, responses=streamed, dependencies=turn)
    def stream(context: CustomerContext, variants: Variants = 3) -> StreamingResponse:
        """The same as JSON Lines: `{"growing": {...}}` while the first reply is written, then `{"proposal": {...}}`.

        What grows is no draft: it can't be approved, and may come back otherwise.
        """
        return StreamingResponse(_lines(desk.assistant, context, variants), media_type=NDJSON)

    return routes


def _lines(assistant: Assistant, context: CustomerContext, variants: int) -> Iterator[str]:
    try:
        for one in assistant.stream(context, variants):
            name = "proposal" if isinstance(one, Proposal) else "growing"
            yield f'{{"{name}": {one.model_dump_json()}}}\n'
    except ReplywrightError as error:
        import json

        yield json.dumps({"error": str(error)}) + "\n"
