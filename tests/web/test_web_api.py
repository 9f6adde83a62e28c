import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.store import Store
from assistant.store.notices import current
from assistant.store.outcomes import outcomes_of

PARCEL = {"id": "p1", "channel": "x", "message": "My parka was due on Tuesday and tracking hasn't moved for five days."}
V1 = "/api/v1"


@pytest.fixture(scope="module")
def served(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """The application with a team at its door, and a client of it for each role."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app
    from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256

    tokens = {name: new_token() for name in ("agent", "lead", "owner")}
    people = tuple(Member(name=one.title(), role=one, token_sha256=token_sha256(tokens[one])) for one in tokens)  # type: ignore[arg-type]
    with Store.open(tmp_path_factory.mktemp("api") / "inbox.db") as store:
        app = create_app(brand, store, messages=demo.inbox()[:3], door=Team(TeamFile(people=people)))
        with TestClient(app, base_url="http://127.0.0.1:7860") as client:

            def call(method: str, path: str, role: str = "agent", **options: Any) -> Any:
                headers = {"Authorization": f"Bearer {tokens[role]}", **options.pop("headers", {})}
                return client.request(method, V1 + path, headers=headers, **options)

            assert app.state.desk.inbox.settled(120)
            yield call, app.state.desk


def test_triage_draft_check_and_score(served: tuple[Any, Any]) -> None:
    """Each gives what the library's function of that name gives, in the shapes of the command line."""
    call, desk = served
    assert call("POST", "/triage", json=PARCEL).json()["intents"] == ["delivery"]
    proposal = call("POST", "/draft?variants=2", json=PARCEL).json()
    assert proposal["id"] == "p1"
    assert 1 <= len(proposal["drafts"]) <= 2
    line = {"id": "c", "channel": "x", "reply": "Dear [name], we'll refund you today!"}
    assert call("POST", "/check", json=line).json()["verdict"] == "block"
    scored = call("POST", "/score", json={"id": "s", "reply": "Sorry!", "message": PARCEL["message"]}).json()
    assert 0 <= scored["helpfulness"] <= 1
    assert desk.store.counts() == {"open": 3}, "nothing of this is kept"


def test_a_draft_streams(served: tuple[Any, Any]) -> None:
    """The stream is JSON Lines and ends with the proposal that `draft` gives."""
    call, _ = served
    lines = [json.loads(line) for line in call("POST", "/draft/stream", json=PARCEL).text.splitlines()]
    assert lines[-1]["proposal"]["drafts"] == call("POST", "/draft", json=PARCEL).json()["drafts"]


def test_messages_come_in_and_bad_ones_are_told(served: tuple[Any, Any]) -> None:
    """An array, one object and JSON Lines are taken; a bad one is reported by number and the rest is drafted."""
    call, desk = served
    answer = call("POST", "/inbox", json=[{**PARCEL, "id": "a1"}, {"id": "a2", "channel": "x", "mesage": "x"}]).json()
    assert (answer["imported"]["new"], len(answer["bad"])) == (1, 1)
    assert answer["bad"][0].startswith("message 2: ")
    assert "unknown key 'mesage'" in answer["bad"][0]
    lines = "\n".join(json.dumps({**PARCEL, "id": f"l{n}"}) for n in range(2)) + "\nnonsense"
    answer = call("POST", "/inbox", content=lines.encode()).json()
    assert (answer["imported"]["new"], answer["bad"]) == (
        2,
        ["message 3: this is not JSON at column 1: Expecting value"],
    )
    assert call("POST", "/inbox", json={**PARCEL, "id": "o1"}).json()["imported"]["new"] == 1
    assert desk.inbox.settled(60)
    assert call("GET", "/inbox/a1").json()["proposal"]["status"] in {"ready", "needs_edit"}
    assert call("GET", "/inbox?limit=2&offset=1").json()[0]["id"]


def test_no_way_around_the_check(served: tuple[Any, Any]) -> None:
    """A blocked text is refused with its report and recorded nowhere; nobody overrides a rule that allows none."""
    call, desk = served
    key = desk.inbox.items("todo")[0].key
    leak = {"decision": "approve", "text": "Dear [name], hello"}
    refused = call("POST", f"/inbox/{key}/decision", json=leak)
    assert refused.status_code == 422
    assert refused.json()["report"]["verdict"] == "block"
    rules = {one["rule"]: "because" for one in refused.json()["report"]["findings"] if one["blocking"]}
    assert call("POST", f"/inbox/{key}/decision", json={**leak, "override": rules}).status_code == 403
    assert call("POST", f"/inbox/{key}/decision", role="lead", json={**leak, "override": rules}).status_code == 403
    assert call("GET", f"/inbox/{key}").json()["decisions"] == []


def test_a_decision_is_made_once(served: tuple[Any, Any]) -> None:
    """Sent again with its key the first answer comes back; with another body, or without a key, it is refused."""
    call, desk = served
    key = next(item.key for item in desk.inbox.items("todo") if item.mark == "open")
    body = {"decision": "reject", "reason": "Answered by telephone"}
    headers = {"Idempotency-Key": "k1"}
    first = call("POST", f"/inbox/{key}/decision", json=body, headers=headers)
    assert (first.status_code, first.json()["reviewer"]) == (200, "Agent")
    again = call("POST", f"/inbox/{key}/decision", json=body, headers=headers)
    assert again.json() == first.json()
    other = call("POST", f"/inbox/{key}/decision", json={**body, "reason": "Spam"}, headers=headers)
    assert other.status_code == 409
    assert call("POST", f"/inbox/{key}/decision", json=body).status_code == 409
    assert len(call("GET", f"/inbox/{key}").json()["decisions"]) == 1


def test_a_thread_that_moved_on_is_refused(served: tuple[Any, Any]) -> None:
    """A decision on an older thread is refused, and a new post opens the message again."""
    call, desk = served
    call("POST", "/inbox", json={**PARCEL, "id": "m1"})
    assert desk.inbox.settled(60)
    text = call("GET", "/inbox/m1").json()["proposal"]["drafts"][0]["text"]
    moved = [{"role": "customer", "text": "It came, thanks!"}]
    refused = call("POST", "/inbox/m1/decision", json={"decision": "approve", "text": text, "thread": moved})
    assert refused.status_code == 409
    assert call("POST", "/inbox/m1/turns", json=moved[0]).json()["context"]["message"] == "It came, thanks!"


def test_claims_and_notices_ask_for_their_rights(served: tuple[Any, Any]) -> None:
    """Who answers is known to all; a lead may take over, post an incident and pause; an agent may not pause."""
    call, desk = served
    key = desk.inbox.items("todo")[-1].key
    assert call("PUT", f"/inbox/{key}/claim").json()["person"] == "Agent"
    assert call("PUT", f"/inbox/{key}/claim", role="lead").status_code == 409
    assert call("PUT", f"/inbox/{key}/claim?take=true", role="lead").json()["person"] == "Lead"
    assert call("DELETE", f"/inbox/{key}/claim", role="lead").status_code == 204
    pause = {"kind": "pause", "text": "In a call"}
    assert call("POST", "/notices", json=pause).status_code == 403
    number = call("POST", "/notices", role="lead", json=pause).json()["number"]
    assert [one["text"] for one in call("GET", "/notices").json()] == ["In a call"]
    assert call("DELETE", f"/notices/{number}", role="lead").status_code == 204
    assert call("GET", "/notices").json() == []


def test_the_log_is_for_leads_and_holds(served: tuple[Any, Any]) -> None:
    """An agent is refused the log; a lead reads it without any customer's text, and the chain verifies."""
    call, _ = served
    for path in ("/records", "/records/head", "/records/verify"):
        assert call("GET", path).status_code == 403
    lines = call("GET", "/records", role="lead").text
    assert "parka" not in lines
    head = call("GET", "/records/head", role="lead").json()
    assert json.loads(lines.splitlines()[-1])["hash"] == head["hash"]
    assert call("GET", f"/records?after={head['seq'] - 1}", role="lead").text.count("\n") == 1
    assert call("GET", "/records/verify", role="owner").json()["problems"] == []


def test_an_outcome_is_kept(served: tuple[Any, Any]) -> None:
    """A rating joins its message; one that is no rating, or for nobody, is refused with a word."""
    call, desk = served
    key = desk.inbox.items()[0].key
    assert call("POST", f"/inbox/{key}/outcomes", json={"kind": "csat", "value": 0.75}).status_code == 201
    assert call("POST", f"/inbox/{key}/outcomes", json={"kind": "csat", "value": 5}).status_code == 422
    assert call("POST", "/inbox/nobody/outcomes", json={"kind": "csat", "value": 1}).status_code == 404


@pytest.mark.parametrize("body", ["", "[]", "null", "5", "[1, 2]", '{"id": "7",', '{"id": "7", "channel": "x"}', "["])
def test_a_request_without_a_message_is_an_error(served: tuple[Any, Any], body: str) -> None:
    """Where nothing can be read at all, nobody takes it for done."""
    call, _ = served
    answer = call("POST", "/inbox", content=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"]


@pytest.mark.parametrize("key", ["a/b c?#%", "decision", "x/claim", "\u202e<script>", "=1+1", "\x1b[31m"])
def test_a_message_is_reached_by_any_id(served: tuple[Any, Any], key: str) -> None:
    """What other systems call a message is theirs to choose: it is an address, quoted, and never markup or a path."""
    call, _ = served
    call("POST", "/inbox", json={**PARCEL, "id": key})
    found = call("GET", f"/inbox/{quote(key, safe='')}")
    assert (found.status_code, found.json()["message"]["id"]) == (200, key)
    assert call("PUT", f"/inbox/{quote(key, safe='')}/claim").json()["person"] == "Agent"
    assert call("GET", f"/inbox/{quote(key + 'x', safe='')}").status_code == 404


def test_nothing_is_done_twice_for_one_key(served: tuple[Any, Any]) -> None:
    """A post in the thread, an outcome and a notice that are sent again with their key count once."""
    call, desk = served
    call("POST", "/inbox", json={**PARCEL, "id": "twice"})
    sent = {
        "/inbox/twice/turns": ("agent", {"role": "brand", "text": "We are looking for it."}),
        "/inbox/twice/outcomes": ("agent", {"kind": "csat", "value": 1}),
        "/notices": ("lead", {"kind": "pause", "text": "In a call"}),
    }
    for path, (role, body) in sent.items():
        first, again = (call("POST", path, role, json=body, headers={"Idempotency-Key": "once"}) for _ in range(2))
        assert first.status_code in (200, 201)
        assert again.json() == first.json()
        assert call("POST", path, role, json={}, headers={"Idempotency-Key": "once"}).status_code in (409, 422)
    assert len(desk.store.message("twice").context.thread) == 1
    assert len([one for one in outcomes_of(desk.store) if one.message_id == "twice"]) == 1
    (notice,) = current(desk.store)
    call("DELETE", f"/notices/{notice.number}", "lead")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/inbox?offset=" + "9" * 30), ("DELETE", "/notices/" + "9" * 30), ("GET", "/records?after=" + "9" * 30)],
)
def test_a_number_beyond_all_numbers_is_no_fault_of_the_server(served: tuple[Any, Any], method: str, path: str) -> None:
    """It is refused with a word, or there is nothing there."""
    call, _ = served
    answer = call(method, path, "lead")
    assert answer.status_code in (200, 422)
    assert answer.status_code == 422 or answer.text == ""


def test_what_is_wrong_is_told_without_repeating_it(served: tuple[Any, Any]) -> None:
    """A wrong body is an error by field that holds none of the customer's words."""
    call, _ = served
    answer = call("POST", "/draft", json={"channel": "x", "message": 7, "secret": "my PIN is 4711"})
    assert answer.status_code == 422
    assert "message" in answer.json()["detail"]
    assert "4711" not in answer.text


def test_the_description_names_every_route(served: tuple[Any, Any]) -> None:
    """OpenAPI describes all routes of the door and none of the page's own."""
    call, _ = served
    told = call("GET", "/openapi.json").json()
    assert told["openapi"].startswith("3.")
    assert set(told["paths"]) >= {f"{V1}/{one}" for one in ("triage", "draft", "check", "score", "inbox")}
    assert all(path.startswith(V1) for path in told["paths"])
    assert all(one.get("description") for path in told["paths"].values() for one in path.values())
