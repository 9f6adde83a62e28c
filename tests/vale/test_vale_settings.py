import pytest

from tone_rules import ConfigurationError
from tone_rules.vale import ValeConfig, Vocabulary, find_config, lint, load_style
from tone_rules.vale.config import fits


def flags(word: str, level: str) -> str:
    """The file of a rule that flags a word."""
    return f"extends: existence\nmessage: \"'%s'\"\nlevel: {level}\ntokens:\n  - {word}\n"


def house(styles, ini: str, **more: str):
    """A folder with settings, two styles and a vocabulary."""
    return styles(
        {
            ".vale.ini": ini,
            "styles/A/Foo.yml": flags("foo", "warning"),
            "styles/A/Low.yml": flags("low", "suggestion"),
            "styles/B/Bar.yml": flags("bar", "error"),
            "styles/config/vocabularies/House/accept.txt": "# ours\nHalyard\nfoo\n",
            "styles/config/vocabularies/House/reject.txt": "synergy\n",
        }
        | more
    )


def found(folder, text: str, path: str = "docs/a.md") -> list[str]:
    """Rules that fire, with their levels, under the folder's settings."""
    config = ValeConfig.load(folder / ".vale.ini")
    return [f"{one.rule} {one.level}" for one in lint(text, path, config.packs(), config=config)]


def test_styles_levels_and_the_least_level(styles) -> None:
    """`BasedOnStyles` runs styles; `MinAlertLevel` leaves out what is below it, which is a suggestion by default."""
    folder = house(styles, "StylesPath = styles\n[*]\nBasedOnStyles = A, B\n")
    assert found(folder, "foo low bar") == ["A.Foo warning", "B.Bar error"]
    folder = house(styles, "StylesPath = styles\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = A\n")
    assert found(folder, "foo low bar") == ["A.Foo warning", "A.Low suggestion"]


def test_a_sections_rule_beats_the_general_one_which_beats_the_style(styles) -> None:
    """Rules are switched, and their levels set, from the particular to the general."""
    ini = (
        "StylesPath = styles\n[*]\nBasedOnStyles = A\nA.Foo = NO\nB.Bar = YES\n[*.md]\nA.Foo = error\n[*.txt]\nB = NO\n"
    )
    folder = house(styles, ini)
    assert found(folder, "foo bar") == ["A.Foo error", "B.Bar error"]
    assert found(folder, "foo bar", "a.txt") == []
    assert found(folder, "foo bar", "a.rst") == ["B.Bar error"]


def test_a_sections_styles_replace_the_general_ones(styles) -> None:
    """The last section that fits and names styles counts; where none fits, nothing runs."""
    folder = house(styles, "StylesPath = styles\n[*]\nBasedOnStyles = A\n[docs/*.{md,txt}]\nBasedOnStyles = B\n")
    assert found(folder, "foo bar") == ["B.Bar error"]
    assert found(folder, "foo bar", "b.md") == ["A.Foo warning"]
    folder = house(styles, "StylesPath = styles\n[*.txt]\nBasedOnStyles = A\n")
    assert found(folder, "foo bar") == []


def test_a_vocabulary_accepts_and_rejects(styles) -> None:
    """Accepted words are exceptions; with Vale's own style they have one spelling, and rejected ones are found."""
    folder = house(styles, "StylesPath = styles\nVocab = House\n[*]\nBasedOnStyles = A, Vale\nVale.Spelling = NO\n")
    assert found(folder, "foo halyard and and synergy") == [
        "Vale.Terms error",
        "Vale.Repetition error",
        "Vale.Avoid error",
    ]


def test_a_vocabulary_can_be_handed_over(styles) -> None:
    """Without settings too; a rule with `vocab: no` does not heed it."""
    deaf = flags("foo", "error") + "vocab: no\n"
    folder = house(styles, "", **{"styles/C/Foo.yml": deaf})
    words = Vocabulary(accept=("foo",))
    packs = [load_style(folder / "styles" / "A"), load_style(folder / "styles" / "C")]
    assert [one.rule for one in lint("foo", "a.md", packs, vocabulary=words)] == ["C.Foo"]


