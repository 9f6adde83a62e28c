"""The scorers that ship, one file each. A new one is a new file and a line here."""

from eval.score import Scorer
from eval.scorers.facts import Facts
from eval.scorers.judge import JudgeScorer
from eval.scorers.labels import Labels
from eval.scorers.measures import Measures
from eval.scorers.ranking import Ranking
from eval.scorers.rules import Rules
from eval.scorers.triage import TriageScorer
from eval.scorers.verdict import VerdictScorer
from eval.suite import Suite

__all__ = [
    "Facts",
    "JudgeScorer",
    "Labels",
    "Measures",
    "Ranking",
    "Rules",
    "TriageScorer",
    "VerdictScorer",
    "default_scorers",
    "scorers_of",
]


def default_scorers() -> tuple[Scorer, ...]:
    """What a run is scored by where nothing else is asked for."""
    return (TriageScorer(), Rules(), Facts(), Measures())


def scorers_of(suite: Suite) -> tuple[Scorer, ...]:
    """The same, and what else the suite's cases ask for: raters' marks, verdicts on replies, replies in order."""
    asked: list[Scorer] = []
    if any(case.labels for case in suite.cases):
        asked.append(Labels.of(suite))
    if any(case.expect.verdict is not None for case in suite.cases):
        asked.append(VerdictScorer())
    if any(case.expect.better_than for case in suite.cases):
        asked.append(Ranking())
    return (*default_scorers(), *asked)
