"""`replywright eval show`: a run, or one case of it with all that was said about it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Format, FormatOption, ReportOption
from assistant.cli.terminal import Output, to_json
from assistant.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.drafting import Draft
    from eval.run import Result, Run
    from eval.score import Score

OUTCOMES = {"passed": "green", "failed": "red", "incomplete": "yellow"}


def show(
    run: Annotated[Path, typer.Argument(help="The log of a run.")],
    case: Annotated[str | None, typer.Argument(help="A case of it by its id.", show_default=False)] = None,
    report: ReportOption = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Show a run case by case, the worst first, or one case with its message, its drafts and every score's reason.

    With --report the whole run is written as `eval run --report` writes it, held to the suite's own gate where the
    suite can still be found, else to the one that every run is held to.

    [bold]Example[/bold]: replywright eval show run.jsonl late-parcel
    """
    from eval.runlog import read_run

    found = read_run(run)
    if report is not None:
        _write(found, report)
    output = Output()
    if case is None:
        _print_run(output, found, output_format)
        return
    results = found.by_case.get(case)
    if results is None:
        from tone_rules.located import nearest

        raise InputError(f"{run} has no case '{case}'; {nearest(case, list(found.by_case))}")
    for result in results:
        if output_format is Format.json:
            output.json(to_json(result))
        else:
            _print_case(output, result, epochs=len(results) > 1)


def _write(found: "Run", folder: Path) -> None:
    from eval.gate import Gate, judge_run
    from eval.reports import write_all
    from eval.suite import load_suite
    from tone_rules.errors import ConfigurationError

    try:
        gate = load_suite(found.header.path or found.header.suite).gate
    except ConfigurationError:
        gate = Gate()
    write_all(found, judge_run(found, gate), folder)


def _print_run(output: Output, found: "Run", output_format: Format) -> None:
    if output_format is Format.json:
        for result in found.worst_first:
            output.json(to_json(result))
        return
    from eval.reports.figures import headline, spent
    from eval.summary import summarise

    for result in found.worst_first:
        epoch = f" epoch {result.epoch}" if found.header.epochs > 1 else ""
        bad = [one for one in result.scores if not one.passed and not one.advisory]
        why = result.error or "; ".join(f"{one.dimension} {_number(one.value)}" for one in bad)
        output.line((f"{result.outcome:11}", OUTCOMES[result.outcome]), f"{result.case.id}{epoch}  ", (why, "dim"))
    summary = summarise(found)
    if summary.never:
        output.line(("fails every time  ", "red"), ", ".join(summary.never))
    for one in summary.unstable:
        output.line(
            ("unstable  ", "yellow"), f"{one.id}: {one.passed} of {one.epochs} passed, flip rate {one.flip_rate:.2f}"
        )
    for line in spent(summary):
        output.line(line)
    output.line(headline(summary))


def _print_case(output: Output, result: "Result", *, epochs: bool) -> None:
    tags = f" ({', '.join(result.case.tags)})" if result.case.tags else ""
    epoch = f" epoch {result.epoch}" if epochs else ""
    output.line((result.case.id, "bold"), f"{tags}{epoch}  ", (result.outcome, OUTCOMES[result.outcome]))
    for turn in result.case.context.thread:
        output.line((f"{turn.role}  ", "dim"), turn.text, indent=2)
    output.line(("message  ", "dim"), result.case.context.message, indent=2)
    if result.error is not None:
        output.line(("error  ", "red"), result.error, indent=2)
    drafts = result.proposal.drafts if result.proposal else ()
    for number, draft in enumerate(drafts, 1):
        output.line((f"draft {number}  ", "dim"), draft.text, indent=2)
    for score in result.scores:
        _print_score(output, score, drafts)


def _print_score(output: Output, score: "Score", drafts: "Sequence[Draft]") -> None:
    from eval.reports.told import quotes

    mark = "" if score.passed is None else " passed" if score.passed else " failed"
    marks = mark + (" (advisory)" if score.advisory else "") + (" autofail" if score.autofail else "")
    output.line((f"{score.dimension:24} ", "bold"), f"{_number(score.value)}{marks}  ", (score.reason, "dim"), indent=2)
    if len(score.votes) > 1:
        for vote in score.votes:
            said = "no mark" if vote.mark is None else f"{vote.mark} of 5"
            words = "".join(f" “{one}”" for one in quotes([vote.span] if vote.span else [], drafts))
            output.line((f"{said:8}", "bold"), (f"{vote.reason}{words}", "dim"), indent=6)
    elif quoted := quotes(score.spans, drafts):
        output.line((" · ".join(quoted), "dim"), indent=6)


def _number(value: float | None) -> str:
    return "unscored" if value is None else f"{value:.3f}"
