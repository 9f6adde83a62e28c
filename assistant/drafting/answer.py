"""Answering from what the brand knows: the questions of a message, and the passage that answers each."""

from collections.abc import Iterable, Sequence
from datetime import date

import regex

from assistant.context import PublicView
from assistant.knowledge import Article, Knowledge
from assistant.passages import Passage, passages_of
from assistant.retrieval import Hit, Index, is_trade, speaks, terms_of
from tone_rules.value import Value

ENOUGH = 0.3
"""Coverage from which a passage answers a question of its own; read off drafts for two brands, see the tests."""
ENOUGH_FACT = 0.18
"""A public fact was put beside this very message, so less overlap is enough."""
FACT_AHEAD = 1.1
"""How much more than an article a public fact must cover to be said in its place."""
COMPANION = 0.65
"""Share of the best score from which another passage of the same article is said too, where there is room."""
WELL = 0.5
"""Coverage from which a passage answers what is usually behind an intent, though this customer didn't put it so."""
STORY = 10
"""Words of a story from which two of them in one passage may be chance."""
MAX_ASKS = 4
ALONE, AMONG = 0.8, 0.25
"""What the rest of the message counts beside its only question, and beside one of several."""

_NUMBERED = regex.compile(r"(?:^|\s)\(?\d[).]\s+")
_ALSO = regex.compile(
    r"(?:[,;]|\.)?\s+(?:and )?also,?\s+|\s+plus\s+"
    r"|,\s+(?:and\s+)?(?=(?:can|could|do|does|who|what|where|when|how|is there|are there|will|would)\b)"
    r"|\s+and\s+(?=(?:can|could|do|does|who|what|where|when|how|why|my order)\b)",
    regex.I,
)
_HANDLE = regex.compile(r"(?:^|\s)@\w[\w.]*")
_SENTENCE = regex.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")
_ASKING = regex.compile(
    r"\?|^(?:so |and |but |hi |hey |hello )?(?:what|where|when|why|who|which|how|can|could|may|do|does|did|is|are|will|would|should|whats|wheres|hows)\b"
    r"|\b(?:how (?:do|can|to)|can (?:i|you|we)|could you|please (?:tell|help|advise|explain|stop)|i(?:'d)? (?:want|need|would like) to|no idea how|help)\b",
    regex.I,
)
_WANTING = regex.compile(
    r"\?|\b(?:help|please|pls|plz|how (?:do|can|to)|can (?:i|you|we)|could you|why|fix|solution|refund|doesn['’]?t|don['’]?t (?:know|see|get)|won['’]?t|can['’]?t|isn['’]?t)\b",
    regex.I,
)


class Answer(Value):
    """One passage that answers, and its article."""

    passage: Passage
    url: str | None = None
    notice: bool = False
    """An incident's cleared wording, to be used word for word."""
    ask: str


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
        self._index = Index(self._passages)

    def answers(self, view: PublicView, message: str, hint: str = "") -> list[Answer]:
        """An answer for each question of a message that has one, in the message's order; an incident's notice first."""
        context = " ".join([message, *(turn.text for turn in view.thread if turn.role == "customer")])
        facts = _fact_passages(view)
        index = Index(facts) if facts else None
        found: list[Answer] = []
        asks = asks_of(message)
        share = ALONE if len(asks) == 1 else AMONG
        for ask in asks:
            hit = self._best(ask, context, index, share, hint)
            if hit is not None and all(hit.passage.text != one.passage.text for one in found):
                found.append(self._answer(hit, ask))
        if not found and asks != [message]:
            hit = self._best(message, context, index, ALONE, hint, story=True)
            found += [self._answer(hit, message)] if hit is not None else []
        if index is not None:
            index.close()
        notices = [one for one in found if one.notice]
        return notices[:1] or found

    def usual(self, questions: Iterable[str]) -> list[Answer]:
        """The answer to the first of some usual questions that the knowledge covers well; none where it covers none."""
        for question in questions:
            hits = self._index.search(question, limit=1)
            if hits and hits[0].coverage >= WELL and hits[0].matched >= min(2, len(terms_of(question))):
                return [self._answer(hits[0], question)]
        return []

    def companions(self, answer: Answer, message: str, limit: int = 2) -> list[Passage]:
        """Other passages of the same article that speak of the message too, in the article's order."""
        hits = [
            hit
            for hit in self._index.search(answer.ask, message, limit=40, share=AMONG)
            if hit.passage.article == answer.passage.article
        ]
        best = max((hit.score for hit in hits), default=0.0)
        close = [
            hit.passage
            for hit in hits
            if hit.score >= COMPANION * best and hit.passage != answer.passage and _speaks_of(hit.passage, answer.ask)
        ]
        steps = [
            one
            for one in self._passages
            if answer.passage.step
            and one.step
            and one.article == answer.passage.article
            and one.heading == answer.passage.heading
        ]
        chosen = steps if 1 < len(steps) <= 6 else [answer.passage, *close[:limit]]
        return sorted(chosen, key=lambda one: one.order)

    def wording(self, words: str) -> Passage | None:
        """The cleared text that some words find, whole, else a passage that holds three of them."""
        cleared = [one for one in self._articles.values() if one.kind == "wording"]
        index = Index([Passage(article=one.id, title=one.title, text=one.text.strip(), order=0) for one in cleared])
        hits = index.search(words, limit=1)
        index.close()
        if hits:
            return hits[0].passage
        passages = self._index.search(words, limit=1)
        return passages[0].passage if passages and passages[0].matched >= 3 else None

    def following(self, passage: Passage, most: int = 2) -> list[Passage]:
        """The next passages under the same heading of the same article."""
        same = [one for one in self._passages if (one.article, one.heading) == (passage.article, passage.heading)]
        return [one for one in same if one.order > passage.order][:most]

    def knows(self, word: str) -> bool:
        """Whether some article speaks of a thing; of an empty library nothing can be said, so it knows everything."""
        return not self._passages or bool(self._index.search(word, limit=1))

    def is_cleared(self, passage: Passage) -> bool:
        """Whether a passage is a text that was cleared to be used word for word."""
        article = self._articles.get(passage.article)
        return article is not None and article.kind == "wording"

    def _best(
        self, ask: str, context: str, facts: Index | None, share: float, hint: str, *, story: bool = False
    ) -> Hit | None:
        told = story or not _ASKING.search(ask) or not self._index.search(ask, limit=1)
        hits = self._index.search(context if told else ask, context, limit=6, share=share, hint=hint, told=told)
        if told and hint and not _ASKING.search(context):
            hits = [hit for hit in hits if _is_about(hit.passage, hint)]
        good = [hit for hit in hits[:3] if _answers(hit, ask, context, told=told)]
        notice = next(filter(self._is_notice, good), None)
        if notice is not None:
            return notice
        fact = _fact(facts.search(ask, context, limit=1, share=share, told=True)) if facts is not None else None
        if fact is not None and fact.coverage >= max((FACT_AHEAD * hit.coverage for hit in good), default=0.0):
            return fact
        return good[0] if good else None

    def _is_notice(self, hit: Hit) -> bool:
        article = self._articles.get(hit.passage.article)
        return article is not None and article.kind == "notice"

    def _answer(self, hit: Hit, ask: str) -> Answer:
        article = self._articles.get(hit.passage.article)
        url = article.url if article else None
        return Answer(passage=hit.passage, url=url, notice=self._is_notice(hit), ask=ask)


