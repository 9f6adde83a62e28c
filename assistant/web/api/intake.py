"""A file of messages from somebody's browser: looked at first, then taken."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ValidationError

from assistant.errors import InputError
from assistant.store import Imported
from assistant.web.desk import Desk
from assistant.web.intake import Looked, Plan, read_file
from tone_rules.value import Value

MOST_SHOWN = 200
"""Bad rows that are told one by one."""


class Taken(Value):
    """What a file would become, or what it has become."""

    looked: Looked
    more_bad: int = 0
    """Bad rows beyond those that are told."""
    imported: Imported | None = None
    """None where it was only looked at."""
    first: str = ""
    """The first message that came in."""


def router(desk: Desk) -> APIRouter:
    """The route for one desk; the guard lets larger bodies through to it than to others."""
    routes = APIRouter(prefix="/api", include_in_schema=False)

    @routes.post("/intake")
    async def intake(
        request: Request, plan: Annotated[str, Query(max_length=20_000)] = "{}", take: bool = False
    ) -> Taken:
        """Read the body as a file of messages by `plan`; with `take` keep its messages and have them drafted."""
        from starlette.concurrency import run_in_threadpool

        try:
            chosen = Plan.model_validate_json(plan)
        except ValidationError:
            raise InputError("what was chosen for the columns can't be read; reload the page") from None
        body = await request.body()
        return await run_in_threadpool(_done, desk, body, chosen, take)

    return routes


def _done(desk: Desk, body: bytes, plan: Plan, take: bool) -> Taken:
    looked, contexts = read_file(body, plan)
    more = max(0, len(looked.bad) - MOST_SHOWN)
    looked = looked.model_copy(update={"bad": looked.bad[:MOST_SHOWN]})
    if not take:
        return Taken(looked=looked, more_bad=more)
    if looked.needs:
        raise InputError(looked.needs)
    imported = desk.inbox.take(contexts)
    return Taken(looked=looked, more_bad=more, imported=imported, first=contexts[0].id if contexts else "")
