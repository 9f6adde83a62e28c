"""What stands before every route: somebody who is known, our own hosts and origin, bounded bodies, security headers."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.people import Door

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MAX_BODY = 1_000_000
"""Bytes of one request. The longest text that any channel takes is 50,000 characters."""

CLOSED = ("/gradio_api/upload", "/gradio_api/proxy", "/gradio_api/file", "/gradio_api/stream", "/gradio_api/deep_link")
"""Routes of Gradio that this page has no use for: files to and from the disk, other hosts, shared sessions."""

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

    def __init__(self, app: ASGIApp, door: Door, hosts: Iterable[str] = ()) -> None:
        """Let whom `door` knows through to `app`, on loopback names and `hosts`; routes find them as `person_of`."""
        self.app = app
        self.door = door
        self.hosts = frozenset((*LOOPBACK, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with the headers added to the answer."""
        if scope["type"] != "http":
            # No WebSocket is used; lifespan events pass.
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused is None:
            person = self.door.person(scope)
            if person is None:
                refused = 401, "Say who you are: nobody is known by this request."
            scope.setdefault("state", {})["person"] = person
        app = PlainTextResponse(refused[1], status_code=refused[0]) if refused else self.app
        await app(scope, _bounded(receive), _with_headers(scope, send))

    def _known(self, host: str) -> bool:
        """A name must be one of ours, so that no foreign name can be pointed at this machine; a number can't be."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.hosts or _address(name)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers, path = Headers(scope=scope), scope["path"]
        host = headers.get("host", "")
        if not self._known(host):
            return 421, "This host name is not served here."
        if path.startswith(CLOSED):
            return 404, "Not found."
        if scope["method"] in ("GET", "HEAD"):
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, "A page of another origin may not do this."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "A page of another site may not do this."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            return 413, f"A request may hold at most {MAX_BODY:,} bytes."
        return None


def _address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _bounded(receive: Receive) -> Receive:
    """A body sent in chunks has no length to refuse by: it is cut off where it grows too long."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MAX_BODY else message

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
