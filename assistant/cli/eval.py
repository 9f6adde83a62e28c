"""`replywright eval`: hold the replies to a suite of cases."""

import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval_agree import agree
from assistant.cli.eval_diff import diff
from assistant.cli.eval_gate import gate as hold
from assistant.cli.eval_judge import (
    CassetteOption,
    JudgeModelOption,
    JudgeOption,
    RecordOption,
    VotesOption,
    brands_of,
    models,
)
from assistant.cli.eval_label import label
from assistant.cli.eval_probe import probe
from assistant.cli.eval_records import from_records
from assistant.cli.eval_show import show
from assistant.cli.model import DrafterName, model_settings
from assistant.cli.options import INTERRUPTED, AnyBrandOption, Format, FormatOption, ReportOption, group_app, load_brand
from assistant.cli.terminal import Output, note, until_closed
from assistant.errors import InputError

if TYPE_CHECKING:
    from eval import GateVerdict, Run
    from eval.job import Repeatable, System

app = group_app("Hold the replies to a suite of cases, and every change to what passed before.")


@app.command()
def run(
    suite: Annotated[str, typer.Argument(help="A suite that ships, by its name, or a file of cases.")],
    brand: AnyBrandOption = None,
    log: Annotated[
        Path | None, typer.Option(help="A file that gets each result as it comes.", show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with --log where it was left.")] = False,
    epochs: Annotated[int, typer.Option(min=1, help="How often each case is run.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="How many cases run side by side, at most.")] = 1,
    drafter: Annotated[
        DrafterName, typer.Option(help="Who drafts: the playbook, the chat model that is set up, or auto.")
    ] = DrafterName.playbook,
    past: Annotated[bool, typer.Option("--past", help="Score each case's past reply instead of drafting.")] = False,
    judge: JudgeOption = None,
    votes: VotesOption = 1,
    judge_model: JudgeModelOption = None,
    cassette: CassetteOption = None,
    record: RecordOption = False,
    report: ReportOption = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="The lowest mean of a dimension that passes; may be repeated."),
    ] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Draft a reply to every case of a suite, score it, and let the gate say whether it is good enough.

    Without --brand each case is answered by the brand that it names, or by the demo brand. Suites that ship: core,
    demo, escalation, injection, pairs, regressions, traps.

    [bold]Example[/bold]: replywright eval run core --report out
    """
    from eval import evaluate, judge_run, load_suite
    from eval.answering import WORTH, Answers, Epochs, spread
    from eval.judge import Judge, chosen
    from eval.past import past_scorers
    from eval.reports import render, write_all
    from eval.scorers import JudgeScorer, scorers_of

    if resume and log is None:
        raise InputError("there is nothing to resume; say where with --log")
    loaded = load_suite(suite)
    gate = loaded.gate.with_floors(_floors(floor or []))
    scorers = past_scorers(scorers_of(loaded)) if past else scorers_of(loaded)
    rubrics = chosen(judge or [])
    owner = load_brand(brand) if brand else None
    with models(cassette, record=record) as asked:
        if rubrics:
            by = Judge(asked.make(judge_model), votes=votes)
            scorers = (*scorers, JudgeScorer(by, rubrics, brands_of(loaded, owner, past=past)))
        gate.refuse_unknown(name for scorer in scorers for name in scorer.dimensions)
        answers = partial(Answers, loaded, owner, past=past)
        made: AbstractContextManager[System | Repeatable] = nullcontext(answers())
        if not past and _by_model(drafter):
            made = nullcontext(Epochs([answers(model=asked.make(epoch=one + 1)) for one in range(epochs)]))
        elif workers > 1 and len(loaded.cases) * epochs >= WORTH:
            made = spread(answers, min(workers, os.cpu_count() or 1))
        progress = _told if sys.stderr.isatty() else None
        try:
            with made as system:
                result = evaluate(
                    system, loaded, scorers, epochs=epochs, workers=workers, log=log, resume=resume, progress=progress
                )
        except KeyboardInterrupt:
            kept = (
                f"what was done is in {log}: go on with --resume" if log else "nothing was kept: use --log to keep it"
            )
            note(f"stopped; {kept}")
            raise typer.Exit(INTERRUPTED) from None
    verdict = judge_run(result, gate)
    if report is not None:
        write_all(result, verdict, report)
    if output_format is Format.json:
        Output().json(json.dumps(json.loads(render("json", result, verdict)), ensure_ascii=False))
    else:
        _show(result, verdict)
    raise typer.Exit(verdict.exit_code)


for verb in (diff, hold, agree, probe, label, show, from_records):
    app.command("gate" if verb is hold else verb.__name__.replace("_", "-"))(verb)


def _by_model(drafter: DrafterName) -> bool:
    """Whether a chat model drafts."""
    return drafter is DrafterName.model or (drafter is DrafterName.auto and model_settings() is not None)


def _floors(stated: list[str]) -> dict[str, float]:
    floors: dict[str, float] = {}
    for one in stated:
        name, _, value = one.partition("=")
        try:
            floors[name] = float(value)
        except ValueError:
            raise InputError(f"--floor {one}: write it as NAME=VALUE, as in facts=0.9") from None
        if not 0 <= floors[name] <= 1:
            raise InputError(f"--floor {one}: a mean lies between 0 and 1")
    return floors


def _told(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done:,} of {of:,} cases" + ("\n" if done == of else ""))
    sys.stderr.flush()


def _show(result: "Run", verdict: "GateVerdict") -> None:
    from rich.console import Console

    from eval.reports import text

    with until_closed():
        if sys.stdout.isatty():
            text.show(result, verdict, Console(markup=False, highlight=False, emoji=False))
        else:
            sys.stdout.write(text.render(result, verdict))
            sys.stdout.flush()
