"""Reports of a run, one file a format. A new one is a new file and a line here."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eval.comparison import Comparison
from eval.gate import GateVerdict
from eval.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.judge.duel import Duel

Format = Literal["text", "json", "markdown", "html", "junit", "sarif"]
FORMATS: tuple[Format, ...] = ("text", "json", "markdown", "html", "junit", "sarif")


def render(format: Format, run: Run, verdict: GateVerdict) -> str:  # noqa: A002 - named as the option is
    """A run in one format."""
    return str(import_module(f"eval.reports.{format}").render(run, verdict))


def write(format: Format, run: Run, verdict: GateVerdict, folder: Path) -> Path:  # noqa: A002 - as above
    """Write `report` with the format's suffix into a folder, which is made where it is missing.

    Raises:
        OSError: it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"report{import_module(f'eval.reports.{format}').SUFFIX}"
    path.write_text(render(format, run, verdict), encoding="utf-8")
    return path


def write_all(run: Run, verdict: GateVerdict, folder: Path) -> tuple[Path, ...]:
    """Write every format into a folder.

    Raises:
        OSError: one can't be written.
    """
    return tuple(write(one, run, verdict, folder) for one in FORMATS)


def write_diff(found: Comparison, folder: Path, duels: "Sequence[Duel]" = ()) -> Path:
    """Write `diff.html`, with what a judge prefers, into a folder, which is made where it is missing.

    Raises:
        OSError: it can't be written.
    """
    from eval.reports.html import render_diff

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "diff.html"
    path.write_text(render_diff(found, duels), encoding="utf-8")
    return path
