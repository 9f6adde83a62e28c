"""`replywright check`: what is wrong with replies, and where."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import typer

from assistant.brand import Brand, Policy
from assistant.cli.findings import OUTCOMES, VERDICTS, print_findings
from assistant.cli.lines import Outcome, each_line, summary
from assistant.cli.options import AnyBrandOption, Format, FormatOption, load_brand, verb_app
from assistant.cli.terminal import Output, note
from assistant.lines import CheckLine, CheckResult

app = verb_app()


@app.command()
def check(
    replies: Annotated[str, typer.Argument(help="A file of JSON Lines, or - for standard input.")],
    brand: AnyBrandOption = None,
    output_format: FormatOption = Format.text,
) -> None:
    """Check replies against the rules: privacy, compliance, channel limits, tone.

    A line needs `channel` and `reply`; with `message`, `thread` and `facts` more can be checked. Without --brand the
    packs that ship apply, with the `policies`, `allowed_domains`, `industry` and `compliance` that a line gives.
    The shape of a line: replywright schema check.

    [bold]Example[/bold]: echo '{"channel": "x", "reply": "DM us your card number!"}' | replywright check -
    """
    from assistant.checking import check as check_reply

    brands = Brands(brand)
    output = Output()

    def work(line: CheckLine) -> CheckResult:
        report = check_reply(line.reply, line, brands.of(line), line.message)
        return CheckResult(id=line.id, **{name: getattr(report, name) for name in type(report).model_fields})

    def show(line: CheckLine, result: CheckResult) -> Outcome:
        if output_format is Format.json:
            output.json(result)
        else:
            _print(output, line, result)
        return OUTCOMES[result.verdict]

    tally = each_line(replies, CheckLine, work, show, done="replies checked")
    if output_format is Format.text:
        note(summary(tally, "replies"))
    raise typer.Exit(tally.exit_code)


class Brands:
    """The brand of each line: the one given, or none in particular, with what the line itself says."""

    def __init__(self, folder: Path | None) -> None:
        self.brand = load_brand(folder) if folder else Brand(name="(no brand)")
        self._of = lru_cache(maxsize=64)(self._with)

    def of(self, line: CheckLine) -> Brand:
        """The brand that holds for one line."""
        return self._of(line.policies, line.allowed_domains, line.industry, line.compliance)

    def _with(
        self, policies: tuple[Policy, ...], domains: tuple[str, ...], industry: str | None, compliance: tuple[str, ...]
    ) -> Brand:
        brand = self.brand
        if not (policies or domains or industry or compliance):
            return brand
        return brand.model_copy(
            update={
                "policies": (*brand.policies, *policies),
                "allowed_domains": (*brand.allowed_domains, *domains),
                "industry": industry or brand.industry,
                "compliance": (*brand.compliance, *(one for one in compliance if one not in brand.compliance)),
            }
        )


def _print(output: Output, line: CheckLine, result: CheckResult) -> None:
    output.line(f"{result.id}  ", (result.verdict, VERDICTS[result.verdict]))
    print_findings(output, line.reply, result.findings, result.not_run)
