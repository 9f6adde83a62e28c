"""The scorers that ship, one file each. A new one is a new file and a line here."""

from eval.score import Scorer
from eval.scorers.facts import Facts
from eval.scorers.rules import Rules
from eval.scorers.triage import TriageScorer

__all__ = ["Facts", "Rules", "TriageScorer", "default_scorers"]


def default_scorers() -> tuple[Scorer, ...]:
    """What a run is scored by where nothing else is asked for."""
    return (TriageScorer(), Rules(), Facts())
