"""The bounded loop that mends drafts: safe fixes, then rewrites told the findings. Never a worse draft."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.brand import Brand
from assistant.checking import check, length_of, situation_of
from assistant.context import CustomerContext
from assistant.drafting import Draft, ModelDrafter, Request, Written
from tone_rules.fix import apply_fixes
from tone_rules.measures import measure

if TYPE_CHECKING:
    from tone_rules.judging import Judge

MAX_ROUNDS = 3
"""A fix may make room for another; three rounds settle every chain of fixes seen."""


def checked(draft: Draft, context: CustomerContext, brand: Brand, judge: "Judge | None" = None) -> Draft:
    """The draft with its findings, verdict, length and scores."""
    report = check(draft.text, context, brand, judge=judge)
    found = draft.with_report(report, length_of(draft.text, context, brand))
    return found.with_scores(measure(draft.text, situation_of(context, brand)))


def repair(draft: Draft, context: CustomerContext, brand: Brand, judge: "Judge | None" = None) -> Draft:
    """Check a draft and apply its safe fixes, as long as each round makes it better by `merit`."""
    best = checked(draft, context, brand, judge)
    for _ in range(MAX_ROUNDS):
        text = apply_fixes(best.text, best.findings)
        if text == best.text:
            break
        mended = checked(best.model_copy(update={"text": text}), context, brand, judge)
        if not _better(mended, best):
            break
        best = mended
    return best


def mend(
    written: Written,
    drafter: ModelDrafter,
    request: Request,
    context: CustomerContext,
    brand: Brand,
    judge: "Judge | None" = None,
) -> Written:
    """Repair drafts, and send those that break rules back to the model that wrote them, told their findings.

    Rewrites are bounded by the request's budget: how often, how long, how many tokens. Of each draft the best version
    by `merit` comes back, checked; one that the drafter's model did not write is repaired and not sent back.
    """
    best = [repair(draft, context, brand, judge) for draft in written.drafts]
    latest: list[Draft | None] = [one if one.drafter == drafter.name else None for one in best]
    account = written.account
    for _ in range(request.budget.rewrites):
        wrong = [(place, one) for place, one in enumerate(latest) if one is not None and _breaks(one)]
        if not wrong or not request.budget.allows(account.usage):
            break
        again = drafter.rewrite([one for _, one in wrong], request)
        account += again.account
        latest = [None] * len(best)
        for number, draft in zip(again.places, again.drafts, strict=True):
            place = wrong[number][0]
            latest[place] = tried = repair(draft, context, brand, judge)
            if _better(tried, best[place]):
                best[place] = tried
    return written.model_copy(update={"drafts": tuple(best), "account": account})


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


def passing(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts that may be published."""
    return tuple(one for one in drafts if one.verdict == "pass")


def _better(draft: Draft, other: Draft) -> bool:
    return (merit(draft), -len(draft.text)) > (merit(other), -len(other.text))


def _breaks(draft: Draft) -> bool:
    return any(one.blocking or one.level != "suggestion" for one in draft.findings)
