"""`replywright score`: how a reply sounds and how much it helps, in numbers with a reason for each."""

from typing import Annotated

import typer

from assistant.cli.lines import Outcome, each_line
from assistant.cli.options import Format, FormatOption, verb_app
from assistant.cli.terminal import Output, note
from assistant.lines import ScoreLine, ScoreResult

app = verb_app()

_BAR = 10
"""Characters of a full bar."""


@app.command()
def score(
    replies: Annotated[str, typer.Argument(help="A file of JSON Lines, or - for standard input.")],
    output_format: FormatOption = Format.text,
) -> None:
    """Score replies for tone and helpfulness, 0 to 1, each measure with its reason.

    A line needs `reply`; with `message` it is scored as the answer to it, and without one helpfulness stays empty.
    A score says nothing of rules: a reply that must not be published may score well. Use check for those.
    The shape of a line: replywright schema score.

    [bold]Example[/bold]: echo '{"message": "Where is it??", "reply": "It comes on Friday."}' | replywright score -
    """
    from assistant.scoring import score as score_one

    output = Output()

    def show(line: ScoreLine, result: ScoreResult) -> Outcome:
        if output_format is Format.json:
            output.json(result)
        else:
            print_score(output, line, result)
        return Outcome.fine

    tally = each_line(replies, ScoreLine, score_one, show, done="scored")
    if output_format is Format.text:
        note(f"{tally.done:,} scored" + (f", {tally.bad:,} bad" if tally.bad else ""))
    raise typer.Exit(tally.exit_code)


def print_score(output: Output, line: ScoreLine, result: ScoreResult) -> None:
    """One score for people: both sums, then each measure as a bar, a number and a reason."""
    output.line((result.id, "bold"), "  ", line.reply)
    output.line(f"tone {_number(result.tone)} · helpfulness {_number(result.helpfulness)}", indent=2)
    for name, one in result.measures.items():
        filled = round((one.value or 0) * _BAR)
        bar = "█" * filled + "░" * (_BAR - filled) if one.value is not None else " " * _BAR
        output.line(f"{name:16} ", bar, f" {_number(one.value)}  ", (one.reason or "", "dim"), indent=4)


def _number(value: float | None) -> str:
    return "  – " if value is None else f"{value:.2f}"
