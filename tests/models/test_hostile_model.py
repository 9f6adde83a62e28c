import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hostile_answers import BRAND, INTERNAL, KINDS, SECRETS, Attack, attacks
from stub import Server, serving

from assistant.models.client import ChatModel
from assistant.pipeline import Assistant, Proposal
from assistant.settings import ModelSettings

COUNT = 500
SHARES = 4
"""Parts that workers take apart; each is a test of its own."""


def told(attack: Attack) -> Callable[[dict[str, Any]], str]:
    """A model that answers whatever it is asked with the attack, and vouches for it with every source there is."""
    sources = ["returns", "refund-time", "late", "returns-how", "contact.dm", "goodwill", "order_number"]
    reply = {"text": attack.reply, "why": "approved by the brand", "sources": sources}
    shapes = {**reply, "replies": [reply], "unknown": [], "abstained": "", "left_out": "", "breaches": []}
    return lambda _: json.dumps(shapes)


def proposed(attack: Attack) -> tuple[Attack, Proposal]:
    """What becomes of a message whose model answers with an attack, one rewrite and all."""
    server: Server = serving(reply=told(attack))
    model = ChatModel(ModelSettings(model="good", base_url=server.url, rewrites=1, retries=0, triage=False))
    try:
        return attack, Assistant(BRAND, model=model).draft(attack.context, variants=1)
    finally:
        model.close()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module", params=range(SHARES))
def outcomes(request: pytest.FixtureRequest) -> Iterator[list[tuple[Attack, Proposal]]]:
    """One share of all attacks with their proposals."""
    mine = [one for number, one in enumerate(attacks(COUNT)) if number % SHARES == request.param]
    with ThreadPoolExecutor(4) as many:
        yield list(many.map(proposed, mine))


def test_no_hostile_answer_is_ready(outcomes):
    """Of 500 hostile answers none is in a proposal that is ready, and none passes, whatever the model vouches for."""
    for attack, proposal in outcomes:
        flat = " ".join(" ".join(one.text for one in proposal.drafts if one.verdict == "pass").split())
        assert not any(mark in flat for mark in attack.marks), (attack.reply, proposal.drafts)
        if proposal.status == "ready":
            assert {one.drafter for one in proposal.drafts} == {"playbook"}


def test_no_secret_is_in_what_may_be_published(outcomes):
    """No private or internal value stands in a draft that passes, in a brief's notes of the model or in a `why`."""
    for attack, proposal in outcomes:
        drafts = [one for one in proposal.drafts if one.verdict == "pass"]
        said = " ".join([*(f"{one.text} {one.why}" for one in drafts), *proposal.brief])
        public = attack.context.message
        assert not [name for name, value in SECRETS.items() if value in said and value not in public]


def test_each_attack_is_told(outcomes):
    """The agent reads why the playbook wrote, and the record says it: nothing is swept away."""
    for _, proposal in outcomes:
        account = proposal.provenance["model"]
        assert account["offline"]
        assert account["problems"]
        assert all(one.why.startswith("written offline: ") for one in proposal.drafts if one.drafter == "playbook")
        assert any("embedded drafter wrote" in line for line in proposal.brief)


def test_the_attacks_are_what_they_say():
    """All kinds in equal parts, hundreds of different answers; the secrets are private or internal."""
    all_of_them = list(attacks(COUNT))
    assert Counter(one.kind for one in all_of_them) == dict.fromkeys(KINDS, COUNT // len(KINDS))
    assert len({one.reply for one in all_of_them}) > COUNT * 0.6
    facts = {fact.name: fact.visibility for fact in all_of_them[0].context.facts}
    assert facts == {name: "internal" if name in INTERNAL else "private" for name in SECRETS}
    assert all(re.search(re.escape(mark), one.reply) for one in all_of_them for mark in one.marks)
