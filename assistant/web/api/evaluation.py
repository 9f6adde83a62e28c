"""Runs for other programs, and a run or a comparison as one HTML file."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from assistant.web.desk import Desk
from assistant.web.evaluation.running import State
from assistant.web.people import needed
from tone_rules.value import Value

Name = Annotated[str, Query(max_length=160)]


class RunTold(Value):
    """One run, summed up."""

    name: str
    suite: str
    started_at: str
    state: str
    """What its gate says: ok, failed or incomplete."""
    cases: int
    passed: int
    failed: int
    incomplete: int


class Going(Value):
    """How far the last run that was started here is."""

    name: str
    state: State
    done: int
    of: int
    why: str


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["evaluation"])

    @routes.get("/evaluation/runs")
    def runs(request: Request) -> list[RunTold]:
        """The newest runs."""
        needed(request, "evaluate")
        return [
            RunTold(
                name=one.name,
                suite=one.run.header.suite,
                started_at=one.run.header.started_at.isoformat(),
                state=one.verdict.state,
                cases=one.summary.total.cases,
                passed=one.summary.total.passed,
                failed=one.summary.total.failed,
                incomplete=one.summary.total.incomplete,
            )
            for one in desk.shelf.runs()[0]
            if one.run and one.summary and one.verdict
        ]

    @routes.get("/evaluation/running")
    def running(request: Request) -> Going | None:
        """How far the last run that was started here is; null before the first."""
        needed(request, "evaluate")
        now = desk.runner.progress
        return Going(name=now.name, state=now.state, done=now.done, of=now.of, why=now.why) if now else None

    @routes.get("/evaluation/report", response_class=Response, responses={200: {"content": {"text/html": {}}}})
    def report(request: Request, run: Name, other: Name = "") -> Response:
        """A run as one file that opens from disk and asks nobody for anything; with `other`, both side by side."""
        needed(request, "evaluate")
        page = desk.shelf.diff(run, other) if other else desk.shelf.report(run)
        # As a file to keep: opened here it would be a page of ours. The page shows it in a frame without rights.
        headers = {"Content-Disposition": 'attachment; filename="report.html"'}
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)

    return routes
