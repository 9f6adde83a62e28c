"""Answering from what the brand knows: the passage that answers each question of a message, or none."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import regex

from assistant.context import PublicView
from assistant.drafting.asking import SENTENCE, asks_of, asks_something, is_wish
from assistant.knowledge import Article, Knowledge
from assistant.passages import Passage, passages_of
from assistant.retrieval import Hit, Index
from assistant.words import is_trade, speaks, terms_of
from tone_rules.value import Value

__all__ = ["Answer", "Library", "asks_of", "asks_something", "focused", "library_of", "share_of"]

ENOUGH = 0.46
"""Trust from which a passage is said to answer; read off the precision of what is said, see the benchmark."""
ENOUGH_WISH = 0.75
"""A wish for something new is seldom answered by a page about what there is."""
ENOUGH_NOTICE = 0.45
"""An incident's notice needs a little less, and need not be the best passage: it is what the brand wants said."""
ENOUGH_FACT = 0.3
"""Coverage: a public fact was put beside this very message, so less overlap is enough."""
FACT_AHEAD = 1.1
"""How much more than an article a public fact must cover to be said in its place."""
COMPANION = 0.65
"""Share of the best coverage from which another passage of the same article is said too, where there is room."""
ALONE, AMONG = 0.5, 0.25
"""What the rest of the message counts beside its only question, and beside one of several."""
KEPT = 64
"""Messages whose answers are kept: the drafter, the brief and every new draft ask for them."""
_STEPS = 6
"""Items of a numbered list that are said together."""


def share_of(asks: Sequence[str]) -> float:
    """What a word of the rest of the message counts beside one of these asks."""
    return ALONE if len(asks) == 1 else AMONG


class Answer(Value):
    """One passage that answers, and its article."""

    passage: Passage
    url: str | None = None
    notice: bool = False
    """An incident's cleared wording, to be used word for word."""
    ask: str
    trust: float = 1.0
    """How likely it is that the passage answers, 0 to 1."""


class Asked(Value):
    """One ask of a message and what the knowledge has for it."""

    ask: str
    answer: Answer | None = None
    """None: nothing that is known answers it."""
    said: tuple[Passage, ...] = ()
    """What to say: the passage, or all steps of its list, in the article's order."""


@lru_cache(maxsize=16)
def library_of(knowledge: Knowledge, on: date) -> "Library":
    """The library of some knowledge on a day; drafter and brief share it."""
    return Library(knowledge, on)


