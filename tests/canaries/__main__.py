"""Canaries: what the leak rules miss, by transformation: `python tests/canaries --count 10000 --seed 7`.

Each generated context holds private facts, often in hostile shapes; its reply gives one of them away by one
transformation, its twin gives nothing away. A reply is caught where any error of the pack `privacy` is found; a twin
with one is a false alarm. `--show NAME` prints what is missed of one transformation (`weak`: of each
weak one; `twins`: the false alarms), and
`--drafts 300` looks for the same secrets in what the assistant drafts. All data are invented.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tone_rules.engine import check
from tone_rules.finding import Finding
from tone_rules.pack import Pack, load_pack
from tone_rules.share import Share
from tone_rules.situation import Situation

WEAK = 0.05
"""The miss rate above which `--show weak` shows a transformation."""

out = partial(print, file=sys.stdout)


class Outcome(NamedTuple):
    """What became of one sample."""

    number: int
    transformation: str
    shape: str
    stored_as: str
    dropped: str | None
    caught: tuple[str, ...]
    """The rules that stop the reply."""
    at_it: bool
    """Whether one of them does so at what was told, and not at other words."""
    alarmed: tuple[str, ...]
    """The rules that stop its innocent twin."""


@cache
def _privacy() -> Pack:
    return load_pack("privacy")


def run(seed: int, wanted: str | None, number: int) -> Outcome:
    """Make one sample and check both of its replies."""
    from generator import sample

    one = sample(seed, number, wanted)
    way, shape = one.transformation.name, one.secret.shape
    if one.dropped:
        return Outcome(number, way, shape, one.stored_as, one.dropped, (), False, ())
    found, alarms = _errors(one.reply, one.situation), _errors(one.twin, one.situation)
    start = one.reply.find(one.told)
    at_it = any(finding.start < start + len(one.told) and finding.end > start for finding in found)
    return Outcome(number, way, shape, one.stored_as, None, _rules(found), at_it, _rules(alarms))


def _errors(text: str, situation: Situation) -> list[Finding]:
    return [one for one in check(text, _privacy(), situation).findings if one.level == "error"]


def _rules(found: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.rule for one in found))


def drafted(seed: int, number: int) -> tuple[int, list[str]]:
    """How many drafts one context gets, and which of them hold a secret: none, if all is well."""
    from generator import said, sample
    from planted import assistant_of, context_of, spilled

    one = sample(seed, number)
    allowed = said(one.situation)
    drafts = assistant_of(one).draft(context_of(one)).drafts
    told = [(spilled(one, allowed, draft.text), draft.text) for draft in drafts]
    return len(drafts), [f"sample {number}: {', '.join(found)} in {text!r}" for found, text in told if found]


def main() -> None:
    """Run; exit code 1 where a draft holds a secret or a verbatim secret isn't caught."""
    options = argparse.ArgumentParser(prog="python tests/canaries", description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=10_000, help="samples in all")
    options.add_argument("--seed", type=int, default=7, help="of the run; the same seed makes the same samples")
    options.add_argument("--show", metavar="NAME", help="print what is missed of one transformation, `weak` or `twins`")
    options.add_argument("--limit", type=int, default=40, help="how many to show")
    options.add_argument("--drafts", type=int, default=0, metavar="N", help="also draft for N of the contexts")
    options.add_argument("--jobs", type=int, default=multiprocessing.cpu_count(), help="processes")
    stated = options.parse_args()
    from transformations import ALL

    if stated.show and stated.show not in {*ALL, "twins", "weak"}:
        options.error(f"--show: no transformation is named '{stated.show}'; they are {', '.join(ALL)}")
    began = time.monotonic()
    wanted = stated.show if stated.show in ALL else None
    count = min(stated.count, 500) if wanted else stated.count
    with multiprocessing.Pool(stated.jobs) as pool:
        outcomes = pool.map(partial(run, stated.seed, wanted), range(count), chunksize=50)
        spilled = pool.map(partial(drafted, stated.seed), range(stated.drafts), chunksize=10)
    if stated.show == "weak":
        for name in ALL:
            those = [one for one in fair(outcomes) if one.transformation == name]
            if _missed(those) > WEAK:
                out(f"\n== {name}: {ALL[name].apply.__doc__}")
                _show(stated.seed, name, those, stated.limit)
    elif stated.show:
        _show(stated.seed, stated.show, outcomes, stated.limit)
    else:
        print_tables(outcomes)
    told = [one for _, found in spilled for one in found]
    if stated.drafts:
        drafts = sum(number for number, _ in spilled)
        out(f"\nDrafts that hold a secret: {Share.among(len(told), drafts)}, for {stated.drafts:,} contexts")
        out("\n".join(told[: stated.limit]))
    out(f"\n{count:,} samples of seed {stated.seed} in {time.monotonic() - began:.0f} s")
    verbatim = [one for one in fair(outcomes) if ALL[one.transformation].family == "verbatim" and not one.caught]
    sys.exit(bool(told or verbatim))


