import json

import pytest

POSTS = [
    {
        "id": "late",
        "channel": "x",
        "message": "My parcel is 9 days late. Where is it??",
        "customer": {"name": "Ana Bell"},
    },
    {"id": "praise", "channel": "x", "message": "Just wanted to say the new jacket is lovely, thank you!"},
    {
        "id": "hurt",
        "channel": "facebook",
        "message": "The zip of your coat cut my son's face open and we are in A&E now. He is 6.",
    },
]


@pytest.fixture(scope="module")
def drafted(replywright):
    """The posts' proposals, as the command gives them."""
    return replywright("draft", "-", "--brand", "demo", "--format", "json", stdin=POSTS)


def test_each_post_gets_a_proposal(drafted):
    """A line in, a proposal line out, in order, with a status and checked drafts."""
    proposals = [json.loads(line) for line in drafted.stdout.splitlines()]
    assert (drafted.returncode, drafted.stderr) == (0, "")
    assert [one["id"] for one in proposals] == ["late", "praise", "hurt"]
    assert proposals[0]["status"] == "ready"
    assert proposals[0]["drafts"][0]["verdict"] == "pass"
    assert proposals[2]["status"] == "escalate"


def test_variants_bounds_the_drafts(replywright):
    """--variants is how many drafts there are at most."""
    done = replywright("draft", "-", "--brand", "demo", "--variants", "1", "--format", "json", stdin=POSTS[:1])
    assert len(json.loads(done.stdout)["drafts"]) == 1


def test_the_playbook_writes_the_same_again(replywright, drafted):
    """Same input, same drafts: nothing in it is left to chance, and without a model it is the playbook that writes."""
    again = replywright("draft", "-", "--brand", "demo", "--drafter", "playbook", "--format", "json", stdin=POSTS)
    assert again.stdout == drafted.stdout != ""


def test_text_for_people(replywright):
    """The text form shows the message, the status and each draft, and sums up on standard error."""
    done = replywright("draft", "-", "--brand", "demo", stdin=POSTS)
    assert "late  ready  My parcel is 9 days late." in done.stdout
    assert "1. pass" in done.stdout
    assert "3 drafted: " in done.stderr
    assert "1 escalate" in done.stderr


BAD_POSTS = [
    ({"channel": "xx", "message": "Hello"}, "unknown channel 'xx'"),
    ({"channel": "x", "message": ""}, "empty"),
    ({"channel": "x", "message": "a" * 200_000}, "50000 characters"),
    ({"channel": "x", "message": "nul \x00"}, "NUL"),
    ({"channel": "x", "message": "Hello", "custommer": {}}, "did you mean 'customer'?"),
]
"""What is wrong with a post, in words."""


@pytest.mark.parametrize("verb", [["draft", "--brand", "demo"], ["triage"]])
def test_a_bad_post_costs_only_itself(replywright, verb):
    """A post that can't be used is told by its number, leaves nothing on standard output, and the rest goes on."""
    posts = [POSTS[0], *(post for post, _ in BAD_POSTS), POSTS[1]]
    done = replywright(*verb, "-", "--format", "json", stdin=posts)
    assert done.returncode == 3
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == ["late", "praise"]
    for number, (line, (_, said)) in enumerate(zip(done.stderr.splitlines(), BAD_POSTS, strict=True), 2):
        assert line.startswith(f"standard input:{number}: ")
        assert said in line


def test_draft_needs_a_brand(replywright):
    """Without a brand there is nobody to write for: wrong use."""
    done = replywright("draft", "-")
    assert done.returncode == 2
    assert "--brand" in done.stderr


@pytest.mark.parametrize("brand", [None, "demo"])
def test_triage_says_what_it_is_and_why(replywright, brand):
    """Each answer carries the id of its message and the words that led to it."""
    options = ["--brand", brand] if brand else []
    done = replywright("triage", "-", "--format", "json", *options, stdin=POSTS)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [one["id"] for one in results] == ["late", "praise", "hurt"]
    assert results[0]["intents"][0] == "delivery"
    assert results[2]["escalation"] == "safety"
    for post, result in zip(POSTS, results, strict=True):
        for one in result["evidence"]:
            assert post["message"][one["start"] : one["end"]] == one["match"] or one["end"] == 0


def test_triage_for_people(replywright):
    """The text form names the danger and quotes the words."""
    done = replywright("triage", "-", stdin=POSTS)
    assert "escalate: safety" in done.stdout
    assert "“" in done.stdout
    assert "3 triaged" in done.stderr


@pytest.mark.parametrize("verb", [["draft", "--brand", "demo"], ["triage"]])
def test_a_customer_can_not_write_on_the_terminal(replywright, verb):
    """Control and bidi characters of a message never reach a terminal, and markup stays text."""
    post = {**POSTS[0], "message": POSTS[0]["message"] + " \x1b[31m\u202e[bold]now[/bold]\x07"}
    done = replywright(*verb, "-", stdin=[post])
    assert done.returncode == 0
    assert not set(done.stdout) & set("\x1b\u202e\x07")
    assert "[bold]now[/bold]" in done.stdout
