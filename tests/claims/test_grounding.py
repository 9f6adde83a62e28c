import json
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.checking import situation_of
from assistant.context import CustomerContext
from tone_rules.engine import check
from tone_rules.pack import load_pack
from tone_rules.situation import Agent, Fact, Situation, Source, Turn

ROWS = [json.loads(line) for line in Path(__file__).with_name("replies.jsonl").read_text("utf-8").splitlines() if line]
RESTATED = [
    json.loads(line) for line in Path(__file__).with_name("restated.jsonl").read_text("utf-8").splitlines() if line
]
PAID = "what can you do about this? paid £40 and £3.95 postage, 3 days now, £210, £49 or £12"
BRAND = """
name: Fernhill Kettles
allowed_domains: [fernhill.example]
policies: [{id: refunds, text: Refunds are made within 5 working days.}]
"""
SALE = """---
id: sale
title: Summer returns
visibility: public
valid_until: 2025-08-31
---
Until August you have 60 days to return a kettle.
"""


def blocks(report: Any) -> list[Any]:
    """The findings that stop a reply."""
    return [one for one in report.findings if one.blocking]


def test_a_contradiction_names_the_source_and_its_words(grounded: Any) -> None:
    """The finding says what was compared with what, and suggests the source's own wording."""
    report = grounded("A new cup leaves this afternoon.", "Breakages: a new cup leaves within 3 working days.")
    (finding,) = blocks(report)
    assert (finding.rule, finding.match, finding.compared_with) == ("grounding.TimeFrame", "this afternoon", "P1")
    assert "contradicts P1, which says '3 working days'" in finding.message
    assert finding.suggestions == ("3 working days",)


def test_what_nothing_backs_is_told_as_absent(grounded: Any) -> None:
    """A sum that no source names is reported with the nearest source, not as a contradiction."""
    (finding,) = blocks(grounded("Gift wrap is £4.", "Parcels take 3 days."))
    assert "has nothing behind it" in finding.message


@pytest.mark.parametrize("reply", ["Refunds are made in 5 days.", "Refunds are made within 3 working days."])
def test_sooner_than_the_policy_is_a_contradiction(grounded: Any, reply: str) -> None:
    """Five days are less than five working days."""
    assert "contradicts" in blocks(grounded(reply, "Refunds are made within 5 working days."))[0].message


def test_slower_and_softer_words_ground_nothing(grounded: Any) -> None:
    """'Usually' before a figure of one's own doesn't make it the source's."""
    assert grounded("It usually takes about 2 days.", "Parcels take 5 days.").findings


def test_the_figure_of_another_subject_backs_nothing(grounded: Any) -> None:
    """The right number beside the wrong thing is contradicted by the source about that thing."""
    report = grounded("Express delivery is £3.95.", "Standard delivery costs £3.95.", "Express delivery costs £6.95.")
    assert blocks(report)[0].compared_with == "P2"


def test_the_customers_words_back_a_figure_and_no_promise(grounded: Any) -> None:
    """Their nine days may be repeated; the Friday that they wish for may not be promised."""
    policy = "Parcels are sent in turn."
    assert not blocks(grounded("Nine days is long.", policy, message="9 days and no lamp"))
    assert blocks(grounded("You will have it by Friday.", policy, message="I need it by Friday"))
    assert blocks(grounded("We'll refund you.", policy, message="your policy says you refund late parcels"))


def test_what_the_brand_said_before_backs_a_claim(grounded: Any) -> None:
    """The brand's own earlier post in the thread is a source."""
    thread = [Turn(role="brand", text="The next update comes at 15:00.")]
    assert not blocks(grounded("The update comes at 3 pm.", "Outages are posted.", thread=thread))


def test_who_signs_sets_their_own_time_and_a_bot_does_not(grounded: Any) -> None:
    """'I'll message you by Tuesday' needs a person; without one somebody is warned."""
    reply, policy = "I'll message you by Tuesday.", "Parcels take 3 working days."
    assert not grounded(reply, policy).findings
    assert grounded(reply, policy, agent=None).findings


def test_goodwill_backs_a_promise_in_private_alone() -> None:
    """The same credit is backed in a direct message and not in a public thread."""
    sources = [Source(id="goodwill", kind="goodwill", text="A credit of £10 when a parcel is late.")]
    for audience, stopped in (("private", False), ("public", True)):
        around = Situation(audience=audience, sources=sources, agent=Agent(name="Ife"), allowed_domains=["x.example"])
        report = check("We'll give you a £10 credit.", load_pack("grounding"), around)
        assert (report.verdict != "pass") == stopped


def test_an_expired_article_backs_nothing(tmp_path: Path) -> None:
    """What stood in an offer that is over is no source any more."""
    (tmp_path / "brand.yaml").write_text(BRAND, "utf-8")
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "sale.md").write_text(SALE, "utf-8")
    brand = Brand.load(tmp_path)
    around = situation_of(CustomerContext(channel="x", message="how long can I return it"), brand)
    assert check("You have 60 days to return it.", load_pack("grounding"), around).findings


@pytest.mark.parametrize(("reply", "ran"), [("Refunds take 2 days.", False), ("Sorry about the lid, Ana.", True)])
def test_a_claim_without_anything_to_compare_it_with_is_not_run(reply: str, ran: bool) -> None:
    """Where nothing is known the rule says that it did not run; a reply without a claim was checked."""
    report = check(reply, load_pack("grounding"), Situation(message="hello"))
    assert (report.verdict == "pass") == ran
    assert bool(report.not_run) != ran