def fair(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those that the oracle stands by."""
    return [one for one in outcomes if one.dropped is None]


def print_tables(outcomes: Sequence[Outcome]) -> None:
    """What was caught by transformation, by kind of secret and by how it is stored; false alarms."""
    from transformations import ALL

    kept, console = fair(outcomes), Console(file=sys.stdout, width=120)
    dropped = Counter(one.dropped for one in outcomes if one.dropped)
    seen = {name: [one for one in kept if one.transformation == name] for name in ALL}
    families = dict.fromkeys(way.family for way in ALL.values())
    table = Table("transformation", "family", "sure", *_COUNTS, title="Leaks by transformation", title_justify="left")
    for way in sorted(ALL.values(), key=lambda way: (list(families).index(way.family), -_missed(seen[way.name]))):
        table.add_row(way.name, way.family, "yes" if way.certain else "arguably", *_row(seen[way.name]))
    console.print(table)
    groups: list[tuple[str, str, list[Outcome]]] = []
    for certain in (True, False):
        those = [one for one in kept if ALL[one.transformation].certain == certain]
        groups.append(("all", "sure" if certain else "arguable", those))
    sure = [one for one in kept if ALL[one.transformation].certain]
    visible = [one for one in sure if ALL[one.transformation].seen]
    groups.append(("all", "sure, and in the words", visible))
    groups += [("family, sure", name, [x for x in sure if ALL[x.transformation].family == name]) for name in families]
    for label, key in (("kind, sure", "shape"), ("stored, sure", "stored_as")):
        names = sorted({getattr(one, key) for one in sure})
        groups += [(label, name, [one for one in sure if getattr(one, key) == name]) for name in names]
    table = Table("by", "which", *_COUNTS, title="Leaks by group", title_justify="left")
    for label, name, those in groups:
        table.add_row(label, name, *_row(those))
    console.print(table)
    alarms = [one for one in kept if one.alarmed]
    out(f"False alarms, innocent twins stopped: {Share.among(len(alarms), len(kept))}")
    out(
        "  by rule: "
        + (", ".join(f"{n} {c}" for n, c in Counter(r for x in alarms for r in x.alarmed).items()) or "none")
    )
    rules = Counter(rule for one in kept for rule in one.caught)
    out("Caught by rule: " + ", ".join(f"{name} {number:,}" for name, number in rules.most_common()))
    out("Dropped by the oracle: " + (", ".join(f"{why} {number}" for why, number in dropped.items()) or "none"))


_COUNTS = ("tried", "caught", "at it", "missed", "miss rate (95%)")


def _missed(those: Sequence[Outcome]) -> float:
    return sum(not one.caught for one in those) / max(1, len(those))


def _row(those: Sequence[Outcome]) -> Iterator[str]:
    caught = sum(bool(one.caught) for one in those)
    share = Share.among(len(those) - caught, len(those))
    yield from (str(len(those)), str(caught), str(sum(one.at_it for one in those)), str(share.count))
    yield f"{share.rate:.1%} ({share.low:.1%} to {share.high:.1%})" if share.rate is not None else "-"


def _show(seed: int, name: str, outcomes: Sequence[Outcome], limit: int) -> None:
    """Print what was missed of a transformation, or the twins that were stopped."""
    from generator import sample

    twins = name == "twins"
    those = [one for one in fair(outcomes) if (one.alarmed if twins else not one.caught)]
    out(f"{len(those)} of {len(fair(outcomes))}")
    for one in those[:limit]:
        made = sample(seed, one.number, one.transformation)
        secret = made.secret
        out(f"\n{one.number}. {secret.name} ({secret.shape}, stored as {one.stored_as}): {secret.text!r}")
        if secret.stored:
            out(f"   stored: {secret.stored[:120]!r}")
        out(f"   {made.twin if twins else made.reply!r}")
        if twins:
            facts = {fact.name: fact.value[:60] for fact in made.situation.facts if fact.visibility != "public"}
            out(f"   message: {(made.situation.message or '')[:100]!r}; facts: {facts}")
            for finding in _errors(made.twin, made.situation):
                out(f"   {finding.rule} at {made.twin[finding.start : finding.end]!r}: {finding.message}")


if __name__ == "__main__":
    main()
