"""`score`: one reply's tone and helpfulness, by itself or as the answer to a message."""

from assistant.lines import ScoreLine, ScoreResult
from tone_rules.measures import measure
from tone_rules.situation import Situation


def score(line: ScoreLine) -> ScoreResult:
    """Measure one reply.

    Args:
        line: the reply and, where it is known, the message that it answers; without one, helpfulness is None.
    """
    scores = measure(line.reply, Situation(message=line.message))
    return ScoreResult(id=line.id, tone=scores.tone, helpfulness=scores.helpfulness, measures=scores.measures)
