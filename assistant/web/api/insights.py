"""What the decisions say, as JSON and as CSV without anybody's name or words."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from assistant import insights
from assistant.insights import Decided, Figures
from assistant.web.desk import Desk
from assistant.web.insights_view import Numbers, Wanted
from assistant.web.people import needed

COLUMNS = (
    "day",
    "channel",
    "intent",
    "root_cause",
    "decision",
    "draft",
    "changed_share",
    "waited_hours",
    "in_time",
    "findings",
    "set_aside",
)
"""One row a decision. Who decided and which message it was are left out: figures of a person are told as a whole."""


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["insights"])
    numbers = Numbers(desk)

    @routes.get("/insights")
    def figures(request: Request, wanted: Annotated[Wanted, Query()]) -> Figures:
        """The figures of a period, a channel, an intent, or all."""
        needed(request, "insights")
        return insights.figures(_rows(numbers, wanted), numbers.outcomes())

    @routes.get("/insights.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
    def table(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
        """The same decisions one by one, for a spreadsheet."""
        needed(request, "insights")
        name = f"replywright-insights-{datetime.now(UTC):%Y-%m-%d}.csv"
        return Response(
            csv_of(_rows(numbers, wanted)),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return routes


def csv_of(rows: Iterable[Decided]) -> str:
    """Decisions as CSV with a byte order mark, as spreadsheets want it; no cell is taken for a formula."""
    from eval.audit.export import harmless

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in rows:
        waited = None if one.waited is None else round(one.waited.total_seconds() / 3600, 2)
        in_time = None if one.waited is None or one.due is None else "yes" if one.waited <= one.due else "no"
        share = None if one.edited_share is None else round(one.edited_share, 3)
        cells = (f"{one.at:%Y-%m-%d}", one.channel, one.intent, one.root_cause, one.decision, one.edit)
        aside = " ".join(rule for rule, _ in one.overrides)
        writer.writerow([harmless(cell) for cell in (*cells, share, waited, in_time, " ".join(one.rules), aside)])
    return "\ufeff" + out.getvalue()


def _rows(numbers: Numbers, wanted: Wanted) -> list[Decided]:
    since = wanted.since(datetime.now(UTC))
    return [one for one in numbers.decided() if wanted.takes(one) and (since is None or one.at >= since)]
