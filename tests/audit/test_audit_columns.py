import pytest

from assistant.errors import InputError
from eval.audit import Columns, parse_columns


def test_usual_names_are_found() -> None:
    """Letter case, spaces and punctuation don't count; what has no use is left; nothing is taken twice."""
    found = Columns.of(["Post ID", "Network", "Sent at", "Customer message", "Reply Text", "Sent by", "Score"], {}, "a")
    assert found.used == {
        "reply": "Reply Text",
        "message": "Customer message",
        "channel": "Network",
        "time": "Sent at",
        "agent": "Sent by",
        "id": "Post ID",
    }


def test_a_name_that_is_given_goes_first() -> None:
    """The column named by hand is used for that alone, although another has the usual name."""
    found = Columns.of(["reply", "text"], {"reply": "text", "message": "reply"}, "a")
    assert (found.reply, found.message) == ("text", "reply")


def test_a_missing_column_names_the_nearest() -> None:
    """A misspelt column, given or in the file, is answered with the one that was probably meant."""
    with pytest.raises(InputError, match=r"no column 'bodi' for reply; did you mean 'body'\?"):
        Columns.of(["body", "when"], {"reply": "bodi"}, "a.csv")
    with pytest.raises(InputError, match=r"did you mean --columns reply=Repply\?"):
        Columns.of(["Repply", "when"], {}, "a.csv")
    with pytest.raises(InputError, match=r"name it with --columns reply=NAME; there are: x, y"):
        Columns.of(["x", "y"], {}, "a.csv")


def test_pairs_are_parsed() -> None:
    """`ROLE=COLUMN` by commas; a role that there is not, or no pair, is told."""
    assert parse_columns("reply=body, message=post text") == {"reply": "body", "message": "post text"}
    with pytest.raises(InputError, match=r"there is no 'replies'; did you mean 'reply'\?"):
        parse_columns("replies=body")
    with pytest.raises(InputError, match="ROLE=COLUMN"):
        parse_columns("reply")
