import pytest

from assistant.brand import Brand, WordToAvoid
from assistant.checking import check
from assistant.context import Surroundings
from assistant.languages import unread
from tone_rules.pack import Pack
from tone_rules.situation import Fact

BRAND = Brand(name="Brindle", languages=("en", "de"), packs=("tone", "voice"))
HERE = Surroundings(channel="x")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wir sind schuld daran und erstatten Ihnen alles, versprochen.", "German"),
        ("Nous sommes désolés, votre colis est en route et arrive avec le facteur.", "French"),
        ("ご予約の変更は、アプリの予約一覧を開き、対象のご予約を選んでください。", "Japanese"),
    ],
)
def test_what_reads_english_did_not_run_on_another_language(text, name):
    """The packs that read English words are named as not run with the language, so the verdict is never a pass."""
    report = check(text, HERE, BRAND)
    assert report.verdict == "incomplete"
    told = {one.rule: one for one in report.not_run}
    assert {"general.*", "privacy.*", "grounding.*", "tone.*"} <= told.keys()
    assert "channels.*" not in told
    assert told["general.*"].required
    assert not told["tone.*"].required
    assert all(name in one.reason for one in told.values())


@pytest.mark.parametrize(
    "text",
    [
        "You can send it back within 30 days, and we pay the postage.",
        "OK!",
        "Danke!",
        "Restart, re-pair, update firmware: Settings > Device > Firmware",
        "Merci for that, made my day. We're here if you need us again.",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_read(text):
    """Nothing is said to be not run of English, of a word or two, of a foreign word in an English reply."""
    assert not [one for one in check(text, HERE, BRAND).not_run if one.rule.endswith(".*")]


def test_what_is_the_same_in_any_language_still_runs():
    """A secret, an own word and the channel's limit are found in German too."""
    brand = BRAND.model_copy(
        update={"words_to_avoid": (WordToAvoid(word="Sendung", replace="Paket"),), "sha256": "avoid"}
    )
    around = Surroundings(channel="x", facts=(Fact(name="order", value="BR-48213-K"),))
    long = "Wir sehen uns das an und melden uns heute noch bei Ihnen. " * 6
    report = check(f"Ihre Sendung BR-48213-K ist noch nicht da. {long}", around, brand)
    assert report.verdict == "block"
    styles = {one.rule for one in report.findings}
    assert {"channels.Length", "privacy.PrivateFact"} & styles
    assert any(one.startswith("Brand.") for one in styles)


def test_a_pack_of_the_brands_own_counts_as_read():
    """Its rules are in the brand's own languages."""
    own = Pack.of("Haus", {"Wort": {"extends": "existence", "message": "%s", "tokens": ["leider"]}}, required=True)
    assert list(unread("Leider ist das Paket noch nicht bei Ihnen angekommen.", [own], "x")) == []
