"""`replywright eval agree`: how far the measures agree with raters, beside how far raters agree with each other."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval_judge import CassetteOption, JudgeModelOption, JudgeOption, RecordOption, VotesOption, judge_of
from assistant.cli.options import Format, FormatOption
from assistant.cli.terminal import Output, note
from assistant.errors import InputError
from assistant.models.prices import taken

if TYPE_CHECKING:
    from eval.evidence import By
    from eval.licence import Evidence


class Raters(StrEnum):
    """Who the raters were."""

    people = "people"
    models = "models"


BY: "Mapping[Raters, By]" = {Raters.people: "people", Raters.models: "models"}


class Folds(StrEnum):
    """What must not stand on both sides of a fold."""

    brand = "brand"
    post = "post"


def agree(
    ratings: Annotated[Path, typer.Argument(help="Rated replies, or labels made by eval label.")],
    raters: Annotated[
        Raters | None, typer.Option(help="Who the raters were, where the file does not say.", show_default=False)
    ] = None,
    folds: Annotated[
        Folds | None,
        typer.Option(help="Fit anew without each tenth, with no brand or post on both sides.", show_default=False),
    ] = None,
    also: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="With --folds: also fitted to; may be repeated.")
    ] = None,
    licence: Annotated[
        Path | None,
        typer.Option("--license", metavar="FILE", help="Write what was found into a licence.", show_default=False),
    ] = None,
    judge: JudgeOption = None,
    votes: VotesOption = 1,
    judge_model: JudgeModelOption = None,
    cassette: CassetteOption = None,
    record: RecordOption = False,
    seed: Annotated[int, typer.Option(help="Of the intervals' draws.")] = 0,
    times: Annotated[int, typer.Option(min=100, help="How often the intervals draw.")] = 1_000,
    output_format: FormatOption = Format.text,
) -> None:
    """Hold the measures, or a judge, against raters: Spearman, weighted kappa and Krippendorff's alpha, with intervals.

    Beside each stands what the raters reach with each other: more can't be asked. Figures on replies that the weights
    were fitted to say nothing of others; --folds fits anew without those it asks about. A dimension below 80% of the
    raters' own is advisory: it guides, and no gate is held to it.
    With --judge a chat model rates the replies, by its rubrics, in place of the measures.

    [bold]Example[/bold]: replywright eval agree labels.jsonl --license ours.json
    """
    from eval.evidence import evidence
    from eval.licence import write_licence
    from eval.ratings import read_ratings
    from eval.scorers import Measures

    rated = read_ratings(ratings)
    by = BY[raters] if raters else None
    if judge:
        from eval.judge import chosen
        from eval.judge.evidence import judged

        if folds or also:
            raise InputError("--folds and --also are for the measures: a judge is fitted to nothing")
        with judge_of(votes, name=judge_model, cassette=cassette, record=record) as asked:
            found, usage = judged(rated, asked, chosen(judge), raters=by, seed=seed, times=times)
            scorer, version = "judge", asked.version
        note(taken(usage))
    else:
        found = evidence(
            rated,
            raters=by,
            folds=folds.value if folds else None,
            also=[read_ratings(path) for path in also or []],
            seed=seed,
            times=times,
        )
        scorer, version = "measures", Measures().version
    output = Output()
    for one in found:
        if output_format is Format.json:
            shares = {agreement.dimension: agreement.share for agreement in one.agreements}
            output.json(json.dumps({**one.model_dump(mode="json"), "shares": shares}, ensure_ascii=True))
        else:
            _print(output, one)
    if licence is not None:
        made = write_licence(licence, scorer, version, found)
        named = [name for name in made.dimensions if made.standing(name).licensed]
        note(f"{licence}: {len(named)} of {len(made.dimensions)} dimensions may gate: {', '.join(named) or 'none'}")


def _print(output: Output, found: "Evidence") -> None:
    output.line((found.name, "bold"), f"  {found.replies:,} replies, {found.raters} raters ({found.by}); {found.how}")
    if not found.unseen:
        output.line(("in-sample: the weights were fitted to these replies; it will be less on others", "yellow"))
    output.line((f"{'':22}{'Spearman':24}{'weighted kappa':24}{'alpha':24}{'of the raters’ own'}", "dim"))
    for one in found.agreements:
        ours = "".join(f"{value or '-'!s:24}" for value in (one.spearman, one.kappa, one.alpha))
        theirs = "".join(f"{value or '-'!s:24}" for value in (one.raters_spearman, one.raters_kappa, one.raters_alpha))
        share = "-" if one.share is None else f"{one.share:.0%}"
        left = f"  {one.unscored} unscored" if one.unscored else ""
        output.line((f"{one.dimension:22}", "bold"), f"{ours}{share}{left}")
        output.line((f"{'  raters':22}{theirs}", "dim"))
