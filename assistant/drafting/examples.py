"""Replies that the brand approved, the nearest to a message: a model hears from them how the brand sounds."""

from collections.abc import Iterable, Sequence

from assistant.drafting.orders import ordering
from assistant.passages import Passage
from assistant.retrieval import Index
from tone_rules.value import Value

LONGEST = 1_500
"""Characters of a message or a reply; longer ones are no examples."""


class Example(Value):
    """A public message and the reply that was approved for it."""

    message: str
    reply: str
    channel: str = ""


class Examples:
    """Approved replies, found by full text. It may be shared by threads."""

    def __init__(self, examples: Iterable[Example]) -> None:
        """Index messages; of equal replies the first stays, and one to a message that gives orders does not."""
        fit = [
            one for one in examples if len(one.message) + len(one.reply) <= 2 * LONGEST and not ordering(one.message)
        ]
        kept = {one.reply: one for one in reversed(fit)}
        self._examples = tuple(reversed(kept.values()))
        self._index = Index(
            [
                Passage(article=str(number), title="", text=one.message, order=0)
                for number, one in enumerate(self._examples)
            ]
        )

    def __len__(self) -> int:
        return len(self._examples)

    def nearest(self, message: str, channel: str, most: int) -> Sequence[Example]:
        """Up to `most` examples whose messages are nearest, those of the channel first; none where no word is met."""
        found = [self._examples[int(hit.passage.article)] for hit in self._index.search(message, limit=3 * most)]
        return sorted(found, key=lambda one: one.channel != channel)[:most]
