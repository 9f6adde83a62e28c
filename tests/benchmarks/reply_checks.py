"""What the rules catch, by category: `python tests/benchmarks/reply_checks.py FILE.jsonl ... [--misses] [--rule ID]`.

A line is a line of input for `check` with an `expect` beside it: `verdict` (`block` or `pass`), `category`, and `span`,
the offending words. Lines of an older shape, with `context` and `policy`, are mapped to it. Of a bad reply it is
counted whether a finding blocks it, whether one does so at the offending words, and whether at least a warning is
given; of a good one, whether it is blocked: `category` is then what it looks like and isn't. Shares with Wilson's
interval. Exit code 1 below the bars.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from assistant.checking import check
from assistant.cli.check import brand_for
from assistant.line_check import LineCheck
from assistant.lines import CheckLine
from tone_rules.finding import Finding, Report
from tone_rules.share import Share

CAUGHT, WORDS, FALSE = 0.75, 0.90, 0.03
"""The bars: of all bad replies, of those that words alone show, of good ones blocked."""
WORD_VISIBLE = frozenset(
    {
        "private_leak", "over_limit", "link_not_allowed", "card_number_echo", "placeholder", "instruction_leak",
        "review_incentive", "promissory_finance", "liability_admission", "profanity_or_mockery",
        "asks_private_in_public",
    }
)  # fmt: skip

out = partial(print, file=sys.stdout)


class Row(NamedTuple):
    """One reply with what is expected of its check."""

    line: CheckLine
    bad: bool
    category: str
    span: str | None
    why: str


class Outcome(NamedTuple):
    """A row and its check."""

    row: Row
    report: Report

    @property
    def blocked(self) -> bool:
        """Whether the reply would have been stopped."""
        return self.report.verdict == "block"

    @property
    def flagged(self) -> bool:
        """Whether an agent would at least have been warned."""
        return any(one.level != "suggestion" for one in self.report.findings)

    @property
    def at_span(self) -> bool:
        """Whether what blocks is where the fault is; about the whole reply where no span is given."""
        blocking = [one for one in self.report.findings if one.blocking]
        at = self.row.line.reply.find(self.row.span) if self.row.span else -1
        if at < 0 or self.row.span is None:
            return bool(blocking)
        end = at + len(self.row.span)
        return any(one.start == one.end or (one.start < end and one.end > at) for one in blocking)


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a file in either shape."""
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.strip():
            value = json.loads(text)
            yield _mapped(value) if "context" in value else _own(value)


def _own(value: Mapping[str, Any]) -> Row:
    expect = value["expect"]
    line = CheckLine.model_validate({name: one for name, one in value.items() if name != "expect"})
    return Row(line, expect["verdict"] == "block", expect["category"], expect.get("span"), expect.get("why") or "")


def _mapped(value: Mapping[str, Any]) -> Row:
    public, private = dict(value["context"].get("public") or {}), value["context"].get("private") or {}
    sender = str(public.pop("sender", ""))
    signs = re.search(r"signs as (.+)", sender)
    policies = [
        {"id": name.strip(), "text": said.strip()} for name, _, said in (one.partition(":") for one in value["policy"])
    ]
    domains = re.split(r"[,\s]+", str(public.pop("allowed_domains", "")))
    facts = [{"name": name, "value": str(one), "visibility": "public"} for name, one in public.items()]
    facts += [{"name": name, "value": str(one), "visibility": "private"} for name, one in private.items()]
    line = CheckLine.model_validate(
        {
            "id": value["id"],
            "channel": value["channel"],
            "industry": value["industry"],
            "message": value["message"],
            "reply": value["reply"],
            "facts": [one for one in facts if one["value"]],
            "policies": policies,
            "allowed_domains": [one for one in domains if one],
            "compliance": ["general"],
            "customer": {
                name: public[key]
                for name, key in (("name", "customer_display_name"), ("handle", "customer_handle"))
                if key in public
            },
            **({"agent": {"name": signs[1].split(",")[0].strip()}} if signs else {}),
        }
    )
    looks_like = re.search(r"looks like (\w+)", value.get("why") or "")
    category = value["category"] or (looks_like[1] if looks_like else "other")
    return Row(line, value["verdict"] == "block", category, value["span"], value.get("why") or "")


def main(paths: Sequence[Path], *, misses: bool, rule: str | None) -> int:
    """Print the table and, if asked, what went wrong; 1 below a bar."""
    brands = LineCheck(brand_for(None))
    rows = [row for path in paths for row in rows_of(path)]
    outcomes = [
        Outcome(row, check(row.line.reply, row.line, brands.brand_of(row.line), row.line.message)) for row in rows
    ]
    for one in outcomes:
        fires = rule is not None and any(finding.rule.startswith(rule) for finding in one.report.findings)
        wrong = not one.at_span if one.row.bad else one.report.verdict != "pass"
        if fires or (misses and wrong):
            _print(one)
    return _table(outcomes)


def _print(one: Outcome) -> None:
    row = one.row
    out(f"\n{row.line.id} {'BAD' if row.bad else 'GOOD'} {row.category} [{row.line.channel}, {row.line.industry}]")
    out(f"  message: {row.line.message}")
    out(f"  reply: {row.line.reply}")
    out(f"  {row.why}; span: {row.span}")
    for finding in one.report.findings:
        out(f"  {_said(finding)}")
    for absent in one.report.not_run:
        out(f"  not run: {absent.rule}: {absent.reason}")


def _said(finding: Finding) -> str:
    return f"{'BLOCKS' if finding.blocking else finding.level}: {finding.rule}: {finding.message} [{finding.match}]"


def _table(outcomes: Sequence[Outcome]) -> int:
    table = Table("category", "bad", "blocked", "at the fault", "flagged", "good", "blocked falsely", "not run")
    names = sorted({one.row.category for one in outcomes})
    for name in [*names, None]:
        bad = [one for one in outcomes if one.row.bad and name in (None, one.row.category)]
        good = [one for one in outcomes if not one.row.bad and name in (None, one.row.category)]
        shares = [_share(bad, "blocked"), _share(bad, "at_span"), _share(bad, "flagged"), _share(good, "blocked")]
        shown = [str(one) if name is None else f"{one.count}" for one in shares]
        skipped = sum(bool(one.report.not_run) for one in good)
        mark = f"{name}*" if name in WORD_VISIBLE else name or "all"
        table.add_row(mark, str(len(bad)), *shown[:3], str(len(good)), shown[3], str(skipped), end_section=name is None)
    Console(width=150).print(table)
    bad = [one for one in outcomes if one.row.bad]
    words = _share([one for one in bad if one.row.category in WORD_VISIBLE], "blocked")
    caught, false = _share(bad, "blocked"), _share([one for one in outcomes if not one.row.bad], "blocked")
    out(f"caught: {caught} (bar {CAUGHT:.0%}); flagged at least: {_share(bad, 'flagged')}")
    out(f"caught where words show it (*): {words} (bar {WORDS:.0%})")
    out(f"good ones blocked: {false} (bar under {FALSE:.0%})")
    met = (caught.rate or 0) >= CAUGHT and (words.rate or 0) >= WORDS and (false.rate or 0) < FALSE
    return 0 if met else 1


def _share(outcomes: Sequence[Outcome], name: str) -> Share:
    return Share.among(sum(getattr(one, name) for one in outcomes), len(outcomes))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--misses", action="store_true", help="print each bad reply missed and good one not passed")
    parser.add_argument("--rule", help="print each reply where a rule of this name or pack fires")
    given = parser.parse_args()
    sys.exit(main(given.paths, misses=given.misses, rule=given.rule))
