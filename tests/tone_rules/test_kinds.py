from inspect import isabstract

import pytest

from tone_rules import Definition, Pack, Situation, check
from tone_rules.kinds import KINDS


def found(definition: dict, text: str, situation: Situation | None = None) -> list[str]:
    """The matches of one rule in a text."""
    return [one.match for one in check(text, Pack.of("s", {"R": {"message": "%s"} | definition}), situation).findings]


def messages(definition: dict, text: str) -> list[str]:
    """The messages of one rule on a text."""
    return [one.message for one in check(text, Pack.of("s", {"R": definition})).findings]


def test_every_kind_says_how_it_searches() -> None:
    """What can't search is no kind: it fails when it is made, not in the middle of a check."""
    assert not [name for name, kind in KINDS.items() if isabstract(kind)]
    with pytest.raises(TypeError, match="abstract method search"):
        Definition(extends="existence", message="m")


def test_existence_takes_whole_words_in_their_case() -> None:
    """A token is a whole word and exact in case, unless the rule says otherwise."""
    assert found({"extends": "existence", "tokens": ["cat"]}, "cat Cat concat cat's") == ["cat", "cat"]
    assert found({"extends": "existence", "tokens": ["cat"], "ignorecase": "true"}, "Cat") == ["Cat"]
    assert found({"extends": "existence", "tokens": ["cat"], "nonword": True}, "concat") == ["cat"]
    assert found({"extends": "existence", "tokens": "cat"}, "cat") == ["cat"]


def test_existence_concatenates_raw_before_the_tokens_or_after() -> None:
    """Items of `raw` make one pattern, put before the tokens, or after them with `append`."""
    raw = {"extends": "existence", "raw": [r"\b(?:very", r"\s)"], "tokens": ["good", "bad"]}
    assert found(raw, "very good, very fine, bad") == ["very good"]
    assert found(raw | {"raw": [r"\s", r"dog"], "append": True}, "bad dog, good cat") == ["bad dog"]


def test_existence_drops_a_match_that_holds_an_exception() -> None:
    """Exceptions are searched in the match, whole words, exact in case unless they say so."""
    rule = {"extends": "existence", "tokens": [r"\w+ legal action"], "exceptions": ["no", "(?i)without"]}
    assert found(rule, "no legal action") == []
    assert found(rule, "Without legal action") == []
    assert found(rule, "No legal action") == ["No legal action"]


def test_existence_checks_card_numbers_by_their_digits() -> None:
    """With a checksum only digits that pass it count; the published test number passes, its neighbour does not."""
    rule = {"extends": "existence", "tokens": [r"\d(?:[ -]?\d){11,18}"], "checksum": "luhn"}
    assert found(rule, "4111 1111 1111 1111 or 4111 1111 1111 1112") == ["4111 1111 1111 1111"]


def test_existence_braces_that_are_no_quantifier_are_plain() -> None:
    """A `{` without a quantifier is that sign, not fuzzy matching."""
    rule = {"extends": "existence", "tokens": [r"{name}", r"a{2}", r"\p{Lu}x"], "nonword": True}
    assert found(rule, "{name} aa Äx name") == ["{name}", "aa", "Äx"]


@pytest.mark.parametrize(
    ("text", "match", "safe", "suggestions"),
    [
        ("we utilise it", "utilise", "use", ()),
        ("Utilise it", "Utilise", "Use", ()),
        ("UTILISE it", "UTILISE", "USE", ()),
        ("a purchase", "purchase", None, ("order", "basket")),
    ],
)
def test_substitution_keeps_the_case_and_tells_drop_ins_from_choices(text, match, safe, suggestions) -> None:
    """One wording with `replace` is a safe fix in the case found; several are suggestions only."""
    rule = {
        "extends": "substitution",
        "message": "%s, not %s",
        "ignorecase": True,
        "swap": {"utili[sz]e": "use", "purchase": "order|basket"},
        "action": {"name": "replace"},
    }
    (finding,) = check(text, Pack.of("s", {"R": rule})).findings
    assert finding.match == match
    assert (finding.fix.replacement if finding.fix else None) == safe
    assert finding.suggestions == suggestions


