from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.brand import Brand
from tone_rules.channels import channel_names
from tone_rules.errors import ConfigurationError
from tone_rules.pack import load_pack, shipped

Problems = Callable[[Mapping[str, str] | str], list[str]]

KEYS = (
    "allowed_domains, channels, competitors, compliance, contact, four_eyes, goodwill, industry, languages, name, "
    "packs, personalisation, policies, retention_days, rules, signature, voice, words_to_avoid, words_to_use"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: A\nsigntaure: x\n", "brand.yaml:2:1: unknown key 'signtaure'; did you mean 'signature'?"),
        ("name: A\nzzz: 1\n", f"brand.yaml:2:1: unknown key 'zzz'; known are: {KEYS}"),
        (
            "name: A\nvoice:\n  formal: 1\n",
            "brand.yaml:3:3: unknown key 'formal'; did you mean 'formal_casual'?",
        ),
        (
            "name: A\nchannels:\n  x: {limt: 280}\n",
            "brand.yaml:3:7: unknown key 'limt'; did you mean 'limit'?",
        ),
        (
            "name: A\nwords_to_avoid:\n  - word: a\n    insted: b\n",
            "brand.yaml:4:5: unknown key 'insted'; did you mean 'instead'?",
        ),
        ("industry: shop\n", "brand.yaml:1:1: 'name' is missing; add it"),
        ("name:\n", "brand.yaml:1:1: 'name' is missing; add it"),
        ("", "brand.yaml:1:1: 'name' is missing; add it"),
        ("- name\n", "brand.yaml:1:1: this should be a mapping of keys to values"),
        ("name: A\nname: B\n", "brand.yaml:2:1: 'name' is named twice (first on line 1); keep one of them"),
        (
            "name: A\nlanguages: en\n",
            "brand.yaml:2:12: 'languages' is 'en': write a list: [one, two], or each on a line of its own after '- '",
        ),
        (
            "name: A\nvoice: warm\n",
            "brand.yaml:2:8: 'voice' is 'warm': write a mapping: 'key: value' lines, indented",
        ),
        ("name: A\ngoodwill: [a]\n", "brand.yaml:2:11: 'goodwill' is a list: write text"),
        (
            "name: A\ncompetitors:\n  - B\n  -\n",
            "brand.yaml:4:4: item 2 of 'competitors' is empty: give it a value or remove it",
        ),
        ("name: A\nfour_eyes: maybe\n", "brand.yaml:2:12: 'four_eyes' is 'maybe': write yes or no"),
        (
            "name: A\nvoice:\n  funny_serious: 1.5\n",
            "brand.yaml:3:18: 'funny_serious' is '1.5': it should be less than or equal to 1",
        ),
        ("name: A\nvoice: {funny_serious: very}\n", "brand.yaml:2:24: 'funny_serious' is 'very': write a number"),
        ("name: A\nretention_days: 0\n", "brand.yaml:2:17: 'retention_days' is '0': it should be greater than 0"),
        ("name: A\nretention_days: a year\n", "brand.yaml:2:17: 'retention_days' is 'a year': write a whole number"),
        ("name: A\nchannels: {x: {sla_hours: inf}}\n", "brand.yaml:2:27: 'sla_hours' is 'inf': write a number"),
        (
            "name: A\nchannels: {twitter: {limit: 280}}\n",
            f"brand.yaml:2:12: unknown channel 'twitter'; known are: {', '.join(sorted(channel_names()))}",
        ),
        (
            "name: A\nchannels: {facebok: {limit: 280}}\n",
            "brand.yaml:2:12: unknown channel 'facebok'; did you mean 'facebook'?",
        ),
        (
            "name: A\nallowed_domains: ['https://help.a.example/']\n",
            "brand.yaml:2:19: 'https://help.a.example/' is not a domain; "
            "write it bare, without https://, path or *: 'help.shop.example'",
        ),
        (
            "name: A\nallowed_domains: [ok.example, '*.a.example']\n",
            "brand.yaml:2:31: '*.a.example' is not a domain; "
            "write it bare, without https://, path or *: 'help.shop.example'",
        ),
        (
            "name: A\nsignature: ^{initals}\n",
            "brand.yaml:2:12: unknown placeholder '{initals}'; did you mean 'initials'?",
        ),
        (
            "name: A\nsignature: ^{initials\n",
            "brand.yaml:2:12: '^{initials' has a brace without its partner; write placeholders as {initials}",
        ),
        (
            "name: A\nchannels: {x: {signature: '{agent}'}}\n",
            "brand.yaml:2:27: unknown placeholder '{agent}'; known are: first_name, initials, name",
        ),
        (
            "name: A\ncompliance: [finanse]\n",
            "brand.yaml:2:14: unknown compliance pack 'finanse'; did you mean 'finance'?",
        ),
        (
            "name: A\npacks: [tome]\n",
            "brand.yaml:2:9: unknown pack 'tome'; did you mean 'tone'? (rules of your own: put them in rules/tome)",
        ),
        (
            "name: A\nlanguages: [english please]\n",
            "brand.yaml:2:13: 'english please' is not a language code; write it as 'en', 'de' or 'pt-BR'",
        ),
        (
            "name: A\npersonalisation: lots\n",
            "brand.yaml:2:18: 'personalisation' is 'lots': known are: history, name, none, situation",
        ),
        (
            "name: A\nrules: {tone.Any: hint}\n",
            "brand.yaml:2:19: 'level' is 'hint': known are: error, off, suggestion, warning",
        ),
        ("name: A\nrules:\n  tone.Any: {level: of}\n", "brand.yaml:3:21: 'level' is 'of': did you mean 'off'?"),
        (
            "name: A\nrules: {Any: off}\n",
            "brand.yaml:2:9: 'Any' is not the name of a rule; write it as Style.Rule, for example general.Placeholder",
        ),
        ("name: [A\n", "brand.yaml:2:1: this is not YAML: did not find expected ',' or ']'"),
        (
            "name: A\n\tindustry: b\n",
            "brand.yaml:2:1: this is not YAML: found a tab character that violates indentation",
        ),
        ("name: A\x07\n", "brand.yaml:1:8: the character U+0007 can't stand in YAML; remove it"),
        ("name: A\n---\nname: B\n", "brand.yaml:2:1: a second document begins here; a file holds one"),
        ("name: *a\n", "brand.yaml:1:7: the alias '*a' has no anchor above it; write the value out"),
        ("name: A\n? [a, b]\n: c\n", "brand.yaml:2:3: a key must be plain text, not a list, a mapping or an alias"),
    ],
)
def test_a_wrong_description_is_told_with_place_and_mend(problems_of: Problems, text: str, said: str) -> None:
    """Every mistake in brand.yaml names the thing, its line and column, and the mend; no other problem is made up."""
    assert problems_of(text) == [said]


