"""`replywright draft`: checked replies to each customer's post."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.findings import OUTCOMES, VERDICTS, print_findings
from assistant.cli.lines import Outcome, each_line
from assistant.cli.model import DrafterName, load_assistant
from assistant.cli.options import BrandOption, Format, FormatOption, load_brand, store_option, verb_app
from assistant.cli.terminal import Output, clean, note
from assistant.context import CustomerContext
from assistant.models.answer import Usage
from assistant.models.prices import taken
from assistant.pipeline import Proposal, Status

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

app = verb_app()

STATUSES: dict[Status, str] = {
    "ready": "bold green",
    "needs_edit": "bold yellow",
    "escalate": "bold red",
    "no_reply": "bold cyan",
}


@app.command()
def draft(
    inbox: Annotated[str, typer.Argument(help="A file of JSON Lines, or - for standard input.")],
    brand: BrandOption,
    drafter: Annotated[
        DrafterName,
        typer.Option(
            help="Who writes: the chat model that is set up, or the playbook; auto is the model if there is one."
        ),
    ] = DrafterName.auto,
    stream: Annotated[
        bool, typer.Option("--stream", help="On a terminal: show the first reply while the model writes it.")
    ] = False,
    store: Annotated[
        str | None, store_option("A store whose approved replies show the model how the brand sounds.")
    ] = None,
    variants: Annotated[int, typer.Option(min=1, max=10, help="Drafts for each message, best first.")] = 3,
    output_format: FormatOption = Format.text,
) -> None:
    """Draft replies to customers' posts, each checked; nothing is published.

    A line needs `channel` and `message`; the more it says (`thread`, `customer`, `facts`), the better the replies.
    Exit code 1 says that the best draft of some message has a blocking finding.
    The shape of a line: replywright schema context.

    With a chat model, as many messages are drafted at once as its settings say. Where it fails, the playbook writes
    and each draft says why. What the model took is told at the end, and in each proposal's provenance.

    [bold]Example[/bold]: replywright draft inbox.jsonl --brand my-brand --format json > proposals.jsonl
    """
    assistant = load_assistant(load_brand(brand), drafter, store)
    model = assistant.model
    shown = stream and sys.stderr.isatty() and output_format is Format.text and model is not None
    output = Output()
    statuses: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    took = Usage()

    def work(context: CustomerContext) -> Proposal:
        return watched(assistant, context, variants) if shown else assistant.draft(context, variants)

    def show(context: CustomerContext, proposal: Proposal) -> Outcome:
        nonlocal took
        statuses[proposal.status] += 1
        took += Usage.model_validate(proposal.provenance.get("usage", {}))
        if output_format is Format.json:
            output.json(proposal)
        else:
            print_proposal(output, context, proposal)
        return OUTCOMES[proposal.drafts[0].verdict] if proposal.drafts else Outcome.fine

    at_once = model.settings.concurrency if model is not None and not shown else 1
    tally = each_line(inbox, CustomerContext, work, show, done="drafted", at_once=at_once)
    if output_format is Format.text:
        counts = [f"{count:,} {status}" for status, count in statuses.items() if count]
        bad = [f"{tally.bad:,} bad"] if tally.bad else []
        note(f"{tally.done:,} drafted: {', '.join(counts + bad) or 'no lines'}")
    if model is not None:
        note(taken(took))
    raise typer.Exit(tally.exit_code)


def watched(assistant: "Assistant", context: CustomerContext, variants: int) -> Proposal:
    """A proposal, whose first reply is shown on standard error while it is written: what blocks is red at once."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(stderr=True), transient=True, auto_refresh=False) as live:
        for one in assistant.stream(context, variants):
            if isinstance(one, Proposal):
                return one
            live.update(Text(clean(one.text), style="bold red" if one.blocked else "dim"), refresh=True)
    raise RuntimeError("a stream ended without its proposal")


def print_proposal(output: Output, context: CustomerContext, proposal: Proposal) -> None:
    """One proposal for people: the message, what to know before answering, and the drafts, best first."""
    triage = proposal.triage
    output.line((proposal.id, "bold"), "  ", (proposal.status, STATUSES[proposal.status]), f"  {context.message}")
    danger = triage.escalation or triage.review
    output.line(
        (
            " · ".join([", ".join(triage.intents), triage.sentiment, triage.urgency, *([danger] if danger else [])]),
            "dim",
        ),
        indent=2,
    )
    for known in proposal.brief:
        output.line(("know  ", "dim"), known, indent=2)
    for number, one in enumerate(proposal.drafts, 1):
        length = f"{one.length.counted}/{one.length.limit}" if one.length and one.length.limit else ""
        output.line(
            (f"{number}. ", "bold"),
            (one.verdict, VERDICTS[one.verdict]),
            ("  ".join(["", length, one.why]), "dim"),
            indent=2,
        )
        output.line(one.text, indent=5)
        print_findings(output, one.text, one.findings, one.not_run, indent=5)
    output.line()
