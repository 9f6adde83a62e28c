import pytest
from hypothesis import given
from hypothesis import strategies as st

from tone_rules import ConfigurationError, channel_names, load_channel
from tone_rules.channels.counting import COUNTERS

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("Hello", 5),
        ("café", 4),
        ("cafe\u0301", 4),
        ("日本語", 6),
        ("“curly”…", 9),
        ("😀", 2),
        (FAMILY, 2),
        ("👍🏽", 2),
        ("🇬🇧", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("see https://help.example/a/very/long/path?with=query#and-more now", 31),
        ("see help.example/a now", 31),
        ("see http://a.example/x.", 28),
        ("@ana hello", 5),
        ("@ana @ben hello @cem", 10),
        ("hello @ana", 10),
        ("write to press@norvane.example", 30),
        ("v3.2.1 is out", 13),
    ],
)
def test_x_counts_by_weight(text: str, counted: int) -> None:
    """X: weight 1 for Latin and near, 2 for the rest and any emoji, 23 for a link, nothing for opening mentions."""
    assert load_channel("x").count(text) == counted


@pytest.mark.parametrize(
    ("channel", "text", "counted"),
    [
        ("bluesky", FAMILY + "é", 2),
        ("google_business", "é😀", 6),
        ("threads", "ok 😀", 7),
        ("threads", FAMILY, 25),
        ("mastodon", "see https://help.example/" + "x" * 100, 27),
        ("mastodon", "@ana@social.example hi", 7),
        ("facebook", "é😀", 2),
    ],
)
def test_each_place_counts_its_own_way(channel: str, text: str, counted: int) -> None:
    """Graphemes, bytes, emoji by bytes, links at 23 and mentions without their server."""
    assert load_channel(channel).count(text) == counted


@pytest.mark.parametrize("name", channel_names())
def test_every_channel_file_is_whole(name: str) -> None:
    """A channel has its own name, a title, notes, a time and a source; an unknown limit is None and nothing else."""
    channel = load_channel(name)
    assert channel.name == name
    assert channel.title
    assert channel.notes
    assert channel.sla_hours
    assert channel.reference
    assert channel.limit is None or channel.limit >= 150
    assert load_channel(name) is channel


def test_an_unknown_channel_names_the_nearest() -> None:
    """A channel that does not exist is refused with the nearest name."""
    with pytest.raises(ConfigurationError, match="did you mean 'bluesky'"):
        load_channel("blusky")


@given(st.text())
def test_counts_are_sane_for_any_text(text: str) -> None:
    """Every counter takes any text, counts nothing as nothing and never below zero."""
    for count in COUNTERS.values():
        assert count(text) >= 0
        assert count("") == 0


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="@.:/"), max_size=300))
def test_plain_latin_counts_as_it_reads(text: str) -> None:
    """ASCII without links, mentions or line-ending pairs counts one a character on every channel."""
    plain = text.replace("\r", "")
    assert {count(plain) for count in COUNTERS.values()} == {len(plain)}


@given(st.text(min_size=1, max_size=400), st.sampled_from(sorted(channel_names())))
def test_the_part_that_fits_fits(text: str, name: str) -> None:
    """The start of a text that is said to fit is within the limit."""
    channel = load_channel(name).model_copy(update={"limit": 20})
    for measured in channel.measured(text):
        start = text[: measured.fits(text)]
        assert COUNTERS[measured.counting](start) <= (measured.limit or len(text))
