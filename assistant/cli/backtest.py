"""`replywright rules backtest`: what rules would have found in replies of the past."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from assistant.cli.lines import Source
from assistant.cli.options import AnyBrandOption, Format, FormatOption
from assistant.cli.terminal import Output, Part, note
from tone_rules.backtesting import Backtest, BadReply, Change, Example, PastReply, RuleBacktest

_MOST_OVERLAP = 3
"""Other rules named for each rule in the text form."""


def backtest(
    rules: Annotated[
        str,
        typer.Argument(metavar="RULE_OR_PACK", help="A rule's id, a pack, a folder of rules, or a rule's file."),
    ],
    replies: Annotated[str, typer.Argument(help="Check lines, other JSON Lines, or CSV; - for standard input.")],
    against: Annotated[
        str | None, typer.Option(metavar="OLDER", help="An older rule or pack: what is newly and no longer flagged?")
    ] = None,
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where the reply is; reply or text by default.")
    ] = None,
    message: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where the customer's message is; message by default.")
    ] = None,
    examples: Annotated[int, typer.Option(min=0, max=1000, help="Examples for each rule.")] = 3,
    brand: AnyBrandOption = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Say what rules would have flagged in past replies, before anybody switches them on.

    How often, with the 95% interval; examples with the words marked; which other rules flag the same replies.
    With --against, what a change of the rules would change. Exit code 3 says that some lines could not be read.

    [bold]Example[/bold]: replywright rules backtest my-brand/rules/House/Tea.yml replies.csv --against old/Tea.yml
    """
    from assistant.checking import packs_of, situation_of
    from assistant.cli.check import brand_for
    from assistant.line_check import LineCheck
    from assistant.past_replies import PastReplies
    from tone_rules.backtesting import backtest as run
    from tone_rules.loading import load_rules, unread

    brands = LineCheck(brand_for(brand))
    packs = packs_of(brands.brand) if brand else None
    chosen = load_rules(rules, packs)
    older = load_rules(against, packs) if against is not None else None
    for warning in chosen.warnings:
        note(str(warning))
    with Source(replies) as source:
        past = PastReplies(
            source,
            lambda line: situation_of(line, brands.brand_of(line), line.message),
            name=source.name,
            column=column,
            message=message,
        )
        report = run(chosen, _told(past, source.name), older, others=packs, examples=examples)
    if past.unused:
        note(f"not used of the replies' columns: {', '.join(past.unused)}")
    output = Output()
    if output_format is Format.json:
        output.json(report)
    else:
        _print(output, report)
    raise typer.Exit(0 if report.complete and not unread(chosen) else 3)


def _told(past: Iterable[PastReply | BadReply], name: str) -> Iterator[PastReply | BadReply]:
    """The replies, while each bad line is told as it is met."""
    for reply in past:
        if isinstance(reply, BadReply):
            note(f"{name}:{reply.line}: {reply.reason}")
        yield reply


def _print(output: Output, report: Backtest) -> None:
    bad = f"; {report.bad_lines:,} bad lines" if report.bad_lines else ""
    output.line((report.name, "bold"), f"  would flag {report.flagged}{bad}")
    for rule in report.rules:
        if rule.flagged.count:
            _print_rule(output, rule, report)
    quiet = [one for one in report.rules if not one.flagged.count]
    nothing = [one.rule for one in quiet if one.applies]
    never = [one.rule for one in quiet if not one.applies]
    if nothing:
        output.line(("nothing by  ", "dim"), ", ".join(nothing), indent=2)
    if never and report.replies:
        output.line(
            ("never applies  ", "yellow"), f"{', '.join(never)}: their `when` fits none of the replies", indent=2
        )
    for missed in report.not_run:
        output.line(("not run  ", "yellow"), f"{missed.rule}, {missed.replies:,} replies: {missed.reason}", indent=2)
    if report.against is not None:
        output.line(("against  ", "bold"), report.against)
        for change in report.changes:
            _print_change(output, change)


def _print_rule(output: Output, rule: RuleBacktest, report: Backtest) -> None:
    partly = f"; applies to {rule.applies:,}" if rule.applies < report.replies else ""
    output.line((rule.rule, "bold"), f"  {rule.flagged}, {rule.findings:,} found{partly}", indent=2)
    for other in rule.overlap[:_MOST_OVERLAP]:
        rate = f"{other.share.rate:.0%}" if other.share.rate is not None else ""
        output.line(
            ("also by  ", "dim"), f"{other.rule}: {other.share.count:,} of {other.share.of:,}, {rate}", indent=4
        )
    for example in rule.examples:
        output.line(*_marked(example), indent=4)


def _print_change(output: Output, change: Change) -> None:
    name = "all together" if change.rule == "*" else change.rule
    counts = f"{change.older:,} before, {change.newer:,} now: {change.newly:,} newly, {change.no_longer:,} no longer"
    moved = f", {change.elsewhere:,} at other places" if change.elsewhere else ""
    output.line((name, "bold"), f"  {counts}{moved}", indent=2)
    if change.rule == "*":
        return
    for sign, style, examples in (("+", "red", change.newly_examples), ("-", "green", change.no_longer_examples)):
        for example in examples:
            output.line((f"{sign} ", style), *_marked(example), indent=4)


def _marked(example: Example) -> list[Part]:
    before, after = (" ".join(one.split("\n")) for one in (example.before, example.after))
    return [(f"line {example.line}  ", "dim"), before, (f"[{example.match}]", "reverse"), after]
