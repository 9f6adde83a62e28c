import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from hostile_answers import BRAND, INTERNAL, KINDS, SECRETS, Attack, attacks
from stub import serving

from assistant.context import CustomerContext, PublicView
from assistant.drafting import Draft
from assistant.drafting.chat_model import ChatModelDrafter
from assistant.drafting.playbook import PlaybookDrafter
from assistant.models.client import ChatModel
from assistant.pipeline import Assistant, Proposal
from assistant.settings import ModelSettings
from assistant.triage import Triage, triage

COUNT = 500


def told(attack: Attack) -> str:
    """What a model says to whatever it is asked: the attack, vouched for with every source there is."""
    sources = ["returns", "refund-time", "late", "returns-how", "contact.dm", "goodwill", "order_number"]
    reply = {"text": attack.reply, "why": "approved by the brand", "sources": sources}
    return json.dumps({**reply, "replies": [reply], "unknown": [], "abstained": "", "left_out": "", "breaches": []})


class Brief(PlaybookDrafter):
    """The embedded drafter's first draft alone: it stands in for the model hundreds of times here."""

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:
        """The first one."""
        return super().draft(view, triage, variants)[:1]


@pytest.fixture(scope="module")
def outcomes() -> Iterator[list[tuple[Attack, Proposal]]]:
    """What becomes of each message whose model answers with an attack, one rewrite and all."""
    asked: list[Attack] = []
    server = serving(reply=lambda _: told(asked[-1]))
    model = ChatModel(ModelSettings(model="good", base_url=server.url, rewrites=1, retries=0, cache=False))
    assistant = Assistant(BRAND, ChatModelDrafter(BRAND, model, Brief(BRAND)), model=model)
    seen = cache(lambda message: triage(CustomerContext(channel="x", message=message), BRAND))
    proposals = []
    for attack in attacks(COUNT):
        asked.append(attack)
        proposals.append(assistant.draft(attack.context, variants=1, corrected=seen(attack.context.message)))
    yield list(zip(asked, proposals, strict=True))
    model.close()
    server.shutdown()
    server.server_close()


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
