"""The bounded loop that mends a draft: safe fixes, then whatever a drafter can do better. Never a worse draft."""

from assistant.brand import Brand
from assistant.checking import check, length_of, situation_of
from assistant.context import CustomerContext
from assistant.drafting import Draft
from tone_rules.fix import apply_fixes
from tone_rules.measures import measure

MAX_ROUNDS = 3
"""A fix may make room for another; three rounds settle every chain of fixes seen."""


def checked(draft: Draft, context: CustomerContext, brand: Brand) -> Draft:
    """The draft with its findings, verdict, length and scores."""
    found = draft.with_report(check(draft.text, context, brand), length_of(draft.text, context, brand))
    return found.with_scores(measure(draft.text, situation_of(context, brand)))


def repair(draft: Draft, context: CustomerContext, brand: Brand) -> Draft:
    """Check a draft and apply its safe fixes, as long as each round makes it better by `merit`."""
    best = checked(draft, context, brand)
    for _ in range(MAX_ROUNDS):
        text = apply_fixes(best.text, best.findings)
        if text == best.text:
            break
        mended = checked(best.model_copy(update={"text": text}), context, brand)
        if (merit(mended), -len(mended.text)) <= (merit(best), -len(best.text)):
            break
        best = mended
    return best


def merit(draft: Draft) -> tuple[float, ...]:
    """What makes a draft better, most important first; larger is better, and what was not measured counts the same.

    Fewer blocking findings, fewer required rules that did not run, fewer errors, fewer warnings, higher helpfulness,
    higher tone, fewer suggestions.
    """
    findings = draft.findings
    return (
        -sum(one.blocking for one in findings),
        -sum(one.required for one in draft.not_run),
        -sum(one.level == "error" for one in findings),
        -sum(one.level == "warning" for one in findings),
        draft.helpfulness or 0.0,
        draft.tone or 0.0,
        -sum(one.level == "suggestion" for one in findings),
    )
