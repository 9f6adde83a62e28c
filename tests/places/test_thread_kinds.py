import pytest

from tone_rules import Pack, Situation, Turn, check

QUOTES = Pack.of("s", {"R": {"extends": "quotation", "message": "%s", "min_words": 5}}, required=True)
PEERS = Pack.of("s", {"R": {"extends": "peer", "message": "%s", "tokens": ["Right", "thanks"], "shared": 2}})
MESSAGE = "The bed was soft and the window wouldn't close. Nobody came when we rang."


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("The bed was soft and warm.", ["The bed was soft and"]),
        ("“the window wouldn’t close. Nobody came”, you write.", ["the window wouldn’t close. Nobody came"]),
        ("soft and the window wouldn't. CAME WHEN WE RANG, nobody came when we rang",
         ["soft and the window wouldn't", "nobody came when we rang"]),
        ("The bed was soft, and the view?", ["The bed was soft, and the"]),
        ("The bed was soft.", []),
        ("The bed was very soft and the window would not close.", []),
        ("", []),
    ],
)  # fmt: skip
def test_runs_of_the_message_are_found(text: str, runs: list[str]) -> None:
    """As long as they are, whatever signs stand between the words, and none of fewer words."""
    report = check(text, QUOTES, Situation(message=MESSAGE))
    assert [one.message for one in report.findings] == runs
    assert check(text, QUOTES).findings == ()


@pytest.mark.parametrize(
    ("reply", "author", "expected"),
    [
        ("Pull the red lead and hold reset.", "@keel", "@keel"),
        ("Pull the red lead and hold reset.", None, "somebody"),
        ("keel has it: pull the red lead and hold reset.", "@keel", None),
        ("Right as said: pull the red lead and hold reset.", "@keel", None),
        ("A new fuse ends it.", "@keel", None),
    ],
)
def test_a_shared_answer_is_credited(reply: str, author: str | None, expected: str | None) -> None:
    """Whoever gave it first is named or thanked; another answer owes nothing."""
    thread = [Turn(role="other", author=author, text="hold reset with the red lead out")]
    findings = check(reply, PEERS, Situation(message="it won't start", thread=thread)).findings
    assert [one.message for one in findings] == ([expected] if expected else [])


@pytest.mark.parametrize("role", ["customer", "brand"])
def test_only_other_members_are_peers(role: str) -> None:
    """What the customer or the brand wrote before is nobody's answer."""
    thread = [Turn(role=role, text="hold reset with the red lead out")]
    assert check("Pull the red lead and hold reset.", PEERS, Situation(thread=thread)).findings == ()
