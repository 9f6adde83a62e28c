"""Small real systems, cases and proposals for the harness's tests."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage
from eval.case import Case
from eval.suite import Suite


@pytest.fixture
def make_case() -> Callable[..., Case]:
    """A case by id, message, tags and what it expects."""

    def make(id: str = "c1", message: str = "Where is my kettle?", tags: Any = (), **expect: Any) -> Case:  # noqa: A002
        return Case.model_validate(
            {"id": id, "tags": tags, "context": {"channel": "x", "message": message}, "expect": expect}
        )

    return make


@pytest.fixture
def make_proposal() -> Callable[..., Proposal]:
    """A proposal with drafts of these texts, all checked and passed unless told otherwise."""

    def make(*texts: str, status: str = "ready", triage: Any = None, **draft: Any) -> Proposal:
        return Proposal.model_validate(
            {
                "id": "c1",
                "status": status,
                "triage": triage or Triage(),
                "drafts": [Draft(**{"text": text, "drafter": "t", "verdict": "pass", **draft}) for text in texts],
            }
        )

    return make


@pytest.fixture
def echo() -> Callable[[CustomerContext], Proposal]:
    """A system that answers by the last word of the message, and breaks where the message says "crash"."""

    def system(context: CustomerContext) -> Proposal:
        if "crash" in context.message:
            raise RuntimeError("the fuse blew")
        text = f"Thanks for writing about {context.message.split()[-1]}"
        draft = Draft(text=text, drafter="echo", verdict="pass")
        return Proposal(id=context.id, status="ready", triage=Triage(intents=("delivery",)), drafts=(draft,))

    return system


@pytest.fixture
def suite(make_case: Callable[..., Case]) -> Suite:
    """Five cases: two pass, one fails, one fails by itself, one breaks the system."""
    kettle = {"any": ["kettle"], "why": "names the kettle"}
    return Suite(
        name="five",
        cases=(
            make_case("good", "where is my kettle", ["delivery"], status="ready", must=[kettle]),
            make_case("also-good", "about the kettle", ["delivery", "short"], intents=["delivery"]),
            make_case("lacks", "where is my lamp", ["delivery"], must=[kettle]),
            make_case("says", "my secret", ["privacy"], must_not=[{"any": ["secret"], "why": "keeps the secret"}]),
            make_case("breaks", "crash", ["privacy"], status="ready"),
        ),
    )
