"""What calls may take together: requests at once, requests a minute, tokens and money a day."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from assistant.models.answer import Usage
from assistant.settings import ModelSettings

_MINUTE = 60.0


class Limits:
    """Holds calls to what the settings allow. One for each model and process; used on the client's loop alone."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._places = asyncio.Semaphore(settings.concurrency)
        self._sent: deque[float] = deque()
        self._day: date | None = None
        self._spent = Usage()

    @property
    def spent(self) -> Usage:
        """What today's calls took, by UTC."""
        self._turn_over()
        return self._spent

    @property
    def exhausted(self) -> bool:
        """Whether a budget of the day is spent."""
        spent, settings = self.spent, self._settings
        tokens = spent.input_tokens + spent.output_tokens
        return bool(
            (settings.tokens_per_day and tokens >= settings.tokens_per_day)
            or (settings.money_per_day and (spent.cost or 0.0) >= settings.money_per_day)
        )

    def add(self, usage: Usage) -> None:
        """Count a call."""
        self._turn_over()
        self._spent += usage

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place among the calls at once, and for the minute to have room."""
        async with self._places:
            while (wait := self._wait()) > 0:
                await asyncio.sleep(wait)
            self._sent.append(time.monotonic())
            yield

    def _wait(self) -> float:
        if self._settings.per_minute is None:
            return 0.0
        now = time.monotonic()
        while self._sent and now - self._sent[0] >= _MINUTE:
            self._sent.popleft()
        return _MINUTE - (now - self._sent[0]) if len(self._sent) >= self._settings.per_minute else 0.0

    def _turn_over(self) -> None:
        today = datetime.now(UTC).date()
        if today != self._day:
            self._day, self._spent = today, Usage()
