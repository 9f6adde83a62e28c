import json
from typing import Any

import pytest

from assistant.errors import InputError

HEADER = "Post ID;Network;Author Name;Username;Followers;Posted at;Post text;Order no\n"
GUESSED = {
    "Post ID": "id",
    "Network": "channel",
    "Author Name": "name",
    "Username": "handle",
    "Followers": "followers",
    "Posted at": "time",
    "Post text": "message",
}


def _read(text: str | bytes, **plan: Any) -> Any:
    from assistant.web.intake import Plan, read_file

    return read_file(text if isinstance(text, bytes) else text.encode(), Plan(**plan))


def _why(read: Any) -> dict[int, str]:
    return {one.number: one.why for one in read.looked.bad}


def test_columns_are_guessed_by_their_names() -> None:
    """A semicolon file with a listening tool's headings becomes messages; a column nobody knows is left out."""
    row = '7;Twitter;Ana Cole;@ana;1,204;2026-11-20T10:12:00Z;"Where is it;\nmy ""parcel""?";NW-1\n'
    read = _read(HEADER + row)
    assert {one.name: one.role for one in read.looked.columns if one.role} == GUESSED
    (made,) = read.contexts
    assert (made.id, made.channel, made.message) == ("7", "x", 'Where is it;\nmy "parcel"?')
    assert (made.customer.name, made.customer.handle, made.customer.followers) == ("Ana Cole", "@ana", 1204)
    assert made.created_at.isoformat() == "2026-11-20T10:12:00+00:00"
    assert made.facts == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Customer Message", "Date"], {"Customer Message": "message", "Date": "time"}),
        (["createdAt", "tweetText", "screenName"], {"createdAt": "time", "screenName": "handle"}),
        (["Review Text", "Reviewer", "Site"], {"Review Text": "message", "Reviewer": "name", "Site": "channel"}),
        (["message", "text"], {"message": "message"}),
    ],
)
def test_usual_headings_are_known(names: list[str], expected: dict[str, str]) -> None:
    """Spaces, case and camel case don't matter, and no thing is found in two columns."""
    from assistant.web.intake.columns import guess

    found = guess([], names)
    assert {name: found.get(name) for name in expected} == expected
    assert len(set(found.values())) == len(found)


def test_a_message_without_a_known_name_is_the_longest_column() -> None:
    """Where no heading says message, the column with texts is taken for it."""
    read = _read(
        "a,b\n1,My parcel has been missing for nine days now\n2,Your shop is closed on the wrong day\n", channel="x"
    )
    assert [one.message[:9] for one in read.contexts] == ["My parcel", "Your shop"]


def test_what_was_chosen_goes_before_what_was_guessed() -> None:
    """Columns may be given other roles, facts with their visibility among them, and one channel for all."""
    roles = {"Post text": "message", "Order no": "private", "Username": "internal"}
    read = _read(HEADER + "7;Twitter;Ana;@ana;1;;Hello there;NW-1\n", roles=roles, channel="reddit")
    (made,) = read.contexts
    assert made.channel == "reddit"
    assert made.customer.name is None
    facts = {(one.name, one.value, one.visibility, one.source) for one in made.facts}
    assert facts == {("order_no", "NW-1", "private", "file"), ("username", "@ana", "internal", "file")}


@pytest.mark.parametrize(
    ("plan", "needs"),
    [
        ({"roles": {}}, "Choose the column"),
        ({"roles": {"Post text": "message"}}, "Choose the channel"),
        ({"roles": {"Post text": "message", "Username": "message"}, "channel": "x"}, "Two columns"),
    ],
)
def test_what_is_missing_is_asked_for(plan: dict[str, Any], needs: str) -> None:
    """Without a message, without a channel or with two messages nothing is read, and the page says what to choose."""
    read = _read(HEADER + "7;Twitter;Ana;@ana;1;;Hello there;NW-1\n", **plan)
    assert read.looked.needs.startswith(needs)
    assert read.contexts == []


