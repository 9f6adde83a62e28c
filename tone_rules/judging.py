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


class NoAnswer(Exception):
    """A judge gave no answer; why, in words that may be shown: none of a customer's and none of the text's."""


@runtime_checkable
class Judge(Protocol):
    """Whoever can read a rule in plain words."""

    def judge(self, rule: str, text: str, situation: Situation) -> Sequence[Breach]:
        """Where a text breaks a rule; nothing where it keeps it.

        Raises:
            NoAnswer: there is none, and why; the rule then counts as not run.
            Exception: any other does the same, and only its name is shown.
        """
        ...
