import json
import os
import signal
import subprocess
import sys
import time

import pytest

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
def session(tmp_path):
    """The real command in a process of its own."""
    replies = tmp_path / "replies.jsonl"
    replies.write_text("".join(json.dumps(one._asdict()) + "\n" for one in PAIRS))

    def start(rater):
        command = [sys.executable, "-m", "assistant.cli", "eval", "label", str(replies), "--into"]
        return subprocess.Popen(
            [*command, str(tmp_path / "labels.jsonl"), "--rater", rater],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "NO_COLOR": "1"},
        )  # fmt: skip

    return start


def test_a_session_in_a_terminal(session, tmp_path):
    """It asks, takes no answer but 1 to 5, keeps each rating, stops at q, and tells how far two raters agree."""
    said, told = session("ana").communicate("5\n9\nfive\n4\n3\n2\nq\n", timeout=60)
    assert "where is parcel 0" in said
    assert said.count("helpfulness 1-5 (q stops)") == 4
    assert "2 of 4 rated by ana: go on with the same command" in told
    lines = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]
    assert [one["ratings"] for one in lines] == [{"tone": 5, "helpfulness": 4}, {"tone": 3, "helpfulness": 2}]
    said, _ = session("ben").communicate("4\n4\n2\n2\n3\n3\n3\n3\n", timeout=60)
    assert "tone  2 raters, 2 replies: Spearman 1.00" in said
    said, told = session("ana").communicate("1\n1\n1\n1\n", timeout=60)
    assert "3 of 4" in said
    assert "4 of 4 rated by ana" in told


def test_a_killed_session_loses_only_what_was_being_asked(session, tmp_path):
    """Killed with a reply half rated, the ones before are kept."""
    process = session("ana")
    process.stdin.write("5\n4\n3\n")
    process.stdin.flush()
    path, deadline = tmp_path / "labels.jsonl", time.monotonic() + 60
    while not (path.exists() and path.read_bytes().count(b"\n")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    said, _ = session("ana").communicate("q\n", timeout=60)
    assert "2 of 4" in said
