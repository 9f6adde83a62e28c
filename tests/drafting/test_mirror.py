import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.mirror import MAX_WORDS, clauses, issue_of


@pytest.mark.parametrize(
    ("message", "kind", "text"),
    [
        ("@brand I can't log into my account since Tuesday", "trouble", "you can't log into your account"),
        ("hey my blender won't switch on anymore!!", "trouble", "your blender won't switch on anymore"),
        ("your website keeps timing out at checkout", "trouble", "the website keeps timing out at checkout"),
        ("im having problems with the new remote", "trouble", "you're having problems with the new remote"),
        ("How do I change the name on a ticket?", "question", "how to change the name on a ticket"),
        ("Do you deliver to the Isle of Wight?", "question", "whether we deliver to the Isle of Wight"),
        ("WHERE IS MY SUITCASE", "question", "where your suitcase is"),
        ("I need help with my boiler cover", "request", "help with your boiler cover"),
    ],
)  # fmt: skip
def test_a_clause_is_turned_from_theirs_to_ours(message: str, kind: str, text: str) -> None:
    """First person becomes second, the brand's things lose "your", haste is mended, shouting goes."""
    issue = issue_of(message)
    assert issue is not None
    assert (issue.kind, issue.text) == (kind, text)


@pytest.mark.parametrize(
    "message",
    [
        "You people stole my money and you can't even spell",
        "This shitty app won't load",
        "I can't believe it",
        "my order NW-48213-A never came to jo@post.example",
        "🔥🔥🔥",
        "why",
    ],
)
def test_what_must_not_be_repeated_is_not_named(message: str) -> None:
    """Accusation, abuse, identifiers and clauses too thin to mean anything never come back in our words."""
    issue = issue_of(message)
    said = issue.text.lower() if issue else ""
    assert not any(word in said for word in ("stole", "shit", "48213", "jo@post", "believe"))


def test_the_noun_stands_in_where_no_clause_reads_well() -> None:
    """Where nothing can be turned, the topic that triage found is named."""
    issue = issue_of("kettle!!! again!!!", topic="kettle")
    assert issue is not None
    assert issue.text == "the kettle"


@given(st.text(max_size=400))
def test_no_text_breaks_the_mirror_or_comes_back_long(message: str) -> None:
    """Any text either gives a short clause or none."""
    issue = issue_of(message)
    assert issue is None or 1 <= len(issue.text.split()) <= MAX_WORDS + 1
    assert all("http" not in clause for clause in clauses("see https://a.example/x now please " + message[:20])[:1])