def test_bad_rows_are_told_by_number_and_the_rest_is_kept() -> None:
    """An unknown channel, no message, too many cells, a bad date and an open quote each cost their row alone."""
    rows = [
        "1;Twitter;;;;;Good one;",
        "2;Myspace;;;;;Hello;",
        "3;X;Ana;;;;;",
        "4;X;;;;;Hello;;;stray",
        "5;X;;;;tomorrow-ish;Hello;",
        '6;X;;;;;"never closed;',
        "",
        "7;fb;;;;;Also good;",
        "8;X;;;many;;Hello;",
    ]
    read = _read(HEADER + "\n".join(rows) + "\n")
    why = _why(read)
    assert [one.id for one in read.contexts] == ["1", "7"]
    assert list(why) == [3, 4, 5, 6, 7, 10]
    for number, part in zip(why, ("myspace", "empty", "10 cells", "no date", "quote", "followers"), strict=True):
        assert part in why[number], why[number]


def test_a_day_that_could_be_two_is_asked_about() -> None:
    """03/04 is refused until the order is chosen or another date of the column tells it."""
    head = "message,channel,date\n"
    unclear = _read(head + "One,x,03/04/2026 10:12\n")
    assert unclear.looked.days_unclear
    assert unclear.contexts == []
    chosen = _read(head + "One,x,03/04/2026 10:12\n", days="dmy")
    assert chosen.contexts[0].created_at.isoformat() == "2026-04-03T10:12:00+00:00"
    told = _read(head + "One,x,03/04/2026\nTwo,x,21/11/2025\n")
    assert [one.created_at.date().isoformat() for one in told.contexts] == ["2026-04-03", "2025-11-21"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20 10:12", "2026-11-20T10:12:00+00:00"),
        ("1763633520", "2025-11-20T10:12:00+00:00"),
        ("1763633520000", "2025-11-20T10:12:00+00:00"),
        ("Thu Nov 20 10:12:00 +0000 2025", "2025-11-20T10:12:00+00:00"),
        ("Thu, 20 Nov 2025 10:12:00 +0100", "2025-11-20T10:12:00+01:00"),
        ("11/20/2025 4:05 PM", "2025-11-20T16:05:00+00:00"),
        ("20.11.2025", "2025-11-20T00:00:00+00:00"),
    ],
)
def test_times_are_read_as_exports_write_them(text: str, moment: str) -> None:
    """ISO, seconds and milliseconds, Twitter's form, mail's form, and days with slashes or dots."""
    read = _read(f'message;channel;date\nHello;x;"{text}"\n')
    assert read.contexts[0].created_at.isoformat() == moment


def test_json_lines_of_our_own_need_no_mapping() -> None:
    """Lines as `draft` takes them come in whole; a line that is not JSON is told by its number."""
    line = {"id": "1", "channel": "x", "message": "Hi", "thread": [{"role": "customer", "text": "Earlier"}]}
    read = _read(json.dumps(line) + "\n{nonsense\n\n" + json.dumps({**line, "id": "2", "chanel": "x"}) + "\n")
    assert not read.looked.ready
    read = _read(json.dumps(line) + "\n{nonsense\n\n" + json.dumps({**line, "id": "2", "channel": "?"}) + "\n")
    assert read.looked.ready
    assert read.contexts[0].thread[0].text == "Earlier"
    assert [*_why(read)] == [2, 4]


@pytest.mark.parametrize("shape", ["lines", "array"])
def test_json_of_others_is_mapped(shape: str) -> None:
    """Objects with other names, the author inside one of them, are mapped like columns."""
    one = {"tweet_id": 5, "full": {"text": "Where is my parcel, please?"}, "user": {"name": "Ana", "handle": "@ana"}}
    read = _read(json.dumps([one]) if shape == "array" else json.dumps(one), channel="x")
    (made,) = read.contexts
    assert (made.id, made.message, made.customer.name, made.customer.handle) == (
        "5",
        one["full"]["text"],
        "Ana",
        "@ana",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"message,message\na,b\n", "twice"),
        (b"[{]", "array is not JSON"),
        (b"PK\x03\x04\x00\x00", "NUL"),
        (b"message,channel\n", "no rows"),
        (b"[" * 50_000, "array is not JSON"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, said: str) -> None:
    """An empty file, a heading twice, broken JSON, a spreadsheet's own format and a nesting bomb are told plainly."""
    with pytest.raises(InputError, match=said):
        _read(data)


