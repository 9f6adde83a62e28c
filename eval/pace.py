"""How many cases run side by side: more while all goes well, fewer as soon as a server has had enough."""

from assistant.models.answer import Problem

SLOWER = 0.8
"""What is left of the pace after a refusal for too many requests."""


class Pace:
    """The number of cases in flight, between 1 and the most that is allowed."""

    def __init__(self, most: int) -> None:
        """Begin at the most.

        Raises:
            ValueError: less than one.
        """
        if most < 1:
            raise ValueError(f"{most} cases at a time: at least one has to run")
        self.most = most
        self._now = float(most)

    @property
    def now(self) -> int:
        """How many may run at this moment."""
        return max(1, int(self._now))

    def went_well(self) -> None:
        """One more in a round of successes."""
        self._now = min(self.most, self._now + 1 / self.now)

    def too_many(self) -> None:
        """A server had too many requests."""
        self._now = max(1.0, self._now * SLOWER)


def refused(error: BaseException) -> bool:
    """Whether an error says that a server had too many requests: HTTP's 429, in any client's words."""
    told = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return told == 429 or str(Problem.busy) in str(error)
