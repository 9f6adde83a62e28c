from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checking import check
from assistant.cli.check import brand_for
from assistant.line_check import LineCheck
from assistant.lines import CheckLine
from tone_rules.finding import Report

FAILURES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "failures.yaml").read_text(encoding="utf-8"))


def _checked(case: dict[str, Any], which: str) -> Report:
    line = dict(case["line"])
    if which == "good":
        line["facts"] = [*line.get("facts", []), *case.get("good_facts", [])]
        line.update({"agent": case["good_agent"]} if "good_agent" in case else {})
    read = CheckLine.model_validate({**line, "reply": case[which]})
    return check(read.reply, read, LineCheck(brand_for(None)).brand_of(read), read.message)


@pytest.mark.parametrize("case", FAILURES, ids=[one["case"] for one in FAILURES])
def test_the_failure_is_caught(case: dict[str, Any]) -> None:
    """What a brand was ridiculed or fined for is stopped, or at least warned of by the rule made for it."""
    report = _checked(case, "bad")
    warned = [one.rule for one in report.findings if one.level != "suggestion"]
    assert any(rule.startswith(wanted) for rule in warned for wanted in case["caught_by"]), report


@pytest.mark.parametrize("case", FAILURES, ids=[one["case"] for one in FAILURES])
def test_what_should_have_been_said_passes(case: dict[str, Any]) -> None:
    """The reply that a care lead would have sent is neither stopped nor left unchecked."""
    report = _checked(case, "good")
    assert report.verdict == "pass", report
