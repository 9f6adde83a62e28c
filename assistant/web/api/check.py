"""Check and score a text, as `replywright check` and `score` do a line."""

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.brand import Brand
from assistant.line_check import LineCheck
from assistant.lines import CheckLine, CheckResult, ScoreLine, ScoreResult
from assistant.scoring import score
from assistant.web.desk import Desk


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["check"])

    @routes.post("/check", response_model=CheckResult)
    async def check(line: CheckLine) -> Response:
        """Check an exact text against the brand's rules."""
        return await desk.checkers.answer("check", _checked, line)

    @routes.post("/score", response_model=ScoreResult)
    async def score_reply(line: ScoreLine) -> Response:
        """Score a reply for tone and, where the message is given, helpfulness."""
        return await desk.checkers.answer("check", _scored, line)

    return routes


def _checked(brand: Brand, line: CheckLine) -> CheckResult:
    return LineCheck(brand)(line)


def _scored(_: Brand, line: ScoreLine) -> ScoreResult:
    return score(line)
