"""Situations to hold a reply's claims against."""

from collections.abc import Callable
from typing import Any

import pytest

from tone_rules.engine import check
from tone_rules.finding import Report
from tone_rules.pack import load_pack
from tone_rules.situation import Agent, Situation, Source

Checked = Callable[..., Report]


@pytest.fixture(scope="session")
def situation() -> Callable[..., Situation]:
    """Makes a situation of policies P1, P2, ... in which Ife signs."""

    def made(*policies: str, **keys: Any) -> Situation:
        sources = [Source(id=f"P{number}", kind="policy", text=text) for number, text in enumerate(policies, 1)]
        return Situation(**{"sources": sources, "agent": Agent(name="Ife"), **keys})

    return made


@pytest.fixture(scope="session")
def grounded(situation: Callable[..., Situation]) -> Checked:
    """Checks a reply with the pack alone, beside policies."""

    def checked(reply: str, *policies: str, **keys: Any) -> Report:
        return check(reply, load_pack("grounding"), situation(*policies, **keys))

    return checked
