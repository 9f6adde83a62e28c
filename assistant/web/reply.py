"""The plain routes behind the reply editor: the check of each keystroke, advice, a reply that grows, and presses."""

from collections.abc import AsyncIterator
from math import inf
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from assistant.streaming import Growing
from assistant.web.advice import Advice, advised
from assistant.web.api.draft import NDJSON
from assistant.web.desk import Desk, Pressed
from assistant.web.editor import Checked, checked
from assistant.web.items import Item
from assistant.web.people import person_of
from tone_rules.value import Value

MAX_TEXT = 50_000
"""Characters of a text to check: above the longest post that any channel takes."""


class Opened(Value):
    """A message of the inbox."""

    key: str = Field(max_length=500)


class CheckRequest(Opened):
    """A text to check as the reply to it."""

    text: str = Field(max_length=MAX_TEXT)


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(prefix="/api", include_in_schema=False)

    @routes.post("/check", response_model=Checked)
    async def check(asked: CheckRequest, request: Request) -> Response:
        """The report on exactly that text, and its length by the channel's counting; of an editor's, on the newest."""
        context, editor = _item(desk, asked.key).context, ("check", person_of(request).name, asked.key)
        return await desk.checkers.answer("check", checked, asked.text, context, instead=editor)

    @routes.post("/advice", response_model=Advice)
    async def advice(asked: CheckRequest, request: Request) -> Response:
        """The one thing that would help that text most, and its measures."""
        context, editor = _item(desk, asked.key).context, ("advice", person_of(request).name, asked.key)
        return await desk.checkers.answer("show", advised, asked.text, context, instead=editor)

    @routes.post("/growing")
    def growing(request: Opened) -> StreamingResponse:
        """The reply to one message while it is written: each state as a line of JSON. None of it can be approved."""
        key = _item(desk, request.key).key
        return StreamingResponse(_lines(desk.inbox.writings.states(key)), media_type=NDJSON)

    @routes.post("/press")
    async def press(pressed: Pressed, request: Request) -> dict[str, Any]:
        """What a button under the editor does, where the page can't wait for more: it is being left.

        Nobody is there any more to be told that it was refused, so it waits for its turn as long as it takes.
        """
        async with desk.turns.turn("decide", patience=inf):
            return await run_in_threadpool(desk.act, pressed, person_of(request))

    return routes


async def _lines(states: AsyncIterator[Growing]) -> AsyncIterator[str]:
    async for one in states:
        yield f"{one.model_dump_json()}\n"


def _item(desk: Desk, key: str) -> Item:
    item = desk.inbox.get(key)
    if item is None:
        raise HTTPException(404, "there is no such message in the inbox; reload the page")
    return item
