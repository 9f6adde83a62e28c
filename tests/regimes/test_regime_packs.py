"""The packs of the regulated industries, and the rules in plain words that go with them."""

import json
import re

import pytest

from tone_rules import Agent, Fact, Situation, Source, check, load_pack
from tone_rules.judging import Breach
from tone_rules.pack import applying
from tone_rules.rule import Rule

REGIMES = ("finance", "healthcare", "pharma", "travel", "confidential")
RULES = [rule for name in REGIMES for rule in load_pack(name).rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_fact_from_memory_is_marked(rule: Rule) -> None:
    """A rule whose reference nobody has read at its source says so."""
    if "[from memory]" in (rule.definition.reference or ""):
        assert rule.definition.status == "unverified"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_subtle_example(rule: Rule) -> None:
    """Beside the plain examples stands at least one that is hard to tell."""
    assert any(one.name.startswith("subtle") for one in rule.definition.tests)


@pytest.mark.parametrize(
    ("industry", "packs"),
    [
        ("private bank", {"finance"}),
        ("dental clinic", {"healthcare"}),
        ("pharmacy", {"healthcare", "pharma"}),
        ("contact lenses by post", {"healthcare", "pharma"}),
        ("travel insurance", {"finance", "travel"}),
        ("food supplements", {"pharma"}),
        ("budget airline", {"travel"}),
        ("car rental", {"travel"}),
        ("family law firm", {"confidential"}),
        ("flat-pack furniture", set()),
        ("web hosting", set()),
        ("car dealer", set()),
        ("craft beer", set()),
    ],
)
def test_an_industry_has_its_packs(industry: str, packs: set[str]) -> None:
    """The words of an industry's name choose the packs, and no others."""
    assert set(applying(industry)) & set(REGIMES) == packs


@pytest.mark.parametrize(
    ("pack", "message", "reply", "rule"),
    [
        ("finance", "anyone made money?", "Most of our clients are well ahead after three years.", "ClientResults"),
        ("finance", "is it safe", "Our bond is as safe as houses.", "NoRisk"),
        ("finance", "down 9% this month", "It's only a blip, stay invested.", "Reassurance"),
        ("pharma", "my lips swelled up", "That usually goes down within a day.", "Reassurance"),
        ("pharma", "hives after your oil", "It could be the weather, or your diet.", "CauseGuessed"),
        ("pharma", "ok with my statins?", "Yes, plenty of people take both happily.", "AnswersMixing"),
        ("healthcare", "my jaw hurts since the crown", "A bit of soreness is perfectly normal.", "Reassurance"),
        ("travel", "smoke in the cabin", "Nobody was in any danger.", "SafetyCause"),
        ("travel", "when do we leave", "It should be away by seven.", "GuessedTime"),
    ],
)
def test_what_a_regime_forbids_blocks(pack: str, message: str, reply: str, rule: str) -> None:
    """A kind sentence that a regime forbids is stopped by the rule that says why."""
    report = check(reply, load_pack(pack), Situation(channel="x", message=message))
    assert report.verdict == "block"
    assert f"{pack}.{rule}" in [one.rule for one in report.findings]


@pytest.mark.parametrize(
    ("pack", "message", "reply"),
    [
        ("finance", "will it be back by new year", "Nobody can know, and we won't guess. Capital at risk."),
        ("finance", "up 12%!!", "Kind of you to write. We don't comment on anyone's results."),
        ("pharma", "my lips swelled up", "I'm sorry. Please stop using it and see a doctor today."),
        ("pharma", "what does it taste of", "Pear, and no added sugar."),
        ("healthcare", "that filling was agony", "That's hard to read. Nothing can be said here about anybody's care."),
        ("travel", "I want my money back", "Claims go in at gannetair.example/claims, answered within 14 days."),
        ("travel", "smoke in the cabin", "That's frightening, I'm sorry. The safety desk is on 0161 496 0180."),
    ],
)
def test_what_a_regime_asks_for_passes(pack: str, message: str, reply: str) -> None:
    """The reply that a regime would have an agent write is not stopped."""
    assert check(reply, load_pack(pack), Situation(channel="x", message=message)).verdict == "pass"


def test_a_risk_line_is_asked_for_in_the_brands_own_words() -> None:
    """The finding shows the line that is missing and where it stands."""
    source = Source(id="K9", kind="help", text="Fees are 0.4%. You may get back less than you put in.")
    report = check("The fund holds shares from all over.", load_pack("finance"), Situation(sources=[source]))
    (finding,) = report.findings
    assert (finding.rule, finding.compared_with) == ("finance.RiskLine", "K9")
    assert "You may get back less than you put in." in finding.message
    private = Situation(facts=[Fact(name="warning", value="Capital at risk.")])
    assert check("The fund holds shares from all over.", load_pack("finance"), private).findings == ()


def test_a_denial_is_fine_where_a_policy_says_it_and_not_where_a_customer_does() -> None:
    """What the brand's policy denies may be said; what somebody wrote in the thread is no policy."""
    reply, pack = "Light fares: you're not eligible for a refund.", load_pack("travel")
    policy = Source(id="P3", kind="policy", text="Light fares are not refunded.")
    assert check(reply, pack, Situation(sources=[policy])).verdict == "pass"
    thread = Source(id="T1", kind="thread", text="They said light fares are not refunded.")
    assert check(reply, pack, Situation(sources=[thread])).verdict == "block"


class Reader:
    """A judge that finds the first word at fault."""

    def judge(self, rule: str, text: str, situation: Situation) -> list[Breach]:
        """One breach, of a reply in whatever situation."""
        assert situation == Situation()
        return [Breach(quote=text.split()[0], reason=rule.split()[0])]


def test_rules_in_plain_words_wait_for_a_reader_and_never_block() -> None:
    """Without a judge they are shown as not run and leave the verdict alone; with one each of them answers."""
    pack = load_pack("meaning")
    waiting = check("Hello there.", pack)
    assert (waiting.verdict, len(waiting.not_run)) == ("pass", len(pack.rules))
    assert {one.definition.extends for one in pack.rules} == {"judge"}
    asked = check("Hello there.", pack, judge=Reader())
    assert (asked.verdict, asked.not_run, len(asked.findings)) == ("pass", (), len(pack.rules))


@pytest.mark.shared
def test_real_replies_of_other_trades_are_left_alone(shared_data) -> None:
    """Of the real replies a regime's rule blocks none; the relation, which other trades may name, is left out."""
    rows = [json.loads(one) for one in (shared_data / "care_tweets.jsonl").read_text("utf-8").splitlines()]
    packs = [load_pack(name) for name in REGIMES]
    wrong = []
    for row in rows:
        report = check(row["reply"], packs, Situation(channel="x", message=row["customer"]))
        wrong += [
            (row["id"], one.rule, one.match)
            for one in report.findings
            if one.blocking and not one.rule.endswith(".Relationship")
        ]
    assert len(rows) > 200
    assert wrong == []


@pytest.mark.shared
def test_real_replies_of_banks_and_airlines_are_not_blocked(shared_data) -> None:
    """The real replies of two banks and two airlines confirm nobody, and pass their regimes."""
    trades = {"Ask_WellsFargo": "finance", "ChaseSupport": "finance", "SouthwestAir": "travel", "Delta": "travel"}
    rows = [json.loads(one) for one in (shared_data / "care_tweets.jsonl").read_text("utf-8").splitlines()]
    mine = [one for one in rows if one["brand"] in trades]
    blocked = [
        (row["id"], report.findings)
        for row in mine
        for report in [check(row["reply"], load_pack(trades[row["brand"]]), Situation(message=row["customer"]))]
        if report.verdict != "pass"
    ]
    assert len(mine) > 10
    assert blocked == []


@pytest.mark.shared
def test_sound_replies_of_regulated_trades_pass(shared_data) -> None:
    """Sound replies of the suite pass the packs of their industry, and the bad ones of these regimes don't."""
    lines = (shared_data / "suites" / "reply_checks.jsonl").read_text("utf-8").splitlines()
    seen = {"pass": 0, "block": 0}
    wrong = []
    theirs = ("relationship_confirmed", "promissory_finance", "off_label_or_causation")
    for row in map(json.loads, lines):
        packs = [load_pack(name) for name in applying(row["industry"]) if name in REGIMES]
        if not packs or not (row["verdict"] == "pass" or row["category"] in theirs):
            continue
        public = row["context"]["public"]
        signs = re.search(r"signs as (\w+)", public.get("sender", ""))
        situation = Situation(
            channel=row["channel"],
            message=row["message"],
            agent=Agent(name=signs[1]) if signs else None,
            facts=[Fact(name=name, value=str(value), visibility="public") for name, value in public.items()],
            sources=[Source(id=one[:2], kind="policy", text=one) for one in row["policy"]],
        )
        seen[row["verdict"]] += 1
        if check(row["reply"], packs, situation).verdict != row["verdict"]:
            wrong.append(row["id"])
    assert seen["pass"] > 15
    assert seen["block"] > 4
    assert wrong == []
