import json
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from assistant.cli.eval import app
from assistant.errors import InputError
from eval.labelling import Labels
from eval.probes import Pair

PAIRS = [Pair(f"p{number}", f"where is parcel {number}", f"It is on its way, {number}.") for number in range(4)]


def test_two_raters_agree_at_once(tmp_path):
    """Agreement over what both have rated, from two replies on; one rater alone agrees with nobody."""
    labels = Labels(tmp_path / "labels.jsonl")
    for pair, mark in zip(PAIRS, (1, 3, 5, 4), strict=True):
        labels.add(pair, "ana", {"tone": mark})
    assert labels.agreement() == ()
    for pair, mark in zip(PAIRS[:3], (1, 3, 5), strict=True):
        labels.add(pair, "ben", {"tone": mark})
    (found,) = labels.agreement()
    assert (found.n, found.raters) == (3, 2)
    assert [one.value for one in (found.spearman, found.kappa, found.alpha)] == pytest.approx([1, 1, 1])


def test_the_second_rater_begins_with_what_the_first_rated(tmp_path):
    """So that there soon is something to agree on."""
    labels = Labels(tmp_path / "labels.jsonl")
    labels.add(PAIRS[2], "ana", {"tone": 3})
    assert [one.id for one in labels.left(PAIRS, "ben", ["tone"])] == ["p2", "p0", "p1", "p3"]
    assert [one.id for one in labels.left(PAIRS, "ana", ["tone"])] == ["p0", "p1", "p3"]
    assert len(labels.left(PAIRS, "ana", ["tone", "empathy"])) == 4


def test_a_half_line_is_cut_off(tmp_path):
    """What a killed session left is mended; a line that is no label is refused."""
    path = tmp_path / "labels.jsonl"
    Labels(path).add(PAIRS[0], "ana", {"tone": 3})
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"id": "p1", "mess')
    assert len(Labels(path).lines) == 1
    assert path.read_bytes() == whole
    path.write_bytes(whole + b"{}\n")
    with pytest.raises(InputError, match=r"line 2: .*this is no label"):
        Labels(path)


@pytest.fixture
def replies(tmp_path):
    """The pairs in a file."""
    path = tmp_path / "replies.jsonl"
    path.write_text("".join(json.dumps(one._asdict()) + "\n" for one in PAIRS))
    return path


def test_a_session_in_a_terminal(replies, tmp_path):
    """It asks, takes no answer but 1 to 5, keeps each rating, stops at q, and tells how far two raters agree."""

    def session(rater, typed):
        given = ["label", str(replies), "--into", str(tmp_path / "labels.jsonl"), "--rater", rater]
        done = CliRunner().invoke(app, given, input=typed)
        assert done.exit_code == 0, done.output
        return done.output

    said = session("ana", "5\n9\nfive\n4\n3\n2\nq\n")
    assert "where is parcel 0" in said
    assert said.count("helpfulness 1-5 (q stops)") == 4
    assert "2 of 4 rated by ana: go on with the same command" in said
    lines = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]
    assert [one["ratings"] for one in lines] == [{"tone": 5, "helpfulness": 4}, {"tone": 3, "helpfulness": 2}]
    said = session("ben", "4\n4\n2\n2\n3\n3\n3\n3\n")
    assert "tone  2 raters, 2 replies: Spearman 1.00" in said
    said = session("ana", "1\n1\n1\n1\n")
    assert "3 of 4" in said
    assert "4 of 4 rated by ana" in said


def test_a_killed_session_loses_only_what_was_being_asked(replies, tmp_path):
    """Killed with a reply half rated, the ones before are kept."""
    command = [sys.executable, "-m", "assistant.cli", "eval", "label", str(replies), "--into"]
    process = subprocess.Popen(
        [*command, str(tmp_path / "labels.jsonl"), "--rater", "ana"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdin.write("5\n4\n3\n")
    process.stdin.flush()
    path, deadline = tmp_path / "labels.jsonl", time.monotonic() + 60
    while not (path.exists() and path.read_bytes().count(b"\n")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    labels = Labels(path)
    assert [one.ratings for one in labels.lines] == [{"tone": 5, "helpfulness": 4}]
    assert [one.id for one in labels.left(PAIRS, "ana", ["tone", "helpfulness"])] == ["p1", "p2", "p3"]
