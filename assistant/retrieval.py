"""Which passages answer: full text and vectors together, weighted as fitted on questions with known answers."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.kind_of_answer import kind_of_answer
from assistant.matching import Matching
from assistant.passages import Passage
from assistant.product_names import Names
from assistant.waits import fits, lasted, run_out
from assistant.words import distinct, is_trade, situation_terms, terms_of
from tone_rules.value import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

CONTEXT_WEIGHT = 0.4
"""A word of the message outside the question counts less than one inside."""
CARE_WEIGHT = 1.5
"""A word of the trade ("swap", "refund", "zip") says more about what is wanted than a product's name."""
MEANT = 0.7
"""What a word counts that nobody wrote and the situation suggests."""
STRANGE = 0.6
"""What a word counts, of the rarest word's weight, that no passage knows."""
BODY, HEAD, ARTICLE = 1.0, 0.8, 0.4
"""What a match counts in the passage's own text, in its title or heading, elsewhere in its article."""
FEW = 20
"""Passages from which on what they share is told from what each of them says."""
_MET = 0.5
"""From here on a word counts as met."""

RANKING = (
    *("covered", "body", "head", "article", "bm25", "like_body", "like_whole", "like_head"),
    *("context", "kind_of_answer", "first", "policy", "other_product", "lasted"),
)
"""What ranks a passage, each 0 to 1 (`lasted` from -1); in the order of the weights."""
TRUSTING = (
    "score",
    "ahead",
    "covered",
    "body",
    "like",
    "strange",
    "matched",
    "mass",
    "rarest",
    "head",
    "article",
    "bm25",
    "nearest",
    "agree",
    "single",
)
"""What decides whether the best passage is an answer at all."""


class Hit(Value):
    """A passage that a search found."""

    passage: Passage
    score: float
    """Higher is better; comparable within one search."""
    trust: float
    """How likely it is that the passage answers, 0 to 1."""
    coverage: float
    """The share, 0 to 1, of the question's words (weighted by rarity) that the passage meets, or its title."""
    matched: int
    """How many different words of question and context stand in the passage itself, its title or heading."""
    words: tuple[str, ...] = ()
    """Those words, less the names of products; a button's name that is a word of the trade counts."""


class Question(NamedTuple):
    """What is looked for."""

    ask: str
    context: str = ""
    """The rest of the message."""
    share: float = CONTEXT_WEIGHT
    """What a word of the context counts, 0 to 1."""


class Found(NamedTuple):
    """The numbers of one search."""

    ranking: "Matrix"
    """Passages by `RANKING`."""
    scores: "NDArray[np.float64]"
    covered: "Matrix"
    matched: "NDArray[np.intp]"
    order: "NDArray[np.intp]"
    """Rows, best first."""
    terms: Sequence[str]
    own: "Matrix"
    """How well each term is met by each passage."""
    trusting: "NDArray[np.float64]"
    """`TRUSTING` of the best row."""


