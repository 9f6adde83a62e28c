import json
from itertools import chain

import pytest
import regex
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tone_rules import Situation, check
from tone_rules.sieve import readable

LETTERS = "aAbcdikKsSxyz09_-. !'\t\n’“😭❤️\ufe0f\u200d\u00a0\u2028\u3000\v\x1c\x85éÉñßſ\u212aİı٣\u0301²"
RELAXED = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@RELAXED
@given(text=st.text(alphabet=LETTERS, max_size=40) | st.text(max_size=40))
@example(text="éx")
@example(text="a\u00a0b")
@example(text="b\u00e9d")
@example(text="\u00a0y \u00a0z")
@example(text="x\n")
def test_both_paths_find_the_same_by_odd_rules(text, odd_pack, exact_only):
    """With RE2 in front or without it, a report is the same, whatever the characters and the pattern."""
    screened = check(text, odd_pack)
    with exact_only():
        assert check(text, odd_pack) == screened


@RELAXED
@given(data=st.data(), glue=st.sampled_from([" ", "\u00a0", "é", ""]))
def test_both_paths_find_the_same_by_what_ships(data, glue, shipped_packs, exact_only):
    """The packs that ship find the same on both paths, in pieces of their own examples glued by anything."""
    inputs = [test.input for pack in shipped_packs for rule in pack.rules for test in rule.definition.tests]
    parts = data.draw(st.lists(st.sampled_from(inputs) | st.text(max_size=8), max_size=4))
    text, situation = glue.join(parts), Situation(channel="x", message="It broke. Where is it?")
    screened = check(text, shipped_packs, situation)
    with exact_only():
        assert check(text, shipped_packs, situation) == screened


@pytest.mark.shared
def test_both_paths_find_the_same_in_real_replies(shared_data, shipped_packs, odd_pack, exact_only):
    """On real replies, as they are and with an accent, a space beyond ASCII or an emoji put in, both paths agree."""
    rows = (shared_data / "care_tweets.jsonl").read_text(encoding="utf-8").splitlines()
    replies = [json.loads(row)["reply"] for row in rows]
    for number, reply in enumerate(replies):
        text = reply + ("", " é", "\u00a0x", " ❤️")[number % 4]
        screened = check(text, (*shipped_packs, odd_pack))
        with exact_only():
            assert check(text, (*shipped_packs, odd_pack)) == screened


def test_what_re2_is_shown_reads_alike_character_by_character():
    """A character is shown to RE2 as one of the same sort, or not at all; no letter of ASCII stands for another."""
    letters, kinds = regex.compile(r"(?i)[a-z0-9]"), [regex.compile(one) for one in (r"\w", r"\d", r"\s")]
    bytewise = [regex.compile(one) for one in (r"(?a)\w", r"(?a)\d", r"(?a)\s")]
    for one in map(chr, chain(range(0x3100), range(0xD7F0, 0xE010), range(0xF900, 0x10100), range(0x1D400, 0x1FB00))):
        shown = readable(one)
        if shown is None:
            continue
        assert len(shown) == 1
        assert one.isascii() or not letters.match(one), ascii(one)
        for kind, plain in zip(kinds, bytewise, strict=True):
            assert bool(kind.match(one)) == bool(kind.match(shown)) == bool(plain.match(shown)), (ascii(one), kind)
