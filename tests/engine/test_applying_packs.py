import pytest

from assistant.brand import Brand
from assistant.checking import packs_of
from tone_rules.pack import SHIPPED, Manifest, applying
from tone_rules.situation import in_industry


@pytest.mark.parametrize(
    ("industry", "wanted", "fits"),
    [
        ("private bank", ["bank"], True),
        ("Dental Clinic", ["clinic"], True),
        ("river bank tours", ["private bank"], False),
        ("embankment works", ["bank"], False),
        ("car rental", ["rental car"], True),
        (None, ["bank"], False),
        ("bakery", [], False),
    ],
)
def test_an_industry_fits_by_whole_words(industry: str | None, wanted: list[str], fits: bool) -> None:
    """A pack's industry fits where all its words stand in the brand's, whatever their order and letter case."""
    assert in_industry(industry, wanted) is fits


def test_some_packs_hold_for_every_brand() -> None:
    """Privacy and channel limits hold for a brand that names no pack at all."""
    brand = Brand(name="Halden", compliance=(), packs=())
    assert {"privacy", "channels"} <= {pack.name for pack in packs_of(brand)}


def test_a_pack_is_loaded_once_though_industry_and_brand_both_ask_for_it() -> None:
    """What applies by itself and is named too is one pack."""
    brand = Brand(name="Halden", industry="private bank", compliance=("general", "privacy"), packs=("privacy",))
    names = [pack.name for pack in packs_of(brand)]
    assert len(names) == len(set(names))


def test_what_holds_unasked_must_not_be_broken_or_is_the_brands_own_voice() -> None:
    """What a brand never named is required, but for how it says itself that it sounds."""
    for name in applying(None):
        text = (SHIPPED / name / "pack.yaml").read_text(encoding="utf-8")
        assert "required: true" in text or name == "voice", name
    assert Manifest().always is False
