from datetime import UTC, datetime, timedelta

import pytest

from assistant import demo
from assistant.context import CustomerContext, PublicView

HARD = {
    "stuck-parka": "furious",
    "three-questions": "three asks in one",
    "bravo-raincoat": "sarcastic praise",
    "snapped-buckle": "an injury",
    "small-claims": "a legal threat",
    "robots-and-soles": "instructions aimed at a model inside a real question",
    "note-in-the-bag": "real praise",
    "see-pic": "a stripped image",
    "bring-the-dip": "two friends chatting",
    "collab-babe": "spam",
    "dads-coat": "a bereavement",
    "number-in-public": "an order number in public",
    "crampons": "outside the brand's knowledge",
    "nach-hamburg": "German",
    "what-does-a-rewax-cost": "a price question",
    "smock-over-a-gansey": "a sizing question",
    "zip-or-bin": "a repair",
    "photos-wont-upload": "a problem that the notice covers",
    "swamp-and-coat": "a mixed review",
    "green-spots": "a community thread",
    "pilot-strap-412k": "an influencer",
    "no-words": "emoji only",
    "popper-birthday": "a minor",
}


@pytest.fixture(scope="module")
def inbox() -> dict[str, CustomerContext]:
    return {post.id: post for post in demo.inbox()}


def test_there_are_25_posts_over_many_channels(inbox: dict[str, CustomerContext]) -> None:
    """The inbox is a day's worth from at least six places, in the order it came in."""
    assert len(demo.inbox()) == len(inbox) == 25
    assert len({post.channel for post in inbox.values()}) >= 6
    times = [post.created_at for post in inbox.values()]
    assert all(times)
    assert times == sorted(times, key=str)


def test_every_hard_kind_is_there(inbox: dict[str, CustomerContext]) -> None:
    """Each kind of hard post that the demo promises is in the inbox."""
    assert {kind for post, kind in HARD.items() if post not in inbox} == set()


def test_the_hard_ones_are_what_they_are_called(inbox: dict[str, CustomerContext]) -> None:
    """What can be told from the data itself holds: image, thread, reach, emoji, language, a number of their own."""
    assert inbox["see-pic"].attachments == ("image",)
    assert any(turn.role == "other" for turn in inbox["bring-the-dip"].thread)
    assert any(turn.role == "other" for turn in inbox["green-spots"].thread)
    assert (inbox["pilot-strap-412k"].customer.followers or 0) > 100_000
    assert not any(letter.isalnum() for letter in inbox["no-words"].message)
    assert inbox["nach-hamburg"].customer.language == "de"
    facts = {fact.name: fact for fact in inbox["number-in-public"].facts}
    assert facts["order_number"].value in inbox["number-in-public"].message
    assert facts["order_number"].visibility == "private"


def test_there_is_something_to_leak(inbox: dict[str, CustomerContext]) -> None:
    """Most posts carry facts of all three visibilities, and a drafter sees none of the secret values."""
    kinds = {fact.visibility for post in inbox.values() for fact in post.facts}
    assert kinds == {"public", "private", "internal"}
    assert sum(any(fact.visibility != "public" for fact in post.facts) for post in inbox.values()) >= 20
    for post in inbox.values():
        shown = PublicView.of(post).model_dump_json(exclude={"message", "withheld"})
        assert [fact.name for fact in post.facts if fact.visibility == "internal" and fact.value in shown] == []


def test_every_post_has_someone_to_answer_it(inbox: dict[str, CustomerContext]) -> None:
    """An agent with a name and initials is on each, so that every signature can be filled in."""
    assert all(post.agent and post.agent.name and post.agent.initials for post in inbox.values())


def test_the_page_shows_the_posts_as_just_in() -> None:
    """The newest is minutes old, the oldest some hours, in the same order; nothing else of a post changes."""
    now = datetime.now(UTC)
    posts, fresh = demo.inbox(), demo.just_in(now)
    before = [post.created_at for post in posts if post.created_at]
    moments = [post.created_at for post in fresh if post.created_at]
    assert len(before) == len(moments) == len(posts)
    assert now - timedelta(hours=4) < min(moments) < max(moments) < now
    assert sorted(range(len(posts)), key=before.__getitem__) == sorted(range(len(posts)), key=moments.__getitem__)
    assert [one.model_copy(update={"created_at": None}) for one in posts] == [
        one.model_copy(update={"created_at": None}) for one in fresh
    ]