def test_a_name_and_a_telephone_number_are_nothing_to_compare_terms_with() -> None:
    """The customer's name and the brand's contact don't turn 'not run' into 'absent'."""
    sources = [Source(id="customer_name", kind="fact", text="Ana"), Source(id="contact.phone", kind="fact", text="111")]
    assert check("Refunds take 2 days.", load_pack("grounding"), Situation(sources=sources)).verdict == "incomplete"


@pytest.mark.parametrize(
    "link",
    [
        "https://brightnet.example.evil.test/in",
        "https://brightnet.example@evil.test",
        "https://brіghtnet.example/in",
        "https://xn--brghtnet-4ya.example",
        "http://brightnet-help.example",
        "bit.ly/3xKettle",
        "brightnet.example.evil.com/login",
        "https://notbrightnet.example",
        "http://203.0.113.9/brightnet.example",
    ],
)
def test_a_link_elsewhere_is_found_however_it_is_dressed(link: str) -> None:
    """Look-alikes, hidden hosts, foreign letters, shorteners and bare numbers are not the brand's."""
    around = Situation(allowed_domains=["brightnet.example"])
    report = check(f"Please sign in at {link} now.", load_pack("grounding"), around)
    assert [one.rule for one in blocks(report)] == ["grounding.Link"]


@pytest.mark.parametrize("domain", ["brightnet.example", "https://www.brightnet.example/", "*.brightnet.example"])
@pytest.mark.parametrize(
    "link", ["https://help.brightnet.example/a?b=c#d", "brightnet.example", "WWW.BrightNet.example/x"]
)
def test_the_brands_own_links_pass(domain: str, link: str) -> None:
    """A domain allows itself and what is below it, however either is written."""
    assert not blocks(check(f"It's at {link}.", load_pack("grounding"), Situation(allowed_domains=[domain])))


def test_a_public_fact_backs_and_a_private_one_does_not() -> None:
    """Only what may be said is a source."""
    for visibility, stopped in (("public", False), ("private", True)):
        facts = [
            Fact(name="price", value="£4.80", visibility=visibility),
            Fact(name="tea", value="hot", visibility="public"),
        ]
        assert bool(blocks(check("It is £4.80.", load_pack("grounding"), Situation(facts=facts)))) == stopped


def test_replies_of_many_trades_come_out_as_they_should(grounded: Any) -> None:
    """Of replies with one ungrounded claim nine in ten are flagged and half are stopped, of good ones 3% at most."""
    flagged: list[bool] = []
    stopped: dict[bool, list[bool]] = {True: [], False: []}
    for row in ROWS:
        report = grounded(row["reply"], *row["policies"], message=row["message"], agent=Agent(name=row["agent"]))
        stopped[row["good"]].append(bool(blocks(report)))
        if not row["good"]:
            flagged.append(bool(report.findings))
    assert sum(flagged) >= 0.9 * len(flagged)
    assert sum(stopped[False]) >= 0.5 * len(stopped[False])
    assert sum(stopped[True]) <= 0.03 * len(stopped[True])


def test_replies_that_restate_their_policy_pass(shared_data: Path) -> None:
    """None of the good replies of the development data is stopped, however much they compress their sources."""
    wrong = []
    for line in (shared_data / "suites" / "reply_checks.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        public = row["context"].get("public", {})
        facts = [
            Fact(name=name, value=str(value), visibility="public") for name, value in public.items() if name != "sender"
        ]
        policies = [one.partition(": ") for one in row.get("policy", [])]
        around = Situation(
            message=row["message"],
            facts=facts,
            sources=[Source(id=name, kind="policy", text=text) for name, _, text in policies],
            allowed_domains=public.get("allowed_domains", "").split(),
            agent=Agent(name="A") if "signs as" in public.get("sender", "") else None,
        )
        if row["verdict"] == "pass" and blocks(check(row["reply"], load_pack("grounding"), around)):
            wrong.append(row["id"])
    assert wrong == []


def test_a_policy_in_other_words_is_no_ungrounded_promise(grounded: Any) -> None:
    """Of five ways each in which agents restate the usual policies of many trades, hardly one is stopped."""
    replies = [(row["policy"], reply) for row in RESTATED for reply in row["replies"]]
    wrong = [reply for policy, reply in replies if blocks(grounded(reply, policy, message=PAID))]
    assert len(wrong) <= 0.01 * len(replies), wrong


@pytest.mark.parametrize(
    ("reply", "policy", "message"),
    [
        ("Using less and paying £57 more is baffling.", "Payments are reset in April.", "from 94 to 151 a month"),
        ("Paying £76 for one seat would annoy me too.", "Duplicates are refunded.", "charged TWICE, £38 x2"),
        ("The credit is good for a year.", "Tickets can be turned into credit valid 12 months.", "can't come"),
        ("It goes in from February to April.", "Garlic 'Sol': planted February-April.", "april?"),
        ("We've been loading copies since 9.40.", "Copies are being loaded since 09:40.", "down 3h"),
        ("That saved us twenty questions.", "Exports follow the view.", "v5.3 on linux"),
        ("A gate open twice in a week is what I need to know.", "Reports go to the lead.", "open twice this week"),
        ("Thanks for writing it, because guides seldom hear what happened.", "Guides read reviews.", "lovely guide"),
        ("You matter more than any review.", "In danger, ring 999.", "can't go on"),
    ],
)
def test_what_follows_from_the_known_is_no_finding(grounded: Any, reply: str, policy: str, message: str) -> None:
    """Sums, differences, other shapes of the same, idioms and reasons of thanks need no source of their own."""
    assert grounded(reply, policy, message=message).findings == ()
