import json
from pathlib import Path
from typing import Any

import pytest

from eval import load_suite
from eval.gate import Gate
from eval.suite import Suite, suite_names
from tone_rules.errors import ConfigurationError

CASE: dict[str, Any] = {
    "id": "a",
    "context": {"channel": "x", "message": "Where is it?"},
    "expect": {"status": "ready"},
}

GOOD = '{"id": "b", "context": {"channel": "x", "message": "x"}, '


def written(folder: Path, *lines: Any, newline: str = "\n") -> Path:
    """A suite of these lines; what is not text is written as JSON."""
    path = folder / "mine.jsonl"
    text = newline.join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_bytes((text + newline).encode())
    return path


def test_a_suite_by_path(tmp_path: Path) -> None:
    """Its name is the file's, and a context without an id takes the case's."""
    suite = load_suite(written(tmp_path, CASE, "", {**CASE, "id": 2}))
    assert (suite.name, [case.id for case in suite.cases]) == ("mine", ["a", "2"])
    assert suite.cases[1].context.id == "2"


def test_the_digest_is_of_what_is_said(tmp_path: Path) -> None:
    """Other spacing and line ends keep the digest; another pattern changes it."""
    before = load_suite(written(tmp_path, CASE)).sha256
    assert (
        load_suite(written(tmp_path, json.dumps(CASE, indent=None, separators=(" , ", " : ")), newline="\r\n")).sha256
        == before
    )
    changed = {**CASE, "expect": {"must": [{"any": ["soon"], "why": "when"}]}}
    assert load_suite(written(tmp_path, changed)).sha256 != before


def test_null_escalation_is_an_expectation(tmp_path: Path) -> None:
    """`"escalation": null` asks for none; a case that leaves the key out does not ask. Their digests differ."""
    silent = load_suite(written(tmp_path, CASE))
    none = load_suite(written(tmp_path, {**CASE, "expect": {"status": "ready", "escalation": None}}))
    assert (silent.cases[0].expect.asks_escalation, none.cases[0].expect.asks_escalation) == (False, True)
    assert silent.sha256 != none.sha256


@pytest.mark.parametrize(
    ("line", "place", "mend"),
    [
        ('{"id": "b", ', "2:13", "not JSON"),
        ("[1]", "2:1", "mapping"),
        (GOOD + '"expcet": {}}', "2:58", "did you mean 'expect'?"),
        ('{"id": "b"}', "2:1", "'context' is missing"),
        ('{"id": "b", "id": "c"}', "2:1", "'id' is named twice"),
        ('{"id": "b", "context": {"channel": "fax", "message": "x"}}', "2:36", "unknown channel 'fax'"),
        (GOOD + '"expect": {"status": "redy"}}', "2:79", "'ready'"),
        (GOOD + '"expect": {"must": [{"any": ["(a"], "why": "w"}]}}', "2:87", "'(a' is not a regular expression"),
        (GOOD + '"expect": {"must": [{"any": [], "why": "w"}]}}', "2:86", "give at least one"),
        (json.dumps(CASE), "2:1", "a case named 'a' stands on line 1 already"),
    ],
)
def test_a_bad_line_says_where_and_what(line: str, place: str, mend: str, tmp_path: Path) -> None:
    """Each problem carries path, line and column, and what to do about it."""
    path = written(tmp_path, CASE, line)
    with pytest.raises(ConfigurationError) as caught:
        load_suite(path)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{path}:{place}: ")
    assert mend in problem.message


def test_every_bad_line_is_named_at_once(tmp_path: Path) -> None:
    """Nobody mends a suite one error a run."""
    with pytest.raises(ConfigurationError) as caught:
        load_suite(written(tmp_path, "{", CASE, "[]", CASE))
    assert [problem.line for problem in caught.value.problems] == [1, 3, 4]


def test_no_case_is_no_suite(tmp_path: Path) -> None:
    """An empty file can't pass."""
    with pytest.raises(ConfigurationError, match="holds no case"):
        load_suite(written(tmp_path, ""))
    with pytest.raises(ValueError, match="cases"):
        Suite(name="none", cases=())


def test_an_unknown_suite_is_an_error(tmp_path: Path) -> None:
    """A name that does not ship, and a path where nothing is."""
    with pytest.raises(ConfigurationError, match="no suite of this name"):
        load_suite("dmeo")
    with pytest.raises(ConfigurationError, match="no such file"):
        load_suite(tmp_path / "gone.jsonl")


def test_a_gate_lies_beside_its_suite(tmp_path: Path) -> None:
    """`NAME.gate.yaml` is read with the suite; a mistake in it has its place."""
    path = written(tmp_path, CASE)
    gate = tmp_path / "mine.gate.yaml"
    gate.write_text("floors:\n  facts: 0.9\nmax_unscored: 2\n", encoding="utf-8")
    assert load_suite(path).gate == Gate(floors={"facts": 0.9}, max_unscored=2)
    gate.write_text("flors:\n  facts: 0.9\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"mine.gate.yaml:1:1: unknown key 'flors'; did you mean 'floors'"):
        load_suite(path)


def test_every_suite_that_ships_loads() -> None:
    """With a gate that names only dimensions that the scorers give."""
    from eval.scorers import scorers_of

    assert suite_names()
    for name in suite_names():
        suite = load_suite(name)
        suite.gate.refuse_unknown([one for scorer in scorers_of(suite) for one in scorer.dimensions])
