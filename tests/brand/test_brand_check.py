from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from assistant.brand_check import BrandReport, check_brand

Make = Callable[[Mapping[str, str]], Path]
ON = date(2026, 11, 22)
FINE = "name: A\ncontact: {dm: send us a message}\n"
ARTICLE = "---\nid: k1\ntitle: Tea\nurl: https://help.a.example/tea\n---\n\nPour the tea.\n"


def _said(report: BrandReport) -> list[str]:
    return [str(one).replace(f"{report.folder}/", "") for one in report.warnings]


def test_a_brand_in_order_has_nothing_to_say(make_brand: Make) -> None:
    """A brand with a contact and an article with an address has neither errors nor warnings."""
    report = check_brand(make_brand({"brand.yaml": FINE, "knowledge/k1.md": ARTICLE}), ON)
    assert (report.name, report.errors, report.warnings) == ("A", (), ())
    assert (report.counts["articles"], report.counts["articles: help"], report.counts["policies"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ("name: A\n", "brand.yaml:1:1: no way to a person: give 'contact' a dm, a phone or a help_url"),
        (
            f"{FINE}policies:\n- {{id: a, text: x}}\n- {{id: a, text: y}}\n",
            "brand.yaml:5:3: the policy id 'a' stands on line 4 already; keep one of them",
        ),
        (
            f"{FINE}policies:\n- {{id: a, text: ' '}}\n",
            "brand.yaml:4:3: the policy 'a' says nothing; write its text",
        ),
        (
            f"{FINE}words_to_avoid:\n- word: Pot\n- word: pot\n",
            "brand.yaml:5:3: the word 'pot' stands on line 4 already; keep one of them",
        ),
        (
            f"{FINE}words_to_use: [Mug]\nwords_to_avoid: [{{word: mug}}]\n",
            "brand.yaml:3:16: 'Mug' is a word to avoid as well; keep it in one list",
        ),
        (
            f"{FINE}words_to_avoid: [{{word: asap}}]\npolicies:\n- id: a\n  text: We answer ASAP.\n",
            "brand.yaml:6:9: this says 'asap', a word to avoid; replies would say it too",
        ),
        (
            f"{FINE}words_to_avoid: [{{word: pour}}, {{word: te}}]\n",
            "knowledge/k1.md:7:1: the article says 'pour', a word to avoid; replies would say it too",
        ),
        (
            f"{FINE}words_to_avoid: [{{word: tea}}, {{word: pou}}]\n",
            "knowledge/k1.md:3:8: the title says 'tea', a word to avoid; replies would say it too",
        ),
        (
            f"{FINE}allowed_domains: [b.example]\n",
            "knowledge/k1.md:4:6: 'help.a.example' is not one of the allowed_domains; "
            "add it there, or replies can't give this link",
        ),
    ],
)
def test_each_warning_of_the_description(make_brand: Make, description: str, said: str) -> None:
    """What an owner should look at is told with its place; the brand loads all the same."""
    report = check_brand(make_brand({"brand.yaml": description, "knowledge/k1.md": ARTICLE}), ON)
    assert report.errors == ()
    assert said in _said(report)
    assert len({one.path for one in report.warnings}) == 1


def test_a_setting_of_a_rule_nobody_has(make_brand: Make) -> None:
    """A setting that does nothing is told; one of the brand's own styles is known."""
    files = {
        "brand.yaml": f"{FINE}rules: {{House.Tea: off, Huose.Tea: off}}\n",
        "rules/House/Tea.yml": "extends: existence\nmessage: No '%s'\ntokens: [coffee]\n",
        "knowledge/k1.md": ARTICLE,
    }
    (said,) = _said(check_brand(make_brand(files), ON))
    assert said.startswith(
        "brand.yaml:3:25: no pack has a rule 'Huose.Tea', so this does nothing; packs are: Brand, House"
    )


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (
            "---\nid: k\ntitle: T\nurl: https://a.example\nvalid_until: 2026-11-21\n---\nx",
            "knowledge/k.md:5:14: 'k' expired on 2026-11-21; no reply draws on it: renew or delete it",
        ),
        (
            "---\nid: k\ntitle: T\n---\nx",
            "knowledge/k.md:2:5: 'k' has no url: a reply can't link to it; add one if there is",
        ),
        (
            "---\nid: k\ntitle: T\nurl: https://a.example\n---\n",
            "knowledge/k.md:2:5: 'k' has no text and is never found; write it or delete the file",
        ),
        (
            "---\nid: k\ntitle: T\nurl: 'javascript:a()'\n---\nx",
            "knowledge/k.md:4:6: 'javascript:a()' is not a link anybody can open; write it whole, from https:// on",
        ),
        (
            "---\nid: k\ntitle: T\nurl: 'https://[broken'\n---\nx",
            "knowledge/k.md:4:6: 'https://[broken' is not a link anybody can open; write it whole, from https:// on",
        ),
    ],
)
def test_each_warning_of_an_article(make_brand: Make, article: str, said: str) -> None:
    """An article that a reply can't draw on, or not wholly, is told with its place."""
    assert _said(check_brand(make_brand({"brand.yaml": FINE, "knowledge/k.md": article}), ON)) == [said]


