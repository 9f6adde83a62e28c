"""The REST door for other programs: versioned, described by OpenAPI, in the shapes of the command line."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response

from assistant.errors import ApprovalError, Blocked, InputError, NotPermitted, ReplywrightError, StoreError
from assistant.store import NoMessage
from assistant.web import rules_api
from assistant.web.api import check, draft, evaluation, inbox, insights, notices, records
from assistant.web.desk import Desk
from assistant.web.turns import Busy

PREFIX = "/api/v1"


def install(app: FastAPI, desk: Desk) -> None:
    """Add the routes for one desk, the description at `/api/v1/openapi.json`, and errors that say what to do."""
    routes = APIRouter(prefix=PREFIX)
    for subject in (check, draft, evaluation, inbox, insights, notices, records):
        routes.include_router(subject.router(desk))

    @routes.get("/openapi.json", include_in_schema=False)
    def description() -> dict[str, Any]:
        """What these routes take and give."""
        return app.openapi()

    app.include_router(routes)
    app.include_router(rules_api.router(desk))
    app.exception_handler(ReplywrightError)(_refused)
    app.exception_handler(RequestValidationError)(_invalid)


async def _refused(_: Request, error: Exception) -> Response:
    """An error of ours as a status and a sentence; nothing of a customer's text is repeated."""
    body: dict[str, Any] = {"detail": str(error)}
    headers: dict[str, str] = {}
    match error:
        case Blocked():
            status, body["report"] = 422, error.report.model_dump(mode="json")
        case NotPermitted():
            status = 403
        case ApprovalError():
            status = 409
        case NoMessage():
            status = 404
        case InputError():
            status = 422
        case Busy():
            status, headers["Retry-After"] = 503, str(error.seconds)
        case StoreError():
            status = 503
        case _:
            status = 400
    return JSONResponse(body, status, headers)


async def _invalid(_: Request, error: Exception) -> Response:
    """Each wrong field by its place; its value, which may be a customer's words, is left out."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    told = [f"{'.'.join(map(str, one['loc'][1:])) or 'body'}: {one['msg']}" for one in found]
    return JSONResponse({"detail": "; ".join(told[:10]) or "the request can't be read"}, 422)
