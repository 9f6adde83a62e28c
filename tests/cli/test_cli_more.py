import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from assistant import demo
from assistant.approval import approve
from assistant.context import CustomerContext
from assistant.pipeline import Assistant
from assistant.schemas import SCHEMAS
from assistant.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store in which one reply was approved."""
    path = tmp_path / "kept.db"
    brand = demo.brand()
    context = CustomerContext(
        id="m1",
        channel="x",
        post_id="p1",
        message="My parcel is 9 days late. Where is it??",
        customer={"handle": "@ana"},
    )
    proposal = Assistant(brand).draft(context)
    with Store.open(path) as kept:
        kept.put_messages([context])
        approve(
            kept,
            brand,
            proposal,
            context,
            decision="approve",
            reviewer="Mira",
            text=proposal.drafts[0].text,
            draft=0,
        )
    return path


def test_a_log_verifies(replywright, store):
    """An untouched log verifies, and its end is printed to be kept elsewhere."""
    done = replywright("records", "verify", "--store", store)
    assert done.returncode == 0, done.stderr
    assert "the log verifies: 2 records" in done.stdout
    head = done.stdout.splitlines()[-1].removeprefix("head ")
    assert replywright("records", "verify", "--store", store, "--head", head).returncode == 0
    assert replywright("records", "verify", "--store", store, "--head", f"9{head}").returncode == 1


def test_a_changed_log_does_not(replywright, store):
    """A record that somebody altered is named, with exit code 1."""
    connection = sqlite3.connect(store)
    connection.execute("UPDATE replywright_records SET payload = replace(payload, 'Mira', 'Nora')")
    connection.commit()
    connection.close()
    done = replywright("records", "verify", "--store", store, "--format", "json")
    assert done.returncode == 1
    assert next(one["seq"] for one in json.loads(done.stdout)["problems"]) == 2


def test_the_log_is_exported_without_texts(replywright, store):
    """An export is JSON Lines that hold no word of a customer or a reply, unless they are asked for."""
    plain = replywright("records", "export", "--store", store)
    assert [json.loads(line)["kind"] for line in plain.stdout.splitlines()] == ["import", "approval"]
    assert "9 days late" not in plain.stdout
    assert "9 days late" in replywright("records", "export", "--store", store, "--texts").stdout
    assert "approval" in replywright("records", "export", "--store", store, "--format", "text").stdout


def test_a_customer_is_erased(replywright, store):
    """After an erasure nothing of the customer is kept, and the log still verifies."""
    done = replywright("records", "erase", "--store", store, "--by", "Mira", "--handle", "@ana", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["messages"] == 1
    assert "9 days late" not in replywright("records", "export", "--store", store, "--texts").stdout
    assert replywright("records", "verify", "--store", store).returncode == 0
    assert b"9 days late" not in store.read_bytes()


def test_the_store_may_come_from_the_environment(command, environment, store):
    """A URL with a password need not stand on the command line."""
    done = subprocess.run(
        [*command, "records", "verify"], env=environment | {"REPLYWRIGHT_STORE": str(store)}, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def test_schemas_are_listed_and_printed(replywright):
    """No name lists all; a name prints its schema."""
    listed = replywright("schema", "--format", "json")
    assert [json.loads(line)["name"] for line in listed.stdout.splitlines()] == list(SCHEMAS)
    shown = replywright("schema").stdout
    assert all(name in shown for name in SCHEMAS)
    assert json.loads(replywright("schema", "finding").stdout)["$id"] == "replywright/finding/1"


def test_rules_are_listed_and_explained(replywright):
    """The rules of a pack with their weight; of one rule what it rests on and its examples."""
    listed = replywright("rules", "list", "privacy", "--format", "json")
    rules = [json.loads(line) for line in listed.stdout.splitlines()]
    assert "privacy.Leak" in [one["rule"] for one in rules]
    assert all(one["required"] for one in rules)
    explained = replywright("rules", "explain", "privacy.Leak")
    assert "blocks a reply" in explained.stdout
    assert "example" in explained.stdout
    assert "Brand.Signature" in replywright("rules", "list", "--brand", "demo").stdout


def test_the_examples_of_rules_are_run(replywright, tmp_path):
    """A pack that does what its examples say passes; a rule that doesn't is named, with exit code 1."""
    assert replywright("rules", "test", "privacy").returncode == 0
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Foo.yml").write_text(
        "extends: existence\nmessage: m\ntokens: [foo]\ntests:\n  - {name: wrong, input: a foo, want: ''}\n"
    )
    done = replywright("rules", "test", tmp_path / "House", "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["rule"] == "House.Foo"


def test_a_brand_is_checked(replywright, tmp_path):
    """The demo brand loads; one with a wrong key does not, and says where."""
    good = replywright("brand", "check", "demo", "--format", "json")
    assert good.returncode == 0
    assert json.loads(good.stdout)["errors"] == []
    (tmp_path / "brand.yaml").write_text("name: Brindle & Co\nsignatur: x\n")
    bad = replywright("brand", "check", tmp_path)
    assert bad.returncode == 2
    assert f"{tmp_path}/brand.yaml:2:1: error unknown key 'signatur'" in bad.stdout


def test_a_brand_is_imported(replywright, tmp_path):
    """Saved replies and articles become a folder that loads; what was left out is said, with exit code 3."""
    (tmp_path / "saved.csv").write_text("title,text,tags\nLate,Sorry {first_name},delivery\n")
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "returns.md").write_text("# Returns\n\nYou have 30 days.\n")
    into = tmp_path / "brand"
    arguments = ["brand", "import", tmp_path / "saved.csv", tmp_path / "help", "--into", into, "--name", "Brindle [b]"]
    done = replywright(*arguments)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "1 articles and 1 saved replies" in done.stdout
    assert replywright("brand", "check", into).returncode == 0
    assert replywright(*arguments).returncode == 2
    (tmp_path / "help" / "logo.exe").write_bytes(b"\x00\x01")
    done = replywright(*arguments, "--overwrite", "--format", "json")
    assert done.returncode == 3
    assert "logo.exe" in json.loads(done.stdout)["left_out"][0]["path"]


