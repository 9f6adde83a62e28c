"""The kinds of rules, one file each, and their union, told apart by `extends`."""

from typing import Annotated

from pydantic import Field

from tone_rules.kinds.existence import Existence
from tone_rules.kinds.leak import Leak
from tone_rules.kinds.length import Length
from tone_rules.kinds.occurrence import Occurrence
from tone_rules.kinds.required import Required
from tone_rules.kinds.substitution import Substitution
from tone_rules.rule import Definition

AnyDefinition = Annotated[
    Existence | Substitution | Occurrence | Required | Length | Leak, Field(discriminator="extends")
]

KINDS: dict[str, type[Definition]] = {
    "existence": Existence,
    "leak": Leak,
    "length": Length,
    "occurrence": Occurrence,
    "required": Required,
    "substitution": Substitution,
}
"""The class of each value of `extends`."""

__all__ = ["KINDS", "AnyDefinition", "Existence", "Leak", "Length", "Occurrence", "Required", "Substitution"]