def focused(passage: Passage, ask: str) -> str:
    """The passage from its first sentence that speaks of the question; whole where none does more than another.

    An article's first sentences often set out what nobody asked ("£29 a year. ... End it: Account, Club").
    """
    sentences = _SENTENCE.split(passage.text)
    terms = [term for term in terms_of(ask) if len(term) > 2]
    told = [sum(speaks(term, sentence) for term in terms) for sentence in sentences]
    first = told.index(max(told)) if told else 0
    return " ".join(sentences[first:]) if first and told[first] > told[0] else passage.text


def _question_in(item: str) -> str:
    """The clause of a numbered item that asks, where it names what is wanted by itself; else the whole item."""
    asking = [piece for piece in _ALSO.split(item) if _ASKING.search(piece)]
    return asking[-1] if asking and any(is_trade(word) for word in terms_of(asking[-1])) else item


def _fact(hits: Sequence[Hit]) -> Hit | None:
    """The public fact that answers: it covers enough, and does not say of itself that it is over."""
    over = bool(hits) and regex.search(r"\b(?:ended|expired)\b", hits[0].passage.text, regex.I) is not None
    return hits[0] if hits and not over and hits[0].coverage >= ENOUGH_FACT else None


def _is_about(passage: Passage, hint: str) -> bool:
    """Whether a passage or its title holds a word of the subject: a story alone finds too much by chance."""
    whole = f"{passage.title} {passage.heading} {passage.text}"
    return any(speaks(word, whole) for word in terms_of(hint))


def _speaks_of(passage: Passage, ask: str) -> bool:
    """Whether the passage's own text, not just its article's title, holds two words of the question."""
    body = f"{passage.heading} {passage.text}"
    return sum(speaks(term, body) for term in terms_of(ask) if len(term) > 2) >= 2


def _answers(hit: Hit, ask: str, context: str, *, told: bool) -> bool:
    """Whether a passage covers enough, by two words of a question or three of a long story; fewer only of the trade."""
    words = terms_of(ask)
    needed = 3 if told and len(terms_of(context)) > STORY else 2
    if words and len(words) < needed and all(is_trade(word) for word in words):
        needed = len(words)
    return hit.coverage >= ENOUGH and hit.matched >= needed


def asks_something(message: str) -> bool:
    """Whether a message wants anything, beside being read: a question, a plea for help, a fault of something."""
    return any(_WANTING.search(sentence) for sentence in _SENTENCE.split(message))


def asks_of(message: str) -> list[str]:
    """The questions of a message, each by itself; the whole message where none stands out.

    "1) ... 2) ...", "also ..." and every sentence that asks count as one each.
    """
    message = " ".join(_HANDLE.sub(" ", message).split(" ")).strip() or message
    parts = (
        [_question_in(part.strip()) for part in _NUMBERED.split(message)[1:]]
        if len(_NUMBERED.findall(message)) > 1
        else []
    )
    if not parts:
        parts = [piece for sentence in _SENTENCE.split(message) for piece in _ALSO.split(sentence)]
        parts = [part.strip() for part in parts if part and _ASKING.search(part)]
    telling = [part for part in parts if terms_of(part)]
    return telling[:MAX_ASKS] or [message]


def _passages(article: Article) -> Sequence[Passage]:
    if article.kind == "notice":
        paragraphs = passages_of(article.id, article.title, article.text)
        if all(not one.heading for one in paragraphs) and len(paragraphs) == 1:
            return paragraphs
    return [one for one in passages_of(article.id, article.title, article.text) if 3 <= len(one.text.split()) <= 90]


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
