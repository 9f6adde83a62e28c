"""Applying what may be applied without asking."""

from collections.abc import Iterable

from tone_rules.finding import Finding


def apply_fixes(text: str, findings: Iterable[Finding]) -> str:
    """The text with every safe fix of these findings applied; of two that overlap the earlier, then the longer, counts.

    A finding whose place no longer holds what it matched is passed over: it was made for another text.
    """
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
