import re

import pytest
import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tone_rules.pack import load_pack, shipped
from tone_rules.patterns import compiled
from tone_rules.sieve import can_match

RULES = [one for name in shipped() for one in load_pack(name).rules if one.definition.pattern]
SAID = sorted({word for one in RULES for test in one.definition.tests for word in re.findall(r"\S+", test.input)})
ODD = [
    "\u00a0",
    "\u2028",
    "\v",
    "\x1c",
    "\x85",
    "\u200d",
    "\ufe0f",
    "😭",
    "’",
    "—",
    "é",
    "ſ",
    "K",
    "٣",
    "\n",
    "\r\n",
    "\ud800",
    " ",
    "_",
]
PARTS = [
    r"a",
    r"b",
    r"é",
    r"İ",
    r"\b",
    r"\B",
    r"\w",
    r"\W",
    r"\s",
    r"\S",
    r"\d",
    r".",
    r"^",
    r"$",
    r"(",
    r"(?:",
    r"(?=",
    r"(?!",
    r"(?<=",
    r"(?<!",
    r")",
    r")",
    r")",
    r"|",
    r"*",
    r"+",
    r"?",
    r"{2}",
    r"{,2}",
    r"{1,}",
    r"\(",
    r"\)",
    r"\[",
    r"\\",
    r"[a-c]",
    r"[^a]",
    r"[]a]",
    r"[^]b(]",
    r"[(]",
    r"[\]]",
    r"(?i)",
    r"(?m)",
    r"(?i:",
    r"(?-i:",
    r"(?P<n>",
    r"{x}",
    r"k",
    r"K",
    r"ſ",
]
LETTERS = "aAbBiIkKsS k()[]{},x\n\t\vé’ſ\u212a2_ "
TEXTS = st.lists(st.sampled_from(SAID) | st.sampled_from(ODD) | st.text(max_size=5), max_size=12)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=TEXTS, glue=st.sampled_from([" ", "", "\n"]))
def test_the_sieve_never_loses_a_match(words, glue):
    """Where a pattern that ships matches a text, whatever its characters, the sieve lets it through."""
    text = glue.join(words)
    for rule in RULES:
        source = rule.definition.pattern
        if not can_match(source, text):
            assert compiled(source).search(text) is None, (rule.id, text)


@settings(max_examples=2_000, deadline=None)
@given(parts=st.lists(st.sampled_from(PARTS), max_size=8), text=st.text(alphabet=LETTERS, max_size=12))
@example(parts=["(?i)", "k"], text="\u212a")
@example(parts=["a", "$"], text="a\n")
@example(parts=["a", "{,2}", "b"], text="b")
@example(parts=["a", "(?i)", "b"], text="A")
def test_the_sieve_never_loses_a_match_of_any_pattern(parts, text):
    """Patterns put together at random are no exception."""
    source = "".join(parts)
    try:
        exact = compiled(source)
    except regex.error:
        return
    if not can_match(source, text):
        assert exact.search(text, timeout=5) is None


@pytest.mark.parametrize("source", [r"(?mi)\b(?:foo|bar)\b", r"(?<!\w)foo(?!\w)", r"(?:a|aa)+b"])
def test_the_sieve_holds_back_what_can_not_match(source):
    """It is of use: with emoji and curly quotes around, a text without a match is held back."""
    assert not can_match(source, "That’s not it 😭, sorry — truly")


def test_a_letter_beyond_ascii_goes_to_the_exact_engine():
    """RE2 sees no word in é, so it is not asked."""
    assert can_match(r"(?m)\bfoo\b", "café")
