"""A rule's own examples, run. Lines read `line:column:Style.Rule:message`, from 1, as Vale 3.24 has them."""

import difflib
from collections.abc import Iterable, Iterator

from tone_rules.engine import check
from tone_rules.finding import Finding
from tone_rules.pack import Pack
from tone_rules.rule import Example, Rule
from tone_rules.value import Value


class Failure(Value):
    """An example that did not come out as its file says."""

    rule: str
    example: str
    reason: str
    diff: tuple[str, ...] = ()
    """Line by line: `-` what the file says and the rule does not find, `+` what it finds beside that."""

    def __str__(self) -> str:
        return f"{self.rule}, '{self.example}': {self.reason}"


class Outcome(Value):
    """The examples of one rule, run."""

    rule: str
    examples: int
    failures: tuple[Failure, ...] = ()
    fired: bool
    """Whether the rule found anything in any of them: one that never fires is not covered."""


def outcomes(pack: Pack) -> Iterator[Outcome]:
    """What became of the examples of each rule of a pack."""
    for rule in pack.rules:
        alone = Pack(rule.id.partition(".")[0], (rule,), rule.required)
        failures: list[Failure] = []
        fired = False
        for example in rule.definition.tests:
            failure, found = _run(alone, example)
            fired = fired or found
            if failure is not None:
                failures.append(failure)
        yield Outcome(rule=rule.id, examples=len(rule.definition.tests), failures=tuple(failures), fired=fired)


def fires(example: Example) -> bool:
    """Whether an example says that its rule fires; otherwise it says where the rule keeps silent."""
    return bool((example.want or "").strip() or (example.contains or "").strip())


def lines(text: str, findings: Iterable[Finding]) -> list[str]:
    """Findings as lines, in their order."""
    said = []
    for one in findings:
        before = text[: one.start]
        said.append(f"{before.count(chr(10)) + 1}:{one.start - before.rfind(chr(10))}:{one.rule}:{one.message}")
    return said


def _run(alone: Pack, example: Example) -> tuple[Failure | None, bool]:
    """The failure, if it is one, and whether the rule fired."""
    (rule,) = alone.rules
    report = check(example.input, alone, example.situation)
    found = lines(example.input, report.findings)
    if report.not_run:
        return _failure(rule, example, f"it did not run: {report.not_run[0].reason}"), bool(found)
    return _compared(rule, example, found), bool(found)


def _compared(rule: Rule, example: Example, found: list[str]) -> Failure | None:
    wanted = _block(example.want)
    if example.want is not None and sorted(found) != sorted(wanted):
        reason = f"found {found or 'nothing'}, and the file says {wanted or 'nothing'}"
        return _failure(rule, example, reason, difflib.ndiff(wanted, found))
    missing = [one for one in _block(example.contains) if one not in found]
    if missing:
        reason = f"missing {missing} among {found or 'nothing'}"
        return _failure(rule, example, reason, difflib.ndiff(missing, [one for one in found if one not in missing]))
    present = [one for one in _block(example.absent) if one in found]
    if present:
        return _failure(rule, example, f"found {present}, which must be absent", (f"+ {one}" for one in present))
    return None


def _failure(rule: Rule, example: Example, reason: str, diff: Iterable[str] = ()) -> Failure:
    return Failure(rule=rule.id, example=example.name, reason=reason, diff=tuple(one for one in diff if one[:1] != "?"))


def _block(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").splitlines() if one.strip()]