WELL = "---\nid: a\ntitle: A\n---\ntext\n"


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("no front matter here", ":1:1: no front matter: the file must begin with a line '---', its keys, and '---'"),
        ("---\nid: b\ntitle: B\n", ":1:1: the front matter never ends; close it with a line '---'"),
        ("---\nid: [b\n---\nx", ":3:1: this is not YAML: did not find expected ',' or ']'"),
        ("---\nid: b\n---\nx", ":2:1: 'title' is missing; add it"),
        ("---\nid: b\ntitle: B\nkind: hlp\n---\nx", ":4:7: 'kind' is 'hlp': did you mean 'help'?"),
        (
            "---\nid: b\ntitle: B\nvaild_until: 2031-01-01\n---\nx",
            ":4:1: unknown key 'vaild_until'; did you mean 'valid_until'?",
        ),
        (
            "---\nid: b\ntitle: B\nvalid_until: soon\n---\nx",
            ":4:14: 'valid_until' is 'soon': write a date as 2026-11-30",
        ),
        ("---\nid: a\ntitle: B\n---\nx", ":2:5: the id 'a' is taken by a.md; give one another id"),
        (
            "---\nid: b\ntitle: B\nkind: wording\n---\n\n",
            ":4:7: a wording is used word for word, and this one is empty; write its text",
        ),
        (
            "---\nid: b\ntitle: B\nkind: notice\n---\nx",
            ":4:7: a notice must end; add 'valid_until', for example 2026-11-30",
        ),
    ],
)
def test_a_wrong_article_is_told_with_place_and_mend(problems_of: Problems, article: str, said: str) -> None:
    """Every mistake in an article names the thing, its line and column in the file, and the mend."""
    assert problems_of({"knowledge/a.md": WELL, "knowledge/b.md": article}) == [f"knowledge/b.md{said}"]


