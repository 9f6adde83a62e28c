"""Backtests that run behind the rules page: one thread each, few at once, with progress, and stopped on request."""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import InputError, ReplywrightError
from assistant.rulebook.trial import Trial
from tone_rules.errors import ConfigurationError

AT_ONCE = 2
KEPT = 20
"""Results that can still be asked for; older ones go."""

_log = logging.getLogger(__name__)


@dataclass
class Running:
    """One backtest and how far it is."""

    by: str
    done: int = 0
    total: int = 0
    stop: bool = False
    result: Trial | None = None
    error: str | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.result is not None or self.error is not None

    def told(self, done: int) -> bool:
        """Note how many replies were read, and say whether to go on."""
        self.done = done
        # give way: people type while this runs
        time.sleep(0)
        return not self.stop


class Backtests:
    """The backtests of one server."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._all: dict[str, Running] = {}

    def start(self, by: str, work: Callable[[Running], Trial]) -> str:
        """Run `work` in a thread; its key.

        Raises:
            InputError: too many run already.
        """
        running = Running(by)
        with self._lock:
            if sum(not one.over for one in self._all.values()) >= AT_ONCE:
                raise InputError("two backtests are running already; wait for one, or stop it")
            for key in list(self._all)[: -KEPT + 1]:
                del self._all[key]
            key = secrets.token_urlsafe(9)
            self._all[key] = running
        threading.Thread(target=self._run, args=(running, work), name="backtest", daemon=True).start()
        return key

    def get(self, key: str) -> Running:
        """One by its key.

        Raises:
            InputError: there is none.
        """
        found = self._all.get(key)
        if found is None:
            raise InputError("this backtest is gone; start it again")
        return found

    def _run(self, running: Running, work: Callable[[Running], Trial]) -> None:
        try:
            running.result = work(running)
        except (ReplywrightError, ConfigurationError) as error:
            running.error = str(error)
        except Exception as error:  # noqa: BLE001 - whoever waits must get an answer, whatever broke
            _log.exception("a backtest failed")
            running.error = f"It failed: {type(error).__name__}. The server's log says more."
