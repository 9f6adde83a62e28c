"""The HTML of the rules page: the list, one rule with what may be done to it, and what a backtest found."""

import difflib
from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.brand import Brand
from assistant.rulebook.changes import Removed, Setting, Written, change_of
from assistant.rulebook.forms import templates
from assistant.rulebook.listing import Entry, Page
from assistant.rulebook.trial import Trial
from assistant.store.rule_changes import RuleChange
from assistant.web.people import Person
from assistant.web.views import render
from tone_rules.channels import channel_names
from tone_rules.value import Value

LEVELS = {"error": "Error", "warning": "Warning", "suggestion": "Suggestion", "off": "Off"}
ORIGINS = {
    "ships": "ships with the program",
    "description": "follows from the brand’s description, brand.yaml",
    "own": "a file of the brand’s own",
}
STATES = {"proposed": "Waits", "active": "Activated", "withdrawn": "Withdrawn"}
MOST_HISTORY = 100


class Version(Value):
    """One change as the page shows it."""

    number: int
    state: str
    note: str
    by: str
    at: datetime
    settled_by: str | None
    settled_at: datetime | None
    diff: tuple[tuple[str, str], ...]
    """Lines, each with `+`, `-` or a space before it."""
    mine: bool
    """Whether this person proposed it."""
    rule: str


def list_html(
    entries: Sequence[Entry], waiting: Sequence[RuleChange], person: Person, brand: Brand, replies: int
) -> str:
    """The list of rules with its filters; what is filtered and sorted is done by the page itself.

    Args:
        entries: every rule.
        waiting: the changes that wait.
        person: who looks.
        brand: whose rules.
        replies: how many replies went out, of which the hits are counted.
    """
    rules = {one.rule for one in entries}
    return render(
        "rules",
        entries=entries,
        packs=list(dict.fromkeys(one.pack for one in entries)),
        waiting={one.rule for one in waiting},
        unknown=[one for one in waiting if one.rule not in rules],
        owner=person.may("rules"),
        replies=replies,
        levels=LEVELS,
        brand=brand,
    )


def rule_html(
    page: Page | None,
    rule: str,
    history: Sequence[RuleChange],
    person: Person,
    brand: Brand,
    replies: int,
    shut: str | None,
) -> str:
    """One rule: what it is about, the tools to change it, and its history.

    Args:
        page: the rule; None for one that is new.
        rule: its id.
        history: its changes, the newest first.
        person: who looks.
        brand: whose rule.
        replies: how many replies went out.
        shut: why the brand's folder can't be written, or None.
    """
    versions = [_version(one, person) for one in history[:MOST_HISTORY]]
    return render(
        "rule",
        page=page,
        rule=rule,
        versions=versions,
        waiting=[one for one in versions if one.state == "proposed"],
        owner=person.may("rules"),
        brand=brand,
        replies=replies,
        shut=shut,
        levels=LEVELS,
        origins=ORIGINS,
        states=STATES,
        channels=channel_names(),
        pieces=pieces,
    )


def new_html(styles: Sequence[str]) -> str:
    """The questions before a new rule."""
    return render("rule_new", styles=styles, templates=templates())


def trial_html(trial: Trial) -> str:
    """What a backtest found."""
    return render("rule_trial", trial=trial)


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is marked."""
    at = 0
    for start, end in sorted(spans):
        if start >= at and end > start:
            yield text[at:start], False
            yield text[start:end], True
            at = end
    yield text[at:], False


def diff(before: Setting | Written | Removed, after: Setting | Written | Removed) -> tuple[tuple[str, str], ...]:
    """What a change changes, line by line."""
    lines = difflib.unified_diff(_lines(before), _lines(after), lineterm="", n=2)
    return tuple((one[:1], one[1:]) for one in lines if not one.startswith(("---", "+++", "@@")))


def _lines(change: Setting | Written | Removed) -> list[str]:
    match change:
        case Setting():
            level = f"level: {change.level}" if change.level else "level: as its file says"
            reason = [f"reason: {change.reason}"] if change.reason else []
            return [level, *(f"exception: {one}" for one in change.exceptions), *reason]
        case Removed():
            return []
        case _:
            return change.text.splitlines()


def _version(one: RuleChange, person: Person) -> Version:
    return Version(
        number=one.number,
        state=one.state,
        note=one.note,
        by=one.by,
        at=one.at,
        settled_by=one.settled_by,
        settled_at=one.settled_at,
        diff=diff(change_of.validate_python(one.before), change_of.validate_python(one.change)),
        mine=one.by == person.name,
        rule=one.rule,
    )