class Library:
    """The passages of a brand that a public reply may draw on that day."""

    def __init__(self, knowledge: Knowledge, on: date) -> None:
        """Cut the usable articles into passages and index them."""
        self._articles: dict[str, Article] = {one.id: one for one in knowledge.articles if one.usable(on)}
        self._passages = [
            passage
            for article in self._articles.values()
            if article.kind != "wording"
            for passage in _passages(article)
        ]
        self.index = Index(self._passages)
        self._searched = lru_cache(maxsize=KEPT)(self._search)

    def asked(self, view: PublicView, message: str, hint: str = "") -> list[Asked]:
        """Each ask of a message with its answer or without one, in the message's order.

        Where an incident's notice answers any of them, it stands alone. A message whose asks find nothing is searched
        once more as a whole: what is wrong is often told, and then only "help" is asked.
        """
        return list(self._searched(message, self._context(view, message), tuple(_fact_passages(view)), hint))

    def _search(self, message: str, context: str, facts: tuple[Passage, ...], hint: str) -> tuple[Asked, ...]:
        index = Index(facts) if facts else None
        asks = asks_of(message)
        found: list[Asked] = []
        for ask in asks:
            answer = self._best(ask, context, index, share_of(asks), hint)
            if answer is None or all(one.answer is None or one.answer.passage != answer.passage for one in found):
                found.append(Asked(ask=ask, answer=answer, said=self._whole(answer) if answer else ()))
        if asks != [message] and all(one.answer is None for one in found):
            answer = self._best(message, context, index, ALONE, hint)
            if answer is not None:
                found = [Asked(ask=message, answer=answer, said=self._whole(answer))]
        if index is not None:
            index.close()
        return tuple(one for one in found if one.answer is not None and one.answer.notice)[:1] or tuple(found)

    def answers(self, view: PublicView, message: str, hint: str = "") -> list[Answer]:
        """An answer for each ask of a message that has one, in the message's order; an incident's notice alone."""
        return [one.answer for one in self.asked(view, message, hint) if one.answer is not None]

    def ranked(self, view: PublicView, message: str) -> list[Hit]:
        """The best passages for all asks of a message, best first, whether they answer or not."""
        asks, context = asks_of(message), self._context(view, message)
        found = [hit for ask in asks for hit in self.index.search(ask, context, 12, share=share_of(asks))]
        return sorted(found, key=lambda hit: -hit.trust)

    def usual(self, questions: Iterable[str]) -> list[Answer]:
        """The answer to the first of some usual questions that the knowledge covers well; none where it covers none."""
        for question in questions:
            hits = self.index.search(question, limit=1)
            if hits and hits[0].trust >= ENOUGH and hits[0].matched >= min(2, len(terms_of(question))):
                return [self._answer(hits[0], question)]
        return []

    def companions(self, answer: Answer, message: str, limit: int = 2) -> list[Passage]:
        """The steps that an answer belongs to, or other passages of its article that speak of the ask too, in order."""
        steps = self._whole(answer)
        if len(steps) > 1:
            return list(steps)
        hits = [
            hit
            for hit in self.index.search(answer.ask, message, limit=40, share=AMONG)
            if hit.passage.article == answer.passage.article
        ]
        best = max((hit.coverage for hit in hits), default=0.0)
        close = [
            hit.passage
            for hit in hits
            if hit.coverage >= COMPANION * best
            and hit.passage != answer.passage
            and _speaks_of(hit.passage, answer.ask)
        ]
        return sorted([answer.passage, *close[:limit]], key=lambda one: one.order)

    def wording(self, words: str) -> Passage | None:
        """The cleared text that some words find, whole, else a passage that holds three of them."""
        cleared = [one for one in self._articles.values() if one.kind == "wording"]
        index = Index([Passage(article=one.id, title=one.title, text=one.text.strip(), order=0) for one in cleared])
        hits = index.search(words, limit=1)
        index.close()
        if hits:
            return hits[0].passage
        passages = self.index.search(words, limit=1)
        return passages[0].passage if passages and passages[0].matched >= 3 else None

    def following(self, passage: Passage, most: int = 2) -> list[Passage]:
        """The next passages under the same heading of the same article."""
        return [one for one in self._beside(passage) if one.order > passage.order][:most]

    def knows(self, word: str) -> bool:
        """Whether some article speaks of a thing; of an empty library nothing can be said, so it knows everything."""
        return not self._passages or self.index.holds(word)

    def is_cleared(self, passage: Passage) -> bool:
        """Whether a passage is a text that was cleared to be used word for word."""
        article = self._articles.get(passage.article)
        return article is not None and article.kind == "wording"

    def _best(self, ask: str, context: str, facts: Index | None, share: float, hint: str) -> Answer | None:
        hits = self.index.search(ask, context, limit=6, share=share, hint=hint)
        notice = next((hit for hit in hits[:3] if self._is_notice(hit) and hit.trust >= ENOUGH_NOTICE), None)
        if notice is not None:
            return self._answer(notice, ask)
        enough = ENOUGH_WISH if is_wish(ask) else ENOUGH
        good = hits[0] if hits and hits[0].trust >= enough and self._meets(hits[0], ask) else None
        fact = _fact(facts.search(ask, context, limit=1, share=share)) if facts is not None else None
        if fact is not None and (good is None or fact.coverage >= FACT_AHEAD * good.coverage):
            return self._answer(fact, ask)
        return self._answer(good, ask) if good is not None else None

    def _meets(self, hit: Hit, ask: str) -> bool:
        """Whether a passage meets two words of the message, beside a product's name one of the trade or two others.

        One word is enough only where the trade's words, and names, are all that is asked.
        """
        words = [word for word in terms_of(ask) if not self.index.is_name(word)]
        if words and all(map(is_trade, words)):
            return len(hit.words) >= min(2, len(words))
        return hit.matched >= 2 and (len(hit.words) >= 2 or any(map(is_trade, hit.words)))

    def _context(self, view: PublicView, message: str) -> str:
        return " ".join([message, *(turn.text for turn in view.thread if turn.role == "customer")])

    def _is_notice(self, hit: Hit) -> bool:
        article = self._articles.get(hit.passage.article)
        return article is not None and article.kind == "notice"

    def _answer(self, hit: Hit, ask: str) -> Answer:
        article = self._articles.get(hit.passage.article)
        url = article.url if article else None
        return Answer(passage=hit.passage, url=url, notice=self._is_notice(hit), ask=ask, trust=hit.trust)

    def _beside(self, passage: Passage) -> list[Passage]:
        return [one for one in self._passages if (one.article, one.heading) == (passage.article, passage.heading)]

    def _whole(self, answer: Answer) -> tuple[Passage, ...]:
        """The answering passage, or the steps of which it is one."""
        steps = [one for one in self._beside(answer.passage) if one.step] if answer.passage.step else []
        return tuple(steps) if 1 < len(steps) <= _STEPS else (answer.passage,)


