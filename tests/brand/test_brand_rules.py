from assistant.brand import Brand, ChannelSettings
from assistant.brand_rules import rules_of
from tone_rules.engine import check
from tone_rules.fix import apply_fixes
from tone_rules.pack import Pack
from tone_rules.situation import Agent, Situation


def _found(reply: str, brand: Brand, situation: Situation | None = None) -> dict[str, str]:
    report = check(reply, Pack.of("Brand", dict(rules_of(brand))), situation)
    return {one.rule: one.message for one in report.findings}


def test_a_term_is_written_as_the_brand_writes_it() -> None:
    """A term with capitals of its own is mended by itself; one in lower case may stand anywhere."""
    brand = Brand(name="A", words_to_use=("the Loft", "parcel"))
    pack = Pack.of("Brand", dict(rules_of(brand)))
    text = "It is at the loft. Parcel and parcel are fine, and so is The Loft."
    assert apply_fixes(text, check(text, pack).findings) == text.replace("the loft", "the Loft")


def test_a_signature_is_asked_for_where_somebody_is_there_to_sign() -> None:
    """A pattern that names the agent needs one; a fixed signature is always wanted."""
    named, fixed = Brand(name="A", signature="^{initials}"), Brand(name="A", signature="Team Halden")
    signing = Situation(agent=Agent(name="Mira", initials="MR"))
    assert "Brand.Signature" not in _found("All mended.", named)
    assert "Brand.Signature" in _found("All mended.", named, signing)
    assert "Brand.Signature" not in _found("All mended. ^MR", named, signing)
    assert "Brand.Signature" in _found("All mended.", fixed)


def test_a_channel_has_its_own_signature_instead_of_the_brands() -> None:
    """On a channel with its own pattern that one is wanted and the brand's is not."""
    own = {"reddit": ChannelSettings(signature="{name}, I work at Halden")}
    brand = Brand(name="A", signature="^{initials}", channels=own)
    agent = Agent(name="Mira", initials="MR")
    reddit, x = Situation(agent=agent, channel="reddit"), Situation(agent=agent, channel="x")
    assert _found("Mended. ^MR", brand, reddit) == {
        "Brand.SignatureReddit": "Sign as the brand does: {name}, I work at Halden"
    }
    assert not _found("Mended. Mira, I work at Halden", brand, reddit)
    assert not _found("Mended. ^MR", brand, x)
