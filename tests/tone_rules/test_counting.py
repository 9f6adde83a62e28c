import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tone_rules import ConfigurationError, channel_names, load_channel
from tone_rules.channels.counting import COUNTERS
from tone_rules.channels.links import mastodon_links, top_level_domains, x_links

FAMILY = "👨‍👩‍👧‍👦"
LINK = 23


def on_x(text: str) -> int:
    """What X counts."""
    return load_channel("x").count(text)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("Hello", 5),
        ("line\none", 8),
        ("café", 4),
        ("cafe\u0301", 4),
        ("Ünïcödé", 7),
        ("привет", 6),
        ("שלום", 4),
        ("สวัสดี", 6),
        ("한국어", 6),
        ("\u1112\u1161\u11ab", 2),
        ("日本語", 6),
        ("日本 and 5", 10),
        ("“curly”…", 9),
        ("five – six — seven", 18),
        ("5 € less", 9),
        ("a\u200db", 3),
        ("a\u2011b", 3),
        ("a\u202fb", 4),
        ("\U00010000", 2),
    ],
)
def test_x_weighs_letters(text: str, counted: int) -> None:
    """X composes first (NFC); Latin to Georgian and the common quotes and dashes weigh 1, everything else 2."""
    assert on_x(text) == counted


@pytest.mark.parametrize(
    "emoji",
    ["😀", FAMILY, "👍🏽", "🧑🏽‍🚀", "🇬🇧", "1️⃣", "1⃣", "#️⃣", "❤️", "❤", "☎", "©️", "‼️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "🏳‍🌈", "👁️‍🗨️"],
)
def test_an_emoji_is_two_on_x_however_it_is_made(emoji: str) -> None:
    """Skin tones, flags, keycaps and joined pictures count 2 as a whole, also between letters and side by side."""
    assert on_x(emoji) == 2
    assert on_x(f"ok {emoji}.") == 6
    assert on_x(f"{emoji}a{emoji}") == 5


@pytest.mark.parametrize(
    ("text", "counted"), [("©", 1), ("®", 1), ("™", 2), ("1", 1), ("🍕🏽", 4), ("☎\ufe0e", 4), ("🇬🇧🇫🇷", 4), ("🇬", 2)]
)
def test_what_only_looks_like_one_emoji(text: str, counted: int) -> None:
    """A sign without its variation is text, a skin tone on a pizza is a second emoji, two flags are two."""
    assert on_x(text) == counted


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://help.example/a/very/long/path?with=query#and-more now",
         ["https://help.example/a/very/long/path?with=query#and-more"]),
        ("HTTPS://Shop.Norvane.Example/Index.html", ["HTTPS://Shop.Norvane.Example/Index.html"]),
        ("see help.example/a now", ["help.example/a"]),
        ("Try norvane.com.", ["norvane.com"]),
        ("Try norvane.co.uk, please", ["norvane.co.uk"]),
        ("norvane.com/a norvane.com/b", ["norvane.com/a", "norvane.com/b"]),
        ("(norvane.com/a_(b))!", ["norvane.com/a_(b)"]),
        ("(see https://norvane.com/b).", ["https://norvane.com/b"]),
        ("“norvane.com”", ["norvane.com"]),
        ("https://norvane.com:8080/a?b=c&d=e.", ["https://norvane.com:8080/a?b=c&d=e"]),
        ("norvane.com:8080/a", ["norvane.com:8080/a"]),
        ("norvane.com:8080", ["norvane.com"]),
        ("norvane.com?a=1", ["norvane.com"]),
        ("https://norvane.com?a=1", ["https://norvane.com?a=1"]),
        ("https://norvane.com/#top", ["https://norvane.com/#top"]),
        ("http://my_shop.norvane.com", ["http://my_shop.norvane.com"]),
        ("https://münchen.norvane.de/straße", ["https://münchen.norvane.de/straße"]),
        ("https://пример.рф/путь", ["https://пример.рф/путь"]),
        ("https://xn--e1afmkfd.xn--p1ai/", ["https://xn--e1afmkfd.xn--p1ai/"]),
        ("説明はnorvane.comです", ["norvane.com"]),
        ("https://norvane.com/説明norvane.deとnorvane.fr/a説明norvane.es",
         ["https://norvane.com/", "norvane.de", "norvane.fr/a", "norvane.es"]),
        ("説明https://norvane.com/a", ["https://norvane.com/a"]),
        ("https://t.co/aB3's page", ["https://t.co/aB3"]),
        ("https:// norvane.com/a", ["norvane.com/a"]),
        ("Norvané.com", ["Norvané.com"]),
        ("https://norvane.com/a..........", ["https://norvane.com/a"]),
        ("https://norvane.com?#top now", ["https://norvane.com?#top"]),
        ("norvane.community", ["norvane.community"]),
        ("It broke.So sorry", ["broke.So"]),
        ("norvane.com_x", ["norvane.com"]),
    ],
)  # fmt: skip
def test_x_sees_a_link(text: str, links: list[str]) -> None:
    """With and without a scheme, to the end of path and query but not of the sentence; each counts 23."""
    assert [text[start:end] for start, end in x_links(text)] == links
    assert on_x(text) == len(unicodedata.normalize("NFC", text)) + sum(LINK - len(one) for one in links) + sum(
        ord(one) > 0x10FF and one not in "“”" for one in text if not any(one in link for link in links)
    )


