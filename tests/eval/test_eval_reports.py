import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage
from eval import evaluate, judge_run
from eval.gate import Gate
from eval.reports import FORMATS, render, write
from eval.reports.escape import fenced, inline, one_line, plain
from eval.scorers import Measures
from eval.suite import Suite
from tone_rules.finding import Finding, NotRun

HOSTILE = (
    "| a |\n```\n<script>alert(1)</script> ``` ![x](http://evil.example/p.png) "
    "\x1b[2J\x1b]0;owned\x07 \u202egnp.exe\u2066 @everyone\r# Title"
)


@pytest.fixture
def hostile(make_case: Any, echo: Any) -> tuple[Any, Any]:
    """A run whose texts and names all try to break out, with its verdict."""
    suite = Suite(
        name="s|`<b>",
        cases=(
            make_case(f"id|{HOSTILE}", HOSTILE, [HOSTILE], must=[{"any": ["zzz"], "why": HOSTILE}]),
            make_case("crash", f"crash {HOSTILE}"),
        ),
    )

    def system(context: Any) -> Any:
        if "crash" in context.message:
            raise RuntimeError(HOSTILE)
        return echo(context.model_copy(update={"message": "x " + HOSTILE.replace(" ", "_")}))

    run = evaluate(system, suite)
    return run, judge_run(run, suite.gate)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_control_character_reaches_a_reader(format_: Any, hostile: Any) -> None:
    """No escape sequence, bell or change of direction is left in any report."""
    text = render(format_, *hostile)
    assert not [one for one in text if one != "\n" and (category(one) == "Cc" or one in "\u202e\u2066")]


def tokens(text: str) -> list[Any]:
    """What a CommonMark parser with tables, which lets HTML through, reads in a text."""
    found = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return [inner for token in found for inner in (token, *(token.children or ()))]


LIVE = {"html_inline", "html_block", "link_open", "image", "code_inline", "em_open", "hardbreak", "softbreak", "hr"}


def test_markdown_from_a_customer_stays_text(hostile: Any) -> None:
    """No HTML, link, image or code of theirs is live; no heading, cell or fence is begun or ended by them."""
    found = tokens(render("markdown", *hostile))
    assert not LIVE & {token.type for token in found}
    headings = [found[place + 1].content for place, token in enumerate(found) if token.type == "heading_open"]
    assert len(headings) == 3
    fences = [token.content for token in found if token.type == "fence"]
    assert fences == [f"{plain(text)}\n" for text in hostile_texts(hostile)]
    rows = "".join({"tr_open": "/", "td_open": "d", "th_open": "h"}.get(token.type, "") for token in found)
    assert rows == "/hhh" + "/ddd" * 4 + "/hhhhh" + "/ddddd" * (5 + len(Measures.dimensions)) + "/hhhh/dddd"


def hostile_texts(hostile: Any) -> list[str]:
    """Messages and drafts in the order of the report."""
    run = hostile[0]
    return [text for one in run.worst_first for text in (one.case.context.message, one.reply) if text is not None]


@settings(deadline=None)
@given(st.text(st.sampled_from("\\`*_[]()<>!|&#;:@~-+.= \n\tab1/'\"{}$")) | st.text())
def test_any_text_is_inert_in_markdown(text: str) -> None:
    """In a paragraph, a list, a cell or a fence, every text reads as itself and as nothing else."""
    inert = {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}
    for before in ("", "x "):
        found = tokens(before + inline(text))
        assert {token.type for token in found} <= inert
        words = "".join(token.content for token in found if token.type in ("text", "text_special"))
        assert words.split() == (before + one_line(text)).split()
    cells = tokens(f"| a | b |\n| --- | --- |\n| {inline(text)} | z |")
    assert [token.type for token in cells].count("td_open") == 2
    (fence,) = tokens(fenced(text))
    assert (fence.type, fence.content) == ("fence", plain(text) + "\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", r"a\|b"),
        ("a\nb\r\nc", "a b c"),
        ("`x`", r"\`x\`"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("[x](y)", r"\[x\](y)"),
        ("1. no list", r"1\. no list"),
        ("123) nor this", r"123\) nor this"),
        ("- nor this: 3.50 (low)", r"\- nor this: 3.50 (low)"),
        ("https://a.example www.b.example", r"https\://a.example www\.b.example"),
        ("\\", "\\\\"),
        ("família 👩‍👧 naïve", "família 👩‍👧 naïve"),
    ],
)
def test_inline(text: str, expected: str) -> None:
    """Each mark is literal, and words of any language stay as they are."""
    assert inline(text) == expected


