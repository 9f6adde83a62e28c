"""Webhooks: messages that other systems push in, and escalations that are pushed out, each request signed."""

import hmac
import json
import logging
import os
import queue
import threading
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Self

from pydantic import Field, model_validator

from assistant.approval import Approval
from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.lines import read_lines
from assistant.triage import Escalation
from tone_rules.value import Value

SIGNATURE = "X-Replywright-Signature"
"""`t=<Unix seconds>,v1=<hex>`: the HMAC-SHA256 of `<t>.<body>` by the shared secret."""
TOLERANCE = 300
"""Seconds that a signature may be old or early: one that was overheard is soon worth nothing."""
TRIES = (1.0, 5.0, 30.0)
"""Seconds before each new try to tell somebody."""
MOST_WAITING = 1_000
_NAMED = frozenset({"id", "post_id", "customer.handle"})

_log = logging.getLogger(__name__)


class Incoming(Value):
    """A system that pushes messages in, at `/hooks/<name>`."""

    name: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    secret_env: str = Field(min_length=1)
    """The variable of the environment that holds the shared secret; a secret does not belong in a file."""
    fields: Mapping[str, str] = {}
    """Where each key of a context stands in what is pushed, as a path of names (`customer.name: data.author.name`);
    without any, what is pushed is a context line."""
    channel: str | None = None
    """Of all that comes from there, where it does not say."""

    def context(self, pushed: Any) -> CustomerContext:
        """What was pushed as a context.

        Raises:
            InputError: it is none; with what is wrong, and none of the words in it.
        """
        given: dict[str, Any] = dict(pushed) if not self.fields and isinstance(pushed, Mapping) else {}
        for name, path in self.fields.items():
            found = _at(pushed, path)
            if found is not None:
                # many systems count their ids
                number = name in _NAMED and isinstance(found, int) and not isinstance(found, bool)
                _put(given, name, str(found) if number else found)
        if self.channel:
            given.setdefault("channel", self.channel)
        if not given.get("id") and not given.get("post_id"):
            raise InputError("the message has no id; name where it stands under `fields: {id: ...}`")
        (read,) = read_lines([json.dumps(given)], CustomerContext)
        if isinstance(read, InputError):
            raise InputError(read.message)
        return read


class Told(Value):
    """Where escalations are pushed to."""

    url: str = Field(pattern=r"^https?://")
    secret_env: str = Field(min_length=1)


class Hooks(Value):
    """The key `hooks` of a team file."""

    incoming: tuple[Incoming, ...] = ()
    escalations: Told | None = None
    owners: Mapping[Escalation, str] = {}
    """Who takes over, by the reason; what is left out has its usual owner."""

    @model_validator(mode="after")
    def _ready(self) -> Self:
        names = [one.name for one in self.incoming]
        if len(set(names)) < len(names):
            raise ValueError("two incoming hooks have one name; it is their address, so each needs its own")
        named = [one.secret_env for one in (*self.incoming, *((self.escalations,) if self.escalations else ()))]
        missing = next((one for one in named if not os.environ.get(one)), None)
        if missing is not None:
            raise ValueError(f"the environment has no {missing}; set it to the secret that both sides share")
        return self


def signature(body: bytes, secret: str, at: int | None = None) -> str:
    """The value of the signature's header for a body, as of a moment (Unix seconds; now)."""
    at = int(time.time()) if at is None else at
    made = hmac.new(secret.encode(), b"%d." % at + body, sha256).hexdigest()
    return f"t={at},v1={made}"


def signed(body: bytes, given: str, secret: str) -> bool:
    """Whether a body came with a fresh signature by the secret."""
    parts = dict(part.partition("=")[::2] for part in given.split(","))
    at = parts.get("t", "")
    if not at.isascii() or not at.isdecimal() or abs(time.time() - int(at[:12])) > TOLERANCE:
        return False
    return hmac.compare_digest(signature(body, secret, int(at[:12])).encode(), given.replace(" ", "").encode())


class Messenger:
    """Tells one place of each escalation, in a thread of its own; what can't be told is tried again, then logged."""

    def __init__(self, told: Told) -> None:
        """Tell `told`."""
        self._told = told
        self._tries = TRIES
        self._waiting: queue.Queue[bytes | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name="messenger", daemon=True)
        self._thread.start()

    def tell(self, approval: Approval, channel: str) -> None:
        """Push one escalation: ids, owner and reason, and none of the customer's words."""
        body = {
            "event": "escalation",
            "message_id": approval.id,
            "channel": channel,
            "to": approval.escalated_to,
            "reason": approval.reason,
            "by": approval.reviewer,
            "at": approval.at.isoformat(),
        }
        try:
            self._waiting.put_nowait(json.dumps(body).encode())
        except queue.Full:
            _log.error("the escalation of %r was not pushed: too many wait", approval.id)

    def close(self) -> None:
        """Push what waits, and stop."""
        self._waiting.put(None)
        self._thread.join(sum(self._tries) + 30)

    def _work(self) -> None:
        while (body := self._waiting.get()) is not None:
            for pause in (0.0, *self._tries):
                time.sleep(pause)
                if self._pushed(body):
                    break
            else:
                _log.error("an escalation could not be pushed to %s; it stands in the store", self._told.url)

    def _pushed(self, body: bytes) -> bool:
        import httpx

        headers = {SIGNATURE: signature(body, os.environ[self._told.secret_env]), "Content-Type": "application/json"}
        try:
            answer = httpx.post(self._told.url, content=body, headers=headers, timeout=10, trust_env=False)
        except httpx.HTTPError as error:
            _log.warning("%s could not be reached: %s", self._told.url, type(error).__name__)
            return False
        return answer.is_success


def _at(value: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(value, list) and name.isdecimal():
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _put(given: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for name in above:
        given = given.setdefault(name, {})
    given[last] = value
