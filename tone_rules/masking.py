"""Secrets that the findings of one check know of, kept out of what is shown around them."""

from collections.abc import Iterable, Sequence

from tone_rules.finding import Finding

BLOT = "\N{FULL BLOCK}"


class Masked:
    """A text as it may be shown: what a sensitive rule matched is blotted out, in other rules' findings too."""

    def __init__(self, text: str, findings: Iterable[Finding]) -> None:
        """Take the text that was checked and all that was found in it."""
        secret = [(one.start, one.end) for one in findings if _is_masked(one, text)]
        self._original = text
        self._words: Sequence[str] = sorted({text[start:end] for start, end in secret}, key=len, reverse=True)
        self.text = text
        """As long as the original, so that every offset still holds."""
        for start, end in secret:
            self.text = self.text[:start] + BLOT * (end - start) + self.text[end:]

    def match(self, finding: Finding) -> str:
        """What a finding of this text matched, as far as it may be shown."""
        if _is_masked(finding, self._original):
            return finding.match
        return short(self.text[finding.start : finding.end])

    def message(self, finding: Finding) -> str:
        """What a finding of this text says, as far as it may be shown."""
        message, match = finding.message, self.match(finding)
        if match != finding.match:
            message = message.replace(finding.match, match)
        for word in self._words:
            message = message.replace(word, BLOT)
        return message

    def finding(self, finding: Finding) -> Finding:
        """A finding of this text, as far as it may be shown."""
        match, message = self.match(finding), self.message(finding)
        if (match, message) == (finding.match, finding.message):
            return finding
        return finding.model_copy(update={"match": match, "message": message})


def short(text: str) -> str:
    """A text whose blots don't tell how long the secret is."""
    while BLOT * 2 in text:
        text = text.replace(BLOT * 2, BLOT)
    return text


def _is_masked(finding: Finding, text: str) -> bool:
    return finding.match != text[finding.start : finding.end]
