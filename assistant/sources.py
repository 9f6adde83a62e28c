"""Which sources of a situation a text may stand on: those that share most of its words."""

from functools import lru_cache

from tone_rules.content import stems
from tone_rules.situation import Situation, Source

MOST = 6
LONGEST = 2_000
"""Characters of one source; what is longer is cut at a word's end."""


def sources_for(text: str, situation: Situation, most: int = MOST) -> tuple[Source, ...]:
    """What a model may be shown beside a text: public facts, and the sources that share most stems with it.

    Args:
        text: the message, the reply, or both.
        situation: whose sources; what the agent may grant in private stays out where the reply is public.
        most: how many, facts apart.
    """
    wanted = stems(text)
    allowed = [one for one in situation.sources if one.kind != "goodwill" or situation.audience == "private"]
    shared = {one.id: len(wanted & _stems(one.text)) for one in allowed}
    near = sorted((one for one in allowed if one.kind != "fact" and shared[one.id]), key=lambda one: -shared[one.id])
    facts = [one for one in allowed if one.kind == "fact"]
    return tuple(_cut(one) for one in (*facts, *near[:most]))


def _cut(source: Source) -> Source:
    if len(source.text) <= LONGEST:
        return source
    return source.model_copy(update={"text": source.text[:LONGEST].rsplit(None, 1)[0]})


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    return stems(text)
