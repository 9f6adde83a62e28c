"""Scores what the drafts state: what must be said, and what must not."""

from collections.abc import Iterator

from assistant.pipeline import Proposal
from eval.case import PATTERN_SECONDS, Case, Must, compiled
from eval.score import Score, ScoreKind

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"})
"""One character for one, so that offsets hold in the text as it was written."""


class Facts:
    """The share of `must` that stand in the best draft; 0, and the case fails, where a `must_not` stands in any draft.

    A pattern that runs out of time (`PATTERN_SECONDS`) leaves the case unscored, unless another one already broke it.
    """

    name = "facts"
    version = "1"
    kind: ScoreKind = "rule"
    dimensions = ("facts",)

    def __call__(self, case: Case, proposal: Proposal) -> Iterator[Score]:
        """Nothing for a case without a must or must_not."""
        expect = case.expect
        if not expect.must and not expect.must_not:
            return
        texts = [draft.text.translate(_PLAIN) for draft in proposal.drafts]
        if not texts:
            yield from _without_draft(case)
            return
        try:
            score = _judge(case, texts)
        except _TooSlow as error:
            score = Score.unscored("facts", str(error))
        yield score


class _TooSlow(Exception):
    pass


def _judge(case: Case, texts: list[str]) -> Score:
    expect = case.expect
    broken: list[str] = []
    spans: list[tuple[int, int]] = []
    late: _TooSlow | None = None
    for number, text in enumerate(texts, 1):
        for one in expect.must_not:
            try:
                found = _find(one, text)
            except _TooSlow as error:
                late = late or error
                continue
            if found:
                quoted = text[slice(*found)]
                broken.append(f'must not: {one.why} (draft {number} says "{quoted}")')
                if number == 1:
                    spans.append(found)
    if broken:
        return Score(dimension="facts", value=0, autofail=True, reason="; ".join(broken), spans=tuple(spans))
    if late:
        raise late
    missing = [one for one in expect.must if not _find(one, texts[0])]
    value = 1 - len(missing) / len(expect.must) if expect.must else 1.0
    return Score(dimension="facts", value=value, reason="; ".join(f"must: {one.why} (missing)" for one in missing))


def _find(statement: Must, text: str) -> tuple[int, int] | None:
    for pattern in statement.any:
        try:
            found = compiled(pattern).search(text, timeout=PATTERN_SECONDS)
        except TimeoutError:
            raise _TooSlow(f"'{pattern}' ({statement.why}) took longer than {PATTERN_SECONDS} s") from None
        if found:
            return (found.start(), found.end())
    return None


def _without_draft(case: Case) -> Iterator[Score]:
    expect = case.expect
    if expect.must or expect.status == "ready":
        wanted = "; ".join(f"must: {one.why} (missing)" for one in expect.must)
        yield Score(dimension="facts", value=0, reason=f"there is no draft{': ' if wanted else ''}{wanted}")
    elif expect.status is None:
        yield Score.unscored("facts", "there is no draft to look at")
