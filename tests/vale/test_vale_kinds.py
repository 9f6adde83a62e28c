import pytest

from tone_rules import ConfigurationError, Pack, check
from tone_rules.vale import lint_fully


def rule(extends: str, **keys: object) -> dict[str, object]:
    """A definition with a message that shows both arguments."""
    return {"extends": extends, "message": "'%s' / '%s'"} | keys


def test_raw_parts_are_concatenated_in_front_or_behind(alerts) -> None:
    """Raw parts join each other and then the tokens; `append` puts them behind."""
    text = "Anna is tired and tired is Anna"
    front = rule("existence", message="%s", raw=[r"\b(?:is|was)", r"\b\s*"], tokens=[r"\w+ed", "gone"])
    assert alerts(text, front) == ["1:6:is tired"]
    behind = rule("existence", message="%s", raw=[r"\s+is\b"], tokens=[r"\w+ed"], append=True)
    assert alerts(text, behind) == ["1:19:tired is"]


def test_exceptions_are_searched_inside_the_match(alerts) -> None:
    """A match that holds an exception is dropped, by the exception's own letter case."""
    tokens = rule(
        "existence", message="%s", tokens=[r"[A-Z]\w+ \w+"], ignorecase=True, exceptions=["Halyard", "(?i)oslo"]
    )
    assert alerts("Halyard Bank, halyard rope, near OSLO.", tokens) == ["1:15:halyard rope"]


def test_an_inline_flag_holds_to_the_end_of_its_group(alerts) -> None:
    """`(?i)` leaks into later tokens and not into earlier ones."""
    assert alerts("ONE TWO SIX", rule("existence", message="%s", tokens=["one", "(?i)two", "six"])) == [
        "1:5:TWO",
        "1:9:SIX",
    ]
    assert alerts("ONE TWO SIX", rule("existence", message="%s", tokens=["one", "(?:(?i)two)", "six"])) == ["1:5:TWO"]


def test_a_brace_that_is_no_quantifier_is_a_brace(alerts) -> None:
    """The regex library's fuzzy matching is nothing that a published rule means."""
    assert alerts("cat{e} cot", rule("existence", message="%s", nonword=True, tokens=["cat{e}"])) == ["1:1:cat{e}"]


def test_the_longest_key_comes_first_and_groups_fill_values(alerts) -> None:
    """Keys are tried longest first; `$1` stands for the key's own first group."""
    swap = {"log ?in": "sign in", "log in to (\\w+)": "open $1", "(?:web|home)page": "page"}
    found = alerts("Log in to Halyard, log in, homepage", rule("substitution", swap=swap, ignorecase=True))
    assert found == [
        "1:1:'open Halyard' / 'Log in to Halyard'",
        "1:20:'sign in' / 'log in'",
        "1:28:'page' / 'homepage'",
    ]


def test_the_values_of_a_replacement_are_listed(alerts) -> None:
    """With `action: replace` a value's options are named as a list, in place of the message's own quotes."""
    one = rule(
        "substitution", message="Use '%s', not '%s'", action={"name": "replace"}, swap={"utilise": "use|take|try"}
    )
    assert alerts("We utilise it", one) == ["1:4:Use 'use', 'take', or 'try', not 'utilise'"]
    plain = one | {"action": None, "swap": {"utilise": "use|take"}}
    assert alerts("We utilise it", {key: value for key, value in plain.items() if value}) == [
        "1:4:Use 'use|take', not 'utilise'"
    ]


def test_an_accepted_wording_is_no_finding(alerts) -> None:
    """What already reads as the value is left alone; without an action the value may be a pattern."""
    assert alerts("GitHub github", rule("substitution", swap={"github": "GitHub"}, ignorecase=True)) == [
        "1:8:'GitHub' / 'github'"
    ]
    assert alerts("Python PYTHON", rule("substitution", swap={"python": "[Pp]ython"}, ignorecase=True)) == [
        "1:8:'[Pp]ython' / 'PYTHON'"
    ]


def test_a_capital_is_taken_over_where_the_rule_says_so(alerts) -> None:
    """`capitalize` writes the expected wording as the found one begins."""
    one = rule("substitution", swap={"cannot": "can't"}, ignorecase=True, capitalize=True)
    assert alerts("Cannot, cannot", one) == ["1:1:'Can't' / 'Cannot'", "1:9:'can't' / 'cannot'"]


