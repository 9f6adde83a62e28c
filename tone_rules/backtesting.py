"""What rules would have found in replies of the past, before anybody switches them on.

```python
from tone_rules import backtest

report = backtest("tone", ["We apologise for any inconvenience.", "It leaves on Friday."])
print(report.flagged, [one.rule for one in report.rules if one.flagged.count])
```
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from tone_rules.engine import check
from tone_rules.errors import ConfigurationError
from tone_rules.finding import Finding
from tone_rules.loading import load_rules
from tone_rules.masking import Masked, short
from tone_rules.pack import Pack, load_pack, shipped
from tone_rules.rule import CouldNotRun, Rule
from tone_rules.share import Share
from tone_rules.situation import Situation
from tone_rules.value import Value

AROUND = 60
"""Characters of the reply shown on each side of an example."""
_MOST_BAD = 1_000
"""Bad lines that are kept; all are counted."""


class PastReply(Value):
    """A reply that was written once, and what is known around it."""

    text: str
    situation: Situation | None = None
    line: int | None = None
    """Where it stands in its file; counted from 1 where it is not given."""


class BadReply(Value):
    """A line that holds no reply, and why."""

    line: int
    reason: str


class Example(Value):
    """One place where a rule would have fired, with the words around it; secrets are masked in all of it."""

    rule: str
    line: int
    start: int
    end: int
    """Characters of the reply."""
    before: str
    match: str
    after: str
    message: str


class Overlap(Value):
    """How much of what one rule flags another flags too."""

    rule: str
    """The other."""
    share: Share
    """Of the replies that the first one flags."""


class RuleBacktest(Value):
    """One rule on all replies."""

    rule: str
    applies: int
    """Replies that its `when` fits; on the others it was not looked at."""
    flagged: Share
    """Of all replies."""
    findings: int
    examples: tuple[Example, ...] = ()
    overlap: tuple[Overlap, ...] = ()
    """The other rules that flag the same replies, most first."""


class Change(Value):
    """How one rule differs from its older version, or all of them together from theirs."""

    rule: str
    """`*` for all together."""
    older: int
    """Replies that the older version flags."""
    newer: int
    newly: int
    """Flagged now and not before."""
    no_longer: int
    """Flagged before and not now."""
    elsewhere: int
    """Flagged by both, at other places."""
    newly_examples: tuple[Example, ...] = ()
    no_longer_examples: tuple[Example, ...] = ()


class Missed(Value):
    """A rule that did not run on some replies."""

    rule: str
    reason: str
    replies: int
    refused: bool = False
    """Its kind is never run, on any reply: a script."""


class Backtest(Value):
    """What rules would have found."""

    name: str
    """Of the rule or pack."""
    replies: int
    flagged: Share
    """Replies that any of the rules flags."""
    rules: tuple[RuleBacktest, ...]
    """Most flagged first."""
    against: str | None = None
    changes: tuple[Change, ...] = ()
    """All together, then each rule that differs."""
    not_run: tuple[Missed, ...] = ()
    bad_lines: int = 0
    bad: tuple[BadReply, ...] = ()
    """The first thousand."""

    @property
    def complete(self) -> bool:
        """Whether every line was read and every rule ran on it, but for those that are refused on purpose."""
        return not self.bad_lines and all(one.refused for one in self.not_run)


Rules = Rule | Pack | str | Path


def backtest(
    rule_or_pack: Rules,
    replies: Iterable[str | PastReply | BadReply],
    against: Rules | None = None,
    *,
    others: Iterable[Pack] | None = None,
    examples: int = 3,
) -> Backtest:
    """Run rules on replies of the past.

    Args:
        rule_or_pack: a rule, a pack, the name or id of one that ships, a folder, or a rule's file.
        replies: read once, one at a time; memory does not grow with them. A `BadReply` is counted and passed on.
        against: an older version. A rule is compared with the one of the same name, a lone rule with a lone rule.
        others: the packs to look for overlap with; those that ship by default.
        examples: how many for each rule, drawn evenly from all that there are; the same replies give the same ones.

    Raises:
        ConfigurationError: no such rule or pack, or it does not load.
    """
    pack = _pack(rule_or_pack)
    if not pack.rules:
        raise ConfigurationError.at(pack.name, "there are no rules in it")
    around = tuple(load_pack(name) for name in shipped()) if others is None else tuple(others)
    own = {rule.id for rule in pack.rules}
    others = tuple(Pack(one.name, tuple(rule for rule in one.rules if rule.id not in own)) for one in around)
    older = None if against is None else _pack(against)
    run = _Run(pack, others, older, examples)
    for number, reply in enumerate(replies, 1):
        match reply:
            case BadReply():
                run.bad_line(reply)
            case PastReply():
                run.reply(reply.text, reply.situation or Situation(), reply.line or number)
            case _:
                run.reply(reply, Situation(), number)
    return run.result()


class _Sample:
    """Some of many, each as likely as the other (Vitter's algorithm R), the same ones each time."""

    def __init__(self, size: int, seed: str) -> None:
        self._size = size
        self._seen = 0
        self._dice = random.Random(seed)  # noqa: S311  # nobody gains by guessing which examples are shown
        self.kept: list[Example] = []

    def place(self) -> int | None:
        """Where the next one would be kept, or None: most need not even be made."""
        self._seen += 1
        if len(self.kept) < self._size:
            return len(self.kept)
        at = self._dice.randrange(self._seen)
        return at if at < self._size else None

    def put(self, place: int, example: Example) -> None:
        """Keep an example at its place."""
        self.kept[place : place + 1] = [example]

    def examples(self) -> tuple[Example, ...]:
        """Those that were kept, in the order of the replies."""
        return tuple(sorted(self.kept, key=lambda one: (one.line, one.start)))


class _Comparison:
    """One rule against its older version, or all against all."""

    def __init__(self, name: str, examples: int) -> None:
        self.name = name
        self.older = self.newer = self.newly = self.no_longer = self.elsewhere = 0
        self._gained, self._lost = _Sample(examples, f"+{name}"), _Sample(examples, f"-{name}")

    def reply(self, new: list[Finding], old: list[Finding], shown: Masked, line: int) -> None:
        self.newer += bool(new)
        self.older += bool(old)
        if new and old:
            self.elsewhere += {(one.start, one.end) for one in new} != {(one.start, one.end) for one in old}
        elif new or old:
            sample, findings = (self._gained, new) if new else (self._lost, old)
            self.newly += bool(new)
            self.no_longer += bool(old)
            place = sample.place()
            if place is not None:
                sample.put(place, _example(findings[0], shown, line))

    def change(self) -> Change:
        return Change(
            rule=self.name,
            older=self.older,
            newer=self.newer,
            newly=self.newly,
            no_longer=self.no_longer,
            elsewhere=self.elsewhere,
            newly_examples=self._gained.examples(),
            no_longer_examples=self._lost.examples(),
        )


class _Run:
    """The counts of one backtest."""

    def __init__(self, pack: Pack, others: tuple[Pack, ...], older: Pack | None, examples: int) -> None:
        self._pack, self._others, self._older = pack, others, older
        self._own = [rule.id for rule in pack.rules]
        self._replies = self._flagged = 0
        self._applies: Counter[str] = Counter()
        self._by_rule: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._both: Counter[tuple[str, str]] = Counter()
        self._samples = {rule: _Sample(examples, rule) for rule in self._own}
        self._refused = {
            rule.id for one in (pack, older) if one is not None for rule in one.rules if rule.definition.refused
        }
        self._not_run: Counter[tuple[str, str]] = Counter()
        self._bad: list[BadReply] = []
        self._bad_lines = 0
        self._all = _Comparison("*", examples)
        self._pairs: list[tuple[_Comparison, str | None, str | None]] = []
        if older is not None:
            self._pairs = [
                (_Comparison(new or old or "", examples), new, old) for new, old in _paired(pack.rules, older.rules)
            ]

    def bad_line(self, bad: BadReply) -> None:
        self._bad_lines += 1
        if len(self._bad) < _MOST_BAD:
            self._bad.append(bad)

    def reply(self, text: str, situation: Situation, line: int) -> None:
        self._replies += 1
        report = check(text, (self._pack, *self._others), situation)
        before = check(text, self._older, situation) if self._older else None
        shown = Masked(text, (*report.findings, *(before.findings if before else ())))
        by_rule: dict[str, list[Finding]] = {}
        for finding in report.findings:
            by_rule.setdefault(finding.rule, []).append(finding)
        for one in report.not_run:
            if one.rule in self._samples:
                self._not_run[one.rule, one.reason] += 1
        for rule in self._pack.rules:
            self._applies[rule.id] += _applies(rule, situation)
        own = [one for one in report.findings if one.rule in self._samples]
        self._flagged += bool(own)
        for rule_id in self._own:
            if rule_id in by_rule:
                self._count(rule_id, by_rule, shown, line)
        if before is not None:
            for one in before.not_run:
                self._not_run[f"{one.rule} (older)", one.reason] += 1
            self._compare(own, list(before.findings), shown, line)

    def _count(self, rule: str, by_rule: Mapping[str, list[Finding]], shown: Masked, line: int) -> None:
        self._by_rule[rule] += 1
        self._findings[rule] += len(by_rule[rule])
        self._both.update((rule, other) for other in by_rule if other != rule)
        sample = self._samples[rule]
        place = sample.place()
        if place is not None:
            sample.put(place, _example(by_rule[rule][0], shown, line))

    def _compare(self, new: list[Finding], old: list[Finding], shown: Masked, line: int) -> None:
        self._all.reply(new, old, shown, line)
        for comparison, newer, older in self._pairs:
            comparison.reply(
                [one for one in new if one.rule == newer], [one for one in old if one.rule == older], shown, line
            )

    def result(self) -> Backtest:
        tested = [
            RuleBacktest(
                rule=rule,
                applies=self._applies[rule],
                flagged=Share.among(self._by_rule[rule], self._replies),
                findings=self._findings[rule],
                examples=self._samples[rule].examples(),
                overlap=self._overlap(rule),
            )
            for rule in self._own
        ]
        changes = [self._all.change(), *(one.change() for one, _, _ in self._pairs)] if self._older else []
        return Backtest(
            name=self._pack.name,
            replies=self._replies,
            flagged=Share.among(self._flagged, self._replies),
            rules=tuple(sorted(tested, key=lambda one: (-one.flagged.count, one.rule))),
            against=self._older.name if self._older else None,
            changes=tuple(one for one in changes if one.rule == "*" or one.newly or one.no_longer or one.elsewhere),
            not_run=tuple(
                Missed(rule=rule, reason=reason, replies=count, refused=rule.partition(" ")[0] in self._refused)
                for (rule, reason), count in sorted(self._not_run.items())
            ),
            bad_lines=self._bad_lines,
            bad=tuple(self._bad),
        )

    def _overlap(self, rule: str) -> tuple[Overlap, ...]:
        found = [
            Overlap(rule=other, share=Share.among(count, self._by_rule[rule]))
            for (mine, other), count in self._both.items()
            if mine == rule
        ]
        return tuple(sorted(found, key=lambda one: (-one.share.count, one.rule)))


def _example(finding: Finding, shown: Masked, line: int) -> Example:
    return Example(
        rule=finding.rule,
        line=line,
        start=finding.start,
        end=finding.end,
        before=short(shown.text[max(0, finding.start - AROUND) : finding.start]),
        match=shown.match(finding),
        after=short(shown.text[finding.end :][:AROUND]),
        message=shown.message(finding),
    )


def _applies(rule: Rule, situation: Situation) -> bool:
    try:
        return rule.definition.when.fits(situation)
    except (TimeoutError, CouldNotRun):
        return True  # the check says that it did not run


def _paired(new: Iterable[Rule], old: Iterable[Rule]) -> list[tuple[str | None, str | None]]:
    """Rules with their older versions, by name; a lone rule with a lone rule whatever they are called."""
    newer = {one.id.rpartition(".")[2]: one.id for one in new}
    older = {one.id.rpartition(".")[2]: one.id for one in old}
    if len(newer) == len(older) == 1:
        return [(next(iter(newer.values())), next(iter(older.values())))]
    return [(newer.get(name), older.get(name)) for name in sorted(newer.keys() | older.keys())]


def _pack(rules: Rules) -> Pack:
    match rules:
        case Pack():
            return rules
        case Rule():
            return Pack(rules.id, (rules,), rules.required)
        case _:
            return load_rules(rules)
