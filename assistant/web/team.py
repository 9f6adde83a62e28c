"""A team's door: people with roles from a file, known by a token, a session, or a header that a proxy sets."""

import secrets
import threading
import time
from datetime import UTC, date, datetime
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.web.hooks import Hooks
from assistant.web.people import Person, Role
from tone_rules.located import read
from tone_rules.value import Value

COOKIE = "replywright"
TOKEN_BYTES = 32
"""Of randomness in a token: nobody guesses it, so its plain SHA-256 may stand in a file."""
SESSION_SECONDS = 12 * 3600.0
"""A working day and a bit; then the token is asked for again."""
MOST_SESSIONS = 10_000


class Member(Value):
    """One person of the team file."""

    name: str = Field(min_length=1, max_length=200)
    role: Role = "agent"
    token_sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """Of the token, in hex; None for who comes in by the proxy alone."""
    until: date | None = None
    """The last day on which the token is good, by UTC."""


class Proxy(Value):
    """A proxy that has found out who somebody is, as single sign-on does."""

    header: str = Field(min_length=1, pattern=r"^[A-Za-z0-9-]+$")
    """Holds the person's name, as the team file writes it."""
    addresses: tuple[str, ...] = Field(min_length=1)
    """Where the proxy's requests come from: addresses or networks. From anywhere else the header counts for nothing."""

    @field_validator("addresses")
    @classmethod
    def _networks(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for one in addresses:
            ip_network(one, strict=False)
        return addresses

    def trusts(self, host: str) -> bool:
        """Whether a request from that address may name its person."""
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return any(address in _network(one) for one in self.addresses)


class TeamFile(Value):
    """The keys of a team file (YAML)."""

    people: tuple[Member, ...] = Field(min_length=1)
    proxy: Proxy | None = None
    hooks: Hooks = Hooks()

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [one.name for one in self.people]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"'{twice}' stands there twice; a name is what records hold, so it must be one person's")
        return self


class Team:
    """The people of a team file. Safe to use from many threads; sessions live as long as the process."""

    def __init__(self, file: TeamFile) -> None:
        """Let in the people of `file`."""
        self._people = {one.name: Person(name=one.name, role=one.role) for one in file.people}
        self._tokens = {one.token_sha256: one for one in file.people if one.token_sha256 is not None}
        self._proxy = file.proxy
        self.hooks = file.hooks
        self._sessions: dict[str, tuple[Member, float]] = {}
        self._lock = threading.Lock()

    @classmethod
    def load(cls, path: Path) -> "Team":
        """The team of a file.

        Raises:
            ConfigurationError: the file is missing or wrong; with its place.
        """
        return cls(read(path, TeamFile, "a team file"))

    def person(self, scope: Scope) -> Person | None:
        """Who a request comes from: by the proxy's header, a bearer token, or a session of this process.

        A session counts on a request that changes something only where the browser says that it comes from this page.
        """
        headers = Headers(scope=scope)
        client = scope.get("client")
        if self._proxy is not None and client and self._proxy.trusts(client[0]):
            named = headers.getlist(self._proxy.header)
            if len(named) == 1:
                return self._people.get(named[0])
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._by(self._member(given.strip()))
        if scope["method"] not in ("GET", "HEAD") and not (headers.get("origin") or headers.get("sec-fetch-site")):
            return None
        return self._by(self._in_session(_cookie(headers)))

    def sign_in(self, token: str) -> str | None:
        """A new session for the holder of a token: the value of its cookie; None where nobody holds it."""
        member = self._member(token.strip())
        if member is None:
            return None
        session = secrets.token_urlsafe(TOKEN_BYTES)
        with self._lock:
            now = time.monotonic()
            kept = {key: one for key, one in self._sessions.items() if one[1] > now}
            while len(kept) >= MOST_SESSIONS:
                del kept[next(iter(kept))]
            self._sessions = {**kept, session: (member, now + SESSION_SECONDS)}
        return session

    def sign_out(self, scope: Scope) -> None:
        """End the session of a request: its cookie is worth nothing from now on."""
        with self._lock:
            self._sessions.pop(_cookie(Headers(scope=scope)), None)

    def _member(self, token: str) -> Member | None:
        found = self._tokens.get(token_sha256(token))
        return found if found is not None and _current(found) else None

    def _in_session(self, session: str) -> Member | None:
        with self._lock:
            member, until = self._sessions.get(session, (None, 0.0))
        return member if member is not None and until > time.monotonic() and _current(member) else None

    def _by(self, member: Member | None) -> Person | None:
        return None if member is None else self._people[member.name]


def new_token() -> str:
    """A token to be given to one person; only `token_sha256` of it is kept."""
    return f"rw_{secrets.token_urlsafe(TOKEN_BYTES)}"


def token_sha256(token: str) -> str:
    """What a team file keeps of a token, in hex."""
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _current(member: Member) -> bool:
    return member.until is None or datetime.now(UTC).date() <= member.until


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)
