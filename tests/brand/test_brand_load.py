import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from assistant.brand import Brand
from assistant.knowledge import Knowledge

Make = Callable[[Mapping[str, str]], Path]

FULL = """
name: Quill & Kettle
industry: Tea and stationery
languages: [en, de, pt-BR]
signature: "{first_name} at Quill & Kettle ^{initials}"
voice: {funny_serious: 0.4, notes: Short. Kind.}
words_to_use: [pot, on]
words_to_avoid:
  - word: utilise
    replace: use
  - word: no
    instead: say what there is
allowed_domains: [Help.Quillandkettle.example, münzen.example]
competitors:
contact: {dm: send us a message, phone: 01632 960 123}
compliance: [general, pharma]
packs: [tone, House]
rules:
  House.Tea: off
  Other.Rule: {level: warning, reason: tried on last year's replies}
policies: [{id: returns, text: 45 days}]
goodwill: a pot of tea
personalisation: name
channels: {x: {limit: 200, sla_hours: 0.5, signature: "^{initials}"}}
four_eyes: yes
retention_days: 30
"""
RULE = "extends: existence\nmessage: No '%s'\ntokens: [coffee]\n"
ARTICLE = "---\nid: k1\ntitle: no\nvalid_until: 2030-05-01\n---\n\nFirst.\n\n---\n\nLast.\n"


def test_every_key_is_read(make_brand: Make) -> None:
    """Each key arrives with its meaning; words like `no` and `on` stay words; an empty key is left out."""
    brand = Brand.load(make_brand({"brand.yaml": FULL, "rules/House/Tea.yml": RULE, "knowledge/deep/k1.MD": ARTICLE}))
    assert brand.languages == ("en", "de", "pt-BR")
    assert brand.words_to_use == ("pot", "on")
    assert [(one.word, one.instead, one.replace) for one in brand.words_to_avoid] == [
        ("utilise", None, "use"),
        ("no", "say what there is", None),
    ]
    assert brand.allowed_domains == ("help.quillandkettle.example", "münzen.example")
    assert brand.competitors == ()
    assert brand.contact.phone == "01632 960 123"
    assert brand.rules["House.Tea"].level == "off"
    assert brand.rules["Other.Rule"].reason == "tried on last year's replies"
    assert (brand.channels["x"].limit, brand.channels["x"].sla_hours) == (200, 0.5)
    assert (brand.four_eyes, brand.retention_days, brand.personalisation) == (True, 30, "name")
    (article,) = brand.knowledge.articles
    assert (article.id, article.title, article.kind, article.valid_until) == ("k1", "no", "help", date(2030, 5, 1))
    assert article.text == "First.\n\n---\n\nLast."


def test_json_is_yaml(make_brand: Make) -> None:
    """A description written as JSON is read as it is."""
    brand = Brand.load(
        make_brand({"brand.yaml": '{"name": "A", "four_eyes": true, "signature": null, "languages": []}'})
    )
    assert (brand.name, brand.four_eyes, brand.signature, brand.languages) == ("A", True, None, ())


def test_no_knowledge_is_no_articles(tmp_path: Path) -> None:
    """A brand without a folder of articles has none, and hidden files are none."""
    assert Knowledge.load(tmp_path / "knowledge").articles == ()
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "._a.md").write_text("left by some other system")
    assert Knowledge.load(tmp_path / "knowledge").articles == ()


def test_the_digest_follows_what_shapes_a_reply(make_brand: Make, tmp_path: Path) -> None:
    """Place, line ends, byte order mark and other files make no difference; every article, play and rule does."""
    files = {"knowledge/k1.md": ARTICLE, "playbooks/a.yaml": "id: a\n", "rules/House/Tea.yml": RULE}
    folder = make_brand(files)
    before = Brand.load(folder).sha256
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    (elsewhere / "notes.txt").write_text("not part of it")
    (elsewhere / "knowledge" / "k1.md").write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    assert Brand.load(elsewhere).sha256 == before
    for name in ("brand.yaml", *files):
        text = (folder / name).read_text()
        (folder / name).write_text(text + "\n# more\n")
        assert Brand.load(folder).sha256 != before, name
        (folder / name).write_text(text)
    (folder / "rules" / "House" / "Tea.yml").rename(folder / "rules" / "House" / "Pot.yml")
    assert Brand.load(folder).sha256 != before


def test_the_digest_is_the_same_in_another_process(make_brand: Make) -> None:
    """Nothing of it depends on hashing that differs from one interpreter to the next."""
    folder = make_brand({"knowledge/k1.md": ARTICLE, "knowledge/k0.md": ARTICLE.replace("k1", "k0")})
    code = f"from assistant.brand import Brand; print(Brand.load({str(folder)!r}).sha256)"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert out.stdout.strip() == Brand.load(folder).sha256


def test_a_brand_in_memory_has_a_digest() -> None:
    """A brand that was never a folder is told apart by its values all the same."""
    assert Brand(name="A").sha256 == Brand(name="A").sha256 != Brand(name="B").sha256
    assert Brand(name="A", rules={"tone.Any": "off"}).rules["tone.Any"].level == "off"


@pytest.mark.shared
def test_the_shared_brand_loads_unchanged(shared_data: Path) -> None:
    """A brand written by somebody else loads as it is, its articles without `kind` as help."""
    brand = Brand.load(shared_data / "suites" / "brands" / "northwind-parcel")
    assert len(brand.knowledge.articles) == 12
    assert {one.kind for one in brand.knowledge.articles} == {"help"}
    assert sum(one.usable(date(2026, 11, 22)) for one in brand.knowledge.articles) == 10
    assert len(brand.words_to_avoid) == 9
    assert brand.contact.help_url
