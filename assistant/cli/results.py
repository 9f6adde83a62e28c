"""Results of checked replies in each of the formats that findings have."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from assistant.cli.findings import VERDICTS, print_findings
from assistant.cli.lines import Source
from assistant.cli.options import FindingsFormat
from assistant.cli.terminal import Output, note
from assistant.lines import CheckLine, CheckResult
from tone_rules.masking import Masked
from tone_rules.pack import Pack
from tone_rules.sarif import Sarif


class Results(Protocol):
    """Writes the results of a check as they come."""

    def show(self, source: Source, line: CheckLine, result: CheckResult) -> None:
        """One result, of the line that was read last from `source`."""

    def bad(self, count: int) -> None:
        """So many lines could not be read; each was told already."""


@contextmanager
def results_writer(output_format: FindingsFormat, packs: Iterable[Pack]) -> Iterator[Results]:
    """The writer for a format; `packs` are those that every line is checked against."""
    output = Output()
    match output_format:
        case FindingsFormat.text:
            yield _Text(output)
        case FindingsFormat.json:
            yield _Json(output)
        case FindingsFormat.line:
            yield _Lines(output)
        case FindingsFormat.sarif:
            with sarif_document(output, packs) as sarif:
                yield _Sarif(sarif)


def sarif_document(output: Output, packs: Iterable[Pack]) -> Sarif:
    """A SARIF document on standard output, with the rules of these packs described."""
    from importlib.metadata import version

    return Sarif(output.json, (rule for pack in packs for rule in pack.rules), version("replywright"))


class _Text:
    def __init__(self, output: Output) -> None:
        self._output = output

    def show(self, source: Source, line: CheckLine, result: CheckResult) -> None:
        del source
        self._output.line(f"{result.id}  ", (result.verdict, VERDICTS[result.verdict]))
        print_findings(self._output, line.reply, result.findings, result.not_run)

    def bad(self, count: int) -> None:
        pass


class _Json:
    def __init__(self, output: Output) -> None:
        self._output = output

    def show(self, source: Source, line: CheckLine, result: CheckResult) -> None:
        del source
        shown = Masked(line.reply, result.findings)
        findings = tuple(shown.finding(one) for one in result.findings)
        self._output.json(result.model_copy(update={"findings": findings}))

    def bad(self, count: int) -> None:
        pass


class _Lines:
    """The line is that of the file; the column counts characters of the reply in it, from 1."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def show(self, source: Source, line: CheckLine, result: CheckResult) -> None:
        shown = Masked(line.reply, result.findings)
        for one in result.findings:
            message = " ".join(shown.message(one).split())
            self._output.line(f"{source.name}:{source.number}:{one.start + 1}:{one.rule}:{message}")
        for missed in result.not_run:
            note(f"{source.name}:{source.number}: not run: {missed.rule}: {missed.reason}")

    def bad(self, count: int) -> None:
        pass


class _Sarif:
    """The region is the line of the file; where in the reply it is stands among the properties."""

    def __init__(self, sarif: Sarif) -> None:
        self._sarif = sarif

    def show(self, source: Source, line: CheckLine, result: CheckResult) -> None:
        shown = Masked(line.reply, result.findings)
        for one in result.findings:
            self._sarif.result(
                one.rule,
                one.level,
                shown.message(one),
                source.name,
                {"startLine": source.number},
                within=result.id,
                properties={"start": one.start, "end": one.end, "blocking": one.blocking},
            )
        for missed in result.not_run:
            told = f"{missed.rule} was not run: {missed.reason}"
            self._sarif.note(told, rule=missed.rule, incomplete=missed.required)

    def bad(self, count: int) -> None:
        if count:
            self._sarif.note(f"{count:,} lines could not be read")
