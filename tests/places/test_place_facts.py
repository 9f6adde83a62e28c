import pytest

from tone_rules import channel_names, load_channel, load_pack
from tone_rules.pack import applying

REVIEWS = {"app_store", "google_business", "google_play", "trustpilot", "tripadvisor", "yelp"}
CHANNELS = [load_channel(name) for name in channel_names()]


def where(pack: str, rule: str) -> set[str]:
    """The channels that a shipped rule is for."""
    return set(load_pack(pack).rule(rule).definition.when.channel)


def test_the_packs_of_places_hold_for_every_brand() -> None:
    """Nobody has to name them, whatever the industry, and their errors stop a reply."""
    for industry in (None, "retail bank"):
        assert {"reviews", "community", "channels"} <= set(applying(industry))
    assert all(load_pack(name).required for name in ("reviews", "community", "channels"))


@pytest.mark.parametrize("rule", load_pack("reviews").rules, ids=lambda rule: rule.id)
def test_a_rule_of_the_review_sites_is_for_these_alone(rule) -> None:
    """It names its sites, and it is marked as unverified where none of them was read at its source."""
    sites = set(rule.definition.when.channel)
    assert sites
    assert sites <= REVIEWS
    if not sites & {"tripadvisor", "trustpilot", "google_play"}:
        assert rule.definition.status == "unverified"


@pytest.mark.parametrize("rule", load_pack("community").rules, ids=lambda rule: rule.id)
def test_a_rule_of_communities_names_its_places(rule) -> None:
    """No rule of the pack reaches a review site, and each says why it is there."""
    places = set(rule.definition.when.channel)
    assert places
    assert not places & REVIEWS
    assert rule.definition.description


def test_rules_and_channels_tell_the_same_facts() -> None:
    """What a channel's file says by key is what its rules go by."""
    assert where("channels", "Markdown") == {one.name for one in CHANNELS if one.markup == "none"}
    assert where("channels", "Links") == {one.name for one in CHANNELS if one.max_links}
    assert load_pack("channels").rule("Links").definition.model_dump()["max"] == load_channel("threads").max_links
    assert where("reviews", "EarlierReply") <= {one.name for one in CHANNELS if one.one_answer}


@pytest.mark.parametrize(
    ("name", "limit", "counting", "status"),
    [
        ("x", 280, "weighted", "verified"),
        ("bluesky", 300, "graphemes", "verified"),
        ("mastodon", 500, "mastodon", "verified"),
        ("threads", 500, "emoji_bytes", "verified"),
        ("google_play", 350, "characters", "verified"),
        ("google_business", 4096, "bytes", "unverified"),
        ("app_store", 5970, "characters", "unverified"),
        ("instagram", 2200, "characters", "unverified"),
        ("facebook", 8000, "characters", "unverified"),
        ("linkedin", 1250, "characters", "unverified"),
        ("youtube", 10000, "characters", "unverified"),
        ("tiktok", 150, "characters", "unverified"),
        ("reddit", 10000, "characters", "unverified"),
        ("yelp", 5000, "characters", "unverified"),
        ("tripadvisor", None, "characters", "verified"),
        ("trustpilot", None, "characters", "verified"),
        ("forum", None, "characters", "verified"),
    ],
)
def test_limits_are_the_places_own(name: str, limit: int | None, counting: str, status: str) -> None:
    """The limit, how it is counted, and whether it was read at its source."""
    channel = load_channel(name)
    assert (channel.limit, channel.counting, channel.status) == (limit, counting, status)
