"""`replywright draft`: checked replies to each customer's post."""

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.findings import OUTCOMES, VERDICTS, print_findings
from assistant.cli.lines import Outcome, each_line
from assistant.cli.options import BrandOption, Format, FormatOption, load_brand, verb_app
from assistant.cli.terminal import Output, note
from assistant.context import CustomerContext
from assistant.pipeline import Proposal, Status

app = verb_app()

STATUSES: dict[Status, str] = {
    "ready": "bold green",
    "needs_edit": "bold yellow",
    "escalate": "bold red",
    "no_reply": "bold cyan",
}


class DrafterName(StrEnum):
    """Who writes."""

    auto = "auto"
    playbook = "playbook"


@app.command()
def draft(
    inbox: Annotated[str, typer.Argument(help="A file of JSON Lines, or - for standard input.")],
    brand: BrandOption,
    drafter: Annotated[
        DrafterName, typer.Option(help="auto takes the best writer that is set up; playbook needs no model.")
    ] = DrafterName.auto,
    variants: Annotated[int, typer.Option(min=1, max=10, help="Drafts for each message, best first.")] = 3,
    output_format: FormatOption = Format.text,
) -> None:
    """Draft replies to customers' posts, each checked; nothing is published.

    A line needs `channel` and `message`; the more it says (`thread`, `customer`, `facts`), the better the replies.
    Exit code 1 says that the best draft of some message has a blocking finding.
    The shape of a line: replywright schema context.

    [bold]Example[/bold]: replywright draft inbox.jsonl --brand my-brand --format json > proposals.jsonl
    """
    from assistant.drafting.playbook import PlaybookDrafter
    from assistant.pipeline import Assistant

    loaded = load_brand(brand)
    assistant = Assistant(loaded, PlaybookDrafter(loaded) if drafter is DrafterName.playbook else None)
    output = Output()
    statuses: dict[Status, int] = dict.fromkeys(STATUSES, 0)

    def show(context: CustomerContext, proposal: Proposal) -> Outcome:
        statuses[proposal.status] += 1
        if output_format is Format.json:
            output.json(proposal)
        else:
            print_proposal(output, context, proposal)
        return OUTCOMES[proposal.drafts[0].verdict] if proposal.drafts else Outcome.fine

    tally = each_line(inbox, CustomerContext, lambda context: assistant.draft(context, variants), show, done="drafted")
    if output_format is Format.text:
        counts = [f"{count:,} {status}" for status, count in statuses.items() if count]
        bad = [f"{tally.bad:,} bad"] if tally.bad else []
        note(f"{tally.done:,} drafted: {', '.join(counts + bad) or 'no lines'}")
    raise typer.Exit(tally.exit_code)


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
