"""The judge that verbs of `eval` may ask: its options, and how it is set up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.terminal import note

if TYPE_CHECKING:
    from assistant.brand import Brand
    from eval.case import Case
    from eval.judge import Judge
    from eval.judge.models import Models
    from eval.suite import Suite

JudgeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--judge",
        metavar="DIMENSION",
        help="Also ask a chat model, by the rubric of this dimension; may be repeated, all is every one.",
    ),
]
VotesOption = Annotated[int, typer.Option(min=1, help="With --judge: how often each is asked; the median counts.")]
JudgeModelOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="With --judge: another model than the one that is set up.", show_default=False),
]
CassetteOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Answers of the model that were recorded: nothing is sent, and a missing one stops.",
        show_default=False,
    ),
]
RecordOption = Annotated[
    bool, typer.Option("--record", help="With --cassette: ask the model what the file does not hold, and record it.")
]


@contextmanager
def judge_of(
    votes: int = 1, *, name: str | None = None, cassette: Path | None = None, record: bool = False
) -> Iterator["Judge"]:
    """A judge for the time of a command; what it recorded is put in order at the end.

    Raises:
        ConfigurationError: no model is set up, the cassette is missing or none.
        InputError: it is to record, and nothing says where.
    """
    from eval.judge import Judge

    with models(cassette, record=record) as made:
        yield Judge(made.make(name), votes=votes)


@contextmanager
def models(cassette: Path | None = None, *, record: bool = False) -> Iterator["Models"]:
    """What makes models for the time of a command.

    Raises:
        ConfigurationError: no model is set up, the cassette is missing or none.
        InputError: it is to record, and nothing says where.
    """
    from eval.judge.models import Models

    made = Models(cassette, record=record)
    try:
        yield made
    finally:
        made.close()
        if record and made.cassette is not None:
            note(f"{cassette}: {len(made.cassette.entries):,} answers")


def brands_of(suite: "Suite", owner: "Brand | None", *, past: bool = False) -> "Callable[[Case], Brand | None]":
    """Whose voice and sources hold for a case: the brand that is asked for, that of the case, or the demo brand.

    A past reply of a case that names none is nobody's.

    Raises:
        InputError: a case names a brand that has no folder.
        ConfigurationError: a brand's folder is wrong.
    """
    from eval.answering import DEMO, brand_of

    names = {case.brand for case in suite.cases if case.brand} | (set() if past else {DEMO})
    known = {name: owner or brand_of(suite, name) for name in names}
    return lambda case: owner or known.get(case.brand or DEMO)
