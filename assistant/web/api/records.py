"""The audit log: its lines, its head, and whether its chain holds."""

import io
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from assistant.store import Head, VerifyReport, head, verify
from assistant.store.records import export
from assistant.web.desk import Desk
from assistant.web.people import needed


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["records"])

    @routes.get("/records", response_class=Response, responses={200: {"content": {"application/x-ndjson": {}}}})
    def records(request: Request, after: Annotated[int, Query(ge=0)] = 0) -> Response:
        """The log as JSON Lines after a record's number, without any text of a customer or a reply."""
        needed(request, "insights")
        out = io.StringIO()
        export(desk.store, out)
        lines = out.getvalue().splitlines(keepends=True)[after:]
        return Response("".join(lines), media_type="application/x-ndjson")

    @routes.get("/records/head")
    def last(request: Request) -> Head:
        """The end of the chain, to be kept elsewhere."""
        needed(request, "insights")
        return head(desk.store)

    @routes.get("/records/verify")
    def verified(request: Request) -> VerifyReport:
        """Whether the chain holds."""
        needed(request, "insights")
        return verify(desk.store)

    return routes
