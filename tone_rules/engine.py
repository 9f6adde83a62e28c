"""The engine: every rule that applies, on one text."""

from collections.abc import Iterable, Iterator

from tone_rules.finding import Finding, Fix, NotRun, Report
from tone_rules.pack import Pack
from tone_rules.rule import Hit, Rule, said
from tone_rules.situation import Situation

MASK = "•••"
"""What a finding shows of a secret: always the same, so that not even its length is told."""


_TOO_LONG = "a pattern of this rule took too long on this text and was cut off; make it simpler"


def check(text: str, packs: Pack | Iterable[Pack], situation: Situation | None = None) -> Report:
    """Check a reply.

    Args:
        text: the reply.
        packs: one pack or several; a rule that its `when` does not fit is passed over.
        situation: what is known around the reply.

    Returns:
        Findings by their place in the text, rules that did not run, and the verdict that follows from both.
    """
    around = situation or Situation()
    findings: list[Finding] = []
    not_run: list[NotRun] = []
    for pack in [packs] if isinstance(packs, Pack) else packs:
        for rule in pack.rules:
            try:
                if rule.definition.when.fits(around):
                    findings.extend(_findings(rule, text, around))
            except TimeoutError:
                not_run.append(NotRun(rule=rule.id, reason=_TOO_LONG, required=rule.required))
    findings.sort(key=lambda one: (one.start, one.end, one.rule, one.message))
    return Report.of(tuple(findings), tuple(not_run))


def _findings(rule: Rule, text: str, situation: Situation) -> Iterator[Finding]:
    definition = rule.definition
    for number, hit in enumerate(definition.find(text, situation), 1):
        if definition.limit and number > definition.limit:
            return
        yield _finding(rule, text, hit)


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
        message=said(definition.message, _shown(rule, match, hit.arguments)),
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
