"""Days and times of day that only the brand knows."""

import re
from collections.abc import Iterator

from tone_rules.situation import Fact
from tone_rules.traces.reading import Known, Reading, Span

_BIRTH = re.compile(r"birth|(?:^|_)dob(?:_|$)", re.IGNORECASE)


def traces(fact: Fact, reply: Reading, known: Known) -> Iterator[Span]:
    """Where a day or a time of this fact shows, unless it is public or, but for a birthday, the customer named it."""
    value = Reading(fact.value)
    open_to = (known.public,) if _BIRTH.search(fact.name) else known.both()
    secret_days = {(one.month, one.day) for one in value.days}
    secret_days -= {(one.month, one.day) for reading in open_to for one in reading.days}
    if secret_days:
        yield from ((one.start, one.end) for one in reply.days if (one.month, one.day) in secret_days)
    secret_times = {one.minutes for one in value.clocks} - {
        one.minutes for reading in open_to for one in reading.clocks
    }
    if secret_times:
        yield from ((one.start, one.end) for one in reply.clocks if one.minutes in secret_times)
