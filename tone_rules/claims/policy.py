"""`policy`: how things are and what is allowed, as the reply states it: `one device per account`, `in stock`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tone_rules.claims import own_acts
from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, page
from tone_rules.formats.words import STOP, listed, stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "policy"
CUE = (
    r"(?i)\bper (?:account|person|customer|household|order|user|subscription|licen[cs]e|device|booking|table|room|member|day)\b|\bpolic|\ballow|\bonly\b|"
    r"\blimit|\bmaximum\b|\bminimum\b|\brequire|\bmust\b|\bneeds?\b|\beligible\b|\bentitle|\bsupport|\bcompatible\b|\bworks? with\b|\bstock\b|"
    r"\bsold out\b|\bavailable\b|\bproof\b|proof\b|\bresistant\b|\bvegan\b|\bvegetarian\b|\bgluten|\bnuts?\b|\ballerg|\borganic\b|\bcertified\b|"
    r"\bmade (?:in|from|of|by|with)\b|\bcontains?\b|\bcovered\b|\bwarrant|\bguarantee|\binclude|\bwe (?:never|always|don[’']t|do not|no longer)\b|\bdesigned\b|"
    r"\bcomes? with\b|\bships?\b|\bmachine[- ]wash|\bdishwasher|\bsafe\b|\bencrypt|\bterms\b|\bnot (?:accepted|permitted|possible|valid)\b|\bopen\b|\bclosed\b|\bparking\b"
)


@lru_cache(maxsize=1)
def _features() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(Path(__file__).with_name("features.yaml").read_text("utf-8"), loader)  # noqa: S506  # a safe one
    return tuple(
        (
            name,
            re.compile("|".join(one["said"]), re.IGNORECASE),
            re.compile("|".join([*one["said"], *one.get("told", ())]), re.IGNORECASE),
        )
        for name, one in data.items()
    )


_GENERIC = frozenset(
    map(
        stem,
        listed(
            "thing way one time people customer lot bit make get go come know sure yes all just right good great back now"
        ),
    )
)


def claims(page: Page) -> Iterator[Claim]:
    """Clauses that state a feature, a limit or a rule; what the signer does or offers is none."""
    for name, pattern, _ in _features():
        for found in pattern.finditer(page.text):
            clause = page.clause(found.start())
            if not _states(clause):
                continue
            end = clause.start + len(clause.text.rstrip(" ,.;!"))
            start = clause.start + len(clause.text) - len(clause.text.lstrip(" ,;"))
            yield Claim(SORT, start, max(end, found.end()), (name, _content(clause.text)), clause)


def stated(page: Page) -> Iterator[Claim]:
    """Every feature that a source names."""
    for name, _, pattern in _features():
        for found in pattern.finditer(page.text):
            clause = page.clause(found.start())
            yield Claim(SORT, *found.span(), (name, _content(clause.text)), clause)


def same(claim: Claim, other: Claim) -> bool | None:
    """Compared in `weigh`."""
    return None


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for a source that speaks of the feature, or for half of the clause's words in one sentence."""
    from tone_rules.claims.weighing import Weighed, closeness, coverage

    name, wanted = claim.value
    said = page(situation.message or "").about
    subject = claim.about | said
    best, source, words = -1, None, ""
    for one in evidence.stated(SORT):
        if one.claim.value[0] == name and (near := closeness(subject, one.about)) > best:
            best, source, words = near, one.source, one.claim.clause.text
    if best > 0:
        return Weighed("supported", source, words)
    share, nearest, sentence = coverage(wanted, evidence)
    if share >= 0.5 or not wanted:
        return Weighed("supported", nearest, sentence)
    return Weighed("absent", nearest or source, sentence or words)


def _states(clause: Clause) -> bool:
    return not (
        clause.question or clause.conditional or clause.instructs or clause.who == "person" or own_acts.own(clause)
    )


def _content(said: str) -> frozenset[str]:
    stems = (
        stem(one.text) for one in page(said).atoms if one.text not in STOP and len(one.text) > 1 and not one.number
    )
    return frozenset(one for one in stems if one not in _GENERIC)