def test_the_last_day_of_an_article_counts(make_brand: Make) -> None:
    """An article is valid through the day it names."""
    article = ARTICLE.replace("id: k1", "id: k1\nvalid_until: 2026-11-22")
    assert check_brand(make_brand({"brand.yaml": FINE, "knowledge/k1.md": article}), ON).warnings == ()


def test_files_that_are_not_read_are_told(make_brand: Make) -> None:
    """A file in the wrong place or with the wrong ending is not passed over in silence."""
    files = {"brand.yaml": FINE, "knowledge/k1.html": "<p>", "playbook/a.yaml": "id: a", "rules/Loose.yml": "a: b"}
    said = _said(check_brand(make_brand({**files, "rules/House/Tea.yaml": "a: b", "notes/x.txt": "mine"}), ON))
    assert "playbook:1:1: this folder is not read; did you mean 'playbooks'?" in said
    assert "rules/Loose.yml:1:1: this rule is not read; put it in a folder that names its style" in said
    assert "rules/House/Tea.yaml:1:1: this is not read: rules are files with the ending .yml" in said
    assert "knowledge/k1.html:1:1: this is not read: articles are Markdown files with the ending .md" in said
    assert "knowledge:1:1: no articles: replies can't answer from anything; add some" in said
    assert not any("notes" in one for one in said)


def test_plays_rules_and_saved_replies_that_are_wrong_are_errors(make_brand: Make) -> None:
    """What would fail at the first draft or check is an error of the check, with its place."""
    files = {
        "playbooks/a.yaml": "id: [\n",
        "playbooks/saved/b.yaml": "title: B\ntxt: b\n",
        "rules/House/Tea.yml": "extends: existense\nmessage: m\n",
    }
    report = check_brand(make_brand({"brand.yaml": FINE, "knowledge/k1.md": ARTICLE, **files}), ON)
    places = [str(one).replace(f"{report.folder}/", "").split(" ")[0] for one in report.errors]
    assert places == [
        *("playbooks/saved/b.yaml:1:1:", "playbooks/saved/b.yaml:2:1:"),
        *("playbooks/a.yaml:2:1:", "rules/House/Tea.yml:1:10:"),
    ]
    assert (report.counts["plays"], report.counts["saved replies"], report.counts["rules of its own"]) == (1, 1, 1)


def test_a_brand_that_does_not_load_is_reported_and_not_raised(make_brand: Make, tmp_path: Path) -> None:
    """Errors come as a report, for a missing folder too, and what could be read is counted."""
    report = check_brand(make_brand({"brand.yaml": "nmae: A\n", "knowledge/k1.md": ARTICLE}), ON)
    assert [one.message for one in report.errors] == [
        "'name' is missing; add it",
        "unknown key 'nmae'; did you mean 'name'?",
    ]
    assert (report.name, report.counts["articles"]) == (None, 1)
    (gone,) = check_brand(tmp_path / "gone", ON).errors
    assert gone.message == "there is no such folder; give the folder that holds brand.yaml"


@pytest.mark.shared
def test_the_shared_brand_has_one_thing_to_look_at(shared_data: Path) -> None:
    """The expired article of a brand written by somebody else is found, and nothing is called an error."""
    report = check_brand(shared_data / "suites" / "brands" / "northwind-parcel", ON)
    assert report.errors == ()
    assert [Path(one.path).name for one in report.warnings] == ["nw-k12.md"]
    assert (report.counts["articles"], report.counts["articles: internal"], report.counts["articles: expired"]) == (
        12,
        1,
        1,
    )
