"""`replywright eval from-records`: what people decided, as cases of a suite."""

import sys
from typing import Annotated

import typer

from assistant.cli.options import StoreOption
from assistant.cli.terminal import note, until_closed


def from_records(
    store: StoreOption,
    message: Annotated[list[str] | None, typer.Option(metavar="ID", help="This message only; may be repeated.")] = None,
) -> None:
    """Write approvals, edits, rejections and overrides as cases, a line each, with private values replaced.

    Names, handles, personal data, long numbers and the values of private facts are replaced; a person should still
    read a case before it is shared.

    [bold]Example[/bold]: replywright eval from-records --store replywright.db > ours.jsonl
    """
    from assistant.cli.records import opened
    from eval.records import from_records as read

    with opened(store, read_only=True) as kept, until_closed():
        cases = read(kept, message or None)
        for case in cases:
            sys.stdout.write(case.model_dump_json(exclude_defaults=True, ensure_ascii=True) + "\n")
        sys.stdout.flush()
    note(f"{len(cases):,} cases: read them before you share them")
