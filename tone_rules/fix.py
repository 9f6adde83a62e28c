"""Applying what may be applied without asking."""

from collections.abc import Callable, Iterable

from tone_rules.finding import Finding, Report


def apply_fixes(text: str, findings: Iterable[Finding], check: Callable[[str], Report] | None = None) -> str:
    """The text with the safe fixes of these findings applied; of two that overlap the earlier, then the longer, counts.

    A finding whose place no longer holds what it matched is passed over: it was made for another text.

    Args:
        text: the text that was checked.
        findings: what was found in it.
        check: how a text is checked. With it, fixes are applied, together or else one by one, for as long as each step
            leaves fewer blocking findings, or as many and fewer findings in all: none makes a text worse, and once no
            step is left, applying them again changes nothing.
    """
    findings = tuple(findings)
    if check is None:
        return _applied(text, findings)
    standing = _worth(Report.of(findings))
    while True:
        fixable = [one for one in findings if one.fix is not None and one.fix.safe]
        for chosen in (fixable, *([one] for one in fixable)):
            tried = _applied(text, chosen)
            if tried == text:
                continue
            report = check(tried)
            if _worth(report) < standing:
                text, findings, standing = tried, report.findings, _worth(report)
                break
        else:
            return text


def _applied(text: str, findings: Iterable[Finding]) -> str:
    fixes = [
        (one.fix.start, -one.fix.end, one.rule, one.fix.replacement)
        for one in findings
        if one.fix is not None and one.fix.safe and text[one.start : one.end] == one.match
    ]
    parts: list[str] = []
    at = 0
    for start, minus_end, _, replacement in sorted(set(fixes)):
        if start >= at and -minus_end <= len(text):
            parts += [text[at:start], replacement]
            at = -minus_end
    return "".join(parts) + text[at:]


def _worth(report: Report) -> tuple[int, int, int, int]:
    """How much is wrong; smaller is better."""
    return (
        sum(one.blocking for one in report.findings),
        sum(one.required for one in report.not_run),
        sum(one.level == "error" for one in report.findings),
        len(report.findings),
    )
