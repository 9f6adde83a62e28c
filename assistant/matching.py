"""How well each word of a question is met by each passage: in full text, by a synonym, or by a word near in meaning."""

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.passages import Passage
from assistant.words import synonyms, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

SYNONYM = 0.9
"""What a word counts that only means the same."""
NEAR, MEETS = 0.38, 0.8
"""From this cosine on a word is near another, and at most counts so much."""
KEPT = 4_096
"""Words whose matches are kept: messages to one brand share most of theirs."""
COLUMNS = ("body", "head")


class Matching:
    """Passages in FTS5 (Porter stems) beside the vectors of their words: one connection, guarded by a lock."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Index `passages`; a passage's position is its row."""
        import numpy as np

        from tone_rules.vectors import vectors

        self.size = len(passages)
        self._lock = threading.Lock()
        self._row = lru_cache(maxsize=KEPT)(self._rows_of)
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("CREATE VIRTUAL TABLE passages USING fts5(body, head, tokenize='porter unicode61')")
        heads = [" ".join((one.title, one.heading)) for one in passages]
        self._database.executemany(
            "INSERT INTO passages(rowid, body, head) VALUES (?, ?, ?)",
            ((row, one.text, head) for row, (one, head) in enumerate(zip(passages, heads, strict=True))),
        )
        fields = {
            "body": [words_of(one.text) for one in passages],
            "head": [words_of(head) for head in heads],
        }
        vocabulary = sorted({word for texts in fields.values() for words in texts for word in words if _worded(word)})
        number = {word: place for place, word in enumerate(vocabulary)}
        self._vectors = np.vstack([vectors(vocabulary), np.zeros((1, 256), np.float32)])
        self._places: dict[str, tuple[NDArray[np.intp], NDArray[np.intp]]] = {}
        for field, texts in fields.items():
            places = [[number[word] for word in words if word in number] or [len(vocabulary)] for words in texts]
            starts = np.cumsum([0, *map(len, places[:-1])]) if places else np.zeros(0, np.intp)
            self._places[field] = (np.array([one for row in places for one in row], np.intp), starts)

    def close(self) -> None:
        """Free the table."""
        self._database.close()

    def matches(self, terms: Sequence[str]) -> "tuple[dict[str, Matrix], Matrix]":
        """For each term and passage how well it is met, 0 to 1, by `body` and by `head`; and the term's BM25."""
        import numpy as np

        rows = np.stack([self._row(term) for term in terms])
        return {field: rows[:, place] for place, field in enumerate(COLUMNS)}, rows[:, -1]

    def _rows_of(self, term: str) -> "Matrix":
        """How well a term is met by body and head of each passage, and its BM25 there: shape (3, passages)."""
        import numpy as np

        found = np.zeros((len(COLUMNS) + 1, self.size), np.float32)
        near = self._near(term)
        for place, field in enumerate(COLUMNS):
            words, starts = self._places[field]
            found[place] = np.maximum.reduceat(near[words], starts)
            found[place, [row for row, _ in self._found(field, synonyms(term))]] = SYNONYM
            for row, rank in self._found(field, (term,)):
                found[place, row] = 1.0
                found[-1, row] += rank
        found.setflags(write=False)
        return found

    def _near(self, term: str) -> "Matrix":
        """How near a term comes to each word of the passages; a number is met exactly or not at all."""
        import numpy as np

        from tone_rules.vectors import vector

        if not _worded(term):
            return np.zeros(len(self._vectors), np.float32)
        near: Matrix = np.clip((self._vectors @ vector(term) - NEAR) / (1 - NEAR), 0, 1) * MEETS
        return near

    def _found(self, field: str, words: "Sequence[str] | frozenset[str]") -> list[tuple[int, float]]:
        if not words:
            return []
        quoted = " OR ".join('"' + word.replace('"', '""') + '"' for word in sorted(words))
        query = "SELECT rowid, -bm25(passages) FROM passages WHERE passages MATCH ?"
        with self._lock:
            return self._database.execute(query, (f"{{{field}}} : ({quoted})",)).fetchall()


def _worded(word: str) -> bool:
    return not any(letter.isdigit() for letter in word)
