"""A run, or two compared, as one HTML file that opens from disk and asks no server for anything."""

from collections.abc import Sequence
from typing import Any

from eval.comparison import Comparison
from eval.gate import GateVerdict
from eval.judge.duel import Duel
from eval.reports.figures import spent
from eval.reports.html.cases import cases_of
from eval.reports.html.pairs import pairs_of
from eval.reports.html.plots import difference_plot, histogram, mean_plot, scale, share_bar
from eval.reports.standalone import standalone, text_of
from eval.run import Run
from eval.summary import scores_of, summarise

SUFFIX = ".html"


def render(run: Run, verdict: GateVerdict) -> str:
    """The report of a run: the verdict, every dimension with its interval and spread, and all cases, worst first."""
    summary = summarise(run)
    held = {check.name: check for check in verdict.checks}
    rows: list[dict[str, Any]] = [
        {
            "tally": one,
            "plot": mean_plot(one.mean, one.mean_interval, advisory=one.advisory),
            "spread": histogram(_values(run, one.name)),
            "check": held.get(one.name),
        }
        for one in summary.dimensions
    ]
    return _page(
        "run",
        {"kind": "run", "cases": cases_of(run)},
        run=run,
        verdict=verdict,
        summary=summary,
        spent=spent(summary),
        deciding=[row for row in rows if not row["tally"].advisory],
        advisory=[row for row in rows if row["tally"].advisory],
        tags=[(one, share_bar(one)) for one in summary.tags],
        total=share_bar(summary.total),
        axis=scale(("0", "0.5", "1")),
    )


def render_diff(found: Comparison, duels: Sequence[Duel] = ()) -> str:
    """Two runs beside each other: the word, each dimension's difference, what a judge prefers, and each pair."""
    widest = max(
        (abs(edge) for one in found.changes if one.interval for edge in (one.interval.low, one.interval.high)),
        default=1.0,
    )
    reach = next((one for one in (0.05, 0.1, 0.2, 0.5, 1.0) if one >= widest), 1.0)
    rows = [(one, difference_plot(one.difference, one.interval, reach, one.word)) for one in found.changes]
    return _page(
        "diff",
        {"kind": "diff", "cases": pairs_of(found, duels)},
        found=found,
        duels=duels,
        deciding=[row for row in rows if not row[0].advisory],
        advisory=[row for row in rows if row[0].advisory],
        axis=scale((f"−{reach:g}", "0", f"+{reach:g}")),
    )


def _page(template: str, data: dict[str, Any], **values: Any) -> str:
    """A page whose cases a script shows.

    They are JSON in a block that no browser runs, with `<`, `>`, `&` and `'` escaped, so that no text can end the
    block. The script writes it as text and never as HTML.
    """
    style, script = (text_of(__name__, f"report.{kind}") for kind in ("css", "js"))
    return standalone(__name__, template, styles=[style], script=script, data=data, **values)


def _values(run: Run, name: str) -> list[float]:
    return [one.value for scores in scores_of(run, name).values() for one in scores if one.value is not None]
