"""Drafts, and what makes them: the `Drafter` protocol and its implementations, one file each."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assistant.checking import Length
from assistant.context import PublicView
from assistant.triage import Triage
from tone_rules.finding import Finding, NotRun, Report, Verdict
from tone_rules.measures.score import Measure, Scores
from tone_rules.value import Value


class Draft(Value):
    """One reply and all that is known about it. Until it is checked its verdict is `incomplete`."""

    text: str
    drafter: str
    """The name of what wrote it: "playbook", a model's name, "agent" for a person's text."""
    verdict: Verdict = "incomplete"
    why: str = ""
    """One line for the agent: what this draft does that another does not."""
    tone: float | None = None
    helpfulness: float | None = None
    """None until something measured it: never 0, never invented."""
    measures: Mapping[str, Measure] = {}
    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    sources: tuple[str, ...] = ()
    """Ids of articles, policies and facts that its statements come from."""
    length: Length | None = None

    def with_report(self, report: Report, length: Length) -> "Draft":
        """This draft as checked."""
        return self.model_copy(
            update={"verdict": report.verdict, "findings": report.findings, "not_run": report.not_run, "length": length}
        )

    def with_scores(self, scores: Scores) -> "Draft":
        """This draft as measured."""
        return self.model_copy(
            update={"tone": scores.tone, "helpfulness": scores.helpfulness, "measures": scores.measures}
        )


class Drafter(Protocol):
    """Turns the public view of a context into drafts, best first. It must be pure: same input and seed, same drafts."""

    name: str

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:
        """Write drafts that really differ; some more than `variants` are welcome, fewer where there is less to say."""
        ...

    def provenance(self) -> Mapping[str, Any]:
        """What a record must hold to explain this drafter's output later: versions, digests, the model's name."""
        ...
