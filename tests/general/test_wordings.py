from pathlib import Path

import pytest
import yaml

from tone_rules import Agent, Report, Situation, Source, check, load_pack

WORDINGS = yaml.safe_load((Path(__file__).parent / "wordings.yaml").read_text("utf-8"))


def _cases(side: str) -> list:
    return [
        pytest.param(category, case, id=f"{category}-{number}")
        for category, sides in WORDINGS.items()
        for number, case in enumerate(sides.get(side, []), 1)
    ]


def _checked(category: str, case: dict) -> Report:
    known = {"customer_name": case.get("name"), "customer_handle": case.get("handle")}
    situation = Situation(
        channel="facebook",
        message=case["message"],
        agent=None if category == "bot_as_human" else Agent(name="Mo"),
        sources=[Source(id=name, kind="fact", text=text) for name, text in known.items() if text],
    )
    return check(case["reply"], load_pack("general"), situation)


@pytest.mark.parametrize(("category", "case"), _cases("blocked"))
def test_another_wording_is_blocked(category: str, case: dict) -> None:
    """A fault is caught in words that stand in no rule's own examples."""
    assert _checked(category, case).verdict == "block"


@pytest.mark.parametrize(("category", "case"), _cases("warned"))
def test_a_doubtful_wording_is_pointed_out(category: str, case: dict) -> None:
    """What may be meant well is shown to the agent, and blocks nothing."""
    report = _checked(category, case)
    assert (report.verdict, any(one.level == "warning" for one in report.findings)) == ("pass", True)


@pytest.mark.parametrize(("category", "case"), _cases("fine"))
def test_a_look_alike_passes(category: str, case: dict) -> None:
    """What only looks like the fault is not blocked."""
    assert [(one.rule, one.match) for one in _checked(category, case).findings if one.blocking] == []
