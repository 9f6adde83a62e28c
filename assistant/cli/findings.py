"""Findings for people: the place, the rule, what is wrong, the words around it, and what to do."""

import re

from assistant.cli.lines import Outcome
from assistant.cli.terminal import Output
from tone_rules.finding import Finding, NotRun, Verdict

OUTCOMES: dict[Verdict, Outcome] = {
    "pass": Outcome.fine,
    "block": Outcome.blocked,
    "incomplete": Outcome.incomplete,
}
VERDICTS: dict[Verdict, str] = {"pass": "green", "block": "bold red", "incomplete": "yellow"}
_LEVELS = {"error": "red", "warning": "yellow", "suggestion": "cyan"}
_BLOT = "\N{FULL BLOCK}"
_BLOTS = re.compile(f"{_BLOT}+")
_AROUND = 30
"""Characters of the reply shown on each side of a finding."""


def print_findings(
    output: Output, text: str, findings: tuple[Finding, ...], not_run: tuple[NotRun, ...], indent: int = 2
) -> None:
    """Everything that one check found in `text`, and the rules that did not run: those have not passed."""
    shown = _without_secrets(text, findings)
    for finding in findings:
        _print(output, shown, finding, indent)
    for one in not_run:
        output.line(("not run", "yellow"), f"  {one.rule}: {one.reason}", indent=indent)


def _without_secrets(text: str, findings: tuple[Finding, ...]) -> str:
    """`text`, as long as it was, with what the findings mask blotted out: one finding's surroundings may hold it."""
    for one in findings:
        if one.match != text[one.start : one.end]:
            text = text[: one.start] + _BLOT * (one.end - one.start) + text[one.end :]
    return text


def _print(output: Output, text: str, finding: Finding, indent: int) -> None:
    level = "blocking" if finding.blocking else finding.level
    output.line((level, _LEVELS[finding.level]), f"  {finding.rule}: {finding.message}", indent=indent)
    before, after = (
        _BLOTS.sub(_BLOT, around)
        for around in (text[max(0, finding.start - _AROUND) : finding.start], text[finding.end :][:_AROUND])
    )
    place = f"{finding.start}-{finding.end}"
    output.line((f"{place}  {before}", "dim"), (finding.match, "reverse"), (after, "dim"), indent=indent + 2)
    if finding.suggestions:
        output.line(("could be  ", "dim"), " | ".join(finding.suggestions), indent=indent + 2)
    if finding.fix:
        output.line(("fix  ", "dim"), finding.fix.replacement or "(take it out)", indent=indent + 2)