@pytest.mark.parametrize(
    "text",
    [
        "v3.2.1 is out",
        "at 9.30 a.m., e.g. now",
        "It broke. So sorry...Hello",
        "settings.json and Node.js",
        "press@norvane.com",
        "press@mail.norvane.com",
        "@norvane.com",
        "#norvane.com",
        "$norvane.com",
        "ftp://norvane.com",
        "http://user:word@norvane.com",
        "my_norvane.com",
        "-norvane.com",
        "norvane.com-x",
        "norvane.com2",
        "norvane.comx",
        "http://www.-norvane.com",
        "http://norvane-.com",
        f"http://{'a' * 64}.com",
        "https://localhost/a",
        "пример.рф",
    ],
)
def test_x_sees_no_link(text: str) -> None:
    """File names, versions, addresses, handles, other schemes and hosts that can't be count letter by letter."""
    assert list(x_links(text)) == []
    assert on_x(text) == len(text)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("@ana hello", 5),
        ("@ana @ben_2 hello @cem", 10),
        ("hello @ana", 10),
        ("@ana", 4),
        (" @ana ok", 2),
        ("@ána ok", 7),
    ],
)
def test_the_mentions_a_reply_opens_with_are_free(text: str, counted: int) -> None:
    """Handles in front of a reply are its addressees; anywhere else they are text."""
    assert on_x(text) == counted


@pytest.mark.parametrize(
    ("channel", "text", "counted"),
    [
        ("bluesky", FAMILY + "é", 2),
        ("bluesky", "e\u0301\r\n", 2),
        ("bluesky", "see https://help.example/a", 26),
        ("google_business", "é😀", 6),
        ("google_business", "naïve", 6),
        ("threads", "ok 😀", 7),
        ("threads", FAMILY, 25),
        ("threads", "1️⃣ é日", 10),
        ("threads", "© 2031", 6),
        ("mastodon", "see https://help.example/" + "x" * 100, 27),
        ("mastodon", "see https://help.example/" + "日" * 100 + ".", 28),
        ("mastodon", "see help.example/" + "x" * 100, 117),
        ("mastodon", "@ana@social.example hi", 7),
        ("mastodon", "(@ana.b@social.example)", 8),
        ("mastodon", "mail ana@social.example", 23),
        ("mastodon", FAMILY, 1),
        ("facebook", "é😀", 2),
    ],
)
def test_each_place_counts_its_own_way(channel: str, text: str, counted: int) -> None:
    """Graphemes, bytes, emoji by bytes, links at 23 and mentions without their server."""
    assert load_channel(channel).count(text) == counted


def test_bluesky_bounds_bytes_as_well() -> None:
    """A post of few characters may still be too many bytes."""
    by_unit = {one.counting: one for one in load_channel("bluesky").measured(FAMILY * 150)}
    assert (by_unit["graphemes"].counted, by_unit["graphemes"].limit) == (150, 300)
    assert (by_unit["bytes"].counted, by_unit["bytes"].limit) == (3750, 3000)
    assert by_unit["bytes"].fits(FAMILY * 150) < len(FAMILY * 150)


def test_top_level_domains_are_whole() -> None:
    """Those that replies use are known, in lower case, and what ends a file's name is not."""
    known = top_level_domains()
    assert {"com", "uk", "io", "app", "museum", "рф", "example"} <= known
    assert not {"js", "json", "txt", "html", "yaml", "localhost"} & known
    assert all(one == one.lower() and "." not in one for one in known)


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


@given(st.text(alphabet=st.sampled_from("aé日.-_/:@#?=&()[]%+ \n“…😀"), max_size=60))
def test_links_stand_apart_and_in_order(text: str) -> None:
    """Links lie within the text, in order, without overlap and without white space."""
    for found in (list(x_links(text + "a.com/b")), list(mastodon_links("https://" + text))):
        edges = [edge for span in found for edge in span]
        assert edges == sorted(edges)
        assert not any(regex.search(r"\s", (text + "a.com/b")[start:end]) for start, end in x_links(text + "a.com/b"))


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
