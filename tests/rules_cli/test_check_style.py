import json

import pytest

WORDY = (
    "extends: substitution\nmessage: \"use '%s', not '%s'\"\nlevel: error\nignorecase: true\nswap:\n  utilise: use\n"
)
VERY = "extends: existence\nmessage: \"drop '%s'\"\nlevel: suggestion\ntokens: [very]\n"
SCRIPT = 'extends: script\nmessage: m\nscript: |\n  text := import("text")\n'
SPELLING = "extends: spelling\nmessage: m\ndictionaries: [nowhere]\n"
MARKDOWN = "# Notes\n\nPlease *utilise* this.\n\n    utilise in code\n\nIt is `utilise` and very good.\n"


@pytest.fixture
def plain(tmp_path):
    """A style, a file of Markdown and one of text in a folder."""
    (tmp_path / "styles" / "Plain").mkdir(parents=True)
    (tmp_path / "styles" / "Plain" / "Wordy.yml").write_text(WORDY)
    (tmp_path / "styles" / "Plain" / "Very.yml").write_text(VERY)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(MARKDOWN)
    (tmp_path / "docs" / "b.txt").write_text("    very\n")
    (tmp_path / "docs" / "c.py").write_text("very\n")
    return tmp_path


def check(replywright, folder, *arguments, **others):
    return replywright("check", "--style", "styles/Plain", *arguments, cwd=folder, **others)


def test_lines_are_those_of_vale(replywright, plain):
    """`file:line:column:Style.Rule:message`, code left alone in Markdown, exit code 1 for an error."""
    done = check(replywright, plain, "--format", "line", "docs/a.md", "docs/b.txt")
    assert done.stdout.splitlines() == [
        "docs/a.md:3:9:Plain.Wordy:use 'use', not 'utilise'",
        "docs/a.md:7:21:Plain.Very:drop 'very'",
        "docs/b.txt:1:5:Plain.Very:drop 'very'",
    ]
    assert (done.returncode, done.stderr) == (1, "")


def test_a_folder_stands_for_its_text_and_markdown(replywright, plain):
    """Files of other kinds in a folder are not looked at."""
    done = check(replywright, plain, "--format", "line", "docs")
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"docs/a.md", "docs/b.txt"}


def test_without_an_error_all_is_well(replywright, plain):
    """Warnings and suggestions leave the exit code at 0."""
    assert check(replywright, plain, "docs/b.txt").returncode == 0


def test_standard_input(replywright, plain):
    """`-` is text, or what --ext says it is."""
    assert check(replywright, plain, "-", "--format", "line", stdin="`very`\n").stdout == (
        "stdin.txt:1:2:Plain.Very:drop 'very'\n"
    )
    assert check(replywright, plain, "-", "--format", "line", "--ext", ".md", stdin="`very`\n").stdout == ""


def test_json_and_text(replywright, plain):
    """JSON has every key of an alert; text groups by file and sums up on standard error."""
    alerts = [json.loads(one) for one in check(replywright, plain, "docs/a.md", "--format", "json").stdout.splitlines()]
    assert alerts[0] == {
        "path": "docs/a.md",
        "line": 3,
        "column": 9,
        "end": 15,
        "rule": "Plain.Wordy",
        "level": "error",
        "message": "use 'use', not 'utilise'",
        "match": "utilise",
    }
    done = check(replywright, plain, "docs/a.md")
    assert done.stdout.startswith("docs/a.md\n  3:9       error       use 'use', not 'utilise'  Plain.Wordy\n")
    assert done.stderr == "1 error, 0 warnings, 1 suggestion in 1 file\n"


def test_sarif_has_the_place(replywright, plain):
    """Line, column and end of each finding, ends exclusive as SARIF counts."""
    (run,) = json.loads(check(replywright, plain, "docs/a.md", "--format", "sarif").stdout)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/a.md"
    assert place["region"] == {"startLine": 3, "startColumn": 9, "endColumn": 16}
    assert run["results"][1]["level"] == "note"
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_script_is_refused_and_told(replywright, plain):
    """A rule that is a program is named on standard error, never run, and costs nothing else."""
    (plain / "styles" / "Plain" / "Program.yml").write_text(SCRIPT)
    done = check(replywright, plain, "docs/b.txt", "--format", "line")
    assert done.returncode == 0
    assert "Plain.Program does not run" in done.stderr
    assert "docs/b.txt:1:5:Plain.Very" in done.stdout


