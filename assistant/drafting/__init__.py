"""Drafts, and what makes them: the `Drafter` protocol and its implementations, one file each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from assistant.checking import Length
from assistant.context import PublicView
from assistant.models.answer import Usage
from assistant.models.budget import Budget
from assistant.triage import Triage
from tone_rules.finding import Finding, NotRun, Report, Verdict
from tone_rules.measures.score import Measure, Scores
from tone_rules.situation import Fact
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


class Account(Value):
    """What a chat model had to do with a proposal: `provenance["model"]`."""

    name: str
    prompts: Mapping[str, str] = {}
    """The sha256 of each prompt that was used, by its name and version."""
    usage: Usage = Usage()
    cached: int = 0
    """Answers that were there from before, and took nothing."""
    rewrites: int = 0
    """Drafts that were sent back with their findings."""
    offline: str | None = None
    """Why the embedded drafter wrote instead; None where it did not."""
    problems: tuple[str, ...] = ()
    """What went wrong on the way, also where it was mended."""

    def __add__(self, other: "Account") -> "Account":
        return Account(
            name=self.name,
            prompts={**self.prompts, **other.prompts},
            usage=self.usage + other.usage,
            cached=self.cached + other.cached,
            rewrites=self.rewrites + other.rewrites,
            offline=self.offline or other.offline,
            problems=tuple(dict.fromkeys((*self.problems, *other.problems))),
        )


class Written(Value):
    """Drafts, and what it took to write them."""

    drafts: tuple[Draft, ...] = ()
    """Best first; of a rewriting those that came back, by `places`."""
    places: tuple[int, ...] = ()
    """Of a rewriting: which of the drafts that were sent back each draft is a new version of."""
    account: Account
    notes: tuple[str, ...] = ()
    """Lines for the agent's brief: what the model would need to know, why it abstained or failed."""


@dataclass(frozen=True)
class Request:
    """One message to answer, for a drafter that asks a model."""

    view: PublicView
    triage: Triage
    variants: int
    budget: Budget
    private: tuple[Fact, ...] = ()
    """What is not public, where a setting lets the model be told; none otherwise."""
    beside: tuple[str, ...] = ()
    """Replies that are there already and count among the variants: others are wanted."""
    on_text: Callable[[str], None] | None = None
    """Called with the first draft's text so far while it comes, on another thread; it must return at once."""


@runtime_checkable
class ModelDrafter(Drafter, Protocol):
    """A drafter that asks a model: what that takes is bounded and told, and a draft can be sent back.

    All that belongs to one message travels in values, so that it may be shared by threads.
    """

    private_values: bool
    """Whether requests may hold private facts."""

    def budget(self) -> Budget:
        """What a message that begins now may take."""
        ...

    def write(self, request: Request) -> Written:
        """Drafts, the embedded drafter's where the model fails; it never raises for what a model or server does."""
        ...

    def rewrite(self, drafts: Sequence[Draft], request: Request) -> Written:
        """New versions of checked drafts, told their findings; only those that the model has mended come back."""
        ...

    def instead(self, request: Request, why: str) -> Written:
        """The embedded drafter's drafts, each of which says why."""
        ...
