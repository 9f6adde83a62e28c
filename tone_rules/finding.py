"""What a check returns: findings, rules that did not run, and the verdict that follows from both."""

from typing import Literal, Self

from pydantic import Field, model_validator

from tone_rules.value import Value

Level = Literal["error", "warning", "suggestion"]
Verdict = Literal["pass", "block", "incomplete"]


class Fix(Value):
    """One replacement, in characters of the reply. A safe one may be applied without asking."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    replacement: str
    safe: bool = False


class Finding(Value):
    """One place where a rule fires. Of a secret, `match` and `message` hold only a mask."""

    rule: str
    """`Style.Rule`."""
    level: Level
    blocking: bool = False
    """True for an error of a required pack: the reply must not be published as it stands."""
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    """Characters of the reply, end exclusive; start == end where something is missing rather than wrong."""
    match: str
    message: str
    fix: Fix | None = None
    suggestions: tuple[str, ...] = ()
    """What a person may choose from, the empty text to leave it out; never applied by itself."""
    reference: str | None = None
    compared_with: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"{self.rule}: a finding ends at {self.end}, before its start at {self.start}")
        return self


class NotRun(Value):
    """A rule that did not run, and why. It never counts as passed."""

    rule: str
    reason: str
    required: bool = True
    """Whether its pack is required: only then does it make a verdict incomplete."""
    language: str | None = None
    """The code of the reply's language, where the rule reads another one."""


class Report(Value):
    """The result of one check of one text."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()

    @classmethod
    def of(cls, findings: tuple[Finding, ...], not_run: tuple[NotRun, ...] = ()) -> Self:
        """Derive the verdict: a blocking finding blocks; a required rule that did not run leaves it incomplete."""
        verdict: Verdict = "pass"
        if any(one.required for one in not_run):
            verdict = "incomplete"
        if any(one.blocking for one in findings):
            verdict = "block"
        return cls(verdict=verdict, findings=findings, not_run=not_run)

    @property
    def stopping(self) -> tuple[str, ...]:
        """The rules that keep the reply from being published as it stands, each once: what a reason must be given for.

        Of those that don't read its language the pack is named, as `privacy.*`: whoever reads it reads it for all.
        """
        blocking = [one.rule for one in self.findings if one.blocking]
        missed = [
            one.rule if one.language is None else f"{one.rule.partition('.')[0]}.*"
            for one in self.not_run
            if one.required
        ]
        return tuple(dict.fromkeys(blocking + missed))
