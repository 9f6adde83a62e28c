"""The judge that verbs of `eval` may ask: its options, and how it is set up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.model import load_model, model_settings
from assistant.cli.terminal import note
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.brand import Brand
    from assistant.models import ChatModel
    from eval.case import Case
    from eval.judge import Cassette, Judge
    from eval.suite import Suite

    MakeModel = Callable[..., ChatModel]

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

    with models(cassette, record=record) as make:
        yield Judge(make(name), votes=votes)


@contextmanager
def models(cassette: Path | None = None, *, record: bool = False) -> Iterator["MakeModel"]:
    """What makes models for the time of a command: those that are set up, or a cassette in their place.

    To replay a cassette nothing has to be set up: the model that it was recorded with is asked.

    Raises:
        ConfigurationError: no model is set up, the cassette is missing or none.
        InputError: it is to record, and nothing says where.
    """
    if record and cassette is None:
        raise InputError("there is nowhere to record; say where with --cassette")
    tape = _opened(cassette, record) if cassette is not None else None
    made: list[ChatModel] = []

    def make(name: str | None = None, epoch: int = 1) -> "ChatModel":
        if tape is None:
            made.append(load_model(name))
        else:
            from eval.judge import RecordedModel

            known = model_settings(name=name) or (None if record else tape.settings)
            made.append(RecordedModel(known or load_model(name).settings, tape, epoch=epoch))
        return made[-1]

    try:
        yield make
    finally:
        for one in made:
            one.close()
        if tape is not None and record:
            before = len(tape.entries)
            tape.save()
            dropped = before - len(tape.entries)
            more = f", {dropped:,} to prompts that have changed dropped" if dropped else ""
            note(f"{cassette}: {len(tape.entries):,} answers{more}")


def _opened(path: Path, record: bool) -> "Cassette":
    from eval.judge import Cassette

    return Cassette(path, "record" if record else "replay")


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
