"""What kind of answer a question asks for (a price, a time, a place, a way), and which passages hold one."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import regex

from assistant.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_KINDS = (
    (
        r"\bhow (?:much|expensive)\b|\b(?:cost|price|charge|fee|pay for|free)\b",
        r"[£€$]\s?\d|\b\d{1,2}p\b|\bfree\b|\bcosts? nothing\b|\bno (?:fee|charge|extra)\b|\bnothing to pay\b",
    ),
    (
        r"\bhow (?:long|soon|fast|quick)|\bwhen\b|\btake\b|\bexpect\b|\buntil\b|\bwindow\b|\bdeadline\b|\btime limit\b",
        r"\b\d+ (?:\w+ )?(?:minute|hour|day|week|month|year)s?\b|\b\d(?:[:.]\d\d)? ?[ap]m\b"
        r"|\bthe \d{1,2}(?:st|nd|rd|th)\b|\bmidnight\b|\bnoon\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b",
    ),
    (r"\bwhere\b", r"https?://|\bunder [A-Z]|\bat the\b|\bon the\b|\binside\b"),
    (
        r"\bhow (?:do|can|to|the)\b|\bwhat (?:do|can|should|now)\b|\b(?:help|fix|sort)\b|\b(?:can|won)['’]?t\b",
        r"https?://|^(?:to |if |go |press|switch|change|hold|open|run|choose|restart|update|report|ask)",
    ),
    (
        r"\b(?:won|can|doesn|isn|don|didn)['’]?t\b|\b(?:stuck|fails?|failed|error|no longer|keeps?)\b",
        r"\b(?:won|can|doesn|isn|don)['’]t\b|\b(?:stuck|fails?|error|not|no longer|if|still|usually)\b",
    ),
    (
        r"\bhow (?:many|big|large|heavy|wide|tall)\b|\bwhat size\b|\b(?:max|maximum|at most)\b|\b\d+ ?x ?\d+",
        r"\b\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b",
    ),
    (r"\bwhy\b|\bwhat does\b.{0,30}\bmean\b", r"\b(?:because|means?|so)\b"),
)
"""What a question asks for, and what an answer of that kind holds."""


@cache
def _kinds() -> "tuple[tuple[regex.Pattern[str], regex.Pattern[str]], ...]":
    return tuple((regex.compile(asked, regex.I), regex.compile(told, regex.I)) for asked, told in _KINDS)


def kind_of_answer(ask: str, passages: Sequence[Passage]) -> "Matrix":
    """The share of what is asked for by its kind (a price, a time, a place, a way) that each passage holds."""
    import numpy as np

    wanted = [told for asked, told in _kinds() if asked.search(ask)]
    if not wanted:
        return np.zeros(len(passages), np.float32)
    return np.array(
        [sum(told.search(one.text) is not None for told in wanted) / len(wanted) for one in passages], np.float32
    )


def holds_kind(ask: str, text: str) -> float:
    """The share of the kinds of answer that an ask wants which a text holds, 0 to 1; 0 where it wants none."""
    wanted = [told for asked, told in _kinds() if asked.search(ask)]
    return sum(told.search(text) is not None for told in wanted) / len(wanted) if wanted else 0.0


def wants_kind(ask: str) -> bool:
    """Whether an ask wants a thing of a kind that shows: a price, a time, a place, a way."""
    return any(asked.search(ask) for asked, _ in _kinds())


def holds_price(text: str) -> bool:
    """Whether a text says what something costs, or that it costs nothing."""
    return _kinds()[0][1].search(text) is not None