def test_what_is_wrong_with_the_settings_is_told_with_its_place(styles) -> None:
    """Every problem at its line and column, with the nearest right name."""
    ini = "StylesPath = nowhere\nMinAlertLevl = error\nMinAlertLevel = eror\nBasedOnStyles = A\n"
    ini += "[*]\nVocab = x\nA.Foo = MAYBE\nplain\n"
    folder = house(styles, ini)
    with pytest.raises(ConfigurationError) as caught:
        ValeConfig.load(folder / ".vale.ini")
    said = [str(one).removeprefix(f"{folder}/") for one in caught.value.problems]
    assert [one.split(": ")[0] for one in said] == [
        ".vale.ini:1:14",
        ".vale.ini:2:1",
        ".vale.ini:3:17",
        ".vale.ini:4:1",
        ".vale.ini:6:1",
        ".vale.ini:7:9",
        ".vale.ini:8:1",
    ]
    assert "did you mean 'MinAlertLevel'" in said[1]
    assert "did you mean 'error'" in said[2]


@pytest.mark.parametrize(
    ("ini", "problem"),
    [
        ("StylesPath = styles\n[*]\nBasedOnStyles = Nope\n", "no style 'Nope'"),
        ("StylesPath = styles\nVocab = Nope\n[*]\nBasedOnStyles = A\n", "no vocabulary 'Nope'"),
    ],
)
def test_what_is_not_there_is_named(styles, ini, problem) -> None:
    """A style or vocabulary that nothing holds is an error, not silence."""
    folder = house(styles, ini)
    with pytest.raises(ConfigurationError, match=problem):
        found(folder, "foo")


def test_comments_continued_lines_and_what_is_not_heeded(styles) -> None:
    """Comments are passed over, a backslash joins lines, and packages that are not there are warnings."""
    ini = "# house\nStylesPath = styles ; here\nPackages = A, https://x.example/Gone.zip\nWordTemplate = x\n"
    folder = house(styles, ini + "[*]\nBasedOnStyles = A, \\\n  B\nTokenIgnores = x\n[formats]\nmdown = md\n")
    config = ValeConfig.load(folder / ".vale.ini")
    assert config.sections[0].styles == ("A", "B")
    assert config.ending("x.mdown") == "md"
    assert [one.message.split("'")[1] for one in config.warnings] == [
        "WordTemplate",
        "TokenIgnores",
        "https://x.example/Gone.zip",
    ]


def test_the_nearest_settings_are_found_upwards(styles) -> None:
    """As Vale looks for them."""
    folder = house(styles, "StylesPath = styles\n")
    assert find_config(folder / "styles" / "A") == (folder / ".vale.ini").resolve()


@pytest.mark.parametrize(
    ("glob", "path", "fit"),
    [
        ("*.md", "a/b.md", True),
        ("*.{md,txt}", "b.txt", True),
        ("docs/**/*.md", "docs/a.md", True),
        ("docs/**", "other/a.md", False),
        ("!*.md", "a.md", False),
        ("a[bc].md", "ab.md", True),
    ],
)
def test_globs(glob, path, fit) -> None:
    """A section's glob fits whole paths or names."""
    assert fits(glob, path) is fit


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("foo\n\n<!-- vale off -->\n\nfoo\n\n<!-- vale on -->\n\nfoo\n", [1, 9]),
        ("<!-- vale A.Foo = NO -->\n\nfoo low\n\n<!-- vale A.Foo = YES -->\n\nfoo\n", [3, 7]),
        ("<!-- vale A = NO -->\n\nfoo low\n", []),
        ("<!-- vale styles = B -->\n\nfoo low\n", []),
        ('<!-- vale A.Foo["foo"] = NO -->\n\nfoo low\n', [3]),
        ('<!-- vale A.Foo["bar"] = NO -->\n\nfoo\n', [3]),
        ("foo here <!-- vale off -->\n", []),
        ("```text\n<!-- vale off -->\n```\n\nfoo\n", [5]),
    ],
)
def test_switches_in_the_text(styles, text, lines) -> None:
    """Comments switch Vale, a style, a rule, or one match of it, from where they stand; not from within code."""
    folder = house(styles, "")
    assert [one.line for one in lint(text, "a.md", load_style(folder / "styles" / "A"))] == lines