def test_a_fence_is_longer_than_any_inside() -> None:
    """Text with a fence of its own can't close ours."""
    assert fenced("a ````` b") == "``````text\na ````` b\n``````"


def test_plain_text() -> None:
    """Terminal sequences are made visible, marks of direction go, line breaks and emoji stay."""
    assert plain("\x1b[31mred\x9b\u202e\u200f\r\n👩‍👧\ttab\u2028") == "�[31mred�\n👩‍👧\ttab "
    assert one_line(" a \n\n b\t") == "a b"
    assert plain("\ud83d") == "�"


def test_rich_markup_is_not_read(make_case: Any, echo: Any) -> None:
    """Square brackets of a customer are text and no colour or link."""
    run = evaluate(
        echo, Suite(name="s", cases=(make_case(message="[link=http://evil.example]x[/] [bold", status="no_reply"),))
    )
    assert "[link=http://evil.example]x[/] [bold" in render("text", run, judge_run(run, Gate()))


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_report_for_people(format_: Any, suite: Suite, echo: Any) -> None:
    """Each case that did not pass, with its message, draft and reasons; totals with intervals; tags; the verdict."""
    run = evaluate(echo, suite)
    text = render(format_, run, judge_run(run, Gate(floors={"facts": 0.9}))).replace("\\", "")
    for part in (
        "gate incomplete: cases that ended in an error: 1 (limit 0)",
        "2 of 5 (0.12-0.77) passed, 2 failed (1 by a single score), 1 incomplete",
        "must: names the kettle (missing)",
        'must not: keeps the secret (draft 1 says "secret")'.replace('"', "&quot;" if format_ == "markdown" else '"'),
        "my secret",
        "Thanks for writing about secret",
        "RuntimeError: the fuse blew",
        "privacy",
        "facts",
    ):
        assert part in text, part
    assert "also-good" not in text
    first, second = ("says", "breaks") if format_ == "markdown" else ("breaks", "says")
    assert text.index(first) < text.index(second)


def test_many_failures_are_counted_not_dropped(make_case: Any, echo: Any) -> None:
    """The Markdown report holds 50 cases in full and says how many there are beyond."""
    cases = tuple(make_case(f"c{number}", status="no_reply") for number in range(60))
    run = evaluate(echo, Suite(name="s", cases=cases))
    text = render("markdown", run, judge_run(run, Gate()))
    assert text.count("\n## failed") == 50
    assert "10 more cases did not pass" in text


def test_the_json_report_is_whole(suite: Suite, echo: Any) -> None:
    """All results, the worst first, unscored as null, and the exit code that the verdict stands for."""
    run = evaluate(echo, suite)
    verdict = judge_run(run, Gate())
    report = json.loads(render("json", run, verdict))
    assert report["verdict"]["exit_code"] == verdict.exit_code == 3
    assert report["verdict"]["headline"] == verdict.headline
    assert [one["outcome"] for one in report["results"]] == ["failed", "incomplete", "failed", "passed", "passed"]
    assert report["results"][0]["result"]["case"]["id"] == "says"
    assert report["summary"]["total"]["passed"] == 2


def test_reports_are_written_to_a_folder(suite: Suite, echo: Any, tmp_path: Path) -> None:
    """Each under the suffix of its format, as it is rendered."""
    run = evaluate(echo, suite)
    verdict = judge_run(run, Gate())
    for format_ in FORMATS:
        path = write(format_, run, verdict, tmp_path / "out")
        assert path.read_text(encoding="utf-8") == render(format_, run, verdict)
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "report.html",
        "report.json",
        "report.md",
        "report.sarif",
        "report.txt",
        "report.xml",
    ]


