"""What a case that did not pass says of itself."""

from collections.abc import Iterator, Sequence

from eval.reports.escape import one_line, plain
from eval.run import Result
from eval.score import Score


def told(results: Sequence[Result]) -> str:
    """The message, the draft, and why each score failed, of the first epoch that did not pass; safe on a terminal."""
    bad = [one for one in results if one.outcome != "passed"]
    return "\n".join(_lines(bad[0], len(bad), len(results))) if bad else "passed"


def _lines(result: Result, bad: int, epochs: int) -> Iterator[str]:
    of = f" (epoch {result.epoch}; {epochs - bad} of {epochs} passed)" if epochs > 1 else ""
    yield f"{one_line(result.case.id)} {result.outcome}{of}"
    yield f"  message: {plain(result.case.context.message)}"
    if result.error is not None:
        yield f"  error: {one_line(result.error)}"
        return
    yield f"  draft: {'(none)' if result.reply is None else plain(result.reply)}"
    if not result.scores:
        yield "  nothing was scored"
    for score in result.scores:
        if score.passed is False and not score.advisory:
            yield from _score(score, result.reply or "", f"{score.value:.2f}, needs {score.pass_mark:g}")
        elif score.passed is None:
            yield from _score(score, result.reply or "", "unscored")
    for finding in result.proposal.drafts[0].findings if result.proposal and result.proposal.drafts else ():
        yield f"  finding: {finding.rule} ({finding.level}) {one_line(finding.message)}"


def _score(score: Score, reply: str, value: str) -> Iterator[str]:
    yield f"  {score.dimension} {value}: {one_line(score.reason) or 'no reason given'}"
    for start, end in score.spans:
        if reply[start:end].strip():
            yield f"    in “{one_line(reply[start:end])}”"
