"""`replywright rules`: which rules there are, what one says, and whether they do what their examples ask."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AnyBrandOption, Format, FormatOption, group_app, load_brand
from assistant.cli.terminal import Output, note
from assistant.errors import InputError
from tone_rules.finding import Level
from tone_rules.pack import Pack, load_pack, shipped
from tone_rules.rule import Rule
from tone_rules.value import Value

app = group_app("List the rules, explain one, and run the examples that each rule carries.")

PackArgument = Annotated[
    str | None, typer.Argument(help="A pack that ships, or a folder of rules; without it, all that ship.")
]


class RuleLine(Value):
    """A line of output of `rules list`."""

    rule: str
    level: Level
    required: bool
    kind: str
    message: str
    override: str
    reference: str | None


class ExampleLine(Value):
    """A line of output of `rules test`: one example that does not hold."""

    rule: str
    example: str
    reason: str


def _line(rule: Rule) -> RuleLine:
    said = rule.definition
    return RuleLine(
        rule=rule.id,
        level=said.level,
        required=rule.required,
        kind=said.extends,
        message=said.message,
        override=said.override,
        reference=said.reference,
    )


@app.command("list")
def list_rules(
    pack: PackArgument = None, brand: AnyBrandOption = None, output_format: FormatOption = Format.text
) -> None:
    """List the rules of a pack, of all packs that ship, or of all that hold for a brand.

    [bold]Example[/bold]: replywright rules list privacy
    """
    output = Output()
    for each in _packs(pack, brand):
        if output_format is Format.text:
            weight = "required" if each.required else "recommended"
            output.line((each.name, "bold"), f"  {weight}  {each.description or ''}")
        for rule in each.rules:
            line = _line(rule)
            if output_format is Format.json:
                output.json(line)
            else:
                output.line(f"{line.rule:<32}  {line.level:<10}  {line.message}", indent=2)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="Style.Rule, as findings name it.")],
    brand: AnyBrandOption = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Say what one rule looks for, how much it weighs, what it rests on, and where its file is.

    [bold]Example[/bold]: replywright rules explain general.Placeholder
    """
    known = {each.id: each for pack in _packs(None, brand) for each in pack.rules}
    if rule not in known:
        from tone_rules.located import nearest

        raise InputError(f"there is no rule '{rule}'; {nearest(rule, list(known))}")
    found = known[rule]
    output = Output()
    if output_format is Format.json:
        output.json(found.definition)
        return
    said = found.definition
    weight = "blocks a reply" if found.blocking else "guides"
    lifted = "nobody can override it" if said.override == "never" else "it can be overridden with a reason"
    output.line((found.id, "bold"), f"  {said.level}, {weight}" + (f"; {lifted}" if found.blocking else ""))
    for label, text in (
        ("says", said.message),
        ("about", said.description),
        ("kind", said.extends),
        ("rests on", said.reference),
        ("see", said.link),
        ("file", found.path),
    ):
        if text:
            output.line((f"{label:<9} ", "dim"), text.strip(), indent=2)
    for example in said.tests:
        output.line((f"{'example':<9} ", "dim"), f"{example.name}: {example.input.strip()}", indent=2)


@app.command("test")
def run_tests(
    pack: PackArgument = None, brand: AnyBrandOption = None, output_format: FormatOption = Format.text
) -> None:
    """Run the examples that each rule carries; exit code 1 if a rule does not do what they say.

    [bold]Example[/bold]: replywright rules test my-brand/rules/House
    """
    from tone_rules.examples import run_examples

    output = Output()
    failed = examples = 0
    for each in _packs(pack, brand):
        examples += sum(len(rule.definition.tests) for rule in each.rules)
        for failure in run_examples(each):
            failed += 1
            if output_format is Format.json:
                output.json(ExampleLine(rule=failure.rule, example=failure.example, reason=failure.reason))
            else:
                output.line(("fails  ", "bold red"), str(failure))
    if output_format is Format.text:
        note(f"{examples:,} examples, {failed:,} fail")
    raise typer.Exit(1 if failed else 0)


def _packs(pack: str | None, brand: Path | None) -> tuple[Pack, ...]:
    if pack is not None:
        return (load_pack(pack),)
    if brand is not None:
        from assistant.checking import packs_of

        return packs_of(load_brand(brand))
    return tuple(load_pack(name) for name in shipped())
