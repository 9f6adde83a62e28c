import re
from shutil import rmtree
from typing import Any

import pytest
import yaml

from assistant.approval import approve
from assistant.brand import Brand, Policy, WordToAvoid
from assistant.checking import check, situation_of
from assistant.cli.findings import print_findings
from assistant.cli.terminal import Output
from assistant.context import CustomerContext, Surroundings
from assistant.errors import Blocked, ConfigurationError, NotPermitted
from assistant.languages import FILE, language_of, unread
from assistant.pipeline import Proposal
from assistant.store import Store
from assistant.triage import Triage
from tone_rules.engine import check as check_text
from tone_rules.finding import NotRun
from tone_rules.pack import Pack, load_pack
from tone_rules.situation import Fact, Situation

BRAND = Brand(name="Brindle", languages=("en", "de"), packs=("tone", "voice"))
HERE = Surroundings(channel="x")
GERMAN = "Hallo Ana, das Paket hat sich seit Tagen nicht bewegt, das ist zu lang."
POLICY = Policy(id="r", text="Rücksendung innerhalb von 30 Tagen, Telefon 01632 960111.")


def languages_data() -> dict[str, Any]:
    """The rules that are said to be the same in any language, with an example of each."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wir sind schuld daran und erstatten Ihnen alles, versprochen.", "German"),
        ("Nous sommes désolés, votre colis est en route et arrive avec le facteur.", "French"),
        ("ご予約の変更は、アプリの予約一覧を開き、対象のご予約を選んでください。", "Japanese"),
    ],
)
def test_what_reads_english_did_not_run_on_another_language(text, name):
    """The rules that read English words are named as not run with the language, so the verdict is never a pass."""
    report = check(text, HERE, BRAND)
    assert report.verdict == "incomplete"
    told = {one.rule: one for one in report.not_run}
    assert {"general.Threat", "privacy.AsksForSecrets", "grounding.Promise", "tone.Filler"} <= told.keys()
    assert told["general.Threat"].required
    assert not told["tone.Filler"].required
    assert all(name in one.reason and one.language for one in told.values())
    assert not told.keys() & languages_data().keys()
    assert set(report.stopping) == {"community.*", "general.*", "grounding.*", "privacy.*"}


@pytest.mark.parametrize("rule", list(yaml.safe_load(FILE.read_text(encoding="utf-8"))))
def test_what_is_said_to_be_the_same_in_any_language_is(rule):
    """Each rule of the list ships, and finds something in a reply that is not English."""
    given = languages_data()[rule]
    channel = given.get("channel", "x")
    brand = BRAND.model_copy(update={"allowed_domains": ("brindle.example",), "policies": (POLICY,), "sha256": rule})
    around = Surroundings.model_validate(
        {
            "channel": channel,
            "facts": [{"name": "order", "value": "BR-48213-K"}],
            "recent_replies": [given["reply"]] if rule == "tone.SameReply" else [],
        }
    )
    assert language_of(given["reply"]) not in ("en", "und")
    packs = [load_pack(rule.partition(".")[0])]
    report = check_text(given["reply"], packs, situation_of(around, brand, "Wo ist mein Paket?"))
    assert rule in {one.rule for one in report.findings}, report


def test_only_rules_for_this_place_are_named():
    """A rule for another channel or audience is passed over in every language; what it asks of the message is not."""
    told = {one.rule for one in check(GERMAN, HERE, BRAND, "Wo ist mein Paket?").not_run}
    assert "reviews.Reward" not in told
    assert "general.FaultForHarm" in told, "the message may tell of harm in words that are not read"
    private = Surroundings(channel="x", audience="private")
    assert "privacy.AsksPrivateInPublic" not in {one.rule for one in check(GERMAN, private, BRAND).not_run}


@pytest.fixture
def own(tmp_path):
    """A brand with German rules of its own, as its `pack.yaml` says."""

    def made(manifest: str) -> Brand:
        (tmp_path / "brand.yaml").write_text("name: Brindle\nlanguages: [en, de]\n", encoding="utf-8")
        folder = tmp_path / "rules" / "Haus"
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(manifest, encoding="utf-8")
        rule = "extends: existence\nlevel: error\nmessage: \"'%s' verspricht zu viel\"\ntokens: [die Garantie]\n"
        (folder / "Versprechen.yml").write_text(rule, encoding="utf-8")
        return Brand.load(tmp_path)

    return made


STANDS = "required: true\nlanguages: [de]\nstands_for:\n" + "".join(
    f"  {one}: geprüft von der Rechtsabteilung\n" for one in ("community", "general", "grounding", "privacy")
)


def test_a_pack_of_the_brands_own_may_stand_for_what_reads_english(own):
    """Then a reply in its language can pass, by rules that ran; in a third language it stands for nothing."""
    brand = own(STANDS)
    assert check(GERMAN, HERE, brand).verdict == "pass"
    blocked = check(f"{GERMAN} Sie haben die Garantie.", HERE, brand)
    assert [one.rule for one in blocked.findings if one.blocking] == ["Haus.Versprechen"]
    leaky = Surroundings(channel="x", facts=(Fact(name="order", value="BR-48213-K"),))
    assert check(f"{GERMAN} BR-48213-K", leaky, brand).verdict == "block", "what is the same in any language ran, too"
    french = check("Nous cherchons votre colis au dépôt depuis ce matin, et nous vous écrivons.", HERE, brand)
    assert french.verdict == "incomplete"
    english = check("The guarantee is on the page: die Garantie is what we call it in our shop.", HERE, brand)
    assert english.findings == ()


def test_a_pack_stands_for_what_there_is_and_says_why(own, tmp_path):
    """Without a reason, a language or being required a pack stands for nothing; nor for a pack that does not ship."""
    for manifest, said in (
        ("required: true\nstands_for: {general: geprüft}\n", "names its languages and is required"),
        ("languages: de\nstands_for: {general: geprüft}\n", "names its languages and is required"),
        ("required: true\nlanguages: de\nstands_for: {general: ''}\n", "'general' needs a reason"),
        ("required: true\nlanguages: de\nstands_for: {generl: geprüft}\n", "no pack or rule 'generl' ships"),
    ):
        with pytest.raises(ConfigurationError, match=said):
            check(GERMAN, HERE, own(manifest))
        rmtree(tmp_path / "rules")


def test_whoever_reads_it_answers_for_it(tmp_path):
    """A reply that is not wholly checked is approved with a reason for each pack, by somebody who may override."""
    context = CustomerContext(id="1", channel="x", message="Wo ist mein Paket?")
    proposal = Proposal(id="1", status="needs_edit", triage=Triage())
    stopping = check(GERMAN, context, BRAND).stopping
    with Store.open(tmp_path / "store.db") as store:
        given = {"decision": "approve", "reviewer": "Ola", "text": GERMAN}
        with pytest.raises(Blocked):
            approve(store, BRAND, proposal, context, **given)
        reasons = dict.fromkeys(stopping, "Ola reads German")
        with pytest.raises(NotPermitted):
            approve(store, BRAND, proposal, context, **given, override=reasons)
        approval = approve(store, BRAND, proposal, context, **given, override=reasons, may_override=True)
    assert [one.rule for one in approval.overrides] == list(stopping)


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
    assert not [one for one in check(text, HERE, BRAND).not_run if one.language]


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
    assert list(unread("de", [own], Situation(channel="x"))) == []


def test_dozens_of_rules_are_one_line_for_people(capsys):
    """At the terminal rules that did not run for one reason are counted by pack, required ones apart; few are named."""
    report = check(GERMAN, HERE, BRAND)
    other = NotRun(rule="Haus.Wort", reason="it took too long")
    print_findings(Output(), GERMAN, (), (*report.not_run, other))
    required, slow, guiding = capsys.readouterr().out.splitlines()
    assert re.match(r" +not run +\d\d rules of (\w+, )*\w+, each: it reads English and this is German", required)
    assert "general" in required
    assert "tone" not in required
    assert slow.endswith("Haus.Wort: it took too long")
    assert "tone" in guiding
