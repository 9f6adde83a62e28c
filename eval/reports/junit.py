"""A run as JUnit XML, for the test view of a CI server.

The shape is that of the Jenkins xUnit plugin's schema, which GitLab, GitHub actions and Azure read too.
"""

from xml.etree import ElementTree as ET

from eval.gate import GateVerdict
from eval.reports.escape import plain
from eval.reports.figures import mean
from eval.run import Result, Run
from eval.summary import summarise

SUFFIX = ".xml"


def render(run: Run, verdict: GateVerdict) -> str:
    """The gate's checks as one suite, the cases as another.

    A case that is not wholly scored is an error and never skipped: what is skipped counts as fine. A failed case is a
    failure of its own here, also where the gate lets some fail; the exit code is the gate's.
    """
    summary = summarise(run)
    root = ET.Element("testsuites", name=f"replywright {_legal(run.header.suite)}")
    gate = _suite(root, "gate", len(verdict.checks))
    for check in verdict.checks:
        case = _test(gate, "gate", check.name, 0.0)
        if check.state != "ok":
            _bad(case, "failure" if check.state == "failed" else "error", check.message, check.message)
    cases = _suite(root, run.header.suite, len(run.results), f"{run.header.started_at:%Y-%m-%dT%H:%M:%S}")
    for result in run.results:
        name = result.case.id if run.header.epochs == 1 else f"{result.case.id} epoch {result.epoch}"
        _case(_test(cases, run.header.suite, name, result.seconds), result)
    if summary.missing:
        missing = f"{summary.missing} results are missing: the run is not whole"
        _bad(_test(cases, run.header.suite, "missing", 0.0), "error", missing, missing)
    for suite in (gate, cases):
        suite.set("tests", str(len(suite)))
        for kind in ("failure", "error"):
            suite.set(f"{kind}s", str(sum(one.find(kind) is not None for one in suite)))
        suite.set("time", f"{sum(float(one.get('time', 0)) for one in suite):.3f}")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, name: str, tests: int, began: str | None = None) -> ET.Element:
    made = ET.SubElement(root, "testsuite", name=_legal(name), tests=str(tests))
    if began:
        made.set("timestamp", began)
    return made


def _test(suite: ET.Element, group: str, name: str, seconds: float) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_legal(group), name=_legal(name), time=f"{seconds:.3f}")


def _case(test: ET.Element, result: Result) -> None:
    if result.error is not None:
        _bad(test, "error", result.error, _told(result))
    elif result.outcome != "passed":
        why = "; ".join(
            f"{one.dimension} {mean(one.value)}" for one in result.scores if _counts(one.passed, one.advisory)
        )
        _bad(test, "failure" if result.outcome == "failed" else "error", why or "nothing was scored", _told(result))


def _counts(passed: bool | None, advisory: bool) -> bool:
    return passed is None or (not passed and not advisory)


def _told(result: Result) -> str:
    lines = [
        f"{one.dimension} {mean(one.value)}{' autofail' if one.autofail else ''}: {one.reason}"
        for one in result.scores
        if _counts(one.passed, one.advisory)
    ]
    lines += ["", f"message: {result.case.context.message}", f"reply: {result.reply or '(no draft)'}"]
    return "\n".join(lines)


def _bad(test: ET.Element, kind: str, message: str, text: str) -> None:
    ET.SubElement(test, kind, message=_legal(" ".join(message.split()))[:1_000], type=kind).text = _legal(text)


def _legal(text: str) -> str:
    """Without what XML 1.0 has no way to write, or what moves a cursor or turns the reading order."""
    return "".join(one for one in plain(text) if one not in "\ufffe\uffff")
