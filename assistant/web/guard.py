"""What stands before every route: somebody who is known, our own hosts and origin, bounded bodies, security headers."""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from math import ceil
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.people import RIGHTS, Door, Person
from assistant.web.rate import Rate
from assistant.web.sign_in import PATH as SIGN_IN
from assistant.web.views import PAGES

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MAX_BODY = 1_000_000
"""Bytes of one request. The longest text that any channel takes is 50,000 characters."""

MAX_UPLOAD = 20_000_000
"""Bytes of a file of messages, on the one route that takes them."""
_UPLOADS = frozenset({"/api/intake"})

CLOSED = ("/gradio_api/upload", "/gradio_api/proxy", "/gradio_api/file", "/gradio_api/stream", "/gradio_api/deep_link")
"""Routes of Gradio that this page has no use for: files to and from the disk, other hosts, shared sessions."""

PER_MINUTE, BURST = 1_800, 600
"""Requests of one person: somebody who types fast causes ten checks a second, in several windows."""
TRIES_PER_MINUTE = 10
"""Requests from one address by nobody who is known: a token can't be guessed, and nobody may try for long."""
_HOOK = re.compile(r"/hooks/[a-z0-9-]{1,40}")
_RIGHT_OF_PAGE = {f"/{page.path}": page.right for page in PAGES[1:]}

# Gradio runs inline scripts and compiles its HTML templates by `Function`, so inline and eval can't be refused here;
# nothing may be loaded from or sent to anywhere else, which is what keeps a customer's text on this machine.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=(), clipboard-write=(self)",
}


class Guard:
    """ASGI middleware; pure, so that streamed answers pass through unbuffered."""

    def __init__(self, app: ASGIApp, door: Door, hosts: Iterable[str] = (), *, sign_in: bool = False) -> None:
        """Let whom `door` knows through to `app`, on loopback names and `hosts`; routes find them as `person_of`.

        With `sign_in` the page for it is open to all, and whoever wants another page is sent there first.
        """
        self.app = app
        self.door = door
        self.hosts = frozenset((*LOOPBACK, *hosts))
        self.sign_in = sign_in
        self._known_people = Rate(PER_MINUTE, BURST)
        self._strangers = Rate(TRIES_PER_MINUTE, TRIES_PER_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with the headers added to the answer."""
        if scope["type"] != "http":
            # No WebSocket is used; lifespan events pass.
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        app = self._refusal(scope) or self._stranger(scope) or self.app
        await app(scope, _bounded(receive, _most(scope)), _with_headers(scope, send))

    def _stranger(self, scope: Scope) -> Response | None:
        """What is answered to somebody who may not do this; None where they may, and they are noted in the request."""
        person = self.door.person(scope)
        if person is None:
            return self._unknown(scope)
        wait = self._known_people.wait(person.name)
        if wait:
            return _too_many(wait)
        right = _RIGHT_OF_PAGE.get(scope["path"].rstrip("/"))
        if right is not None and not person.may(right):
            roles = " or ".join(role for role, rights in RIGHTS.items() if right in rights)
            return _refused(403, f"{person.name} is {_a(person)}; this page is for {roles}.")
        scope.setdefault("state", {}).update(person=person, team=self.sign_in)
        return None

    def _unknown(self, scope: Scope) -> Response | None:
        reads = scope["method"] in ("GET", "HEAD")
        if self.sign_in and reads and "text/html" in Headers(scope=scope).get("accept", ""):
            if scope["path"] == SIGN_IN:
                return None
            return RedirectResponse(f"{scope.get('root_path', '')}{SIGN_IN}", 303)
        client = scope.get("client")
        if self.sign_in and scope["method"] == "POST" and _HOOK.fullmatch(scope["path"]):
            # who pushes is known by a signature over the body, which the route checks
            wait = self._known_people.wait(f"hook {client[0] if client else ''}")
            return _too_many(wait) if wait else None
        wait = self._strangers.wait(client[0] if client else "")
        if wait:
            return _too_many(wait)
        if self.sign_in and scope["path"] == SIGN_IN:
            return None
        return _refused(401, "Say who you are: nobody is known by this request.")

    def _known(self, host: str) -> bool:
        """A name must be one of ours, so that no foreign name can be pointed at this machine; a number can't be."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.hosts or _address(name)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), scope["path"]
        host = headers.get("host", "")
        if not self._known(host):
            return _refused(421, "This host name is not served here.")
        if path.startswith(CLOSED):
            return _refused(404, "Not found.")
        if scope["method"] in ("GET", "HEAD"):
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return _refused(403, "A page of another origin may not do this.")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _refused(403, "A page of another site may not do this.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _most(scope):
            return _refused(413, _too_long(_most(scope)))
        return None


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"detail": why}, status)


def _too_many(wait: float) -> Response:
    seconds = ceil(wait)
    detail = f"Too many requests; try again in {seconds} s."
    return JSONResponse({"detail": detail}, 429, headers={"Retry-After": str(seconds)})


def _a(person: Person) -> str:
    return f"{'an' if person.role[0] in 'ao' else 'a'} {person.role}"


def _address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _most(scope: Scope) -> int:
    return MAX_UPLOAD if scope["path"] in _UPLOADS else MAX_BODY


def _too_long(most: int) -> str:
    return f"A request may hold at most {most:,} bytes."


def _bounded(receive: Receive, most: int) -> Receive:
    """A body sent in chunks has no length to refuse by: it is refused where it grows too long."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413, _too_long(most))
        return message

    return bounded


def _with_headers(scope: Scope, send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if not scope["path"].startswith(("/assets/", "/static/")):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return with_headers
