import json
from pathlib import Path

import pytest

from assistant.cli import main


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["replywright", *arguments])
    with pytest.raises(SystemExit) as done:
        main()
    return int(done.value.code or 0)


def brand_with(folder: Path, play: str) -> str:
    (folder / "brand.yaml").write_text("name: Tarn & Fell\n")
    (folder / "playbooks").mkdir()
    (folder / "playbooks" / "delivery.yaml").write_text(play)
    return str(folder)


@pytest.fixture
def own_examples_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hundreds that ship are not tried: how a brand's own come out is what is asked."""
    monkeypatch.setattr("assistant.drafting.trying.FOLDER", tmp_path / "none")


@pytest.mark.usefixtures("own_examples_alone")
def test_an_example_that_goes_elsewhere_is_told_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The file, line and column of the example stand first, and the exit code is 1."""
    folder = brand_with(tmp_path, "id: delivery\nreached_by:\n  - I love this blanket so much\n")
    assert run("playbook", "test", "--brand", folder, monkeypatch=monkeypatch) == 1
    assert "delivery.yaml:3:5: error" in capfd.readouterr().out.replace("\n", "")


def test_a_play_that_changes_one_thing_keeps_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Examples of all plays hold under a brand's own lead; cases are counted beside them."""
    folder = brand_with(tmp_path, "id: delivery\nlead:\n  calm: [Parcel hunters at work.]\n")
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"channel": "x", "message": "my printer keeps saying offline"}) + "\n")
    told = run(
        "playbook", "test", "--brand", folder, "--cases", str(cases), "--format", "json", monkeypatch=monkeypatch
    )
    tried = json.loads(capfd.readouterr().out)
    assert told == 0
    assert tried["failures"] == []
    assert tried["cases"] == 1
    assert tried["examples"] > 100


@pytest.mark.usefixtures("own_examples_alone")
def test_a_bad_line_among_the_cases_is_told_and_makes_it_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3: the rest was tried, one line could not be."""
    folder = brand_with(tmp_path, "id: delivery\nlead:\n  calm: [Parcel hunters at work.]\n")
    cases = tmp_path / "cases.jsonl"
    cases.write_text("{not json\n")
    assert run("playbook", "test", "--brand", folder, "--cases", str(cases), monkeypatch=monkeypatch) == 3
    assert "line 1" in capfd.readouterr().err