def test_substitution_without_an_action_is_advice_only() -> None:
    """Without an action what is expected is a suggestion, and nothing is applied by itself."""
    rule = {"extends": "substitution", "message": "say %s, not %s", "swap": {"cheap": "good value"}}
    (finding,) = check("so cheap", Pack.of("s", {"R": rule})).findings
    assert finding.fix is None
    assert finding.suggestions == ("good value",)
    assert finding.message == "say good value, not cheap"


def test_substitution_puts_groups_back_and_longest_keys_first() -> None:
    """`$1` in a value is what the key's group caught, and a longer key wins over a shorter one."""
    rule = {
        "extends": "substitution",
        "message": "%s",
        "swap": {"log in": "sign in", r"log in to (\w+) now": "open $1"},
        "action": {"name": "replace"},
    }
    (finding,) = check("please log in to Mail now", Pack.of("s", {"R": rule})).findings
    assert finding.fix is not None
    assert finding.fix.replacement == "open Mail"


def test_substitution_leaves_what_is_already_right() -> None:
    """Text that is one of the accepted wordings is not flagged."""
    rule = {"extends": "substitution", "ignorecase": True, "swap": {"e-?mail": "e-mail"}}
    assert found(rule, "an e-mail, an email") == ["email"]


def test_a_fix_that_would_fire_again_is_not_safe() -> None:
    """A drop-in that holds the word it stands for is offered, not applied."""
    rule = {"extends": "substitution", "message": "%s", "swap": {"plan": "care plan"}, "action": {"name": "replace"}}
    (finding,) = check("the plan", Pack.of("s", {"R": rule})).findings
    assert finding.fix is None
    assert finding.suggestions == ("care plan",)


def test_occurrence_counts() -> None:
    """Over `max` or under `min` gives one finding, at the first match or at the start."""
    rule = {"extends": "occurrence", "message": "%s of them", "token": "!", "max": 2}
    assert messages(rule, "a! b! c!") == ["3 of them"]
    assert messages(rule, "a! b!") == []
    (finding,) = check("none", Pack.of("s", {"R": rule | {"max": 0, "min": 1}})).findings
    assert (finding.start, finding.end, finding.message) == (0, 0, "0 of them")


def test_required_says_what_is_missing_at_the_end() -> None:
    """One of the tokens is enough, or all of them with `need: all`; only where something calls for them."""
    rule = {
        "extends": "required",
        "message": "add %s",
        "tokens": ["Capital at risk", "You may lose"],
        "given": ["invest"],
    }
    (finding,) = check("Do invest.", Pack.of("s", {"R": rule})).findings
    assert (finding.start, finding.end) == (10, 10)
    assert messages(rule, "Do invest. Capital at risk.") == []
    assert messages(rule, "Hello.") == []
    assert messages(rule | {"need": "all"}, "Do invest. Capital at risk.") == ["add You may lose"]


def test_length_says_count_and_limit_and_where_it_runs_over() -> None:
    """A text over the limit is flagged from the first character too many, and a rule may set another limit."""
    rule = {"extends": "length", "message": "%s of %s %s", "limits": {"tiktok": 10}}
    pack = Pack.of("s", {"R": rule})
    (finding,) = check("x" * 281, pack, Situation(channel="x")).findings
    assert (finding.start, finding.end, finding.message) == (280, 281, "281 of 280 weighted characters")
    assert check("x" * 11, pack, Situation(channel="tiktok")).findings[0].start == 10
    assert check("x" * 999_999, pack, Situation()).findings == ()


def test_length_holds_both_bounds_of_a_channel() -> None:
    """Bluesky has a bound in characters and one in bytes, each with its own finding."""
    pack = Pack.of("s", {"R": {"extends": "length", "message": "%s of %s %s"}})
    family = "👨‍👩‍👧‍👦"
    assert [one.message for one in check(family * 200, pack, Situation(channel="bluesky")).findings] == [
        "5,000 of 3,000 bytes"
    ]


def test_messages_follow_go() -> None:
    """`%[2]s`, `%d`, `%%` and surplus arguments come out as Go's fmt has them."""
    rule = {"extends": "substitution", "message": "100%% '%[2]s' to '%[1]s'", "swap": {"a": "b"}}
    assert messages(rule, "a") == ["100% 'a' to 'b'"]
