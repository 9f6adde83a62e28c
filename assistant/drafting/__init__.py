"""Drafts, and what makes them: the `Drafter` protocol and its implementations, one file each."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pydantic import Field

from assistant.checking import Length
from assistant.context import PublicView
from assistant.triage import Triage
from tone_rules.finding import Finding, NotRun, Report, Verdict
from tone_rules.value import Value


class MeasureValue(Value):
    """One number about a reply, with the places that led to it."""

    value: float | None = Field(default=None, ge=0, le=1)
    spans: tuple[tuple[int, int], ...] = ()
    reason: str | None = None


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
    measures: Mapping[str, MeasureValue] = {}
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


class Drafter(Protocol):
    """Turns the public view of a context into drafts, best first. It must be pure: same input and seed, same drafts."""

    name: str

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:
        """Write up to `variants` drafts that really differ; fewer or none where there is less to say."""
        ...

    def provenance(self) -> Mapping[str, Any]:
        """What a record must hold to explain this drafter's output later: versions, digests, the model's name."""
        ...
