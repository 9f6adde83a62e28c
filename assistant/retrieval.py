"""Full-text search over passages: SQLite FTS5, Porter stems, BM25, and how much of the question is covered."""

import math
import sqlite3
import threading
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import regex
import yaml

from assistant.passages import Passage
from tone_rules.value import Value

TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT = 1.5, 1.5, 1.0
SYNONYM_WEIGHT = 0.5
"""A word that only means the same counts half."""
CONTEXT_WEIGHT = 0.4
"""A word of the message outside the question counts less than one inside."""

_ENDINGS = ("s", "es", "ed", "d", "ing", "er")
_WORD = regex.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
CARE_WEIGHT = 1.5
"""A word of the trade ("swap", "refund", "zip") says more about what is wanted than a product's name."""
HINT_WEIGHT = 0.2
ARTICLE_WEIGHT = 0.5
"""What a word counts that stands elsewhere in the passage's article."""
STRANGE, STRANGE_ASIDE = 0.8, 0.2
"""What a word counts that the knowledge doesn't know: in the question it says that the answer may not be here, outside
of it it tells the story."""


class Hit(Value):
    """A passage that a search found."""

    passage: Passage
    score: float
    """Higher is better; comparable within one search."""
    coverage: float
    """The share, 0 to 1, of the question's words (weighted by rarity) that stand in the passage or its title."""
    matched: int
    """How many different words of question and context stand in the passage itself, its title or heading."""


@cache
def _vocabulary() -> dict[str, list[Any]]:
    text = files("assistant").joinpath("retrieval.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506  # BaseLoader builds strings only


@cache
def _stop() -> frozenset[str]:
    return frozenset(_vocabulary()["stop"])


@cache
def _circles() -> dict[str, frozenset[str]]:
    loaded = _vocabulary()["circles"]
    circles: dict[str, set[str]] = {}
    for circle in loaded:
        for word in circle:
            circles.setdefault(word, set()).update(circle)
    return {word: frozenset(others - {word}) for word, others in circles.items()}


@cache
def _synonyms(term: str) -> frozenset[str]:
    """The words that mean the same as a word or as its plain form."""
    circles = _circles()
    forms = {
        term,
        *(term.removesuffix(ending) for ending in _ENDINGS),
        *(term.removesuffix(one) + "e" for one in _ENDINGS),
    }
    return frozenset[str]().union(*(circles.get(form, ()) for form in forms)) - {term}


def is_trade(word: str) -> bool:
    """Whether a word is one of the trade ("refund", "swap"), which says what is wanted."""
    return bool(_synonyms(word))


def speaks(term: str, text: str) -> bool:
    """Whether a text holds a word, in any of its endings, or one that means the same."""
    lowered = text.lower()
    stem = term if len(term) < 5 else term[: max(4, len(term) - 2)]
    return stem in lowered or any(word in lowered for word in _synonyms(term))


def terms_of(text: str) -> list[str]:
    """The words of a question that carry meaning, in their order, each once."""
    found = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text[:5_000]))
    return list(
        dict.fromkeys(word for word in found if word not in _stop() and len(word) > (2 if word[0].isdigit() else 1))
    )[:60]


class Index:
    """In-memory FTS5 tables of passages and of whole articles: one connection, guarded by a lock."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Index `passages`; the position in the sequence is the row id."""
        self._passages = tuple(passages)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        articles: dict[str, list[int]] = {}
        for number, one in enumerate(self._passages):
            articles.setdefault(one.article, []).append(number)
        self._rows_of = list(articles.values())
        whole = ([" ".join(self._passages[row].text for row in rows), *self._named(rows)] for rows in self._rows_of)
        single = ([one.text, one.title, one.heading] for one in self._passages)
        for table, rows in (("passages", single), ("articles", whole)):
            self._database.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(body, title, heading, tokenize='porter unicode61')"
            )
            self._database.executemany(
                f"INSERT INTO {table}(rowid, body, title, heading) VALUES (?, ?, ?, ?)",  # noqa: S608  # two fixed names
                ((number, *row) for number, row in enumerate(rows)),
            )

    def close(self) -> None:
        """Free the tables."""
        self._database.close()

    def search(
        self,
        question: str,
        context: str = "",
        limit: int = 5,
        *,
        share: float = CONTEXT_WEIGHT,
        hint: str = "",
        told: bool = False,
    ) -> list[Hit]:
        """The best passages for a question, best first; none where no word of it occurs.

        Args:
            question: what is asked.
            context: the rest of the message.
            limit: at most so many.
            share: what a word of the context counts, 0 to 1.
            hint: words that the subject suggests; they lift a passage and cover nothing.
            told: the question is a whole story, so that a word unknown to the knowledge says little.
        """
        terms = {**dict.fromkeys(terms_of(context), share), **dict.fromkeys(terms_of(question), 1.0)}
        scores: dict[int, float] = {}
        covered: dict[int, float] = {}
        matched: dict[int, int] = {}
        total = 0.0
        for term, weight in terms.items():
            found = self._found("passages", term)
            wide = {
                row: score for article, score in self._found("articles", term).items() for row in self._rows_of[article]
            }
            strange = STRANGE if weight == 1.0 and not told else STRANGE_ASIDE
            if _synonyms(term):
                weight *= CARE_WEIGHT
            known = weight * (self._rarity(len(found)) if found else strange)
            total += known
            for row in found.keys() | wide.keys():
                scores[row] = scores.get(row, 0.0) + weight * (
                    found.get(row, 0.0) + ARTICLE_WEIGHT * wide.get(row, 0.0)
                )
                share_found = 1.0 if row in found else ARTICLE_WEIGHT
                covered[row] = covered.get(row, 0.0) + known * share_found
                matched[row] = matched.get(row, 0) + (row in found)
        for term in terms_of(hint):
            for row, score in self._found("passages", term).items():
                if row in scores:
                    scores[row] += HINT_WEIGHT * score
        hits = [
            Hit(passage=self._passages[row], score=score, coverage=min(covered[row] / total, 1.0), matched=matched[row])
            for row, score in scores.items()
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.article, hit.passage.order))[:limit]

    def _named(self, rows: list[int]) -> list[str]:
        first = self._passages[rows[0]]
        return [first.title, " ".join(dict.fromkeys(self._passages[row].heading for row in rows))]

    def _found(self, table: str, term: str) -> dict[int, float]:
        """Rows that hold a word, or at a lower weight the best of its synonyms."""
        found = self._matches(table, term)
        for synonym in _synonyms(term):
            for row, score in self._matches(table, synonym).items():
                found[row] = max(found.get(row, 0.0), SYNONYM_WEIGHT * score)
        return found

    def _rarity(self, matches: int) -> float:
        return math.log(1 + (len(self._passages) - matches + 0.5) / (matches + 0.5)) + 0.5

    def _matches(self, table: str, word: str) -> dict[int, float]:
        quoted = '"' + word.replace('"', '""') + '"'
        query = f"SELECT rowid, -bm25({table}, ?, ?, ?) FROM {table} WHERE {table} MATCH ?"  # noqa: S608  # two fixed names
        with self._lock:
            rows = self._database.execute(query, (TEXT_WEIGHT, TITLE_WEIGHT, HEADING_WEIGHT, quoted)).fetchall()
        return {int(row): max(float(score), 0.05) for row, score in rows}