def test_swap_may_be_a_list_and_keys_may_be_in_any_case(alerts) -> None:
    """Vale's weak typing: a list of mappings, a scalar for a list, any letter case in a key."""
    assert alerts("a b", {"extends": "substitution", "Message": "%s", "Swap": [{"a": "x"}, {"b": "y"}]}) == [
        "1:1:x",
        "1:3:y",
    ]
    assert alerts("A b", rule("existence", message="%s", tokens="a", ignoreCase="true")) == ["1:1:A"]


def test_occurrences_are_counted_by_the_block(alerts) -> None:
    """Too many stand at the first match, with the count; none at all at the beginning of the file."""
    many = rule("occurrence", message="%d", max=1) | {"token": r"\bso\b"}
    assert alerts("so\n\nwell, so and so\n", many) == ["3:7:2"]
    none = rule("occurrence", message="%s", min=1, scope="heading") | {"token": "x"}
    assert alerts("text\n\n# head\n", none) == ["1:1:0"]


def test_repetition_within_a_sentence(alerts) -> None:
    """Equal tokens that follow each other are one finding; not across sentences, nor beyond letters with `alpha`."""
    one = rule("repetition", message="%s", tokens=[r"[^\s.]+"], alpha=True)
    assert alerts("the the cat. I saw that. That is it. // //", one) == ["1:1:the"]
    assert alerts("The the the", one | {"ignorecase": True, "max": 1}) == ["1:5:the"]


def test_repetition_offers_one_of_the_two() -> None:
    """The edit `truncate` is a safe fix."""
    pack = Pack.of(
        "T", {"R": rule("repetition", tokens=[r"\w+"], action={"name": "edit", "params": ["truncate", " "]})}
    )
    (found,) = check("We saw the the cat.", pack).findings
    assert found.fix is not None
    assert (found.match, found.fix.replacement, found.fix.safe) == ("the the", "the", True)


def test_consistency_over_the_whole_file(alerts) -> None:
    """Both sides of a pair, wherever they stand; the finding is the last in the block that completes them."""
    one = rule("consistency", message="%s", either={"colour": "color"}, ignorecase=True)
    assert alerts("colour\n\ncolour\n", one) == []
    assert alerts("colour\n\n- Color\n", one) == ["3:3:Color"]


def test_conditional_with_a_group_and_without(alerts) -> None:
    """An abbreviation needs its definition before it or in its block; without a group, the block needs the second."""
    one = rule("conditional", message="%s", first=r"\b([A-Z]{3,5})\b", second=r"(?:\b[A-Z][a-z]+ )+\(([A-Z]{3,5})\)")
    text = "The DAB first.\n\nDull Amber Bulb (DAB) and USB.\n\nDAB again, XYZ not.\n"
    assert alerts(text, one | {"exceptions": ["USB"]}) == ["1:5:DAB", "5:12:XYZ"]
    plain = rule("conditional", message="%s", first="refund", second="days")
    assert alerts("A refund soon.\n\nA refund in two days.\n", plain) == ["1:3:refund"]


def test_capitalization_of_sentences_and_titles(alerts) -> None:
    """Enough words must be as the style writes them; known words and what follows an indicator may differ."""
    one = rule(
        "capitalization", message="%s", scope="heading", match="$sentence", indicators=[":"], exceptions=["VS", "Oslo"]
    )
    text = "# Our Great Plan\n\n# Ways to Oslo\n\n# Step one: Begin now\n\n# This vs. that\n\n## small start\n"
    assert alerts(text, one) == ["1:3:Our Great Plan", "9:4:small start"]
    title = rule("capitalization", message="%[2]s", scope="heading", match="$title")
    assert alerts("# a walk in the park\n\n# A Walk in the Park\n", title) == ["1:3:A Walk in the Park"]
    chicago = title | {"style": "Chicago"}
    assert alerts("# A Walk from the Park\n", chicago) == []
    assert alerts("# Lower\n", title | {"match": "$lower"}) == ["1:3:lower"]
    assert alerts("# 1 a\n\n# b\n", title | {"match": r"^\d"}) == [r"3:3:^\d"]


