"""`replywright triage`: what each message is."""

from typing import Annotated

import typer

from assistant.cli.lines import Outcome, each_line
from assistant.cli.model import load_model
from assistant.cli.options import AnyBrandOption, Format, FormatOption, load_brand, verb_app
from assistant.cli.terminal import Output, Part, note
from assistant.context import CustomerContext
from assistant.lines import TriageResult
from assistant.models.answer import Usage
from assistant.models.prices import taken
from assistant.triage import Triage

app = verb_app()


@app.command()
def triage(
    inbox: Annotated[str, typer.Argument(help="A file of JSON Lines, or - for standard input.")],
    brand: AnyBrandOption = None,
    model: Annotated[
        bool, typer.Option("--model", help="Have the configured model read what the rules are unsure of.")
    ] = False,
    output_format: FormatOption = Format.text,
) -> None:
    """Say what each message is: what it asks, its mood, its dangers, whether to answer; with the words that show it.

    A line needs `channel` and `message`. With --brand its competitors, languages and words are known too. With --model
    a message that the rules can't place goes to the chat model that is set up; no danger that they saw is taken away.
    The shape of a line: replywright schema context.

    [bold]Example[/bold]: echo '{"channel": "x", "message": "9 days. Where is it??"}' | replywright triage -
    """
    from assistant.triage import triage as triage_one

    loaded = load_brand(brand) if brand else None
    asked = load_model() if model else None
    took = [Usage()]
    output = Output()

    def work(context: CustomerContext) -> Triage:
        seen = triage_one(context, loaded)
        if asked is None:
            return seen
        from assistant.triage_model import triage_with

        return triage_with(asked, context, loaded, seen, on_usage=took.append)

    def show(context: CustomerContext, result: Triage) -> Outcome:
        if output_format is Format.json:
            output.json(TriageResult.of(context.id, result))
        else:
            print_triage(output, context, result)
        return Outcome.fine

    at_once = asked.settings.concurrency if asked is not None else 1
    tally = each_line(inbox, CustomerContext, work, show, done="triaged", at_once=at_once)
    if output_format is Format.text:
        note(f"{tally.done:,} triaged" + (f", {tally.bad:,} bad" if tally.bad else ""))
    if asked is not None:
        note(taken(sum(took[1:], took[0])))
    raise typer.Exit(tally.exit_code)


def print_triage(output: Output, context: CustomerContext, result: Triage) -> None:
    """One triage for people: the message, the answers, and under them the words that led to each."""
    output.line((context.id, "bold"), "  ", context.message)
    danger = result.escalation or result.review
    answers: list[Part] = [", ".join(result.intents), f" · {result.sentiment}", f" · {result.urgency}"]
    if danger:
        answers.append((f" · {'escalate' if result.escalation else 'review'}: {danger}", "bold red"))
    notes = [
        (result.sarcasm, "sarcasm"),
        (not result.reply, "no reply needed"),
        (result.instructions, "holds instructions aimed at a model"),
    ]
    answers.extend((f" · {said}", "yellow") for true, said in notes if true)
    output.line(*answers, indent=2)
    for one in result.evidence:
        shown = f"“{one.match}”" if one.match else ""
        output.line((f"{one.label}  ", "dim"), " ".join(filter(None, [shown, one.reason])), indent=4)
