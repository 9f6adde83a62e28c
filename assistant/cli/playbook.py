"""`replywright playbook`: try out what the embedded drafter says."""

from typing import Annotated

import typer

from assistant.cli.options import AnyBrandOption, Format, FormatOption, group_app, load_brand
from assistant.cli.terminal import Output, note

app = group_app("Try out the plays that the embedded drafter writes from.")


@app.command("test")
def run_examples(
    brand: AnyBrandOption = None,
    cases: Annotated[
        str | None, typer.Option(metavar="FILE", help="Messages to try beside the examples (JSON Lines).")
    ] = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Run the examples of all plays; say which plays nothing reaches and which slots nothing fills.

    A brand's own plays lie over the shipped ones. Exit code 1 says that an example reaches another play than its own.

    [bold]Example[/bold]: replywright playbook test --brand my-brand --cases inbox.jsonl
    """
    from assistant.brand import Brand
    from assistant.context import CustomerContext
    from assistant.drafting.trying import try_playbook
    from assistant.lines import read_lines

    loaded = load_brand(brand) if brand else Brand(name="Any brand")
    given: list[CustomerContext] = []
    bad = 0
    if cases:
        with open(cases, "rb") as file:
            for line in read_lines(file, CustomerContext):
                if isinstance(line, CustomerContext):
                    given.append(line)
                else:
                    note(f"{cases}: {line}")
                    bad += 1
    tried = try_playbook(loaded, given)
    output = Output()
    if output_format is Format.json:
        output.json(tried)
    else:
        for one in tried.failures:
            output.line(f"{one.path}:{one.line}:{one.column}: ", ("error", "bold red"), f" {one.message}")
        for label, names in (("nothing reaches", tried.unreached), ("nothing fills", tried.unfilled)):
            for name in names:
                output.line((label, "yellow"), f"  {name}")
        output.line(f"{tried.examples:,} examples, {tried.cases:,} cases, {len(tried.failures):,} failures")
    raise typer.Exit(3 if bad else int(bool(tried.failures)))