def test_metrics_and_grades_stand_at_the_beginning(alerts) -> None:
    """A formula over counts; a mean of grades. Headings are not in the summary and are counted as elements."""
    text = "# One head\n\nFour short words here. Two more.\n"
    one = rule("metric", message="%s", formula="words / sentences", condition="> 2")
    assert alerts(text, one) == ["1:1:3.00"]
    assert alerts(text, one | {"formula": "heading_h1 * 10.0 + math.max(1, 2)", "condition": "== 12"}) == ["1:1:12.00"]
    grades = rule("readability", message="%s", metrics=["Flesch-Kincaid", "SMOG"], grade=8)
    assert alerts("Cats sat.", grades) == []
    heavy = "Administrative considerations necessitate organisational reconfiguration immediately."
    assert len(alerts(heavy, grades)) == 1


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"formula": "__import__('os')", "condition": "> 1"}, "a formula can't hold"),
        ({"formula": "words ** 9", "condition": "> 1"}, "a formula can't hold"),
        ({"formula": "words +", "condition": "> 1"}, "this is not a formula"),
        ({"formula": "math.system(1)", "condition": "> 1"}, "no function math.system"),
        ({"formula": "-" * 990 + "1", "condition": "> 1"}, "formula"),
    ],
)
def test_a_formula_is_arithmetic_and_nothing_else(keys, problem) -> None:
    """Whatever else stands in a formula is refused when the rule is read."""
    with pytest.raises(ConfigurationError, match=problem):
        Pack.of("T", {"R": rule("metric", **keys)})


def test_a_metric_without_a_value_did_not_run() -> None:
    """Division by nothing is no pass."""
    pack = Pack.of("T", {"R": rule("metric", formula="words / pre", condition="> 1")})
    (not_run,) = lint_fully("Some words.", "a.md", pack).not_run
    assert not_run.rule == "T.R"
    assert "division" in not_run.reason


def test_a_script_is_never_run() -> None:
    """Programs in a style are named as not run."""
    pack = Pack.of("T", {"R": rule("script", script="matches := []")})
    (not_run,) = check("text", pack).not_run
    assert "never run" in not_run.reason


@pytest.mark.parametrize(
    ("action", "fixed"),
    [
        ({"name": "remove"}, ""),
        ({"name": "edit", "params": ["trim", "-"]}, "ab-Cd"),
        ({"name": "edit", "params": ["trim_left", "-"]}, "ab-Cd--"),
        ({"name": "edit", "params": ["trim_right", "-"]}, "--ab-Cd"),
        ({"name": "edit", "params": ["regex", "-+(\\w)", "$1+"]}, "a+bC+d--"),
        ({"name": "edit", "params": ["split", "-", "3"]}, "Cd"),
        ({"name": "convert", "params": ["simple"]}, "ab cd"),
    ],
)
def test_what_actions_put_in_place(action, fixed) -> None:
    """Each of Vale's actions gives a fix, as long as the rule would not fire on it again."""
    pack = Pack.of("T", {"R": rule("existence", nonword=True, tokens=["^--ab-Cd--$"], action=action)})
    (found,) = check("--ab-Cd--", pack).findings
    assert found.fix is not None
    assert found.fix.replacement == fixed


def test_a_fix_on_which_the_rule_fires_again_is_only_a_suggestion() -> None:
    """Nothing is applied by itself that would have to be applied for ever."""
    pack = Pack.of("T", {"R": rule("existence", tokens=["very"], action={"name": "replace", "params": ["very, very"]})})
    (found,) = check("very", pack).findings
    assert (found.fix, found.suggestions) == (None, ("very, very",))


@pytest.mark.parametrize("params", [[], ["trim"], ["regex", "(", "x"], ["split", "-", "x"], ["fold", "x"]])
def test_an_edit_with_wrong_parameters_is_refused(params) -> None:
    """An action's parameters are checked when the rule is read."""
    with pytest.raises(ConfigurationError):
        Pack.of("T", {"R": rule("existence", tokens=["a"], action={"name": "edit", "params": params})})
