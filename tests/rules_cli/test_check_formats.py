import contextlib
import json

import pytest

REPLY = {
    "id": "late",
    "channel": "x",
    "reply": "Your case QX-771940 needs assistance.\nPlease utilise it.",
    "facts": [{"name": "case_number", "value": "QX-771940"}],
}


def test_lines_name_file_line_and_column(replywright, tmp_path):
    """The line is that of the file, the column a character of the reply; exit code 1 for what blocks."""
    path = tmp_path / "replies.jsonl"
    path.write_text("\n" + json.dumps(REPLY) + "\n")
    done = replywright("check", path, "--format", "line")
    column = REPLY["reply"].index("QX") + 1
    assert done.returncode == 1
    assert f"{path}:2:{column}:privacy.Leak:this shows 'case_number', which is private: take it out" in done.stdout
    assert all(line.startswith(f"{path}:2:") for line in done.stdout.splitlines())
    assert (done.stderr, "771940" in done.stdout) == ("", False)


def test_several_files_are_one_run(replywright, tmp_path):
    """Each file is read, findings name theirs, and the worst exit code counts."""
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"channel": "x", "reply": "A dent is no way to start, sorry."}\n')
    bad.write_text(json.dumps(REPLY) + "\nnot json\n")
    done = replywright("check", good, bad, "--format", "line")
    assert done.returncode == 3
    assert f"{bad}:1:" in done.stdout
    assert str(good) not in done.stdout
    assert "1 pass, 1 block, 1 bad" in replywright("check", good, bad).stderr


def test_what_did_not_run_is_told_beside_the_lines(replywright):
    """A pack that does not ship is named on standard error with the line, and the exit code is 3."""
    line = {"channel": "x", "reply": "A dent is no way to start, sorry.", "compliance": ["a-regime-that-does-not-ship"]}
    done = replywright("check", "-", "--format", "line", stdin=[line])
    assert done.returncode == 3
    assert done.stderr.startswith("standard input:1: not run: a-regime-that-does-not-ship")


@pytest.mark.parametrize("form", ["text", "json", "line", "sarif"])
def test_a_secret_shows_in_no_finding_of_another_rule(replywright, tmp_path, form):
    """A rule of the brand whose match takes in a private fact shows it in no format."""
    (tmp_path / "brand.yaml").write_text("name: Brindle\n")
    (tmp_path / "rules" / "House").mkdir(parents=True)
    (tmp_path / "rules" / "House" / "Case.yml").write_text(
        "extends: existence\nmessage: \"don't say '%s'\"\ntokens: ['case \\S+']\n"
    )
    done = replywright("check", "-", "--brand", tmp_path, "--format", form, stdin=[REPLY])
    assert done.returncode == 1
    assert "House.Case" in done.stdout
    assert "771940" not in done.stdout + done.stderr


@pytest.fixture
def sarif(replywright, tmp_path):
    path = tmp_path / "my replies.jsonl"
    path.write_text(json.dumps(REPLY) + "\nnot json\n")
    done = replywright("check", "my replies.jsonl", "--format", "sarif", cwd=tmp_path)
    assert done.returncode == 3
    assert "771940" not in done.stdout
    return json.loads(done.stdout)


def test_sarif_has_the_structure_of_2_1_0(sarif):
    """The keys that the standard requires are there, each result points to its rule, levels are SARIF's own."""
    assert sarif["version"] == "2.1.0"
    (run,) = sarif["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "Replywright"
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({one["id"] for one in driver["rules"]}) == len(driver["rules"])
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert {one["ruleId"] for one in run["results"]} >= {"privacy.Leak", "tone.PlainWords"}
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"] == {"uri": "my%20replies.jsonl"}
        assert location["physicalLocation"]["region"] == {"startLine": 1}
        assert location["logicalLocations"][0]["name"] == "late"


def test_sarif_says_that_something_was_not_read(sarif):
    """A run with a bad line is no successful one."""
    (invocation,) = sarif["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "1 lines could not be read" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_of_nothing_is_sarif(replywright):
    """No replies are a run without results that succeeded."""
    done = replywright("check", "-", "--format", "sarif")
    (run,) = json.loads(done.stdout)["runs"]
    assert (done.returncode, run["results"], run["invocations"][0]["executionSuccessful"]) == (0, [], True)


def test_a_run_that_ends_early_is_still_json():
    """Whatever ends it, the document is closed and says that it is not whole."""
    from tone_rules import load_pack
    from tone_rules.sarif import Sarif

    pieces: list[str] = []

    sarif = Sarif(pieces.append, load_pack("tone").rules, "1")
    with contextlib.suppress(KeyboardInterrupt), sarif:
        sarif.result("tone.Filler", "warning", 'a "quote"\n', "/a b/c.md", {"startLine": 3})
        raise KeyboardInterrupt
    (run,) = json.loads("".join(pieces))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///a%20b/c.md"
    assert run["invocations"][0]["executionSuccessful"] is False
