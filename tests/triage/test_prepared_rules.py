import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import re2

from assistant.triage.files import GROUPS as OWN
from assistant.triage.rules import FOLDER as OWN_FOLDER
from tone_rules import ConfigurationError
from tone_rules.readings import rules
from tone_rules.readings.cues import expression
from tone_rules.readings.files import GROUPS, words
from tone_rules.readings.folding import fold
from tone_rules.readings.literals import literals
from tone_rules.readings.prepared import PREPARED, Prepared
from tone_rules.readings.preparing import prepare

ALL = [
    *((rules.FOLDER, name, written) for name, written in GROUPS.items()),
    *((OWN_FOLDER, name, written) for name, written in OWN.items()),
]


@pytest.mark.parametrize(("folder", "name", "written"), ALL, ids=[name for _, name, _ in ALL])
def test_what_is_prepared_is_what_is_written(folder: Path, name: str, written: Callable[[], Any]) -> None:
    """The prepared files are up to date; `python -m tone_rules.readings` and `-m assistant.triage` write them anew."""
    kept = json.loads((folder / PREPARED / f"{name}.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(prepare(folder, written())))


@pytest.mark.parametrize(
    "search",
    [rules.intent_search, rules.escalation_search, rules.mood_search, rules.instruction_search],
    ids=lambda one: one.__name__,
)
def test_no_pattern_that_stands_in_a_text_is_passed_over(search: Callable[[], Any]) -> None:
    """Literals only ever spare a search: what RE2 finds by trying every pattern is found with them too."""
    lists = words().__pydantic_extra__
    patterns = search()._patterns
    compiled = {one: re2.compile(expression(one, lists)) for one in patterns}
    for name in ("safety", "fraud", "viral", "minor"):
        examples = GROUPS["escalations"]()[f"escalations/{name}.yaml"].examples.fires  # type: ignore[attr-defined]
        for text in map(fold, examples):
            hits = search().read(text)
            for pattern, made in compiled.items():
                assert list(hits.spans(pattern)) == [
                    found.span() for found in list(made.finditer(text))[:20] if found.end() > found.start()
                ]


def _length(some: frozenset[str]) -> float:
    return -min(map(len, some))


@pytest.mark.parametrize(
    ("made", "needed"),
    [
        (r"\bcall(?:ed|ing)? the police\b", [[" police "], [" call"], [" the "]]),
        (r"\b(?:kettle|iron) exploded", [[" exploded"], [" iron ", " kettle "]]),
        (r"\b(?:very )?hot\b", [[" hot "]]),
        (r"(?:very )?hot", [["hot"]]),
        (r"\bcan'?t[^\w\n]+stop", [[" stop"], [" can"], ["t "]]),
        (r"\ba\.i\.", [[" a "], [" i "]]),
        (r"(?:cc )+", [["cc "]]),
        (r"\bpneumonoultramicroscopic", [[" pneumonoultramicros"]]),
        (r"(?:a|b*)", []),
        (r"[ab]c", [["a", "b"], ["c"]]),
        (r"\w+", []),
    ],
)
def test_literals_of_a_pattern(made: str, needed: list[list[str]]) -> None:
    """What every match must hold: never what is optional, and of alternatives one of each."""
    assert [sorted(some) for some in literals(made, _length)] == needed


def test_words_of_any_length_are_searched() -> None:
    """A word too long to be taken to pieces hides nothing that stands in the same text."""
    long = "y" * 500
    for text in ("the kettle gave my son an electric shock", f"{long} the kettle gave my son an electric shock {long}"):
        assert rules.escalation_search().read(text).of(rules.escalations()["safety"].sure)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the rule files."""
    return Path(shutil.copytree(rules.FOLDER, tmp_path / "readings"))


def test_an_edit_counts_at_once(copied: Path) -> None:
    """A rule file that was changed after it was prepared is read as it is now."""
    path = copied / "sarcasm.yaml"
    asked: list[str] = []

    def written(group: str) -> Mapping[str, Any]:
        asked.append(group)
        return GROUPS[group]()

    Prepared.of(copied, "mood", written)
    assert asked == []
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    Prepared.of(copied, "mood", written)
    (copied / PREPARED / "intents.json").write_text("{", encoding="utf-8")
    Prepared.of(copied, "intents", written)
    assert asked == ["mood", "intents"]


@pytest.mark.parametrize("pattern", ["(open", "<no_such_list>"])
def test_a_pattern_that_is_none_is_told_with_its_file(pattern: str) -> None:
    """What RE2 can't take, and a list that there is not, are errors of the file that has them."""
    written = GROUPS["instructions"]()
    rule: Any = written["instructions.yaml"]
    cue = rule.sure[0]._replace(match=pattern)
    wrong = rule.model_copy(update={"sure": (cue,)})
    with pytest.raises(ConfigurationError, match=r"instructions\.yaml") as caught:
        prepare(rules.FOLDER, {"instructions.yaml": wrong})
    assert pattern in str(caught.value)
