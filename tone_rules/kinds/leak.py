"""`leak`: what only the brand knows about this customer, or about itself, stands in the reply."""

from collections.abc import Iterable
from typing import Literal

from typing_extensions import override

from tone_rules.rule import Definition, Hit
from tone_rules.situation import Situation


class Leak(Definition):
    """Flags private and internal facts of the situation. The arguments are the fact's name and its visibility."""

    extends: Literal["leak"]

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each place where a private or internal value shows, whole or by a telling part."""
        folded = [(one, index) for index, letter in enumerate(text) for one in letter.casefold() if one.isalnum()]
        letters = "".join(one for one, _ in folded)
        for fact in situation.facts:
            value = "".join(one for one in fact.value.casefold() if one.isalnum())
            at = letters.find(value) if fact.visibility != "public" and len(value) > 3 else -1
            if at >= 0:
                yield Hit(folded[at][1], folded[at + len(value) - 1][1] + 1, (fact.name, fact.visibility))
