import json
import re
from typing import Any

import pytest

from assistant.diagnosis import diagnose, shown
from assistant.settings import ModelSettings, load_settings

KEY = "sk-nobody-may-ever-see-this-4821"
COLOUR = json.dumps({"colour": "green"})


@pytest.fixture
def looked(stub):
    """What the doctor finds at the stub, by mood, as status and detail by name."""
    stub.reply = lambda _: COLOUR

    def look(mood: str, **settings: Any) -> dict[str, tuple[str, str]]:
        given = {"timeout": 2.0, "seconds": 4.0, "retries": 0, **settings}
        found = diagnose(ModelSettings(model=mood, base_url=stub.url, **given))
        return {one.name: (one.status, one.detail) for one in found}

    return look


def test_a_good_server_is_told_in_full(looked, stub):
    """Formats, streaming, counted tokens, latency and price, from four requests."""
    found = looked("gpt-4o-mini")
    assert {name: status for name, (status, _) in found.items() if not name.startswith("extra")} == {
        "english": "ok",
        "store": "note",
        "model": "ok",
        "key": "note",
        "server": "ok",
        "text": "ok",
        "json_object": "ok",
        "json_schema": "ok",
        "stream": "ok",
        "latency": "ok",
        "price": "ok",
    }
    assert re.fullmatch(r"comes in \d+ pieces, and its tokens are counted", found["stream"][1])
    assert len(stub.asked) == 4


@pytest.mark.parametrize(
    ("mood", "name", "status", "said"),
    [
        ("no-schema", "json_schema", "note", "refused by the server"),
        ("no-schema", "json_object", "ok", "in the shape"),
        ("no-format", "json_object", "note", "refused by the server"),
        ("no-format", "text", "ok", "in the shape"),
        ("key", "server", "wrong", "set REPLYWRIGHT_MODEL_KEY"),
        ("rejects", "server", "wrong", "is the model's name right"),
        ("html-200", "server", "wrong", "the address should end"),
        ("failing", "server", "failed", "the server failed (status 500)"),
        ("hang-up", "server", "failed", "is the address right, and does it run?"),
        ("wrong-shape", "answers", "failed", "in no way"),
        ("cut-quietly", "stream", "note", "no answer in a stream"),
        ("some-model", "price", "note", "its cost is not known"),
    ],
)
def test_what_a_server_lacks_is_told_with_the_mend(looked, mood, name, status, said):
    """Each way in which a server falls short has its line, and only what must be mended counts as wrong."""
    found = looked(mood)
    assert found[name][0] == status, found
    assert said in found[name][1]


def test_without_a_model_nothing_is_wrong():
    """No model is a choice: the embedded drafter writes."""
    found = {one.name: one for one in diagnose(None)}
    assert found["model"].status == "note"
    assert "the embedded drafter writes" in found["model"].detail


def test_a_store_is_looked_at_and_never_made(tmp_path):
    """A store that isn't there is no fault and isn't created; one that is no store is told."""
    there = {one.name: one for one in diagnose(None, str(tmp_path / "new.db"))}
    assert there["store"].status == "note"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "notes.db").write_text("not a database, only words, and more than a few of them\n" * 40)
    wrong = {one.name: one for one in diagnose(None, str(tmp_path / "notes.db"))}
    assert wrong["store"].status == "failed"
    away = {one.name: one for one in diagnose(None, str(tmp_path / "no" / "folder.db"))}
    assert away["store"].status == "wrong"


def test_an_address_is_shown_without_what_is_secret():
    """Neither the name and password in an address nor its query is shown."""
    assert shown("https://mira:pw-4821@models.example:8443/v1?key=abc") == "https://models.example:8443/v1"


