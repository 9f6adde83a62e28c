"""Who answers rules in plain words, such as a model: given to a check by whoever has one."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from tone_rules.situation import Situation
from tone_rules.value import Value


class Breach(Value):
    """One place where a text breaks a rule."""

    quote: str
    """The words that break it, exactly as they stand in the text; empty where the whole text does."""
    reason: str = ""


@runtime_checkable
class Judge(Protocol):
    """Whoever can read a rule in plain words."""

    def judge(self, rule: str, text: str, situation: Situation) -> Sequence[Breach]:
        """Where a text breaks a rule; nothing where it keeps it.

        Raises:
            Exception: any, where there is no answer; the rule then counts as not run.
        """
        ...
