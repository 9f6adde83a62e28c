"""A chat model as judge: rubrics, votes, pairs in both orders, and cassettes that replay its answers offline."""

from eval.judge.cassette import Cassette, RecordedModel
from eval.judge.judge import Judge, Rating
from eval.judge.pair import Preference
from eval.judge.rubric import Rubric, chosen, rubrics
from eval.judge.subject import Subject

__all__ = [
    "Cassette",
    "Judge",
    "Preference",
    "Rating",
    "RecordedModel",
    "Rubric",
    "Subject",
    "Vote",
    "chosen",
    "rubrics",
]
