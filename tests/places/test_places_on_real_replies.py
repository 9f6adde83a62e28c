import json

import pytest

from tone_rules import Situation, check, load_pack

PACKS = [load_pack("reviews"), load_pack("community")]
PLACES = ("tripadvisor", "trustpilot", "google_business", "app_store", "yelp", "reddit", "mastodon")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.shared
def test_sound_replies_pass_wherever_they_stand(place: str, shared_data) -> None:
    """Of sound replies, written for any place, under one in a hundred is stopped by the rules of another."""
    rows = [json.loads(one) for one in (shared_data / "suites" / "reply_checks.jsonl").read_text("utf-8").splitlines()]
    sound = [one["reply"] for one in rows if one["verdict"] == "pass"]
    tweets = [json.loads(one) for one in (shared_data / "care_tweets.jsonl").read_text("utf-8").splitlines()]
    sound += [one["reply"] for one in tweets]
    stopped = [one for one in sound if check(one, PACKS, Situation(channel=place)).verdict == "block"]
    assert len(sound) > 300
    assert len(stopped) < len(sound) / 100, stopped


@pytest.mark.shared
def test_community_replies_say_who_speaks(shared_data) -> None:
    """No sound reply to a community is asked again where its writer works."""
    rows = [json.loads(one) for one in (shared_data / "suites" / "reply_checks.jsonl").read_text("utf-8").splitlines()]
    sound = [one for one in rows if one["verdict"] == "pass" and one["channel"] in ("reddit", "forum")]
    assert sound
    for row in sound:
        report = check(row["reply"], PACKS, Situation(channel=row["channel"], message=row["message"]))
        assert "community.Affiliation" not in {one.rule for one in report.findings}, row["reply"]
