"""The findings in a run's best drafts as SARIF, each at the line of its case, for a code host's list of problems."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from eval.gate import GateVerdict
from eval.run import Run
from tone_rules.masking import Masked
from tone_rules.pack import load_pack, shipped
from tone_rules.rule import Rule
from tone_rules.sarif import Sarif

SUFFIX = ".sarif"


def render(run: Run, verdict: GateVerdict) -> str:
    """One run of SARIF. What did not run or ended in an error is a notification, and the run then no success."""
    pieces: list[str] = []
    place = _place(run)
    with Sarif(pieces.append, _rules(run), version("replywright")) as sarif:
        for line, results in enumerate(run.by_case.values(), 1):
            for result in results:
                if result.error is not None:
                    sarif.note(f"{result.case.id} was not run: {result.error}")
                draft = result.proposal.drafts[0] if result.proposal and result.proposal.drafts else None
                if draft is None:
                    continue
                shown = Masked(draft.text, draft.findings)
                for one in draft.findings:
                    sarif.result(
                        one.rule,
                        one.level,
                        shown.message(one),
                        place,
                        {"startLine": line},
                        within=result.case.id,
                        properties={"start": one.start, "end": one.end, "blocking": one.blocking},
                    )
                for missed in draft.not_run:
                    said = f"{missed.rule} did not run on {result.case.id}: {missed.reason}"
                    sarif.note(said, rule=missed.rule, incomplete=missed.required)
        for check in verdict.checks:
            if check.state == "incomplete":
                sarif.note(check.message)
    return "".join(pieces)


def _place(run: Run) -> str:
    """The suite's file, from the folder that we run in where it is below that; a code host knows no other."""
    path = Path(run.header.path or f"{run.header.suite}.jsonl")
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def _rules(run: Run) -> Iterator[Rule]:
    """Those of every pack that ships and found something or did not run."""
    drafts = [draft for one in run.results if one.proposal for draft in one.proposal.drafts[:1]]
    named = {one.rule for draft in drafts for one in draft.findings}
    named |= {one.rule for draft in drafts for one in draft.not_run}
    for pack in sorted({name.partition(".")[0] for name in named} & set(shipped())):
        yield from (rule for rule in load_pack(pack).rules if rule.id in named)