def test_all_problems_of_all_files_come_at_once(problems_of: Problems) -> None:
    """One error holds every problem of the description and of every article."""
    said = problems_of(
        {
            "brand.yaml": "nmae: A\nfour_eyes: maybe\npacks: [tome]\n",
            "knowledge/a.md": "---\nid: a\ntitle: A\nkind: notice\nulr: x\n---\n",
            "knowledge/sub/b.md": "nothing",
        }
    )
    assert [one.split(" ")[0] for one in said] == [
        *("brand.yaml:1:1:", "brand.yaml:1:1:", "brand.yaml:2:12:", "brand.yaml:3:9:"),
        *("knowledge/a.md:4:7:", "knowledge/a.md:5:1:", "knowledge/sub/b.md:1:1:"),
    ]


def test_a_folder_that_is_not_there_or_no_folder(tmp_path: Path) -> None:
    """A missing folder, a file in its place and a missing brand.yaml are each named with the mend."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "yml").mkdir()
    (tmp_path / "yml" / "brand.yml").write_text("name: A")
    expected = {
        "nowhere": "nowhere:1:1: there is no such folder; give the folder that holds brand.yaml",
        "file": "file:1:1: this is a file; give the folder that holds brand.yaml",
        "empty": "empty/brand.yaml:1:1: there is no such file; the brand's description belongs here",
        "yml": "yml/brand.yaml:1:1: there is no such file; rename 'brand.yml', the brand's description belongs here",
    }
    for name, said in expected.items():
        with pytest.raises(ConfigurationError) as caught:
            Brand.load(tmp_path / name)
        assert str(caught.value).replace(f"{tmp_path}/", "") == said


def test_a_file_named_knowledge(problems_of: Problems) -> None:
    """A file where the folder of articles belongs is an error, not a brand without articles."""
    assert problems_of({"knowledge": "x"}) == [
        "knowledge:1:1: this is a file; articles belong in a folder of this name, one Markdown file each"
    ]


def test_bytes_that_are_not_utf8(make_brand: Callable[[Mapping[str, str]], Path]) -> None:
    """A file in another encoding is told by the byte."""
    folder = make_brand({})
    (folder / "brand.yaml").write_bytes(b"name: Caf\xe9\n")
    with pytest.raises(ConfigurationError, match=r"brand\.yaml:1:1: byte 9 is not UTF-8; save the file as UTF-8"):
        Brand.load(folder)


def test_lowering_a_required_rule_needs_a_reason(problems_of: Problems, tmp_path: Path) -> None:
    """A required rule is lowered with a reason only, an unknown rule of a pack that ships is named with the nearest."""
    rules = [one for name in shipped() for one in load_pack(name).rules]
    rule = next(one for one in rules if one.blocking and one.definition.override == "allowed")
    assert problems_of(f"name: A\nrules:\n  {rule.id}: off\n  {rule.id}x: off\n") == [
        f"brand.yaml:3:3: '{rule.id}' is required: lowering it from error to off needs a reason; "
        "write {level: off, reason: why}",
        f"brand.yaml:4:3: unknown rule '{rule.id}x'; did you mean '{rule.id}'?",
    ]
    (tmp_path / "brand" / "brand.yaml").write_text(f"name: A\nrules: {{{rule.id}: {{level: off, reason: asked for}}}}")
    assert Brand.load(tmp_path / "brand").rules[rule.id].reason == "asked for"


_PIECES = st.sampled_from(
    [
        *("name: A\n", "voice:\n", "  notes: ", "- ", "[", "]", "{", "}", "&a ", "*a", "? ", ": ", "\n", "|\n", "  "),
        *(
            "---\n",
            "rules: ",
            "channels: {x: ",
            "policies: [{id: a, text: b}]\n",
            "~",
            "'",
            '"',
            "!!int 3",
            "<<: ",
            "#",
        ),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.lists(_PIECES, max_size=14).map("".join))
@example(text="[" * 200_000)
@example(text="- " * 20_000)
@example(text="name: &a [*a]")
@example(text="name: A\nrules: &a {x.y: *a}")
def test_any_text_loads_or_is_a_configuration_error(tmp_path: Path, text: str) -> None:
    """Whatever stands in brand.yaml, the brand loads or a ConfigurationError with a place says why."""
    (tmp_path / "brand.yaml").write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        problems = () if Brand.load(tmp_path).name else None
    except ConfigurationError as error:
        problems = error.problems or None
    assert problems is not None
    assert all(one.line >= 1 and one.column >= 1 and one.message for one in problems)


def test_aliases_of_aliases_are_bounded(problems_of: Problems) -> None:
    """A text of a few lines that stands for billions of values is refused and not written out."""
    lines = ["name: A", "words_to_use: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (said,) = problems_of("\n".join(lines))
    assert said.endswith("this grows too large where its aliases are written out; write it flat")
