import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tone_rules import Pack, check
from tone_rules.blocks import Blocks
from tone_rules.markdown import read_markdown
from tone_rules.sentences import sentence_spans
from tone_rules.vale import lint

TEXT = """---
title: zqx
---

# A zqx heading

A zqx paragraph with *zqx* and `zqx`. A second, [zqx](https://zqx.example/zqx).

- a zqx item

> a zqx quote

| zqx | b |
| --- | - |
| c   | zqx |

```text
zqx
```

![zqx](a.png)
"""


@pytest.mark.parametrize(
    ("scope", "places"),
    [
        ("text", ["5:5", "7:3", "7:23", "7:50", "9:5", "11:5", "13:3", "15:9", "21:3"]),
        ("heading", ["5:5"]),
        ("heading.h1", ["5:5"]),
        ("heading.h2", []),
        ("paragraph", ["7:3", "7:23", "7:50"]),
        ("list", ["9:5"]),
        ("blockquote", ["11:5"]),
        ("table.header", ["13:3"]),
        ("table.cell", ["15:9"]),
        ("link", ["7:50"]),
        ("emphasis", ["7:23"]),
        ("code", ["7:33"]),
        ("summary", ["7:3", "7:23", "7:50", "9:5", "11:5"]),
        (["heading", "list"], ["5:5", "9:5"]),
        ("~heading & ~table", ["7:3", "7:23", "7:50", "9:5", "11:5", "21:3"]),
        ("text.md & heading", ["5:5"]),
        ("sentence & ~list & ~table & ~heading", ["7:3", "7:23", "7:50", "11:5"]),
        ("text.txt", []),
    ],
)
def test_a_scope_reaches_its_blocks_and_no_other(scope, places) -> None:
    """Each scope, joined, negated or in a list, finds at true places what it names; code and addresses are masked."""
    pack = Pack.of("T", {"R": {"extends": "existence", "message": "m", "scope": scope, "tokens": ["zqx"]}})
    found = [f"{one.line}:{one.column}" for one in lint(TEXT, "a.md", pack)]
    assert found == places


def test_the_raw_scope_is_the_file_as_it_is() -> None:
    """Markup, code and front matter are there."""
    pack = Pack.of("T", {"R": {"extends": "existence", "message": "m", "scope": "raw", "tokens": ["zqx"]}})
    assert len(lint(TEXT, "a.md", pack)) == TEXT.count("zqx")


def test_a_plain_text_is_one_block_until_a_scope_cuts_it() -> None:
    """A reply is checked whole; by sentence or paragraph where a rule says so."""
    text = "So it is. So be it.\n\nSo what?"

    def count(scope: str, token: str) -> int:
        rule = {"extends": "existence", "message": "m", "scope": scope, "tokens": [token], "nonword": True}
        return len(check(text, Pack.of("T", {"R": rule})).findings)

    assert count("text", r"(?-m:^)So") == 1
    assert count("sentence", r"(?-m:^)So") == 3
    assert count("paragraph", r"(?-m:^)So") == 2
    assert count("heading", "So") == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It came at 7 a.m. It was cold.", 2),
        ("Ask Dr. Okafor. He knows.", 2),
        ("See e.g. the manual, vol. 2.", 1),
        ("8. Do step eight", 1),
        ("J. R. Hale wrote it.", 1),
        ("Well... maybe so.", 1),
        ("Really?! Yes. “No.” Good", 4),
        ("Hello Anna\n\nThank you", 2),
        ("The U.S. Army came.", 1),
    ],
)
def test_sentences_end_where_readers_end_them(text, count) -> None:
    """Abbreviations, initials and numbers of items don't end a sentence."""
    assert len(list(sentence_spans(text))) == count


def test_windows_line_ends_keep_true_places() -> None:
    """Lines and columns count in the file as it is."""
    pack = Pack.of("T", {"R": {"extends": "existence", "message": "m", "tokens": ["zqx"]}})
    assert [str(one) for one in lint("# a\r\n\r\nb\r\nc zqx\r\n", "a.md", pack)] == ["a.md:4:3:T.R:m"]


def test_html_in_markdown_is_read_without_its_tags() -> None:
    """Text between tags is prose; scripts, comments and code elements are not."""
    text = "<div>\nzqx <b>one</b>\n<script>zqx</script>\n<!-- zqx -->\n</div>\n\nHi <kbd>zqx</kbd> you\n"
    pack = Pack.of("T", {"R": {"extends": "existence", "message": "m", "tokens": ["zqx"]}})
    assert [one.line for one in lint(text, "a.md", pack)] == [2]


PIECES = ["# ", "- ", "> ", "1. ", "*", "**", "`", "~~", "[a](b)", "![c](d)", "<b>", "<!-- x -->", "&amp;", "\\*", "| "]
PIECES += [
    "|\n|-|\n|",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "é",
    "😭",
    "word",
    " two",
    "http://a.example/b",
    "```\n",
    "\r\n",
    "\x00",
]


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14))
def test_each_character_of_a_block_stands_where_it_says(parts) -> None:
    """Any text can be read; every block lies in it, and a letter of a block is the letter at its place."""
    text = "".join(parts)
    blocks = read_markdown(text, "md")
    for scope in ("text", "sentence", "paragraph", "summary", "raw", "link", "code"):
        for block in blocks.of((scope,)):
            for at, letter in enumerate(block.text):
                place = block.source(at)
                assert 0 <= place <= len(text)
                if letter.isascii() and letter.isalpha() and "\t" not in text and "&" not in text:
                    assert text[place] == letter


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60), scope=st.sampled_from(["text", "sentence", "paragraph", "summary", "raw"]))
def test_spans_lie_in_the_text(text, scope) -> None:
    """Whatever a rule finds in whatever text has its place in it."""
    rules = {
        "E": {"extends": "existence", "message": "%s", "scope": scope, "tokens": [r"\w+"], "nonword": True},
        "O": {"extends": "occurrence", "message": "%s", "scope": scope, "token": "a", "max": 1, "min": 1},
        "R": {"extends": "repetition", "message": "%s", "scope": scope, "tokens": [r"\w"]},
        "C": {"extends": "capitalization", "message": "%s", "scope": scope, "match": "$title"},
        "M": {"extends": "readability", "message": "%s", "scope": scope, "metrics": "SMOG", "grade": 1},
    }
    for one in check(text, Pack.of("T", rules)).findings:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.match == text[one.start : one.end]


def test_blocks_are_made_once_for_each_scope() -> None:
    """A hundred rules with one scope cut the text once."""
    blocks = Blocks.plain("One. Two.")
    assert blocks.of(("sentence",)) is blocks.of(("sentence",))


@pytest.mark.parametrize(
    "text", ["." * 50_000, "a.) " * 9_000, "<a " * 9_000, "www." * 9_000, "> " * 3_000, "*" * 9_000]
)
def test_hostile_texts_are_cut_in_time(text) -> None:
    """Nothing that a stranger writes takes the cutting of blocks minutes."""
    start = time.monotonic()
    blocks = read_markdown(text, "md")
    blocks.of(("sentence", "paragraph", "summary"))
    assert time.monotonic() - start < 5
