"""The scorers that ship, one file each. A new one is a new file and a line here."""

from eval.score import Scorer
from eval.scorers.facts import Facts
from eval.scorers.labels import Labels
from eval.scorers.measures import Measures
from eval.scorers.rules import Rules
from eval.scorers.triage import TriageScorer
from eval.suite import Suite

__all__ = ["Facts", "Labels", "Measures", "Rules", "TriageScorer", "default_scorers", "scorers_of"]


def default_scorers() -> tuple[Scorer, ...]:
    """What a run is scored by where nothing else is asked for."""
    return (TriageScorer(), Rules(), Facts(), Measures())


def scorers_of(suite: Suite) -> tuple[Scorer, ...]:
    """The same, and the raters' marks where the suite has any."""
    return (*default_scorers(), Labels.of(suite)) if any(case.labels for case in suite.cases) else default_scorers()
