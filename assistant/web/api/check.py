"""Check and score a text, as `replywright check` and `score` do a line."""

from fastapi import APIRouter

from assistant.line_check import LineCheck
from assistant.lines import CheckLine, CheckResult, ScoreLine, ScoreResult
from assistant.scoring import score
from assistant.web.desk import Desk


def router(desk: Desk) -> APIRouter:
    """The routes for one desk."""
    routes = APIRouter(tags=["check"])

    @routes.post("/check", dependencies=[desk.turns.during("check")])
    def check(line: CheckLine) -> CheckResult:
        """Check an exact text against the brand's rules."""
        return LineCheck(desk.brand)(line)

    @routes.post("/score", dependencies=[desk.turns.during("check")])
    def score_reply(line: ScoreLine) -> ScoreResult:
        """Score a reply for tone and, where the message is given, helpfulness."""
        return score(line)

    return routes