def test_a_suite_is_run_and_gated(replywright, tmp_path):
    """The exit code is the gate's; the log holds a result a case, and the report is written in two forms."""
    suite = tmp_path / "two.jsonl"
    context = {"channel": "x", "message": "My parcel is 9 days late. Where is it??"}
    suite.write_text(
        json.dumps({"id": "a", "context": context, "expect": {"status": "ready"}})
        + "\n"
        + json.dumps({"id": "b", "context": context, "expect": {"status": "ready"}})
        + "\n"
    )
    arguments = ["eval", "run", suite, "--log", tmp_path / "run.jsonl", "--report", tmp_path / "out"]
    done = replywright(*arguments, "--format", "json")
    report = json.loads(done.stdout)
    assert len(done.stdout.splitlines()) == 1
    assert done.returncode == report["verdict"]["exit_code"]
    assert len(report["results"]) == 2
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"report.{one}" for one in ("html", "json", "md", "sarif", "txt", "xml")
    }
    again = replywright(*arguments)
    assert again.returncode == 3
    assert "exists; resume it" in again.stderr
    assert replywright(*arguments, "--resume").returncode == done.returncode


def test_the_page_is_served_until_ctrl_c(command, environment, tmp_path):
    """`replywright web` serves the demo on this computer only, keeps nothing, and ends with Ctrl-C."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    called = [*command, "web", "--port", str(port)]
    settings = {name: value for name, value in environment.items() if name != "PYTHONWARNINGS"}
    with subprocess.Popen(called, cwd=tmp_path, env=settings, stderr=subprocess.PIPE) as process:
        try:
            assert f"http://127.0.0.1:{port}".encode() in process.stderr.readline()
            assert b"Halyard" in _page(port)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) in (0, 130)
        finally:
            process.kill()  # else a page that does not end would be waited for without end
        assert b"Traceback" not in process.stderr.read()
    assert os.listdir(tmp_path) == []


def test_a_port_that_is_taken_is_said_at_once(replywright):
    """Another program on the port is wrong use, told before anything is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = replywright("web", "--port", port)
    assert done.returncode == 2
    assert done.stderr == f"127.0.0.1:{port} can't be served: Address already in use; choose another --port or --host\n"


def _page(port: int) -> bytes:
    """The page, as soon as it is served."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                return page.read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
