import random

import pytest
import re2

from tone_rules.automata import EACH, FLOOR, MOST, automaton

GAPS = r"(?i)\b(?:which|what|when|where|does|did|is|are|do) [^.!?]{3,80}\?"
"""Every place where it may have begun is part of a state: each text makes others."""


def test_a_pattern_keeps_within_its_bound_and_finds_the_same() -> None:
    """However many texts a pattern has seen, it finds what RE2 finds with room for all of its states."""
    chance = random.Random(1)  # noqa: S311
    words = ["what", "is", "does", "the", "kettle", "ok?", "fine.", "when", "do", "it"]
    texts = [" ".join(chance.choices(words, k=60)) for _ in range(300)]
    bounded, roomy = automaton(GAPS), re2.compile(GAPS)
    assert bounded.options.max_mem == max(FLOOR, EACH * bounded.programsize) < roomy.options.max_mem
    for text in texts:
        assert [one.span() for one in bounded.finditer(text)] == [one.span() for one in roomy.finditer(text)]


@pytest.mark.parametrize("pattern", ["(?:ab|cd|ef){300}", "x" * 20_000, r"[^.]{0,900}(?:a{900}|b{900})"])
def test_a_large_pattern_has_the_room_that_it_needs(pattern: str) -> None:
    """The bound grows with the program, so that a large pattern is neither refused nor searched without states."""
    made = automaton(pattern)
    assert EACH * made.programsize <= made.options.max_mem <= MOST


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", r"(?:(?:[a-z]{0,30}[0-9]{0,30}){30}[^.]{0,30}){30}"])
def test_what_is_refused_is_an_error(pattern: str) -> None:
    """What is no pattern to RE2, or larger than any may be, is refused and not searched for in vain."""
    with pytest.raises(re2.error):
        automaton(pattern)


def test_bytes_and_text_and_the_ways_to_look() -> None:
    """Bytes are one byte a character; capitals, groups and the ends of lines count as asked."""
    assert automaton(b"caf\xe9").search(b"a caf\xe9").span() == (2, 6)
    assert automaton("café", case=False).search("A CAFÉ").span() == (2, 6)
    assert automaton("(a)b", captures=False).groups == 0
    assert automaton("a.b").search("a\nb") is None
    assert automaton("a.b", lines=False).search("a\nb") is not None