def parsed(text: str) -> ET.Element:
    """JUnit XML as a reader takes it."""
    return ET.fromstring(text)  # noqa: S314 - written here


def test_junit_counts_what_is_there(suite: Suite, echo: Any) -> None:
    """A test each case and each line of the gate; failed is a failure, not run an error, nothing skipped."""
    run = evaluate(echo, suite)
    root = parsed(render("junit", run, judge_run(run, Gate(floors={"facts": 0.9}))))
    gate, cases = root.findall("testsuite")
    assert (gate.get("name"), cases.get("name")) == ("gate", "five")
    assert (cases.get("tests"), cases.get("failures"), cases.get("errors")) == ("5", "2", "1")
    found = {one.get("name"): [child.tag for child in one] for one in cases}
    assert found == {"good": [], "also-good": [], "lacks": ["failure"], "says": ["failure"], "breaks": ["error"]}
    failure = cases.find("testcase[@name='lacks']/failure")
    assert failure is not None
    assert failure.get("message") == "facts 0.000"
    assert "must: names the kettle (missing)" in (failure.text or "")
    assert "where is my lamp" in (failure.text or "")
    bad = {one.get("name"): [child.tag for child in one] for one in gate if len(one)}
    assert bad == {"autofail": ["failure"], "errors": ["error"], "facts": ["failure"]}


def test_junit_takes_any_text(hostile: Any) -> None:
    """It parses whatever stands in the texts, and holds no mark of theirs."""
    root = parsed(render("junit", *hostile))
    assert len(root.findall(".//testcase")) > 2
    assert root.find(".//script") is None
    assert "<script>alert(1)</script>" in "".join(root.itertext())


def test_junit_does_not_pass_what_is_missing_or_unscored(drawn_run: Any) -> None:
    """An unscored case is an error, and so is a result that is not there."""
    whole = drawn_run(1.0, None)
    run = whole.model_copy(update={"header": whole.header.model_copy(update={"cases": 3})})
    root = parsed(render("junit", run, judge_run(run, Gate())))
    cases = root.findall("testsuite")[1]
    assert (cases.get("tests"), cases.get("errors"), cases.get("failures")) == ("3", "2", "0")


def test_the_findings_as_sarif(make_case: Any) -> None:
    """What SARIF 2.1.0 requires is there; each finding stands at the line of its case with its rule described."""
    found = Finding(rule="general.Guarantee", level="error", blocking=True, start=0, end=3, match="We ", message="no")
    missed = NotRun(rule="general.Insult", reason="out of time")
    draft = Draft(text="We swear", drafter="t", verdict="block", findings=(found,), not_run=(missed,))
    proposal = Proposal(id="c", status="ready", triage=Triage(), drafts=(draft,))

    def system(context: Any) -> Proposal:
        if "crash" in context.message:
            raise RuntimeError("the fuse blew")
        return proposal

    suite = Suite(name="s", cases=(make_case("a"), make_case("b", "crash"), make_case("c")), path="cases/mine.jsonl")
    run = evaluate(system, suite)
    log = json.loads(render("sarif", run, judge_run(run, Gate())))
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    driver = one["tool"]["driver"]
    assert driver["name"] == "Replywright"
    assert {rule["id"] for rule in driver["rules"]} == {"general.Guarantee", "general.Insult"}
    places = [result["locations"][0]["physicalLocation"] for result in one["results"]]
    assert [(place["artifactLocation"]["uri"], place["region"]["startLine"]) for place in places] == [
        ("cases/mine.jsonl", 1),
        ("cases/mine.jsonl", 3),
    ]
    for result in one["results"]:
        assert result["message"]["text"] == "no"
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "general.Guarantee"
        assert result["level"] == "error"
    (invocation,) = one["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert any("the fuse blew" in text for text in told)
    assert any("general.Insult did not run on a" in text for text in told)
