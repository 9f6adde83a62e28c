import pytest

from assistant.context import CustomerContext, first_name
from assistant.lines import MAX_LINE, CheckLine, read_lines


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Ana Pinto", "Ana"),
        ("jo 🌸", "Jo"),
        ("MARTHA", "Martha"),
        ("Mrs B in York", None),
        ("B Okafor", None),
        ("T O M", None),
        ("the cat sitter", None),
        ("u/some_one", None),
        ("Angry Of Hull", None),
        ("runner99", None),
        ("", None),
        (None, None),
    ],
)
def test_a_first_name_is_used_only_where_it_reads_like_one(shown: str | None, name: str | None) -> None:
    """A greeting by a title, a handle or a phrase would look silly, so it gives no name."""
    assert first_name(shown) == name


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON at column 2"),
        ("[1]", "should be a JSON object"),
        ('{"channel": "x"}', "'message' is missing"),
        ('{"channel": "tweeter", "message": "hi"}', "unknown channel 'tweeter'"),
        ('{"channel": "x", "message": "  "}', "the text is empty"),
        ('{"channel": "x", "message": "a\\u0000b"}', "NUL byte"),
        ('{"channel": "x", "mesage": "hi", "message": "hi"}', "did you mean 'message'?"),
        ('{"channel": "x", "message": "' + "a" * 200_000 + '"}', "at most 50000 characters"),
        ('{"channel": "x", "message": "' + "a" * MAX_LINE + '"}', "at most 4,000,000 are read"),
        ("[" * 100_000, "too deeply nested"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_loses_nothing(line: str, told: str) -> None:
    """Each fault has its own words and its line's number, and the lines around it are read."""
    good = '{"channel": "x", "message": "hello"}'
    first, bad, last = read_lines([good, line, good], CustomerContext)
    assert isinstance(first, CustomerContext)
    assert isinstance(last, CustomerContext)
    assert told in str(bad)
    assert str(bad).startswith("line 2: ")


def test_a_line_without_an_id_gets_its_number() -> None:
    """Output can always be matched with input."""
    (one,) = read_lines(['{"channel": "x", "reply": "Thanks."}'], CheckLine)
    assert isinstance(one, CheckLine)
    assert one.id == "1"
