import contextlib
import time

import pytest

from assistant.approval import approve
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.insights import decided
from assistant.pipeline import Proposal
from assistant.rulebook.changes import Setting, Written
from assistant.rulebook.forms import form_of, templates, written_by
from assistant.rulebook.listing import entries, page, used
from assistant.rulebook.trial import backtested, past, tried, uploaded
from assistant.store import Store
from assistant.triage import Triage
from tone_rules.backtesting import PastReply
from tone_rules.errors import ConfigurationError

AROUND = CustomerContext(id="t", channel="x", message="Where is my parcel?")


def _replies(*texts: str) -> list[PastReply]:
    return [PastReply(text=one, line=number) for number, one in enumerate(texts, 1)]


def test_a_rule_is_tried_before_it_holds(own_brand: Brand, worries: Written) -> None:
    """What a change would find is found, with its own examples run, and the brand is untouched."""
    found = tried(own_brand, worries, "🙂 No worries!", AROUND)
    assert [(one.start, one.end, one.match) for one in found.report.findings] == [(2, 12, "No worries")]
    assert (found.examples, found.failures, found.applies, found.off) == (1, (), True, False)
    assert own_brand.sha256 == Brand.load(own_brand.folder or "").sha256
    wrong = worries.model_copy(update={"text": worries.text.replace("- no worries", "- never mind")})
    assert [one.example for one in tried(own_brand, wrong, "x", AROUND).failures] == ["fires"]
    assert tried(own_brand, Setting(rule="tone.Filler", level="off"), "x", AROUND).off


def test_an_exception_and_a_level_are_tried_too(own_brand: Brand) -> None:
    """A setting changes what is found."""
    text = "We apologise for any inconvenience caused."
    rule = next(one.rule for one in entries(own_brand, {}) if one.rule == "Brand.AvoidAnyInconvenience")
    assert (
        tried(own_brand, Setting(rule=rule, level="suggestion"), text, AROUND).report.findings[0].level == "suggestion"
    )
    excepted = Setting(rule=rule, exceptions=("any inconvenience",))
    assert tried(own_brand, excepted, text, AROUND).report.findings == ()


def test_a_backtest_counts_what_would_change(own_brand: Brand, worries: Written) -> None:
    """A new blocking rule: how many it would find, whose verdict changes, and these come first among the examples."""
    required = worries.model_copy(update={"required": True})
    replies = _replies("No worries, it leaves on Friday.", *("It leaves on Friday." for _ in range(9)))
    found = backtested(own_brand, required, replies)
    assert (found.replies, found.flagged.count, found.before.count, found.newly) == (10, 1, 0, 1)
    assert found.flagged.low < 0.1 < found.flagged.high
    assert found.verdicts == 1
    assert (found.telling[0].example.line, found.telling[0].would_be) == (1, "block")


def test_a_rule_that_goes_shows_what_is_lost(own_brand: Brand) -> None:
    """Switched off, all that it finds is no longer found."""
    rule = "Brand.AvoidAnyInconvenience"
    replies = _replies("Sorry for any inconvenience.", "On its way.")
    found = backtested(own_brand, Setting(rule=rule, level="off"), replies)
    assert (found.flagged.count, found.before.count, found.no_longer) == (0, 1, 1)
    assert found.telling[0].became == "no longer"


def test_a_backtest_ends(own_brand: Brand, worries: Written) -> None:
    """By hand, or by its time, and then it says so and counts what it read."""
    replies = _replies(*("No worries." for _ in range(50)))
    by_hand = backtested(own_brand, worries, replies, lambda done: done < 20)
    assert (by_hand.replies, by_hand.stopped) == (20, "stopped by hand")
    assert backtested(own_brand, worries, replies, seconds=0).stopped == "the time was up"


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?:a|aa)+b", r"(?=(a+)+b)a", r"(\\w+\\s?)*x(?=y)"])
def test_a_hostile_pattern_is_bounded(own_brand: Brand, pattern: str) -> None:
    """A pattern that would run for ever ends in time: with an answer, or as not run."""
    change = Written(rule="House.Bomb", text=f'extends: existence\nmessage: no\nnonword: true\nraw: ["{pattern}"]\n')
    began = time.monotonic()
    with contextlib.suppress(ConfigurationError):
        tried(own_brand, change, "a" * 20_000 + "!", AROUND)
    assert time.monotonic() - began < 5


def test_hits_and_overrides_are_counted(own_brand: Brand, store: Store) -> None:
    """Each rule that fired on what went out counts, and where it was set aside."""
    context = AROUND.model_copy(update={"id": "one"})
    proposal = Proposal(id="one", status="needs_edit", triage=Triage())
    text = "Sorry for any inconvenience! It leaves on Friday. ^MR"
    approve(
        store,
        own_brand,
        proposal,
        context,
        decision="approve",
        reviewer="Ana",
        text=text,
        override={},
        may_override=True,
    )
    usage = used(decided(store, own_brand))
    assert all(one.hits == 1 for one in usage.values())
    assert {one.rule for one in entries(own_brand, usage) if one.usage.hits} == set(usage)
    assert [one.text for one in past(store, own_brand)] == [text]


def test_a_file_of_replies_is_read(own_brand: Brand, worries: Written) -> None:
    """CSV by its column; a line that can't be read is told with its number."""
    found = backtested(own_brand, worries, uploaded("reply\nNo worries\n\nFine\n", "past.csv", own_brand))
    assert (found.replies, found.flagged.count) == (2, 1)
    lines = uploaded('{"reply": "No worries"}\n{nope\n', "past.jsonl", own_brand)
    assert backtested(own_brand, worries, lines).bad_lines == 1


def test_the_form_and_the_text_say_the_same(worries: Written) -> None:
    """A form changes its keys and keeps comments and examples; what it can't show it leaves to the text."""
    form = form_of(worries.text)
    assert form is not None
    assert form.tokens == ("no worries",)
    text = written_by(
        form.model_copy(update={"tokens": ("no worries", "never mind"), "ignorecase": False}), worries.text
    )
    assert "# kept: people asked for this one" in text
    assert "name: fires" in text
    changed = form_of(text)
    assert changed is not None
    assert (changed.tokens, changed.ignorecase) == (("no worries", "never mind"), False)
    assert form_of("extends: occurrence\n") is None
    assert form_of("{") is None


def test_every_template_is_a_rule(own_brand: Brand) -> None:
    """A new rule begins as one that loads, and whose examples hold."""
    assert len(templates()) >= 4
    for one in templates():
        text = one.text.replace("STYLE.NAME", "House.New")
        assert tried(own_brand, Written(rule="House.New", text=text), "", AROUND).failures == (), one.name


def test_every_rule_can_be_explained(own_brand: Brand) -> None:
    """A page for each rule of the list."""
    for one in entries(own_brand, {}):
        found = page(own_brand, one.rule, {})
        assert found is not None
        assert found.entry == one
