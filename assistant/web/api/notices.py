"""What everybody at the desk is told: incidents whose words go into replies, and a pause for everything."""

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, Field

from assistant.store import notices
from assistant.store.notices import Notice, NoticeKind
from assistant.web.api.again import Answers, IdempotencyKey
from assistant.web.desk import Desk
from assistant.web.people import needed
from tone_rules.value import Value


class Told(Value):
    """Something to tell everybody."""

    kind: NoticeKind
    text: str = Field(min_length=1, max_length=2_000)
    url: str | None = Field(default=None, max_length=2_000, pattern=r"^https?://")
    until: AwareDatetime | None = None


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["notices"])
    answers = Answers()

    @routes.get("/notices")
    def current() -> tuple[Notice, ...]:
        """What everybody is told just now."""
        return notices.current(desk.store)

    @routes.post("/notices", status_code=201)
    def post(told: Told, request: Request, idempotency_key: IdempotencyKey = None) -> Notice:
        """Tell everybody: an incident's words go into replies from now on, a pause stops all that goes out."""
        person = needed(request, "pause")

        def posted() -> Notice:
            made = notices.post(desk.store, told.kind, told.text, person.name, url=told.url, until=told.until)
            desk.inbox.sync()
            return made

        return answers.once((person.name, "notice", idempotency_key), told, posted, Notice)

    @routes.delete("/notices/{number}", status_code=204)
    def end(number: int, request: Request) -> None:
        """Stop telling it."""
        notices.end(desk.store, number, needed(request, "pause").name)
        desk.inbox.sync()

    return routes
