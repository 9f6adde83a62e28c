"""`replywright rules`: which there are, what one says, whether they do what their examples ask, what they'd find."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.backtest import backtest
from assistant.cli.options import AnyBrandOption, Format, FormatOption, group_app, load_brand
from assistant.cli.terminal import Output, note
from tone_rules.explaining import Explanation, Shown, explain, what
from tone_rules.finding import Level
from tone_rules.loading import load_rules, unread
from tone_rules.pack import Pack, load_pack, shipped
from tone_rules.rule import Rule
from tone_rules.value import Value

app = group_app("List rules, explain one, run their examples, try them on past replies, and help an editor with them.")

_WHAT = "A pack that ships, a rule by its id, a folder of rules, or a rule's file"
PacksArgument = Annotated[
    list[str] | None, typer.Argument(metavar="PACK", help=f"{_WHAT}; without any, all that ship.")
]
_GAP = 30
"""Characters for the id of a rule in a list; a longer one pushes its line to the right."""


class RuleLine(Value):
    """A line of output of `rules list`."""

    rule: str
    level: Level
    required: bool
    blocking: bool
    kind: str
    what: str
    message: str
    override: str
    reference: str | None


class ExampleLine(Value):
    """A line of output of `rules test`: one example that does not hold, or a rule that no example makes fire."""

    rule: str
    example: str | None
    reason: str
    diff: tuple[str, ...] = ()


@app.command("list")
def list_rules(
    pack: PacksArgument = None, brand: AnyBrandOption = None, output_format: FormatOption = Format.text
) -> None:
    """List the rules of packs, of all packs that ship, or of all that hold for a brand.

    [bold]Example[/bold]: replywright rules list privacy tone
    """
    output = Output()
    for each in _packs(pack, brand):
        if output_format is Format.text:
            weight = "required: its errors block" if each.required else "recommended: it guides"
            described = f". {each.description}" if each.description else ""
            output.line((each.name, "bold"), f"  {weight}{described}")
        for rule in each.rules:
            line = _line(rule)
            if output_format is Format.json:
                output.json(line)
            else:
                level = "blocking" if line.blocking else line.level
                output.line(f"{line.rule:<{_GAP}}  {level:<10}  {line.kind:<12}  {line.what}", indent=2)


def _line(rule: Rule) -> RuleLine:
    said = rule.definition
    return RuleLine(
        rule=rule.id,
        level=said.level,
        required=rule.required,
        blocking=rule.blocking,
        kind=said.extends,
        what=what(rule),
        message=said.message,
        override=said.override,
        reference=said.reference,
    )


@app.command("explain")
def explain_rule(
    rule: Annotated[str, typer.Argument(help="Style.Rule, as findings name it, or a rule's file.")],
    brand: AnyBrandOption = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Say what one rule looks for and why, how much it weighs, when it applies, and how to mend what it finds.

    [bold]Example[/bold]: replywright rules explain general.Placeholder
    """
    known = load_rules(rule, _packs(None, brand)).rules
    if len(known) != 1:
        names = ", ".join(one.id for one in known[:5])
        raise typer.BadParameter(f"'{rule}' holds {len(known)} rules; name one of them: {names} ...")
    output = Output()
    explained = explain(known[0])
    if output_format is Format.json:
        output.json(explained)
    else:
        _print(output, explained)


def _print(output: Output, one: Explanation) -> None:
    weight = "blocks a reply" if one.blocking else "guides; it never blocks"
    lifted = "nobody can override it" if one.override == "never" else "it can be overridden with a reason"
    read = "" if one.status == "verified" else " (not yet read at its source)"
    output.line((one.rule, "bold"), f"  {one.level}, {weight}" + (f"; {lifted}" if one.blocking else ""))
    for label, text in (
        ("what", one.what),
        ("why", one.why),
        ("rests on", one.reference + read if one.reference else None),
        ("see", one.link),
        ("kind", f"{one.kind}. {one.does}"),
        ("applies", "; ".join(one.applies) or "everywhere"),
        ("mend", one.fix),
        ("secret", "what it finds is shown as a mask" if one.sensitive else None),
        ("file", one.path),
    ):
        if text:
            output.line((f"{label:<9} ", "dim"), text, indent=2)
    if one.fires or one.silent:
        output.line(("examples", "dim"), indent=2)
    for label, style, examples in (("fires", "red", one.fires), ("silent", "green", one.silent)):
        for example in examples:
            output.line((f"{label:<9} ", style), *_marked(example), indent=2)
            for said in example.messages:
                output.line(("says      ", "dim"), said, indent=4)
            if example.fixed is not None:
                output.line(("mended    ", "dim"), example.fixed, indent=4)
            if example.suggestions:
                offered = " | ".join(one or "nothing" for one in example.suggestions)
                output.line(("could be  ", "dim"), offered, indent=4)


