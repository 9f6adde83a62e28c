import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.diagnosis import diagnose
from assistant.models.client import ChatModel
from assistant.settings import ModelSettings, load_settings
from prompts import Prompt
from tone_rules.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[2]
KEY = "sk-nobody-may-ever-see-this-4821"
PRIVATE = "NW-48213-Q"

PROGRAM = """
import json, logging, sys

seen = []


def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        seen.append([event, repr(arguments[1])])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        seen.append([event, repr(arguments[0])])


sys.addaudithook(watch)
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)

from assistant import Assistant, Brand, CustomerContext
from assistant.checking import check
from assistant.cli.model import load_model
from assistant.diagnosis import diagnose
from assistant.drafting import Draft
from assistant.judging import ModelJudge
from assistant.rewriting import NotRewritten, rewrite
from assistant.triage import Triage
from assistant.triage_model import triage_with
from prompts import Prompt
from pydantic import BaseModel


class Said(BaseModel):
    text: str


brand = Brand(name="Brindle", packs=("tone", "meaning"))
context = CustomerContext(
    channel="x", message="Where is my parcel?", facts=[{"name": "order", "value": "NW-48213-Q"}]
)
model = load_model()
said = []
assistant = Assistant(brand, model=model)
proposal = assistant.draft(context)
said.extend(assistant.stream(context.model_copy(update={"message": "My kettle came broken. What now?"})))
prompt = Prompt("test.v1", "0" * 64, "Be brief.", "Say hello.")
said.append(model.ask(prompt, Said))
said.append(model.ask(prompt, Said, on_text=lambda text: None))
judge = ModelJudge(model)
said.append(check("We are on it.", context, brand, judge=judge))
said.append(triage_with(model, context, brand, Triage()))
try:
    said.append(rewrite(model, Draft(text="We are on it.", drafter="agent"), context, brand, "shorter"))
except NotRewritten as error:
    said.append(error)
said.extend(diagnose(model.settings))
said += [proposal, model.settings, model.settings.model_dump(), model.settings.model_dump_json(), judge.usage]
model.close()
print(json.dumps({"seen": seen, "said": [f"{one!r} {one}" for one in said]}))
"""


def run(stub: Any, trap: Any, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """The program, in an environment in which everything would go elsewhere."""
    elsewhere = trap.url
    (cwd / "replywright.toml").write_text("[model]\nretries = 0\n")
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
    proxies = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "OPENAI_PROXY")
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "REPLYWRIGHT_MODEL": "gpt-4o-mini",
        "REPLYWRIGHT_MODEL_URL": stub.url,
        "REPLYWRIGHT_MODEL_KEY": KEY,
        "OPENAI_API_KEY": f"{KEY}-other",
        "OPENAI_BASE_URL": elsewhere,
        "OPENAI_API_BASE": elsewhere,
        "OPENAI_ORG_ID": "org-1",
        "OPENAI_LOG": "debug",
        "AZURE_OPENAI_ENDPOINT": elsewhere,
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_TRACING_V2": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGSMITH_API_KEY": "ls-1",
        "LANGCHAIN_API_KEY": "ls-1",
        "LANGSMITH_ENDPOINT": elsewhere,
        "LANGCHAIN_ENDPOINT": elsewhere,
        "LANGSMITH_GATEWAY": "true",
        "LANGSMITH_GATEWAY_URL": elsewhere,
        **dict.fromkeys(proxies, elsewhere),
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=cwd, env=environment, capture_output=True, text=True, timeout=90
    )


@pytest.fixture
def trap():
    """Where everything would go that goes astray."""
    from stub import serving

    server = serving()
    yield server
    server.shutdown()
    server.server_close()


def test_only_the_configured_server_is_spoken_to(stub, trap, tmp_path):
    """Whatever tracing, gateways, base addresses and proxies an environment names: one address is connected to.

    No name is looked up; the key stands in nothing that is logged, shown, raised or recorded; no private value is sent.
    """
    done = run(stub, trap, tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    port = stub.server_address[1]
    assert {place for event, place in told["seen"] if event == "socket.connect"} == {f"('127.0.0.1', {port})"}
    assert {place for event, place in told["seen"] if event != "socket.connect"} <= {"'127.0.0.1'", "b'127.0.0.1'"}
    assert trap.asked == []
    assert len(stub.asked) > 20
    assert KEY not in done.stdout + done.stderr
    assert PRIVATE not in json.dumps(stub.asked)


class Said(BaseModel):
    text: str


@pytest.mark.parametrize("mood", ["key", "rejects", "failing", "html", "hang-up", "good"])
def test_a_key_is_in_no_answer(stub, mood):
    """Neither an answer, its detail, the settings nor what the doctor says shows the key, whatever the server does."""
    settings = ModelSettings(model=mood, base_url=stub.url, key=KEY, retries=0, timeout=2.0)
    model = ChatModel(settings)
    answer = model.ask(Prompt("test.v1", "0" * 64, "Be brief.", "Say hello."), Said)
    model.close()
    shown = f"{answer!r} {settings!r} {settings} {settings.model_dump_json()} {settings.model_dump()}"
    assert KEY not in shown + str(list(diagnose(settings)))


def test_a_key_in_a_file_is_refused_without_being_shown(tmp_path):
    """The error names the file and the variable, not what stood there; so does one about another wrong setting."""
    file = tmp_path / "replywright.toml"
    file.write_text(f'[model]\nmodel = "x"\nkey = "{KEY}"\n')
    with pytest.raises(ConfigurationError, match="REPLYWRIGHT_MODEL_KEY") as told:
        load_settings(file, {})
    assert KEY not in str(told.value)
    file.write_text('[model]\nmodel = "x"\ntimeout = 0\n')
    with pytest.raises(ConfigurationError) as told:
        load_settings(file, {"REPLYWRIGHT_MODEL_KEY": KEY})
    assert KEY not in str(told.value)
    assert KEY.encode() not in pickle.dumps(str(told.value))
