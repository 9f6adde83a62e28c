"""Trades in which a reply names the topic and confirms nothing: by the packs that hold for the brand."""

import pytest

from assistant import Assistant, Brand, CustomerContext
from assistant.checking import confirms_nothing


@pytest.mark.parametrize(
    ("brand", "expected"),
    [
        (Brand(name="Tallow", industry="retail bank"), True),
        (Brand(name="Brightwater", industry="dental clinic"), True),
        (Brand(name="Quill & Sons", industry="solicitors"), True),
        (Brand(name="Tallow", compliance=("finance",)), True),
        (Brand(name="Halyard", industry="clothing shop"), False),
        (Brand(name="Riverbank Books", industry="bookshop"), False),
        (Brand(name="Halyard"), False),
    ],
)
def test_packs_say_whether_a_relationship_may_be_confirmed(brand: Brand, *, expected: bool) -> None:
    """The industry's packs and those that the brand names decide, and parts of words do not."""
    assert confirms_nothing(brand) is expected


def test_a_brand_that_names_a_pack_confirms_nothing_about_the_customer() -> None:
    """Without an industry, too, "you were charged twice" is not affirmed."""
    brand = Brand(name="Tallow", compliance=("finance",))
    message = "I was charged twice for the same card payment yesterday!"
    said = Assistant(brand).draft(CustomerContext(id="1", channel="x", message=message)).drafts[0].text
    assert "you were charged" not in said.lower()
