"""The engine: every rule that applies, on one text."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tone_rules.blocks import Blocks
from tone_rules.finding import Finding, Fix, NotRun, Report
from tone_rules.masking import Masked
from tone_rules.pack import Pack
from tone_rules.patterns import BUDGET, TIMEOUT, within
from tone_rules.quoting import quoted
from tone_rules.rule import Around, CouldNotRun, Hit, Rule, said
from tone_rules.screen import Screen, screen_of
from tone_rules.situation import Situation

if TYPE_CHECKING:
    from spacy.language import Language

    from tone_rules.judging import Judge

MASK = "•••"
"""What a finding shows of a secret: always the same, so that not even its length is told."""


_NOTHING_KNOWN = Situation()
_NOTHING: tuple[tuple[Finding, ...], tuple[NotRun, ...]] = ((), ())
_NOTHING_FOUND = Report.of(*_NOTHING)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_TOO_LONG = "a pattern of this rule took too long on this text and was cut off; make it simpler"


def check(
    text: str,
    packs: Pack | Iterable[Pack],
    situation: Situation | None = None,
    *,
    nlp: "Language | None" = None,
    judge: "Judge | None" = None,
) -> Report:
    """Check a reply.

    Args:
        text: the reply, as plain text.
        packs: one pack or several; a rule that its `when` does not fit is passed over.
        situation: what is known around the reply.
        nlp: a pipeline with Penn tags, for rules about parts of speech; the one of `tone_rules.language` otherwise.
        judge: who answers rules in plain words, such as a model; without one they do not run.

    Returns:
        Findings by their place in the text, rules that did not run, and the verdict that follows from both.
    """
    screen = screen_of((packs,) if isinstance(packs, Pack) else packs)
    found = examine(Blocks.plain(text), screen, Around(situation or _NOTHING_KNOWN, nlp, judge=judge))
    if found == _NOTHING:
        return _NOTHING_FOUND
    findings, not_run = found
    if any(one.match == MASK for one in findings):
        shown = Masked(text, findings)
        findings = tuple(shown.finding(one) for one in findings)
    return Report.of(findings, not_run)


def examine(
    blocks: Blocks, rules: Screen | Iterable[Rule], around: Around
) -> tuple[tuple[Finding, ...], tuple[NotRun, ...]]:
    """Run rules on a text that a reader of its format has cut into blocks.

    Args:
        blocks: the text.
        rules: the rules; a screen of them where they look at more than one text.
        around: what is known beside the text.

    Returns:
        Findings by their place in the text, and rules that did not run.
    """
    wanted = rules.candidates(blocks, around.situation) if isinstance(rules, Screen) else rules
    if not wanted:
        return _NOTHING
    findings: list[Finding] = []
    not_run: list[NotRun] = []
    with within(BUDGET) as clock:
        for rule in wanted:
            try:
                clock.restart(TIMEOUT)
                if rule.definition.when.fits(around.situation):
                    # to read the message for the first time takes a while, and is not the rule's fault
                    clock.restart(TIMEOUT)
                    findings.extend(_findings(rule, blocks, around))
            except TimeoutError:
                not_run.append(NotRun(rule=rule.id, reason=_TOO_LONG, required=rule.required))
            except CouldNotRun as reason:
                not_run.append(NotRun(rule=rule.id, reason=str(reason), required=rule.required))
    findings.sort(key=lambda one: (one.start, one.end, one.rule, one.message))
    not_run.sort(key=lambda one: one.rule)
    return tuple(findings), tuple(not_run)


def _findings(rule: Rule, blocks: Blocks, around: Around) -> Iterator[Finding]:
    definition = rule.definition
    hits: Iterable[Hit] = definition.search(blocks, around)
    if definition.density is not None:
        hits = _dense(list(hits), definition.density, blocks.text)
    theirs = () if rule.required or definition.sensitive else quoted(blocks.text, around.situation)
    if theirs:
        hits = (one for one in hits if not _inside(one, theirs))
    for number, hit in enumerate(hits, 1):
        if definition.limit and number > definition.limit:
            return
        yield _finding(rule, blocks.text, hit)


def _dense(hits: list[Hit], density: float, text: str) -> list[Hit]:
    return hits if len(hits) * 100 > density * len(_WORD.findall(text)) else []


def _inside(hit: Hit, spans: tuple[tuple[int, int], ...]) -> bool:
    return hit.start < hit.end and any(start <= hit.start and hit.end <= end for start, end in spans)


def _finding(rule: Rule, text: str, hit: Hit) -> Finding:
    definition = rule.definition
    match = text[hit.start : hit.end]
    fix = None
    if hit.replacement is not None and not definition.sensitive:
        fix = Fix(start=hit.start, end=hit.end, replacement=hit.replacement, safe=True)
    return Finding(
        rule=rule.id,
        level=definition.level,
        blocking=rule.blocking,
        start=hit.start,
        end=hit.end,
        match=MASK if definition.sensitive and match else match,
        message=said(definition.template, _shown(rule, match, hit.arguments)),
        fix=fix,
        suggestions=() if definition.sensitive else hit.suggestions,
        reference=definition.reference,
        compared_with=hit.compared_with,
    )


def _shown(rule: Rule, match: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """A message's arguments, with a mask for those that tell the match of a sensitive rule."""
    if not rule.definition.sensitive or not match:
        return arguments
    secret = match.casefold()
    return tuple(MASK if one and (secret in one.casefold() or one.casefold() in secret) else one for one in arguments)
