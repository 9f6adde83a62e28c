"""`replywright eval label`: two people rate replies in a terminal, and see at once how far they agree."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.terminal import Output, note
from assistant.errors import InputError

if TYPE_CHECKING:
    from eval.labelling import Labels
    from eval.probes import Pair

_STOP = ("q", "quit")


def label(
    replies: Annotated[
        str, typer.Argument(help="A run's log, a suite with past replies, or lines of message and reply.")
    ],
    into: Annotated[Path, typer.Option("--into", metavar="FILE", help="The file of labels; raters may share it.")],
    rater: Annotated[str, typer.Option(metavar="NAME", help="Who rates.")],
    dimension: Annotated[
        list[str] | None, typer.Option(help="What to rate; may be repeated. By default tone and helpfulness.")
    ] = None,
) -> None:
    """Rate replies from 1 to 5. Each answer is kept at once: q or Ctrl-C stops, and the same command goes on.

    The second rater is shown first what the first one rated, never how. From two replies on, their agreement is told.

    [bold]Example[/bold]: replywright eval label run.jsonl --into labels.jsonl --rater ana
    """
    from eval.labelling import DIMENSIONS, Labels
    from eval.pairs import read_pairs
    from tone_rules.located import nearest

    wanted = dimension or ["tone", "helpfulness"]
    for name in wanted:
        if name not in DIMENSIONS:
            raise InputError(f"there is no dimension '{name}'; {nearest(name, list(DIMENSIONS))}")
    if not rater.strip():
        raise InputError("say who rates with --rater")
    pairs = read_pairs(replies)
    labels = Labels(into)
    output = Output()
    todo = labels.left(pairs, rater, wanted)
    try:
        for number, pair in enumerate(todo, len(pairs) - len(todo) + 1):
            marks = _ask(output, pair, wanted, f"{number} of {len(pairs)}")
            if marks is None:
                break
            labels.add(pair, rater, marks)
            if len(labels.raters()) > 1:
                _print_agreement(output, labels)
    except KeyboardInterrupt:
        output.line()
    left = len(labels.left(pairs, rater, wanted))
    note(
        f"{len(pairs) - left:,} of {len(pairs):,} rated by {rater}" + (": go on with the same command" if left else "")
    )
    _print_agreement(output, labels)


def _ask(output: Output, pair: "Pair", wanted: list[str], place: str) -> dict[str, int] | None:
    """The marks; None where the rater stops."""
    from eval.labelling import DIMENSIONS

    output.line()
    output.line((place, "dim"))
    if pair.message is not None:
        output.line(("message  ", "dim"), pair.message)
    output.line(("reply    ", "dim"), pair.reply)
    marks: dict[str, int] = {}
    for name in wanted:
        output.line((f"{name}: {DIMENSIONS[name]}", "dim"), indent=2)
        while name not in marks:
            sys.stdout.write(f"  {name} 1-5 (q stops): ")
            sys.stdout.flush()
            answer = sys.stdin.readline()
            if not answer or answer.strip().lower() in _STOP:
                return None
            if answer.strip() in {"1", "2", "3", "4", "5"}:
                marks[name] = int(answer)
    return marks


def _print_agreement(output: Output, labels: "Labels") -> None:
    for one in labels.agreement():
        if one.alpha is None and one.spearman is None:
            continue
        told = (("Spearman", one.spearman), ("weighted kappa", one.kappa), ("alpha", one.alpha))
        said = ", ".join(f"{name} {value.value:.2f}" for name, value in told if value is not None)
        output.line((f"{one.dimension}  ", "bold"), f"{one.raters} raters, {one.n} replies: {said}")
