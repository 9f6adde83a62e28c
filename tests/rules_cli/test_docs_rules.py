import re
from pathlib import Path

import pytest

from tone_rules import Pack
from tone_rules.examples import outcomes
from tone_rules.kinds import KINDS
from tone_rules.pack import load_style

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
RULES = dict(re.findall(r"^```yaml\n# rules/House/(\w+)\.yml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
NOT_RUN_HERE = ("WillBeDone", "NoPromise")


@pytest.mark.parametrize("name", RULES)
def test_an_example_is_a_rule_that_does_what_it_says(name, tmp_path):
    """Each YAML block of the page loads as its file would, strictly, and finds what its own tests say."""
    folder = tmp_path / "House"
    folder.mkdir()
    (folder / f"{name}.yml").write_text(RULES[name], encoding="utf-8")
    pack = Pack.load(folder)
    assert load_style(folder).warnings == ()
    (outcome,) = outcomes(pack)
    assert [one.diff or one.reason for one in outcome.failures] == []
    assert name in NOT_RUN_HERE or outcome.examples
    assert outcome.fired == (name not in NOT_RUN_HERE)


def test_every_block_of_the_page_is_run():
    """No YAML block escapes the test above for want of its first line."""
    assert PAGE.count("```yaml\n") == len(RULES)


def test_every_kind_is_described():
    """A kind has a heading of its own on the page, and no heading is left of one that is gone."""
    section = PAGE.partition("## Kinds\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^### (\w+)$", section, re.MULTILINE)) == set(KINDS)


@pytest.mark.parametrize("code", re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
def test_the_python_on_the_page_runs(code, capsys):
    """What the page shows in Python prints something."""
    import tone_rules.spacy  # noqa: F401  # published by entry point where the distribution is installed anew

    exec(code, {})  # noqa: S102  # our own page
    assert capsys.readouterr().out