def test_other_encodings_are_read() -> None:
    """UTF-16 with its mark, and Windows-1252, which is told as a guess."""
    text = "message,channel\nCafé’s closed,x\n"
    assert _read(text.encode("utf-16")).contexts[0].message == "Café’s closed"
    read = _read(text.encode("cp1252"))
    assert (read.contexts[0].message, read.looked.guessed) == ("Café’s closed", "Windows-1252")


def test_hostile_rows_stay_text_and_bounded() -> None:
    """Formulas, markup, overrides and escapes are kept as they are and shown inert; a text too long is a bad row."""
    evil = '=HYPERLINK("http://evil.example")<script>1</script>\u202egnp\x1b[31m'
    rows = [["message", "channel", "name"], [evil, "x", evil], ["x" * 200_000, "x", "Long"]]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    read = _read(text)
    assert [one.message for one in read.contexts] == [evil]
    view = read.looked.rows[0]
    for shown in (view.message, view.who, *(one.sample for one in read.looked.columns)):
        assert "\u202e" not in shown
        assert "\x1b" not in shown
        assert len(shown) <= 160
    assert "longer than any message" in _why(read)[3]


def test_quotes_that_never_close_cost_little() -> None:
    """A file of open quotes is given up after a bounded number of bad rows."""
    from assistant.web.intake.reading import MOST_BAD

    read = _read("message,channel\nHello,x\n" + '"a"b,x\n' * 30_000)
    assert len(read.looked.bad) == MOST_BAD + 1
    assert "nothing was read" in read.looked.bad[-1].why


def test_the_same_file_twice_is_the_same_messages() -> None:
    """Rows without an id get one that stays."""
    text = "message,channel\nHello there,x\nGoodbye,x\n"
    first, second = _read(text).contexts, _read(text).contexts
    assert [one.id for one in first] == [one.id for one in second]
    assert len({one.id for one in first}) == 2


@pytest.fixture
def client(brand: Any, tmp_path: Any) -> Any:
    """The application for one local user."""
    from starlette.testclient import TestClient

    from assistant.store import Store
    from assistant.web.app import create_app

    with (
        Store.open(tmp_path / "inbox.db") as store,
        TestClient(create_app(brand, store), base_url="http://127.0.0.1:7860") as client,
    ):
        client.store = store
        yield client


def test_a_file_is_looked_at_then_taken(client: Any) -> None:
    """Looking keeps nothing; taking keeps the messages once, and says what came in."""
    body = b"message,channel\nHello there,x\nBad,nowhere\n"
    looked = client.post("/api/intake", content=body).json()
    assert (looked["looked"]["good"], looked["imported"]) == (1, None)
    assert client.store.messages() == []
    taken = client.post("/api/intake", content=body, params={"take": True}).json()
    assert taken["imported"]["new"] == 1
    assert taken["first"] == client.store.messages()[0].id
    again = client.post("/api/intake", content=body, params={"take": True}).json()
    assert (again["imported"]["new"], again["imported"]["same"]) == (0, 1)


def test_a_plan_that_is_none_is_refused(client: Any) -> None:
    """What can't be read or lacks a choice is an error in words."""
    assert client.post("/api/intake", content=b"a\nb\n", params={"plan": '{"x": 1}'}).status_code == 422
    unsaid = client.post("/api/intake", content=b"message\nHello\n", params={"take": True})
    assert (unsaid.status_code, "channel" in unsaid.json()["detail"]) == (422, True)


def test_only_this_route_takes_large_bodies(client: Any) -> None:
    """Two megabytes go in here and nowhere else, and here no more than 20."""
    rows = "message,channel\n" + ("y" * 40_000 + ",x\n") * 50
    assert client.post("/api/intake", content=rows.encode()).json()["looked"]["good"] == 50
    assert client.post("/api/v1/inbox", content=rows.encode()).status_code == 413
    assert client.post("/api/intake", content=b"x" * 20_000_001).status_code == 413
