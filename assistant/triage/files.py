"""The rule files of triage itself as they are written: a rule, and its own examples."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from assistant.triage.rules import FOLDER, ReplyRule, TopicRule, UrgencyRule
from tone_rules.located import read
from tone_rules.readings.files import Examples, file_of
from tone_rules.value import Value

if TYPE_CHECKING:
    from tone_rules.readings.prepared import Written

M = TypeVar("M", bound=Value)

ReplyFile = file_of(ReplyRule, examples=(Examples, ...))
UrgencyFile = file_of(UrgencyRule, examples=(Mapping[str, tuple[str, ...]], ...))
TopicFile = file_of(TopicRule, examples=(Mapping[str, str | None], ...))

GROUPS: "Mapping[str, Callable[[], Written]]" = {
    "triage": lambda: {
        "no_reply.yaml": _one("no_reply.yaml", ReplyFile),
        "urgency.yaml": _one("urgency.yaml", UrgencyFile),
    },
    "topics": lambda: {"topics.yaml": _one("topics.yaml", TopicFile)},
}
"""The rule files that are searched with together; reading them raises ConfigurationError where one is wrong."""


def _one(name: str, model: type[M]) -> M:
    return read(FOLDER / name, model, "a rule file of triage")
