"""Signing in and out: a form without scripts, and a cookie that no script can read."""

from html import escape
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.web.team import COOKIE, SESSION_SECONDS, Team

PATH = "/sign-in"
LONGEST_FORM = 2_000
"""Bytes; a token has under 50."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in · Replywright</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; --back: light-dark(#f6f5f2, #14171a); --sheet: light-dark(#fff, #1b1f23);
  --ink: light-dark(#1f2428, #e4e7e9); --soft: light-dark(#59626a, #a0a9b1); --line: light-dark(#c9c6be, #454d55);
  --go: light-dark(#1b6652, #6cc7ab); --go-ink: light-dark(#fff, #0d231c); --stop: light-dark(#a8231a, #ff9d92); }}
body {{ margin: 0; min-height: 100dvh; display: grid; place-items: center; background: var(--back); color: var(--ink);
  font: 15px/1.5 "IBM Plex Sans", system-ui, sans-serif; }}
form {{ width: min(360px, calc(100vw - 48px)); display: grid; gap: 14px; padding: 28px; background: var(--sheet);
  border-radius: 12px; box-shadow: 0 1px 3px rgb(0 0 0 / 12%); }}
h1 {{ margin: 0; font-size: 18px; }} p {{ margin: 0; color: var(--soft); }} .wrong {{ color: var(--stop); }}
label {{ display: grid; gap: 5px; font-weight: 600; }}
input {{ padding: 9px 11px; border: 1px solid var(--line); border-radius: 7px; background: none; color: inherit;
  font: inherit; }}
button {{ padding: 9px; border: 0; border-radius: 7px; background: var(--go); color: var(--go-ink); font: inherit;
  font-weight: 600; cursor: pointer; }}
:focus-visible {{ outline: 2px solid var(--go); outline-offset: 2px; }}
</style></head><body><main><form method="post" action="sign-in"><h1>{brand}</h1>{said}
<label>Your token<input name="token" type="password" autocomplete="current-password" required autofocus></label>
<button>Sign in</button></form></main></body></html>"""


def router(team: Team, brand: str) -> APIRouter:
    """The routes for a team: the form, what it posts to, and the way out."""
    routes = APIRouter(include_in_schema=False)

    def page(said: str = "", status: int = 200) -> HTMLResponse:
        return HTMLResponse(_PAGE.format(brand=escape(brand), said=said), status)

    @routes.get(PATH)
    def form() -> HTMLResponse:
        """The form."""
        return page("<p>Whoever leads the team gives you a token.</p>")

    @routes.post(PATH)
    async def sign_in(request: Request) -> Response:
        """A session for the holder of the token."""
        body = (await request.body())[:LONGEST_FORM].decode("utf-8", "replace")
        session = team.sign_in(parse_qs(body).get("token", [""])[0])
        if session is None:
            wrong = "This token is not known, or its time is over. Ask whoever leads the team for a new one."
            return page(f'<p class="wrong" role="alert">{wrong}</p>', 401)
        answer = RedirectResponse("./", 303)
        answer.set_cookie(
            COOKIE,
            session,
            max_age=int(SESSION_SECONDS),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    @routes.post("/sign-out")
    def sign_out(request: Request) -> Response:
        """The session ends here, and not only in the browser."""
        team.sign_out(request.scope)
        answer = RedirectResponse("sign-in", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer

    return routes
