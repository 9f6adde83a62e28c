"""What a score says in words: its reason, the words of the reply that it rests on, and what a judge was asked for."""

from collections.abc import Sequence

from assistant.drafting import Draft
from eval.reports.escape import one_line
from eval.reports.figures import mean
from eval.run import Result
from eval.score import Score
from tone_rules.masking import Masked, short

_MOST = 8
"""Pieces of a reply that are quoted for one score."""


def quotes(spans: Sequence[tuple[int, int]], drafts: Sequence[Draft]) -> list[str]:
    """The words of the best draft at these places, once each, secrets masked and long ones cut."""
    if not drafts or not spans:
        return []
    text = Masked(drafts[0].text, drafts[0].findings).text
    found = dict.fromkeys(short(text[start:end]).strip() for start, end in spans)
    return [one for one in found if one][:_MOST]


def worth_telling(result: Result) -> list[Score]:
    """What a short report says of a case: what did not pass and decides, and all that a judge said of it."""
    return [one for one in result.scores if (not one.passed and not one.advisory) or one.kind == "judge"]


def sentence(score: Score, result: Result) -> str:
    """One line after the dimension's name: value, what it counts for, the reason, a judge's words from the reply."""
    marks = (" autofail" if score.autofail else "") + (" (advisory)" if score.advisory else "")
    said = f"{mean(score.value)}{marks}: {one_line(score.reason)}"
    drafts = result.proposal.drafts if result.proposal else ()
    quoted = quotes(score.spans, drafts) if score.kind == "judge" else []
    return said + "".join(f" \u201c{one_line(one)}\u201d" for one in quoted)
