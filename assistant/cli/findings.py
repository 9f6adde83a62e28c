"""Findings for people: the place, the rule, what is wrong, the words around it, and what to do."""

from itertools import groupby

from assistant.cli.lines import Outcome
from assistant.cli.terminal import Output
from tone_rules.finding import Finding, NotRun, Verdict
from tone_rules.masking import Masked, short

OUTCOMES: dict[Verdict, Outcome] = {
    "pass": Outcome.fine,
    "block": Outcome.blocked,
    "incomplete": Outcome.incomplete,
}
VERDICTS: dict[Verdict, str] = {"pass": "green", "block": "bold red", "incomplete": "yellow"}
_LEVELS = {"error": "red", "warning": "yellow", "suggestion": "cyan"}
_NAMED = 3
"""Rules that did not run for one reason, up to which each is named."""
_AROUND = 30
"""Characters of the reply shown on each side of a finding."""


def print_findings(
    output: Output, text: str, findings: tuple[Finding, ...], not_run: tuple[NotRun, ...], indent: int = 2
) -> None:
    """Everything that one check found in `text`, and the rules that did not run: those have not passed."""
    shown = Masked(text, findings)
    for finding in findings:
        _print(output, shown, finding, indent)
    for (_, reason), same in groupby(sorted(not_run, key=_why), _why):
        rules = [one.rule for one in same]
        packs = dict.fromkeys(rule.partition(".")[0] for rule in rules)
        # of rules that don't read a language there are dozens: JSON names each
        named = ", ".join(rules) if len(rules) <= _NAMED else f"{len(rules)} rules of {', '.join(packs)}, each"
        output.line(("not run", "yellow"), f"  {named}: {reason}", indent=indent)


def _why(missed: NotRun) -> tuple[bool, str]:
    return not missed.required, missed.reason


def _print(output: Output, shown: Masked, finding: Finding, indent: int) -> None:
    level = "blocking" if finding.blocking else finding.level
    output.line((level, _LEVELS[finding.level]), f"  {finding.rule}: {shown.message(finding)}", indent=indent)
    before, after = (
        short(around)
        for around in (
            shown.text[max(0, finding.start - _AROUND) : finding.start],
            shown.text[finding.end :][:_AROUND],
        )
    )
    place = f"{finding.start}-{finding.end}"
    output.line((f"{place}  {before}", "dim"), (shown.match(finding), "reverse"), (after, "dim"), indent=indent + 2)
    if finding.suggestions:
        choices = " | ".join(one or "nothing" for one in finding.suggestions)
        output.line(("could be  ", "dim"), choices, indent=indent + 2)
    if finding.fix:
        output.line(("fix  ", "dim"), finding.fix.replacement or "(take it out)", indent=indent + 2)
