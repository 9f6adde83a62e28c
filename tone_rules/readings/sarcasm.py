"""Sarcasm: praise over something that went wrong."""

from collections.abc import Sequence

from tone_rules.readings.evidence import Evidence
from tone_rules.readings.mood import Mood
from tone_rules.readings.rules import mood_lexicon, sarcasm_rule
from tone_rules.readings.search import Cue, Hits, Span


def sarcasm(message: str, hits: Hits, mood: Mood, problems: Sequence[Span]) -> tuple[Evidence, ...]:
    """The words that make a message sarcastic; none if it isn't."""
    rule = sarcasm_rule()
    sure = hits.of(rule.sure)
    if sure:
        return _evidence(message, sure)
    if hits.any(rule.contrast) or hits.any(rule.sincere):
        return ()
    praise, mocking, wrong = hits.of(rule.praise), hits.of(rule.mocking), hits.of(rule.wrong)
    emoji = [
        Span(place, place + 1) for place, character in enumerate(message) if character in mood_lexicon().mocking_emoji
    ]
    failed = bool(wrong) or bool(problems) or mood.bad > 0
    mocked_twice = len({cue.match for cue, _ in mocking}) > 1
    if (praise and failed) or (mocking and (failed or praise)) or mocked_twice:
        return _evidence(message, [*praise, *mocking, *wrong])
    if emoji and failed and (mood.praise or praise):
        return tuple(Evidence(label="sarcasm", start=a, end=b, match=message[a:b]) for a, b in [*emoji, *mood.praise])
    return ()


def _evidence(message: str, found: Sequence[tuple[Cue, Span]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            label="sarcasm", start=span.start, end=span.end, match=message[span.start : span.end], reason=cue.reason
        )
        for cue, span in found[:8]
    )
