"""`judge`: a rule in plain words, which a model answers. Without one it does not run."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.judging import Breach, NoAnswer
from tone_rules.rule import Around, CouldNotRun, Definition, Hit

if TYPE_CHECKING:
    from tone_rules.blocks import Blocks


class JudgeRule(Definition):
    """Asks the judge that was given to the check. The message's arguments are the quoted words and the reason."""

    extends: Literal["judge"]
    rule: str = Field(min_length=1)
    """What a reply must keep to, in words for a careful reader."""

    @override
    def search(self, blocks: "Blocks", around: Around) -> Iterator[Hit]:
        """A hit for each breach whose words stand in a block; one for the whole block where none are quoted."""
        judge = around.judge
        if judge is None:
            raise CouldNotRun("no model was given that could judge this rule; pass one to check as 'judge'")
        for block in blocks.of(self.scopes):
            try:
                breaches = judge.judge(self.rule, block.text, around.situation)
            except NoAnswer as error:
                raise CouldNotRun(f"the judge gave no answer: {error}") from error
            except Exception as error:
                raise CouldNotRun(f"the judge gave no answer: {type(error).__name__}") from error
            for breach in breaches:
                yield block.placed(_hit(breach, block.text))


def _hit(breach: Breach, text: str) -> Hit:
    """Where the breach stands. A quote that is not in the text was made up: then nobody knows what was judged."""
    if not breach.quote:
        return Hit(0, len(text), (text, breach.reason))
    start = text.find(breach.quote)
    if start < 0:
        raise CouldNotRun("the judge quoted words that are not in the text")
    return Hit(start, start + len(breach.quote), (breach.quote, breach.reason))
