import pytest

from assistant.brand import Brand, ChannelSettings, RuleSetting, WordToAvoid
from assistant.checking import check, length_of, packs_of, situation_of
from assistant.context import Customer, CustomerContext
from assistant.errors import ConfigurationError
from tone_rules.situation import Fact

SHOP = Brand(
    name="Tarn",
    words_to_avoid=(WordToAvoid(word="shipment", replace="parcel"), WordToAvoid(word="kindly", instead="leave it out")),
)
ASKED = CustomerContext(
    channel="x",
    message="where is my lamp?",
    facts=(Fact(name="order_number", value="TF-99182-X"),),
    customer=Customer(name="Ana Oliveira-Pinto"),
)


def rules(text: str, brand: Brand = SHOP) -> set[str]:
    return {finding.rule for finding in check(text, ASKED, brand).findings}


def test_a_private_fact_in_a_reply_blocks_and_is_masked() -> None:
    """The leak check knows the context's private facts and shows none of them."""
    report = check("Your order TF 99182 X is on its way.", ASKED, SHOP)
    assert report.verdict == "block"
    assert "99182" not in report.model_dump_json()


def test_no_rule_shows_the_secret_that_another_one_masks() -> None:
    """A word to avoid beside the order number shows the word and a blot, never the number."""
    brand = SHOP.model_copy(update={"words_to_avoid": (WordToAvoid(word="order TF-99182-X"),), "sha256": "masks"})
    report = check("Your order TF-99182-X left.", ASKED, brand)
    assert {one.rule for one in report.findings} >= {"privacy.Leak", "Brand.AvoidOrderTf99182X"}
    assert not any("99182" in one.match + one.message for one in report.findings)


def test_the_surname_is_private_and_the_first_name_is_not() -> None:
    """Of the customer's name only the first may be said."""
    assert check("Sorry about the wait, Ana.", ASKED, SHOP).verdict == "pass"
    assert check("Sorry about the wait, Ms Oliveira-Pinto.", ASKED, SHOP).verdict == "block"


def test_the_name_on_show_may_be_said_though_an_address_begins_with_it() -> None:
    """A first name is public even where a private e-mail address holds it."""
    asked = ASKED.model_copy(update={"facts": (Fact(name="email", value="ana@post.example"),)})
    assert check("Sorry about the wait, Ana.", asked, SHOP).verdict == "pass"
    assert check("I'll write to ana@post.example.", asked, SHOP).verdict == "block"


def test_words_to_avoid_come_with_a_drop_in_or_with_advice() -> None:
    """`replace` is a safe fix in the found case; `instead` is words for a person and never a fix."""
    found = {one.rule: one for one in check("Shipment is late. Kindly wait.", ASKED, SHOP).findings}
    drop_in = found["Brand.AvoidShipment"].fix
    assert drop_in is not None
    assert (drop_in.replacement, drop_in.safe) == ("Parcel", True)
    assert found["Brand.AvoidKindly"].fix is None
    assert "leave it out" in found["Brand.AvoidKindly"].message


def test_a_brand_sets_its_own_limit_for_a_channel() -> None:
    """A channel's limit in `brand.yaml` holds for the check and for the counter."""
    short = SHOP.model_copy(update={"channels": {"x": ChannelSettings(limit=20)}, "sha256": "short"})
    assert "channels.Length" in rules("This text has more than twenty characters.", short)
    assert length_of("abc", ASKED, short).limit == 20


def test_a_required_rule_is_lowered_only_with_a_reason() -> None:
    """Without a reason the brand does not load its rules; a rule that nobody may override can't be lowered at all."""
    lowered = SHOP.model_copy(
        update={"rules": {"general.ReviewIncentive": RuleSetting(level="warning")}, "sha256": "a"}
    )
    with pytest.raises(ConfigurationError, match="reason"):
        packs_of(lowered)
    reasoned = SHOP.model_copy(
        update={
            "rules": {
                "general.ReviewIncentive": RuleSetting(level="warning", reason="templates are checked elsewhere")
            },
            "sha256": "b",
        }
    )
    assert packs_of(reasoned)
    never = SHOP.model_copy(
        update={"rules": {"privacy.Leak": RuleSetting(level="off", reason="we like leaks")}, "sha256": "c"}
    )
    with pytest.raises(ConfigurationError, match="can't be lowered"):
        packs_of(never)


def test_a_pack_that_does_not_ship_leaves_the_verdict_incomplete() -> None:
    """A regime that a brand names and no pack covers is shown as not run, never as passed."""
    clinic = SHOP.model_copy(update={"compliance": ("general", "nonesuch"), "sha256": "d"})
    report = check("Thanks, Ana.", ASKED, clinic)
    assert report.verdict == "incomplete"
    assert [one.rule for one in report.not_run] == ["nonesuch.*"]


def test_the_situation_carries_public_sources_only() -> None:
    """Public facts and the name on show become sources, private ones stay facts."""
    asked = ASKED.model_copy(
        update={"facts": (*ASKED.facts, Fact(name="eta", value="Back on Monday", visibility="public"))}
    )
    situation = situation_of(asked, SHOP)
    assert [one.id for one in situation.sources] == ["customer_name", "eta"]
    assert any(fact.value == "Oliveira-Pinto" for fact in situation.facts)
