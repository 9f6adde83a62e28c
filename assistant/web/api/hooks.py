"""Messages that other systems push in, each request signed with a secret that both sides share."""

import json
import os

from fastapi import APIRouter, HTTPException, Request

from assistant.errors import InputError
from assistant.store import Imported
from assistant.web.desk import Desk
from assistant.web.hooks import SIGNATURE, Hooks, signed

PATH = "/hooks/"


def router(desk: Desk, hooks: Hooks) -> APIRouter:
    """The route for one desk and the systems that may push."""
    routes = APIRouter(include_in_schema=False)
    known = {one.name: one for one in hooks.incoming}

    @routes.post(PATH + "{name}")
    async def push(name: str, request: Request) -> Imported:
        """Keep one message, or each of an array, and have them drafted; all or none."""
        from starlette.concurrency import run_in_threadpool

        hook = known.get(name)
        body = await request.body()
        if hook is None or not signed(body, request.headers.get(SIGNATURE, ""), os.environ[hook.secret_env]):
            raise HTTPException(401, "This request is not signed as it should be.")
        try:
            pushed = json.loads(body)
        except (ValueError, RecursionError):
            raise InputError("this is not JSON") from None
        contexts = [hook.context(one) for one in (pushed if isinstance(pushed, list) else [pushed])]
        return await run_in_threadpool(desk.inbox.take, contexts)

    return routes
