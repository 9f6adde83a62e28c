"""The plain routes behind the reply editor: the check of each keystroke, advice after a pause, and presses."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import Field

from assistant import checking
from assistant.web.advice import Advice, advised
from assistant.web.desk import Desk, Pressed
from assistant.web.editor import Checked, checked
from assistant.web.items import Item
from assistant.web.people import person_of
from tone_rules.value import Value

MAX_TEXT = 50_000
"""Characters of a text to check: above the longest post that any channel takes."""


class CheckRequest(Value):
    """A text to check as the reply to one message of the inbox."""

    key: str = Field(max_length=500)
    text: str = Field(max_length=MAX_TEXT)


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(prefix="/api", include_in_schema=False)

    @routes.post("/check")
    def check(request: CheckRequest) -> Checked:
        """The report on exactly that text, and its length by the channel's counting."""
        context = _item(desk, request.key).context
        return checked(request.text, checking.check(request.text, context, desk.brand), context, desk.brand)

    @routes.post("/advice")
    def advice(request: CheckRequest) -> Advice:
        """The one thing that would help that text most, and its measures."""
        return advised(request.text, _item(desk, request.key).context, desk.brand)

    @routes.post("/press")
    def press(pressed: Pressed, request: Request) -> dict[str, Any]:
        """What a button under the editor does, where the page can't wait for more: it is being left."""
        return desk.act(pressed, person_of(request))

    return routes


def _item(desk: Desk, key: str) -> Item:
    item = desk.inbox.get(key)
    if item is None:
        raise HTTPException(404, "there is no such message in the inbox; reload the page")
    return item
