"""The kinds of rules, one file each, and their union, told apart by `extends`."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, get_args

from pydantic import Field

from tone_rules.kinds.addressee import Addressee
from tone_rules.kinds.asks import Asks
from tone_rules.kinds.capitalization import Capitalization
from tone_rules.kinds.caveat import Caveat
from tone_rules.kinds.conditional import Conditional
from tone_rules.kinds.consistency import Consistency
from tone_rules.kinds.existence import Existence
from tone_rules.kinds.grounding import Grounding
from tone_rules.kinds.handover import Handover
from tone_rules.kinds.hollow import Hollow
from tone_rules.kinds.judge import JudgeRule
from tone_rules.kinds.language import Language
from tone_rules.kinds.leak import Leak
from tone_rules.kinds.length import Length
from tone_rules.kinds.measure import MeasureRule
from tone_rules.kinds.metric import Metric
from tone_rules.kinds.mimicry import Mimicry
from tone_rules.kinds.obeyed import Obeyed
from tone_rules.kinds.occurrence import Occurrence
from tone_rules.kinds.peer import Peer
from tone_rules.kinds.personal import PersonalData
from tone_rules.kinds.quotation import Quotation
from tone_rules.kinds.ration import Ration
from tone_rules.kinds.readability import Readability
from tone_rules.kinds.relationship import Relationship
from tone_rules.kinds.repeat import Repeat
from tone_rules.kinds.repetition import Repetition
from tone_rules.kinds.required import Required
from tone_rules.kinds.rivals import Rivals
from tone_rules.kinds.script import Script
from tone_rules.kinds.sequence import Sequence
from tone_rules.kinds.spelling import Spelling
from tone_rules.kinds.substitution import Substitution
from tone_rules.kinds.unfilled import Unfilled
from tone_rules.kinds.unsaid import Unsaid
from tone_rules.kinds.unsourced import Unsourced
from tone_rules.kinds.untimely import Untimely
from tone_rules.kinds.wording import Wording
from tone_rules.rule import Definition

_CLASSES: tuple[type[Definition], ...] = (
    Addressee,
    Asks,
    Capitalization,
    Caveat,
    Conditional,
    Consistency,
    Existence,
    Grounding,
    Handover,
    Hollow,
    JudgeRule,
    Language,
    Leak,
    Length,
    MeasureRule,
    Metric,
    Mimicry,
    Obeyed,
    Occurrence,
    Peer,
    PersonalData,
    Quotation,
    Ration,
    Readability,
    Relationship,
    Repeat,
    Repetition,
    Required,
    Rivals,
    Script,
    Sequence,
    Spelling,
    Substitution,
    Unfilled,
    Unsaid,
    Unsourced,
    Untimely,
    Wording,
)

KINDS: dict[str, type[Definition]] = {get_args(one.model_fields["extends"].annotation)[0]: one for one in _CLASSES}
"""The class of each value of `extends`."""

AnyDefinition: Any = Annotated[reduce(or_, _CLASSES), Field(discriminator="extends")]
"""A definition of whatever kind it says it is."""

__all__ = ["KINDS", "AnyDefinition", *sorted(one.__name__ for one in _CLASSES)]