def focused(passage: Passage, ask: str) -> str:
    """The passage from its first sentence that speaks of the question; whole where none does more than another.

    An article's first sentences often set out what nobody asked ("£29 a year. ... End it: Account, Club").
    """
    sentences = SENTENCE.split(passage.text)
    terms = [term for term in terms_of(ask) if len(term) > 2]
    told = [sum(speaks(term, sentence) for term in terms) for sentence in sentences]
    first = told.index(max(told)) if told else 0
    return " ".join(sentences[first:]) if first and told[first] > told[0] else passage.text


def _fact(hits: Sequence[Hit]) -> Hit | None:
    """The public fact that answers: it covers enough, and does not say of itself that it is over."""
    over = bool(hits) and regex.search(r"\b(?:ended|expired)\b", hits[0].passage.text, regex.I) is not None
    return hits[0] if hits and not over and hits[0].coverage >= ENOUGH_FACT else None


def _speaks_of(passage: Passage, ask: str) -> bool:
    """Whether the passage's own text, not just its article's title, holds two words of the question."""
    body = f"{passage.heading} {passage.text}"
    return sum(speaks(term, body) for term in terms_of(ask) if len(term) > 2) >= 2


def _passages(article: Article) -> Sequence[Passage]:
    found = passages_of(article.id, article.title, article.text, article.kind)
    if article.kind == "notice" and len(found) == 1 and not found[0].heading:
        return found
    return [one for one in found if 3 <= len(one.text.split()) <= 90]


def _fact_passages(view: PublicView) -> list[Passage]:
    """Public facts that are statements, as passages."""
    said = [fact for fact in view.facts if len(fact.value.split()) >= 6]
    return [
        Passage(
            article=fact.name,
            title=fact.name.replace("_", " "),
            text=fact.value[0].upper() + fact.value[1:],
            order=number,
        )
        for number, fact in enumerate(said)
    ]


def statement(text: str) -> str:
    """A passage as a sentence of a reply."""
    text = regex.sub(r"^(?:[-*•]|\d+[.)])\s*", "", text.strip()).rstrip(" ;:,")
    return text if regex.search(r"[.!?…)\"”]$|https?://\S+$", text) else f"{text}."
