from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.store import Store
from tone_rules.errors import ConfigurationError

MESSAGE = CustomerContext(id="one", channel="x", message="Where is my parcel? Nine days now.")
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
ORIGIN = {"Origin": "http://127.0.0.1:7860"}


@pytest.fixture(scope="module")
def tokens() -> dict[str, str]:
    """A token for each person."""
    from assistant.web.team import new_token

    return {name: new_token() for name in ("Ana", "Lee", "Olu", "Gone")}


@pytest.fixture(scope="module")
def team(tokens: dict[str, str]) -> Any:
    """An agent, a lead, an owner, somebody whose token has run out, and a proxy."""
    from assistant.web.team import Member, Proxy, Team, TeamFile, token_sha256

    roles: dict[str, Any] = {"Ana": "agent", "Lee": "lead", "Olu": "owner", "Gone": "owner"}
    people = tuple(
        Member(
            name=name, role=role, token_sha256=token_sha256(tokens[name]), until=YESTERDAY if name == "Gone" else None
        )
        for name, role in roles.items()
    )
    return Team(TeamFile(people=people, proxy=Proxy(header="X-Forwarded-User", addresses=("192.0.2.0/24",))))


@pytest.fixture(scope="module")
def app(brand: Brand, team: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The application with a team at its door."""
    from assistant.web.app import create_app

    with Store.open(tmp_path_factory.mktemp("team") / "inbox.db") as store:
        yield create_app(brand, store, messages=[MESSAGE], door=team)


@pytest.fixture
def client(app: Any) -> Iterator[Any]:
    """A browser that has not signed in, from an address of its own: nobody else's tries count against it."""
    with closing(_client(app, "198.51.100.7")) as client:
        yield client


def _client(app: Any, address: str) -> Any:
    from starlette.testclient import TestClient

    return TestClient(app, base_url="http://127.0.0.1:7860", client=(address, 50000), follow_redirects=False)


@pytest.fixture(autouse=True)
def _patient(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers may try more often here than outside, so that one test does not lock out the next."""
    monkeypatch.setattr("assistant.web.guard.TRIES_PER_MINUTE", 100_000)
    app.middleware_stack = None  # made anew with that


def test_nobody_passes_without_a_token_on_any_route(app: Any, client: Any) -> None:
    """Every route of ours and of Gradio's, by every method, refuses a stranger; only the sign-in page opens."""
    walked = 0
    for path, methods in _routes(app):
        for method in methods:
            answer = client.request(method, path)
            walked += 1
            if path == "/sign-in":
                assert answer.status_code == (200 if method in ("GET", "HEAD") else 401), (method, path)
            else:
                assert answer.status_code in (401, 404), (method, path, answer.status_code)
                assert "Halyard" not in answer.text
    assert walked > 60


def test_a_page_sends_a_stranger_to_sign_in(client: Any) -> None:
    """A browser that asks for a page is shown the way; a program gets an error that it can read."""
    answer = client.get("/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert client.get("/api/inbox").json() == {"detail": "Say who you are: nobody is known by this request."}


def test_signing_in_and_out(client: Any, tokens: dict[str, str]) -> None:
    """A token opens a session whose cookie no script and no other site gets; once signed out it is worth nothing."""
    assert client.post("/sign-in", data={"token": "rw_guess"}, headers=ORIGIN).status_code == 401
    answer = client.post("/sign-in", data={"token": tokens["Ana"]}, headers=ORIGIN)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert tokens["Ana"] not in cookie
    assert client.get("/api/inbox").status_code == 200
    kept = dict(client.cookies)
    assert client.post("/sign-out", headers=ORIGIN).status_code == 303
    client.cookies.update(kept)
    assert client.get("/api/inbox").status_code == 401


def test_a_session_counts_for_no_other_page(client: Any, tokens: dict[str, str]) -> None:
    """What changes something needs the browser's word that it comes from this page; a bearer token needs none."""
    client.post("/sign-in", data={"token": tokens["Ana"]}, headers=ORIGIN)
    body = {"key": "one", "text": "Hello"}
    assert client.post("/api/check", json=body, headers=ORIGIN).status_code == 200
    assert client.post("/api/check", json=body).status_code == 401
    assert client.post("/api/check", json=body, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    client.cookies.clear()
    assert client.post("/api/check", json=body, headers=_bearer(tokens["Ana"])).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer rw_guess", "Basic {ana}", "Bearer {gone}", "Bearer {ana}x"])
def test_no_other_word_opens(client: Any, tokens: dict[str, str], given: str) -> None:
    """A guess, another scheme, a token that has run out or one with something added open nothing."""
    said = given.format(ana=tokens["Ana"], gone=tokens["Gone"])
    assert client.get("/api/inbox", headers={"Authorization": said}).status_code == 401


def test_a_header_counts_from_the_proxy_alone(app: Any) -> None:
    """The proxy names its person; the same header from anywhere else, twice, or for nobody we know opens nothing."""
    named = {"X-Forwarded-User": "Lee"}
    twice = [("X-Forwarded-User", "Lee"), ("X-Forwarded-User", "Olu")]
    with closing(_client(app, "192.0.2.9")) as ours:
        assert ours.get("/api/inbox", headers=named).status_code == 200
        assert ours.get("/api/inbox", headers={"X-Forwarded-User": "Root"}).status_code == 401
        assert ours.get("/api/inbox", headers=twice).status_code == 401
    with closing(_client(app, "198.51.100.8")) as forged:
        assert forged.get("/api/inbox", headers=named).status_code == 401
        assert forged.get("/api/inbox", headers={**named, "X-Forwarded-For": "192.0.2.9"}).status_code == 401


def test_a_page_asks_for_its_right(client: Any, tokens: dict[str, str]) -> None:
    """Each page opens for the roles that have its right and tells the others why not."""
    from assistant.web.people import Person
    from assistant.web.views import PAGES

    roles: dict[str, Any] = {"Ana": "agent", "Lee": "lead", "Olu": "owner"}
    for page in PAGES[1:]:
        for name, role in roles.items():
            allowed = Person(name=name, role=role).may(page.right)
            answer = client.get(f"/{page.path}", headers=_bearer(tokens[name]))
            assert answer.status_code == (200 if allowed else 403), (page.path, name)


def test_guessing_is_slowed_down(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten tries a minute from one address, then none for a while; other addresses are not held up."""
    monkeypatch.setattr("assistant.web.guard.TRIES_PER_MINUTE", 10)
    app.middleware_stack = None
    with closing(_client(app, "203.0.113.5")) as client:
        told = [client.post("/sign-in", data={"token": f"rw_{n}"}, headers=ORIGIN).status_code for n in range(12)]
    assert told[:10] == [401] * 10
    assert told[10:] == [429] * 2
    with closing(_client(app, "203.0.113.6")) as other:
        assert other.get("/api/inbox").status_code == 401


def test_one_person_can_not_flood_the_others() -> None:
    """A bucket gives its burst, then what comes back with time, each key for itself."""
    from assistant.web.rate import Rate

    rate = Rate(per_minute=60, burst=3)
    assert [rate.wait("a") > 0 for _ in range(4)] == [False, False, False, True]
    assert rate.wait("b") == 0


def test_the_verb_makes_a_file_that_opens(tmp_path: Path) -> None:
    """A person is added with a token that is printed once and kept as a digest only; a new token replaces the old."""
    from assistant.cli.team import app as verb
    from assistant.web.team import Team

    file = tmp_path / "team.yaml"
    first = CliRunner().invoke(verb, ["add", str(file), "Ana Bell"])
    assert first.exit_code == 0, first.output
    token = next(line for line in first.output.splitlines() if line.startswith("rw_"))
    assert token not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert Team.load(file).sign_in(token)
    CliRunner().invoke(verb, ["add", str(file), "Olu", "--role", "owner"])
    again = CliRunner().invoke(verb, ["add", str(file), "Ana Bell", "--role", "lead"])
    newer = next(line for line in again.output.splitlines() if line.startswith("rw_"))
    team = Team.load(file)
    assert (team.sign_in(token), bool(team.sign_in(newer))) == (None, True)
    assert [one["name"] for one in yaml.safe_load(file.read_text())["people"]] == ["Olu", "Ana Bell"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("people:\n- {name: Ana}\n- {name: Ana}\n", "stands there twice"),
        ("people: []\n", "people"),
        ("people:\n- {name: Ana, role: boss}\n", "role"),
        ("people:\n- {name: Ana, token: rw_plain}\n", "token"),
        ("people:\n- {name: Ana}\nproxy: {header: X-User, addresses: [anywhere]}\n", "anywhere"),
    ],
)
def test_a_wrong_team_file_says_where(tmp_path: Path, text: str, told: str) -> None:
    """A name twice, nobody at all, an unknown role, a token in the clear and no address are errors with their place."""
    from assistant.web.team import Team

    file = tmp_path / "team.yaml"
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=told) as raised:
        Team.load(file)
    assert f"{file}:" in str(raised.value)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _routes(app: Any) -> Iterator[tuple[str, list[str]]]:
    """Every path of the application, of what is mounted in it too, with something for each parameter."""
    import re

    for route in app.routes:
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        if hasattr(inner, "routes"):
            yield from _routes(inner)
        elif getattr(route, "path", ""):
            path = re.sub(r"\{[^}]*\}", "x", route.path)
            yield path, sorted(getattr(route, "methods", None) or {"GET", "POST"})
