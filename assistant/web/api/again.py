"""Idempotency: a request that is sent again with its key gets the first answer, and is not done twice."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Header
from pydantic import BaseModel

from assistant.errors import ApprovalError

M = TypeVar("M", bound=BaseModel)

MOST_KEPT = 10_000
"""Answers, of this process; a decision is kept in the store and can't be made twice in any case."""


IdempotencyKey = Annotated[
    str | None,
    Header(max_length=200, description="Sent again with the same key and body, the first answer comes back."),
]


class Answers:
    """The answers that were given, by key. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given: OrderedDict[Hashable, tuple[str, str | None]] = OrderedDict()

    def once(
        self, key: tuple[str, str, str | None], body: BaseModel | bytes, work: Callable[[], M], shape: type[M]
    ) -> M:
        """What `work` gives, or what it gave when this key came with this body before.

        Args:
            key: who asks, for what, and the key that they sent; without one the work is always done.
            body: what they sent, as it came or as it was read.
            work: does it. What it raises is not kept: the same request may be tried again.
            shape: of the answer.

        Raises:
            ApprovalError: the key came before with another body, or its first request is still being worked on.
        """
        if key[2] is None:
            return work()
        digest = sha256(body if isinstance(body, bytes) else body.model_dump_json().encode()).hexdigest()
        with self._lock:
            before = self._given.get(key)
            if before is None:
                self._given[key] = (digest, None)
                if len(self._given) > MOST_KEPT:
                    self._given.popitem(last=False)
        if before is not None:
            if before[0] != digest:
                raise ApprovalError("this idempotency key was sent with another body before; use a new one")
            if before[1] is None:
                raise ApprovalError("the first request with this idempotency key is still being worked on; try again")
            return shape.model_validate_json(before[1])
        try:
            done = work()
        except BaseException:
            with self._lock:
                self._given.pop(key, None)
            raise
        with self._lock:
            self._given[key] = (digest, done.model_dump_json())
        return done
