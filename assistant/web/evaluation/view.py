"""The Evaluation page as HTML: the runs, one of them or two side by side in a frame, and rating replies."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from assistant.brand import Brand
from assistant.web.evaluation.order import By, Order
from assistant.web.evaluation.running import Progress, Runner
from assistant.web.evaluation.shelf import MOST_LISTED, Shelf, Told
from assistant.web.people import Person
from assistant.web.views import render, shown
from tone_rules.value import Value

if TYPE_CHECKING:
    from eval.labelling import RaterAgreement
    from eval.probes import Pair

STATES: Mapping[str, str] = {"ok": "Gate passed", "failed": "Gate failed", "incomplete": "Incomplete"}
BY: Mapping[By, str] = {"own": "Each case’s own brand", "brand": "This brand", "past": "Past replies"}
SETS: Mapping[str, tuple[str, ...]] = {
    "overall": ("tone", "helpfulness"),
    "tone": ("tone", "empathy", "respect", "emotion_fit", "humanity"),
    "help": ("helpfulness", "addresses_issue", "next_step", "ownership", "non_deflection"),
}
"""What is rated in one go."""
SET_NAMES: Mapping[str, str] = {
    "overall": "Tone and helpfulness",
    "tone": "Tone in detail",
    "help": "Helpfulness in detail",
}


class Asked(Value):
    """What the page asks to see or to do; sent by the browser, so bounded and checked here."""

    view: Literal["runs", "run", "diff", "label"] = "runs"
    run: str = Field(default="", max_length=160)
    other: str = Field(default="", max_length=160)
    """With `diff`: the run that is asked about."""
    rate: Literal["overall", "tone", "help"] = "overall"
    act: Literal["", "start", "resume", "stop", "mark"] = ""
    order: Order | None = None
    id: str = Field(default="", max_length=500)
    """With `mark`: the case whose reply is rated."""
    marks: Mapping[str, int] = Field(default={}, max_length=20)
    number: int = Field(default=0, ge=0)
    """Counts up in a page with what it asks; given back, so that it can tell an older answer from the newest."""


def page_html(
    shelf: Shelf,
    runner: Runner,
    asked: Asked,
    person: Person,
    brand: Brand,
    said: str = "",
    problem: str = "",
    *,
    judges: bool = False,
) -> str:
    """The page below the bar.

    Args:
        shelf: the runs.
        runner: the one that is going on.
        asked: what is to be shown.
        person: who looks.
        brand: whose page it is.
        said: what came of what was asked for.
        problem: why nothing came of it.
        judges: whether a model is set up that may judge.
    """
    progress = runner.progress
    common = {"asked": asked, "said": said, "problem": problem, "progress": progress, "shown": shown}
    match asked.view:
        case "run":
            return render("evaluation_report", told=shelf.one(asked.run), **common)
        case "diff":
            return render("evaluation_report", told=None, **common)
        case "label":
            return render("evaluation_label", **common, **_labelling(shelf, asked, person))
    runs, total = shelf.runs()
    return render(
        "evaluation",
        **common,
        rows=[_row(one, progress) for one in runs],
        total=total,
        most=MOST_LISTED,
        suites=shelf.suites(),
        brand=brand,
        by=BY,
        folder=shelf.folder.name,
        judges=judges,
    )


def _row(told: Told, progress: Progress | None) -> dict[str, Any]:
    """One run as the list shows it."""
    from eval.reports.html.plots import share_bar

    running = progress is not None and progress.name == told.name and progress.state == "running"
    row: dict[str, Any] = {"name": told.name, "running": running, "problem": shown(told.problem), "order": told.order}
    if told.run is None or told.summary is None or told.verdict is None:
        return row
    total = told.summary.total
    header = told.run.header
    return row | {
        "suite": shown(header.suite),
        "at": header.started_at,
        "state": "running" if running else told.verdict.state,
        "word": "Running" if running else STATES[told.verdict.state],
        "passed": total.passed,
        "failed": total.failed,
        "incomplete": total.incomplete,
        "cases": total.cases,
        "interval": total.interval,
        "bar": share_bar(total),
        "missing": told.summary.missing,
        "by": _by(told.order),
        "why": shown(told.verdict.headline),
        "revision": (header.revision or "")[:8],
    }


def _by(order: Order | None) -> str:
    if order is None:
        return "From a log"
    by = shown(order.brand) if order.by == "brand" and order.brand else BY[order.by]
    judged = ", judged by the model" if order.votes else ""
    return f"{by}{judged}, by {shown(order.person)}" if order.person else f"{by}{judged}"


def _labelling(shelf: Shelf, asked: Asked, person: Person) -> dict[str, Any]:
    """The next reply to rate, how far this person is, and how far people agree."""
    from eval.labelling import DIMENSIONS

    wanted = SETS[asked.rate]
    pairs = shelf.pairs(asked.run)
    with shelf.rating:
        labels = shelf.labels()
        left = labels.left(pairs, person.name, wanted)
        raters = {name: sum(one.rater == name for one in labels.lines) for name in labels.raters()}
        agreement = labels.agreement()
    following: Pair | None = left[0] if left else None
    return {
        "pair": following,
        "number": len(pairs) - len(left) + 1,
        "of": len(pairs),
        "done": len(pairs) - len(left),
        "scales": [(name, _scale(DIMENSIONS[name])) for name in wanted],
        "sets": SET_NAMES,
        "raters": raters,
        "agreement": _agreement(agreement),
        "person": person,
    }


def _scale(meaning: str) -> dict[int, str]:
    """What the marks mean, by the mark: "1 blames · 3 a stock phrase · 5 names the impact"."""
    parts = [part.strip().partition(" ") for part in meaning.split("·")]
    return {int(mark): words for mark, _, words in parts if mark.isdecimal()}


def _agreement(found: "Sequence[RaterAgreement]") -> list[dict[str, Any]]:
    return [
        {
            "name": one.dimension.replace("_", " "),
            "n": one.n,
            "raters": one.raters,
            "spearman": one.spearman.value if one.spearman else None,
            "kappa": one.kappa.value if one.kappa else None,
            "alpha": one.alpha.value if one.alpha else None,
        }
        for one in found
    ]
