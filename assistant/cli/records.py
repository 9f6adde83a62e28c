"""`replywright records`: verify the audit log, export it, and erase what is private."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Format, FormatOption, StoreOption, group_app
from assistant.cli.terminal import Output, note, until_closed
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.store import Head, Store

app = group_app("Verify the audit log, export it, and erase what is private.")


@app.command()
def verify(
    store: StoreOption,
    head: Annotated[
        str | None,
        typer.Option(metavar="SEQ:HASH", help="The end of the log as it was printed and kept elsewhere earlier."),
    ] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Look for records that were altered, removed, inserted or cut off; exit code 1 if there are any.

    The end of the log is printed: keep it elsewhere and give it as --head next time, so that a cut end shows.

    [bold]Example[/bold]: replywright records verify --store replywright.db
    """
    from assistant.store.verification import verify as verify_log

    known = _head(head) if head else None
    with opened(store, read_only=True) as kept:
        report = verify_log(kept, known)
    output = Output()
    if output_format is Format.json:
        output.json(report)
    else:
        for problem in report.problems:
            output.line(("wrong  ", "bold red"), str(problem))
        counts = f"{report.records:,} records, {report.texts:,} texts, {report.erased:,} erased"
        output.line(("the log verifies", "green") if report.ok else ("the log was changed", "bold red"), f": {counts}")
        output.line(f"head {report.head.seq}:{report.head.hash}")
    raise typer.Exit(0 if report.ok else 1)


@app.command()
def export(
    store: StoreOption,
    texts: Annotated[
        bool, typer.Option("--texts", help="Also the texts that are still kept, with their salts. They are private.")
    ] = False,
    output_format: FormatOption = Format.json,
) -> None:
    """Write the audit log to standard output, a record a line. It names no customer, unless --texts asks for it.

    [bold]Example[/bold]: replywright records export --store replywright.db > log.jsonl
    """
    from assistant.store import export as export_log

    with opened(store, read_only=True) as kept, until_closed():
        count = export_log(kept, sys.stdout if output_format is Format.json else _Readable(Output()), texts=texts)
        sys.stdout.flush()
    note(f"{count:,} records")


@app.command()
def erase(
    store: StoreOption,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who erases, for the record.", show_default=False)],
    post: Annotated[str | None, typer.Option(metavar="ID", help="Everything about this post.")] = None,
    message: Annotated[str | None, typer.Option(metavar="ID", help="Everything about this message.")] = None,
    handle: Annotated[str | None, typer.Option(help="Everything about this customer.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only there.")] = None,
    expired: Annotated[
        bool, typer.Option("--expired", help="Everything whose time of retention is over, nothing else.")
    ] = False,
    output_format: FormatOption = Format.text,
) -> None:
    """Erase what is kept about one post, message or customer; the log keeps its digests and still verifies.

    [bold]Example[/bold]: replywright records erase --handle @ana --by "Mira R." --store replywright.db
    """
    from assistant.store import erasure

    asked = [one for one in (post, message, handle) if one]
    if len(asked) + expired != 1:
        raise InputError("say what to erase by exactly one of --post, --message, --handle and --expired")
    with opened(store) as kept:
        if expired:
            done = erasure.sweep(kept, datetime.now(UTC).date(), by=by)
        else:
            done = erasure.erase(kept, by=by, post_id=post, message_id=message, handle=handle, channel=channel)
    output = Output()
    if output_format is Format.json:
        output.json(done)
    else:
        output.line(f"erased: {done.messages:,} messages, {done.texts:,} texts; {done.changed:,} threads cut")
    if not done.untraced:
        note(
            "another process was reading, so traces are left in the store's files: run `records erase --expired` later"
        )
    raise typer.Exit(0 if done.untraced else 3)


def opened(url: str, *, read_only: bool = False) -> "Store":
    """The store, which must be there: a misspelt name must not verify as an empty log."""
    path = url.removeprefix("sqlite:///")
    if "://" not in path and not Path(path).is_file():
        raise InputError(f"{path}: there is no such store; name its file, or a database URL")
    from assistant.store import Store

    return Store.open(url, read_only=read_only)


def _head(stated: str) -> "Head":
    from assistant.store import Head

    seq, _, value = stated.partition(":")
    if not (seq.isdecimal() and len(value) == 64):
        raise InputError(f"--head {stated}: write it as it was printed, SEQ:HASH with 64 digits")
    return Head(seq=int(seq), hash=value)


class _Readable(io.StringIO):
    """Takes exported lines and prints them for people."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def write(self, text: str) -> int:
        """One exported record."""
        record = json.loads(text)
        said = {
            name: value for name, value in record["payload"].items() if name != "digests" and value not in (None, [])
        }
        about = ", ".join(f"{name} {value}" for name, value in said.items() if isinstance(value, str | int | float))
        self._output.line((f"{record['seq']:>6}", "bold"), f"  {record['at'][:19]}  {record['kind']:<10}  {about}")
        return len(text)