def _marked(example: Shown) -> Iterator[str | tuple[str, str]]:
    """An example's text with brackets around what is flagged."""
    at = 0
    for start, end in example.spans:
        if start >= at:
            yield example.text[at:start]
            yield f"[{example.text[start:end]}]", "reverse"
            at = end
    yield example.text[at:]


@app.command("test")
def run_tests(
    pack: PacksArgument = None,
    brand: AnyBrandOption = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Fail a rule that none of its examples makes fire.")
    ] = False,
    output_format: FormatOption = Format.text,
) -> None:
    """Run the examples that each rule carries; exit code 1 if a rule does not do what they say.

    [bold]Example[/bold]: replywright rules test my-brand/rules/House --coverage
    """
    from tone_rules.examples import outcomes

    output = Output()
    rules = examples = failed = uncovered = 0
    packs = _packs(pack, brand)
    for each in packs:
        for outcome in outcomes(each):
            rules += 1
            examples += outcome.examples
            lines = [
                ExampleLine(rule=outcome.rule, example=one.example, reason=one.reason, diff=one.diff)
                for one in outcome.failures
            ]
            failed += len(lines)
            # a rule in plain words fires only where a model answers it
            judged = each.rule(outcome.rule).definition.extends == "judge"
            if coverage and not outcome.fired and not judged:
                uncovered += 1
                lines.append(ExampleLine(rule=outcome.rule, example=None, reason="no example makes it fire; add one"))
            for line in lines:
                _print_failure(output, line, output_format)
    if output_format is Format.text:
        never = f", {uncovered:,} rules never fire" if coverage else ""
        note(f"{rules:,} rules, {examples:,} examples, {failed:,} fail{never}")
    if any(unread(each) for each in packs):
        raise typer.Exit(3)
    raise typer.Exit(1 if failed or uncovered else 0)


def _print_failure(output: Output, line: ExampleLine, output_format: Format) -> None:
    if output_format is Format.json:
        output.json(line)
        return
    named = f", '{line.example}'" if line.example is not None else ""
    output.line(("fails  ", "bold red"), f"{line.rule}{named}" + ("" if line.diff else f": {line.reason}"))
    for one in line.diff:
        output.line((one, {"-": "red", "+": "green"}.get(one[:1], "")), indent=4)


@app.command()
def schema(
    into: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there, and say the line for a rule's file.")
    ] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Print the JSON Schema of a rule's file, so that an editor completes keys and marks what is wrong.

    A rule's file finds it by its first line: # yaml-language-server: $schema=rule.schema.json

    [bold]Example[/bold]: replywright rules schema --into my-brand/rules/rule.schema.json
    """
    from assistant.rule_schema import FILE, comment, rule_schema

    output = Output()
    body = json.dumps(rule_schema(), ensure_ascii=False, indent=None if output_format is Format.json else 2)
    if into is None:
        output.json(body)
        note(f"save it as {FILE} and begin a rule's file with: {comment()}")
        return
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(body + "\n", encoding="utf-8")
    place = Path(os.path.relpath(into, into.parent / "Style")).as_posix()
    output.line(comment(place))
    note(f"wrote {into}; begin the file of each rule in a folder beside it with the line above")


def _packs(names: list[str] | None, brand: Path | None) -> tuple[Pack, ...]:
    """The packs that hold for a brand, or all that ship; of them or beside them those that are named."""
    if brand is None:
        known = tuple(load_pack(name) for name in shipped())
    else:
        from assistant.checking import packs_of

        known = packs_of(load_brand(brand), examples=True)
    named = tuple(load_rules(name, known) for name in names) if names else known
    for each in named:
        for warning in each.warnings:
            note(str(warning))
    return named


app.command("backtest")(backtest)