class Index:
    """Searches passages."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Index `passages`."""
        self.passages = tuple(passages)
        self._matching = Matching(self.passages)
        self._vectors = _vectors(self.passages)
        self._names = Names(self.passages)
        articles: dict[str, int] = {}
        self._article = [articles.setdefault(one.article, len(articles)) for one in self.passages]

    def close(self) -> None:
        """Free the tables."""
        self._matching.close()

    def search(self, ask: str, context: str = "", limit: int = 5, *, share: float = CONTEXT_WEIGHT) -> list[Hit]:
        """The best passages for a question, best first; none where no word of it is met.

        Args:
            ask: what is asked.
            context: the rest of the message.
            limit: at most so many.
            share: what a word of the context counts, 0 to 1.
        """
        found = self.found(Question(ask, context, share))
        if found is None:
            return []
        trust = _likely(found.trusting)
        best = float(found.scores[found.order[0]])
        return [
            Hit(
                passage=self.passages[row],
                score=float(found.scores[row]),
                trust=trust * math.exp(min(float(found.scores[row]) - best, 0.0)),
                coverage=float(found.covered[row]),
                matched=int(found.matched[row]),
                words=self._words(found, row),
            )
            for row in map(int, found.order[:limit])
            if found.matched[row]
        ]

    def _words(self, found: Found, row: int) -> tuple[str, ...]:
        met = (term for place, term in enumerate(found.terms) if found.own[place, row] >= _MET)
        return tuple(term for term in met if is_trade(term) or not self._names.holds(term))

    def is_name(self, word: str) -> bool:
        """Whether a word is the name of a product."""
        return self._names.holds(word)

    def holds(self, word: str) -> bool:
        """Whether a passage, its title or heading holds a word or one that means the same."""
        return self.count(word, title=True) > 0

    def count(self, word: str, *, title: bool = False) -> int:
        """How many passages hold a word or one that means the same, in their text or, where asked for, their title."""
        terms = terms_of(word)
        if not terms:
            return 0
        met, _ = self._matching.matches(terms)
        held = (met["body"] >= _MET) | (met["head"] >= _MET) if title else met["body"] >= _MET
        return int(held.any(axis=0).sum())

    def found(self, question: Question) -> Found | None:
        """The numbers behind a search; None where no word is met."""
        import numpy as np

        if not self.passages:
            return None
        weighed = {
            **self._meant(question.context, question.share),
            **self._meant(question.ask, 1.0),
            **dict.fromkeys(terms_of(question.context), question.share),
            **dict.fromkeys(terms_of(question.ask), 1.0),
        }
        terms = distinct(sorted(weighed, key=lambda term: -weighed[term]))
        if not terms:
            return None
        met, ranks = self._matching.matches(terms)
        body, head = met["body"] * BODY, met["head"] * HEAD
        own = np.maximum(body, head)
        wide = self._wide(own)
        rarity = self._rarity(own)
        in_ask = np.array([weighed[term] == 1.0 for term in terms])
        weights = np.array([weighed[term] * (CARE_WEIGHT if is_trade(term) else 1.0) for term in terms]) * rarity
        asked = weights
        total = float(asked.sum())
        full = np.maximum(own, wide * ARTICLE)
        covered = (asked @ full / total).astype(np.float32)
        told = weights * ~in_ask
        scored = weights @ ranks
        columns = {
            "covered": covered,
            "body": asked @ body / total,
            "head": asked @ head / total,
            "article": asked @ wide / total,
            "bm25": scored / max(float(scored.max()), 1e-6),
            "context": told @ full / float(told.sum()) if told.sum() else np.zeros(len(self.passages)),
            "kind_of_answer": kind_of_answer(question.ask, self.passages),
            "first": np.array([one.order == 0 for one in self.passages]),
            "policy": np.array([one.kind == "policy" for one in self.passages]),
            "other_product": self._names.other(question.context or question.ask),
            "lasted": self._lasted(question.context or question.ask),
            **self._like(question),
        }
        ranking = np.stack([columns[name] for name in RANKING], axis=1).astype(np.float32)
        scores = ranking @ np.array([_weights()["ranking"].get(name, 0.0) for name in RANKING])
        matched = (own >= _MET).sum(axis=0)
        scores = np.where(matched > 0, scores, -50.0)
        order = np.argsort(-scores, kind="stable")
        if not matched[order[0]]:
            return None
        trusting = self._trusting(ranking, scores, order, own, asked)
        return Found(ranking, scores, covered, matched, order, terms, own, trusting)

    def _meant(self, text: str, share: float) -> dict[str, float]:
        """The words that a situation suggests, as far as any passage holds them."""
        return {term: share * MEANT for term in situation_terms(text) if self.holds(term)}

    def _trusting(self, ranking: "Matrix", scores: Any, order: Any, own: Any, asked: Any) -> "NDArray[np.float64]":
        import numpy as np

        best = int(order[0])
        other = next((row for row in map(int, order) if self._article[row] != self._article[best]), None)
        ahead = float(scores[best] - scores[other]) if other is not None and scores[other] > -50 else 5.0
        value = {name: float(ranking[best, place]) for place, name in enumerate(RANKING)}
        beside = [row for row, article in enumerate(self._article) if article == self._article[best]]
        known = own.max(axis=1) >= _MET
        total = float(asked.sum())
        rarest = int(np.argmax(asked))
        columns = {
            "score": float(scores[best]) / 10,
            "ahead": min(ahead, 5.0) / 5,
            "covered": value["covered"],
            "body": value["body"],
            "like": max(value["like_body"], value["like_whole"]),
            "strange": float(asked[~known].sum()) / total,
            "matched": min(int((own[:, best] >= _MET).sum()), 5) / 5,
            "mass": min(float((asked * own[:, best]).sum()), 20) / 20,
            "rarest": float(own[rarest, best]),
            "head": value["head"],
            "article": value["article"],
            "bm25": value["bm25"],
            "nearest": value["like_whole"]
            - float(np.delete(ranking[:, RANKING.index("like_whole")], beside).max(initial=-1)),
            "agree": self._agreement(ranking, best),
            "single": float((own[:, best] >= _MET).sum() < 2),
        }
        return np.array([columns[name] for name in TRUSTING])

    def _agreement(self, ranking: "Matrix", best: int) -> float:
        """The share of the measures of likeness and of words by which the best row's article comes first."""
        firsts = [
            self._article[int(ranking[:, RANKING.index(name)].argmax())] == self._article[best]
            for name in ("like_body", "like_whole", "like_head", "covered", "bm25")
        ]
        return sum(firsts) / len(firsts)

    def _wide(self, own: "Matrix") -> "Matrix":
        """For each term and passage the best match in the passage's article."""
        import numpy as np

        article = np.array(self._article)
        found = np.zeros((own.shape[0], article.max() + 1), np.float32)
        for number in range(own.shape[0]):
            np.maximum.at(found[number], article, own[number])
        wide: Matrix = found[:, article]
        return wide

    def _rarity(self, own: "Matrix") -> "Matrix":
        """The weight of each term: the fewer passages meet it, the more it says; unknown ones say a little less."""
        import numpy as np

        size = len(self.passages)
        counts = (own >= _MET).sum(axis=1)
        rarity = np.log1p((size - counts + 0.5) / (counts + 0.5)) + 0.5
        most = math.log1p(size - 0.5) + 0.5
        weights: Matrix = np.where(counts == 0, STRANGE * most, np.minimum(rarity, most)).astype(np.float32)
        return weights

    def _lasted(self, message: str) -> "Matrix":
        """How well the time from which each passage holds fits what lasted; -1 where its usual time has run out."""
        import numpy as np

        if not lasted(message):
            return np.zeros(len(self.passages), np.float32)
        return np.array([fits(one.text, message) - run_out(one.text, message) for one in self.passages], np.float32)

    def _like(self, question: Question) -> "dict[str, Matrix]":
        from tone_rules.vectors import vector

        asked = vector(question.ask) if len(question.ask.split()) > 3 else vector(f"{question.ask} {question.context}")
        return {name: of_passages @ _unit(asked - usual) for name, (of_passages, usual) in self._vectors.items()}


def _vectors(passages: Sequence[Passage]) -> "dict[str, tuple[Matrix, Matrix]]":
    """The passages' vectors less what all of them share, which says nothing, and that shared part."""
    import numpy as np

    from tone_rules.vectors import vectors

    texts = {
        "like_body": [one.text for one in passages],
        "like_whole": [f"{one.title}. {one.heading}. {one.text}" for one in passages],
        "like_head": [f"{one.title}. {one.heading}" for one in passages],
    }
    found = {}
    for name, said in texts.items():
        rows = vectors(said)
        usual = rows.mean(axis=0) * min(len(rows) / FEW, 1.0) if len(rows) else np.zeros(rows.shape[1], np.float32)
        found[name] = (_unit(rows - usual), usual)
    return found


def _unit(rows: "Matrix") -> "Matrix":
    import numpy as np

    found: Matrix = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-6)
    return found


@cache
def _weights() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(files("assistant").joinpath("retrieval.json").read_text("utf-8"))
    return found


def _likely(trusting: "NDArray[np.float64]") -> float:
    weights = _weights()["trusting"]
    value = weights["bias"] + sum(weights.get(name, 0.0) * one for name, one in zip(TRUSTING, trusting, strict=True))
    return 1 / (1 + math.exp(-value))
