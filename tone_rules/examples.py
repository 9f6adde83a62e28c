"""A rule's own examples, run. Lines read `line:column:Style.Rule:message`, from 1, as Vale 3.24 has them."""

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

    def __str__(self) -> str:
        return f"{self.rule}, '{self.example}': {self.reason}"


def run_examples(pack: Pack) -> Iterator[Failure]:
    """Every example of every rule of a pack that fails; nothing where all hold."""
    for rule in pack.rules:
        for example in rule.definition.tests:
            reason = _failing(rule, example)
            if reason:
                yield Failure(rule=rule.id, example=example.name, reason=reason)


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


def _failing(rule: Rule, example: Example) -> str | None:
    pack = Pack(rule.id.partition(".")[0], (rule,), rule.required)
    report = check(example.input, pack, example.situation)
    if report.not_run:
        return f"it did not run: {report.not_run[0].reason}"
    found = lines(example.input, report.findings)
    wanted = _block(example.want)
    if example.want is not None and sorted(found) != sorted(wanted):
        return f"found {found or 'nothing'}, and the file says {wanted or 'nothing'}"
    missing = [one for one in _block(example.contains) if one not in found]
    if missing:
        return f"missing {missing} among {found or 'nothing'}"
    present = [one for one in _block(example.absent) if one in found]
    return f"found {present}, which must be absent" if present else None


def _block(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").splitlines() if one.strip()]
