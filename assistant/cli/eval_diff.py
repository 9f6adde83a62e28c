"""`replywright eval diff`: what changed from one run to another, and whether that is more than chance."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval_judge import CassetteOption, JudgeModelOption, JudgeOption, RecordOption, VotesOption, judge_of
from assistant.cli.options import AnyBrandOption, Format, FormatOption, ReportOption, load_brand
from assistant.cli.terminal import Output
from assistant.models.prices import taken

if TYPE_CHECKING:
    from eval.comparison import Change, Comparison, Pair
    from eval.judge.duel import Duel

WORDS = {"improved": "green", "regressed": "red", "cannot tell at this n": "yellow", "incomplete": "yellow"}

_SHOWN = 5
"""Dimensions of a case that are shown, those that moved most."""


def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="The log of the run that is the measure.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The log of the run that is asked about.")],
    cases: Annotated[int, typer.Option(min=0, help="Changed cases to show side by side, the worst first.")] = 10,
    seed: Annotated[int, typer.Option(help="Of the tests' draws; the same seed gives the same verdict.")] = 0,
    max_left_out: Annotated[
        int, typer.Option(min=0, help="Cases that may go unscored before the comparison is incomplete.")
    ] = 0,
    judge: JudgeOption = None,
    votes: VotesOption = 1,
    judge_model: JudgeModelOption = None,
    brand: AnyBrandOption = None,
    cassette: CassetteOption = None,
    record: RecordOption = False,
    report: ReportOption = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Say whether run B is better or worse than run A, or that so few cases can't tell.

    Epochs are averaged and cases paired; means have intervals over clusters; signs are flipped to test them, Holm's
    correction made. Exit code 1 says that something that may gate regressed, 3 that cases are missing on one side.

    With --judge a chat model is also asked which reply of each pair is better, in both orders: what it prefers for its
    place alone is a tie. That guides, and changes no exit code.

    [bold]Example[/bold]: replywright eval diff before.jsonl after.jsonl --report out
    """
    from eval.comparison import compare
    from eval.runlog import read_run

    runs = read_run(before), read_run(after)
    found = compare(*runs, seed=seed, max_left_out=max_left_out)
    duels: tuple[Duel, ...] = ()
    if judge:
        from eval.judge import chosen
        from eval.judge.duel import duel

        owner = load_brand(brand) if brand else None
        with judge_of(votes, name=judge_model, cassette=cassette, record=record) as asked:
            duels = duel(*runs, asked, chosen(judge), lambda _: owner, seed=seed)
    if report is not None:
        from eval.reports import write_diff

        write_diff(found, report, duels)
    output = Output()
    if output_format is Format.json:
        told = {"headline": found.headline, "exit_code": found.exit_code, **found.model_dump(mode="json")}
        if judge:
            told["judge"] = [one.model_dump(mode="json") for one in duels]
        output.json(json.dumps(told, ensure_ascii=True))
    else:
        for one in duels:
            _print_duel(output, one)
        _print(output, found, cases)
    raise typer.Exit(found.exit_code)


def _print(output: Output, found: "Comparison", cases: int) -> None:
    output.line(("A  ", "dim"), found.before)
    output.line(("B  ", "dim"), found.after)
    output.line()
    for one in found.changes:
        _print_change(output, one)
    changed = [pair for pair in found.pairs if any(pair.changes.values()) or pair.outcomes[0] != pair.outcomes[1]]
    for pair in changed[:cases]:
        _print_pair(output, pair)
    if len(changed) > cases:
        output.line((f"{len(changed) - cases} more cases changed; --cases shows them, --format json holds all", "dim"))
    if found.unpaired:
        named = ", ".join(found.unpaired[:10]) + (", ..." if len(found.unpaired) > 10 else "")
        output.line(("not compared  ", "yellow"), f"{len(found.unpaired)} cases that differ or are in one run: {named}")
    output.line((found.headline, f"bold {WORDS[found.state]}"))


def _print_duel(output: Output, one: "Duel") -> None:
    """What the judge prefers, before the comparison: the last line stays the verdict."""
    met = one.before + one.after + one.ties
    if not met:
        why = f"{one.unscored} without a preference" if one.unscored else "no pair of replies that it applies to"
        output.line((f"judge {one.dimension:22} ", "bold"), ("not compared  ", "yellow"), why)
        return
    interval = f" ({one.interval.low:+.3f} to {one.interval.high:+.3f})" if one.interval else ""
    p = f"  p {one.p:.3f}" if one.p is not None else ""
    style = "yellow" if one.word.startswith("cannot") else "bold"
    output.line(
        (f"judge {one.dimension:22} ", "bold"),
        f"A {one.before}, B {one.after}, {one.ties} ties  {one.margin:+.3f}{interval}{p}  ",
        (f"{one.word} (advisory)", style),
    )
    more = [f"{one.flips} went with the place and count as ties"] if one.flips else []
    more += [f"{one.unscored} without a preference"] if one.unscored else []
    more += [f"{taken(one.usage)}"] if one.usage.calls else []
    if more:
        output.line(("; ".join(more), "dim"), indent=29)


def _print_change(output: Output, one: "Change") -> None:
    name = f"{one.name} (advisory)" if one.advisory else one.name
    if one.difference is None or one.before is None or one.after is None:
        output.line(f"{name:28} ", ("not compared  ", "yellow"), one.why)
        return
    interval = f" ({one.interval.low:+.3f} to {one.interval.high:+.3f})" if one.interval else ""
    p = f"  p {one.adjusted:.3f}" if one.adjusted is not None else ""
    flips = f"  {one.lost} lost, {one.won} won" if one.lost or one.won else ""
    output.line(
        f"{name:28} {one.before:.3f} -> {one.after:.3f}  {one.difference:+.3f}{interval}{p}  ",
        (one.word, WORDS[one.word]),
        flips,
    )
    more = [one.why] if one.why else []
    more += [f"{one.left_out} cases left out: not scored on both sides"] if one.left_out else []
    if more:
        output.line(("; ".join(more), "dim"), indent=29)


def _print_pair(output: Output, pair: "Pair") -> None:
    was, now = pair.outcomes
    moved = f"{was} -> {now}" if was != now else was
    output.line()
    output.line((pair.id, "bold"), f"  {moved}")
    told = sorted((one for one in pair.changes.items() if one[1]), key=lambda one: -abs(one[1]))
    if told:
        more = f"  and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
        output.line("  ".join(f"{name} {change:+.3f}" for name, change in told[:_SHOWN]) + more, indent=2)
    for label, one, side in (("A", pair.stability[0], pair.before), ("B", pair.stability[1], pair.after)):
        runs = f" ({one.passed} of {one.epochs} passed, flip rate {one.flip_rate:.2f})" if one.epochs > 1 else ""
        said = next((f"error: {result.error}" for result in side if result.error), side[0].reply or "(no draft)")
        output.line((f"{label}{runs}  ", "dim"), said, indent=2)