@pytest.mark.parametrize(("mood", "code"), [("good", 0), ("key", 2), ("failing", 3)])
def test_the_command_ends_in_what_it_found(stub, tmp_path, replywright, mood, code):
    """Exit codes say whether all is well, something must be mended, or something did not answer; no key is printed."""
    stub.reply = lambda _: COLOUR
    (tmp_path / "replywright.toml").write_text(
        f'[model]\nmodel = "other"\nbase_url = "{stub.url}"\nretries = 0\ntimeout = 2\n'
    )
    done = replywright("doctor", "--model", mood, "--format", "json", "--debug", REPLYWRIGHT_MODEL_KEY=KEY)
    assert done.returncode == code, done.stdout + done.stderr
    assert [json.loads(line)["name"] for line in done.stdout.splitlines()].index("server") > 0
    assert KEY not in done.stdout + done.stderr
    assert stub.asked[0]["model"] == mood


def test_a_check_may_ask_the_model(stub, tmp_path, replywright):
    """`check --model` runs the pack meaning, names the words, and says what the calls took."""
    stub.reply = lambda body: json.dumps(
        {"breaches": [{"reason": "it mocks", "quote": "Poor you"}] if "make fun" in str(body["messages"]) else []}
    )
    (tmp_path / "replywright.toml").write_text(f'[model]\nmodel = "gpt-4o-mini"\nbase_url = "{stub.url}"\n')
    line = json.dumps({"channel": "x", "message": "It broke.", "reply": "Poor you. ^MR"}) + "\n"
    done = replywright("check", "-", "--model", "--format", "json", stdin=line)
    assert done.returncode in (0, 1), done.stderr
    result = json.loads(done.stdout)
    (found,) = [one for one in result["findings"] if one["rule"].startswith("meaning.")]
    assert (found["match"], found["message"]) == ("Poor you", "'Poor you' makes fun of the customer: it mocks")
    assert not [one for one in result["not_run"] if one["rule"].startswith("meaning.")]
    assert re.fullmatch(r"25 calls of the model, 3,000 tokens, 0\.\d{4} USD\n", done.stderr), done.stderr


def test_a_check_with_a_model_needs_one(replywright):
    """Where none is set up, --model is wrong use, and the way to name one is told."""
    done = replywright("check", "-", "--model")
    assert done.returncode == 2
    assert "set REPLYWRIGHT_MODEL" in done.stderr


@pytest.mark.parametrize(
    ("environment", "key"),
    [
        ({"OPENAI_API_KEY": KEY}, KEY),
        ({"OPENAI_API_KEY": KEY, "REPLYWRIGHT_MODEL_URL": "http://127.0.0.1:9/v1"}, "none"),
        ({"OPENAI_API_KEY": KEY, "REPLYWRIGHT_MODEL_URL": "https://api.openai.com.evil.example/v1"}, "none"),
        ({"REPLYWRIGHT_MODEL_KEY": KEY, "REPLYWRIGHT_MODEL_URL": "https://llm.brindle.example/v1"}, KEY),
        ({"OPENAI_API_KEY": "other", "REPLYWRIGHT_MODEL_KEY": KEY}, KEY),
    ],
)
def test_a_key_goes_where_it_belongs(environment, key):
    """OpenAI's key is for OpenAI's own server; one's own key is for the server that one names."""
    found = load_settings(environment={"REPLYWRIGHT_MODEL": "gpt-4o", **environment})
    assert found is not None
    assert found.key.get_secret_value() == key


@pytest.mark.parametrize(("url", "key"), [("https://brindle.openai.azure.com", KEY), ("https://azure.example", "none")])
def test_the_key_of_azure_goes_to_azure(url, key):
    """Azure's key is for Azure's own hosts."""
    given = {"REPLYWRIGHT_MODEL": "x", "REPLYWRIGHT_MODEL_PROVIDER": "azure", "REPLYWRIGHT_MODEL_API_VERSION": "1"}
    found = load_settings(environment={**given, "REPLYWRIGHT_MODEL_URL": url, "AZURE_OPENAI_API_KEY": KEY})
    assert found is not None
    assert found.key.get_secret_value() == key