@pytest.mark.parametrize(("name", "content"), [("Broken", "extends: existence\ntoken: [a]\n"), ("Words", SPELLING)])
def test_a_rule_that_did_not_run_is_incomplete(replywright, plain, name, content):
    """A rule that can't be read, or lacks what it needs, is told once; the others run; the exit code is 3."""
    (plain / "styles" / "Plain" / f"{name}.yml").write_text(content)
    done = check(replywright, plain, "docs/a.md", "docs/b.txt", "--format", "line")
    assert done.returncode == 3
    assert name in done.stderr
    assert len(done.stdout.splitlines()) == 3
    if name == "Words":
        assert len(done.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_read_costs_only_itself(replywright, plain):
    """It is told with its mend, the others are checked, and the exit code is 3."""
    (plain / "docs" / "d.md").write_bytes(b"very \xff")
    done = check(replywright, plain, "docs/d.md", "docs/b.txt", "--format", "line")
    assert done.returncode == 3
    assert done.stderr == "docs/d.md: byte 5 is not UTF-8; save the file as UTF-8\n"
    assert len(done.stdout.splitlines()) == 1


def test_settings_say_what_runs_where(replywright, plain):
    """A .vale.ini switches rules, levels and files; a style by its folder need not be on its StylesPath."""
    (plain / ".vale.ini").write_text(
        "StylesPath = styles\nMinAlertLevel = suggestion\n\n[*.md]\nBasedOnStyles = Plain\nPlain.Wordy = warning\n"
    )
    done = replywright("check", "--config", ".vale.ini", "--format", "line", "docs", cwd=plain)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert "b.txt" not in done.stdout
    (plain / ".vale.ini").write_text("MinAlertLevel = error\n\n[*]\nBasedOnStyles = Plain\n")
    done = check(replywright, plain, "--config", ".vale.ini", "--format", "line", "docs")
    assert [line.split(":")[3] for line in done.stdout.splitlines()] == ["Plain.Wordy"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--style", "styles/Nope", "docs"),
        ("--style", "styles/Plain", "docs/nope.md"),
        ("--style", "styles/Plain", "--brand", "demo", "docs"),
        ("--config", "nope.ini", "docs"),
        ("--style", "docs", "docs"),
    ],
    ids=" ".join,
)
def test_wrong_use(replywright, plain, arguments):
    """Exit code 2, something to mend on standard error, nothing on standard output."""
    done = replywright("check", *arguments, cwd=plain)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_a_style_can_be_listed_tested_and_tried(replywright, plain):
    """The verbs of rules take a published style by its folder; what it lacks is told."""
    style = plain / "styles" / "Plain"
    (style / "Program.yml").write_text(SCRIPT)
    listed = replywright("rules", "list", style)
    assert "Plain.Wordy" in listed.stdout
    assert "Plain.Program does not run" in listed.stderr
    assert replywright("rules", "test", style).returncode == 0
    tried = replywright("rules", "backtest", style, "-", "--format", "json", stdin=["Utilise it.", "Very."])
    assert tried.returncode == 0
    assert json.loads(tried.stdout)["flagged"]["count"] == 1
    (style / "Broken.yml").write_text("extends: existence\ntoken: [a]\n")
    assert replywright("rules", "test", style).returncode == 3
    assert replywright("rules", "backtest", style, "-", stdin=["Utilise it."]).returncode == 3
    assert replywright("rules", "explain", style / "Broken.yml").returncode == 2


@pytest.mark.shared
@pytest.mark.parametrize("style", ["Joblint", "proselint", "write-good"])
def test_published_fixtures(replywright, shared_data, style):
    """All that Vale's own fixtures expect is printed, line and column included."""
    styles = shared_data.parent / "styles"
    folder = styles / "fixtures" / style
    expected = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
    done = replywright("check", "--style", styles / style, "--format", "line", ".", cwd=folder)
    printed = set(done.stdout.splitlines())
    wanted = {"{file}:{line}:{column}:{rule}:{message}".format(**one) for one in expected}
    assert wanted <= printed, sorted(wanted - printed)[:5]
