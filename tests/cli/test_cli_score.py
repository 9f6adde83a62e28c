import json


def test_a_reply_is_scored_with_reasons(replywright):
    """Each measure has a value or a reason why not; the answer that helps scores above the one that doesn't."""
    lines = [
        {"id": "a", "message": "Where is my parcel?? 9 days!", "reply": "Thanks for reaching out! Have a great day!"},
        {
            "id": "b",
            "message": "Where is my parcel?? 9 days!",
            "reply": "Nine days is far too long, sorry. It left Leeds today and I'll message you here once it is out "
            "for delivery tomorrow.",
        },
    ]
    done = replywright("score", "-", "--format", "json", stdin=lines)
    assert done.returncode == 0, done.stderr
    worse, better = map(json.loads, done.stdout.splitlines())
    assert worse["tone"] < better["tone"]
    assert worse["helpfulness"] < better["helpfulness"]
    assert all(one["value"] is not None or one["reason"] for one in better["measures"].values())


def test_without_a_message_nothing_is_helpful_to_anybody(replywright):
    """Help is not measured where nobody asked: it is null, and the reason says so; tone is."""
    done = replywright("score", "-", "--format", "json", stdin=[{"reply": "It comes on Friday."}])
    result = json.loads(done.stdout)
    assert result["helpfulness"] is None
    assert result["tone"] is not None
    assert any("no message" in (one["reason"] or "") for one in result["measures"].values())


def test_a_bad_line_is_told_and_the_rest_is_scored(replywright):
    """One line without a reply is reported by its number; the others are scored, and the exit code is 3."""
    done = replywright("score", "-", "--format", "json", stdin=[{"reply": "Hello."}, {"text": "x"}, {"reply": "Bye."}])
    assert done.returncode == 3
    assert "line 2" in done.stderr or ":2:" in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_people_see_bars_and_reasons(replywright):
    """As text, both sums and a line for each measure."""
    done = replywright("score", "-", stdin=[{"message": "Where is it?", "reply": "It comes on Friday."}])
    assert "tone 0." in done.stdout
    assert "brevity" in done.stdout
    assert "1 scored" in done.stderr
