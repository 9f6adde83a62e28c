"""Answering from what the brand knows: the passage that answers each question of a message, or none."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache

import regex

from assistant.context import PublicView
from assistant.drafting.asking import asks_of, asks_something, is_wish
from assistant.drafting.bearing import SURE, Bearing, shares_trade
from assistant.drafting.saying import Said, said_of_fact, said_to, unrepeated
from assistant.drafting.statements import Statement, statements_of
from assistant.knowledge import Article, Knowledge
from assistant.passages import Passage, passages_of
from assistant.retrieval import Hit, Index
from assistant.words import speaks, stands_in, terms_of
from tone_rules.value import Value

__all__ = ["Answer", "Asked", "Library", "asks_of", "asks_something", "library_of", "share_of"]

ENOUGH = 0.5
"""Trust from which a passage is said to answer; read off the precision of what is said, see the benchmark."""
MAYBE, LEAST = 0.42, 0.25
"""Trust from which a passage may be what is meant, and is said as that; and from which words can bear it out."""
ENOUGH_WHOLE = 0.6
"""The same for a message that is searched as a whole: of many words some are met by chance."""
ENOUGH_USUAL = 0.42
ENOUGH_WISH = 0.75
"""A wish for something new is seldom answered by a page about what there is."""
ENOUGH_FACT = 0.3
"""Coverage: a public fact was put beside this very message, so less overlap is enough."""
FACT_AHEAD = 1.1
"""How much more than an article a public fact must cover to be said in its place."""
NEARLY = 0.4
"""Share of the best passage's trust from which another of its article may answer, where that one is said already."""
BORNE_OUT = 2
"""Words of an ask in the statement that answers it from which it is sure, where another ask of the message is."""
WORDING_HELD = 3
"""Words for a holding reply that a help passage must hold to be said there."""
BOTH_FACTS = 0.5
"""Share of the best fact's coverage from which another is said too; one that begins alike is its counterpart."""
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
    sure: bool = True
    """False where it may be what is meant and is said as no more than that."""


class Asked(Value):
    """One ask of a message and what the knowledge has for it."""

    ask: str
    answer: Answer | None = None
    """None: nothing that is known answers it."""
    said: tuple[Passage, ...] = ()
    """The passage, or all steps of its list, in the article's order."""
    told: tuple[Said, ...] = ()
    """What to say of it: the statements that this ask needs, those that matter most with the lowest rank."""

    @property
    def sure(self) -> bool:
        """Whether it is answered beyond doubt."""
        return self.answer is not None and self.answer.sure


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
        self._bearing = Bearing(self.index, self._statements)
        self._searched = lru_cache(maxsize=KEPT)(self._search)

    def asked(self, view: PublicView, message: str) -> list[Asked]:
        """Each ask of a message with its answer or without one, in the message's order.

        Where an incident's notice answers any of them, it stands alone. A message whose asks find nothing is searched
        once more as a whole: what is wrong is often told, and then only "help" is asked.
        """
        return list(self._searched(message, self._context(view, message), tuple(_fact_passages(view))))

    def _search(self, message: str, context: str, facts: tuple[Passage, ...]) -> tuple[Asked, ...]:
        index = Index(facts) if facts else None
        asks = asks_of(message)
        found: list[Asked] = []
        for ask in asks:
            before = [other.answer.passage for other in found if other.answer is not None]
            one = self._asked(ask, _without(context, asks, ask), index, share_of(asks), before)
            same = next((place for place, other in enumerate(found) if one.told and one.told == other.told), None)
            if same is None:
                found.append(one)
            elif one.sure:
                found[same] = one
        some = {one.answer.passage.article for one in found if one.answer is not None and one.sure}
        found = [_borne_out(one, some) for one in found]
        if asks != [message] and not any(one.sure for one in found):
            whole = self._asked(message, context, index, ALONE)
            weak = whole.answer is not None and whole.answer.trust < ENOUGH_WHOLE
            if weak and not shares_trade(message, " ".join(passage.text for passage in whole.said)):
                whole = whole.model_copy(update={"answer": None})
            if whole.sure or (whole.answer is not None and all(one.answer is None for one in found)):
                found = [whole]
        if index is not None:
            index.close()
        found = self._one_guess(found, message)
        notices = [one for one in found if one.answer is not None and one.answer.notice]
        return tuple(notices[:1]) or tuple(found)

    def _one_guess(self, found: Sequence[Asked], message: str) -> list[Asked]:
        """At most one guess, the likeliest, where it shares more with the message than the name of a common thing."""
        guesses = [(one.answer.trust, -place) for place, one in enumerate(found) if one.answer and not one.sure]
        likeliest = found[-max(guesses)[1]] if guesses else None
        kept = likeliest if likeliest and self._shares(likeliest, message) else None
        return [one if one.sure or one is kept else Asked(ask=one.ask) for one in found]

    def _shares(self, one: Asked, message: str) -> bool:
        """Whether what is told holds a word of the message's trade, or one of the ask that hardly a passage holds."""
        said = " ".join(other.statement.text for other in one.told)
        return shares_trade(message, said) or self._bearing.shares_rare(one.ask, said)

    def _asked(
        self,
        ask: str,
        context: str,
        facts: Index | None,
        share: float,
        before: Sequence[Passage] = (),
    ) -> Asked:
        """One ask with its answer, and with what is said of the article and of the public facts beside it.

        A passage that answers an ask `before` gives way to one of its article that is nearly as near.
        """
        hits = self.index.search(ask, context, limit=6, share=share)
        if hits and hits[0].passage in before:
            other = [hit for hit in hits[1:] if hit.trust >= NEARLY * hits[0].trust and hit.passage not in before]
            if other and other[0].passage.article == hits[0].passage.article:
                hits = [other[0].model_copy(update={"trust": hits[0].trust}), *hits]
        notice = next((hit for hit in hits[:3] if self._is_notice(hit) and self._bearing.concerns(hit, context)), None)
        hits = [hit for hit in hits if not self._is_notice(hit)]
        if notice is None and self._bearing.unknown(ask):
            hits = []
        if notice is not None:
            return Asked(ask=ask, answer=self._answer(notice, ask), said=(notice.passage,))
        good = self._bearing.best(hits, ask, context)
        known = _facts(facts.search(ask, context, limit=3, share=ALONE)) if facts is not None else []
        enough = ENOUGH_WISH if is_wish(ask) else MAYBE if good and self._bearing.about(good, ask) else ENOUGH
        if known and (good is None or good.trust < enough or known[0].coverage >= FACT_AHEAD * good.coverage):
            answer = self._answer(known[0], ask)
            said = [one for hit in known for one in said_of_fact(statements_of([hit.passage]), ask, context)]
            if good is not None and good.trust >= SURE:
                said += [one.model_copy(update={"rank": one.rank + 1}) for one in self._told(good, ask, context)]
            return Asked(ask=ask, answer=answer, said=(known[0].passage,), told=unrepeated(said))
        if good is None or good.trust < (ENOUGH_WISH if is_wish(ask) else LEAST):
            return Asked(ask=ask)
        answer = self._answer(good, ask).model_copy(update={"sure": good.trust >= enough})
        near = [hit for hit in hits if self._bearing.as_near(hit, good, context)]
        return Asked(ask=ask, answer=answer, said=self._whole(answer), told=self._told(good, ask, context, near[:1]))

    def _statements(self, article: str) -> tuple[Statement, ...]:
        return statements_of([one for one in self._passages if one.article == article])

    def _told(self, hit: Hit, ask: str, context: str, near: Sequence[Hit] = ()) -> tuple[Said, ...]:
        beside = [one.passage for one in near]
        return said_to(ask, context, self._statements(hit.passage.article), hit.passage, beside)

    def answers(self, view: PublicView, message: str) -> list[Answer]:
        """An answer for each ask of a message that has one, in the message's order; an incident's notice alone."""
        return [one.answer for one in self.asked(view, message) if one.answer is not None and one.sure]

    def ranked(self, view: PublicView, message: str) -> list[Hit]:
        """The best passages for all asks of a message, best first, whether they answer or not."""
        asks, context = asks_of(message), self._context(view, message)
        found = [hit for ask in asks for hit in self.index.search(ask, context, 12, share=share_of(asks))]
        return sorted(found, key=lambda hit: -hit.trust)

    def usual(self, questions: Iterable[str]) -> list[Asked]:
        """The answer to the first of some usual questions that the knowledge covers well; none where it covers none."""
        for question in questions:
            hits = self.index.search(question, limit=1)
            if hits and hits[0].trust >= ENOUGH_USUAL and hits[0].matched >= min(2, len(terms_of(question))):
                answer = self._answer(hits[0], question)
                told = self._told(hits[0], question, question)
                return [Asked(ask=question, answer=answer, said=self._whole(answer), told=told)]
        return []

    def wording(self, words: str) -> Passage | None:
        """The cleared text that some words find, whole, else a passage that holds three of them."""
        cleared = [one for one in self._articles.values() if one.kind == "wording"]
        index = Index([Passage(article=one.id, title=one.title, text=one.text.strip(), order=0) for one in cleared])
        hits = index.search(words, limit=1)
        index.close()
        if hits:
            return hits[0].passage
        passages = self.index.search(words, limit=1)
        found = passages[0].passage if passages else None
        held = found and sum(speaks(term, f"{found.title} {found.heading} {found.text}") for term in terms_of(words))
        return found if held and held >= WORDING_HELD else None

    def following(self, passage: Passage, most: int = 2) -> list[Passage]:
        """The next passages under the same heading of the same article."""
        return [one for one in self._beside(passage) if one.order > passage.order][:most]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to answer from."""
        return not self._passages

    def knows(self, word: str) -> bool:
        """Whether some article speaks of a thing; of an empty library nothing can be said, so it knows everything."""
        return not self._passages or self.index.holds(word)

    def unknown(self, message: str) -> bool:
        """Whether a message asks for a thing of which no article speaks."""
        return any(map(self._bearing.unknown, asks_of(message)))

    def says(self, word: str) -> bool:
        """Whether some article holds a word itself; of an empty library nothing can be said."""
        return not self._passages or any(stands_in(word, f"{one.title} {one.text}") for one in self._passages)

    def is_cleared(self, passage: Passage) -> bool:
        """Whether a passage is a text that was cleared to be used word for word."""
        article = self._articles.get(passage.article)
        return article is not None and article.kind == "wording"

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


def _borne_out(one: Asked, sure: Collection[str]) -> Asked:
    """An answer that may be meant: a sure one where what stands beside it bears it out, none where it is weak.

    It is borne out beside a sure answer from the same article, or from any where two words of the ask stand in it:
    then the message is about what the knowledge is about.
    """
    if one.answer is None or one.sure:
        return one
    said = " ".join(other.statement.text for other in one.told if other.rank == 0)
    spoken = sum(stands_in(term, said) for term in terms_of(one.ask)) >= BORNE_OUT
    if (sure and spoken) or (one.answer.passage.article in sure and one.answer.trust >= MAYBE):
        return one.model_copy(update={"answer": one.answer.model_copy(update={"sure": True})})
    return one if one.answer.trust >= MAYBE else Asked(ask=one.ask)


def borne_out_by(usual: Sequence[Asked], maybe: Sequence[Asked]) -> Sequence[Asked]:
    """The answer to a usual question, or what may be meant where both stand in one article: then it is nearer."""
    if not usual:
        return maybe
    articles = {one.answer.passage.article for one in usual if one.answer is not None}
    nearer = [one for one in maybe if one.answer is not None and one.answer.passage.article in articles]
    if not nearer or nearer[0].answer is None:
        return usual
    return [nearer[0].model_copy(update={"answer": nearer[0].answer.model_copy(update={"sure": True})})]


def _without(context: str, asks: Sequence[str], ask: str) -> str:
    """The message less what its other asks say: "sundays" says nothing about a sofa."""
    for other in asks:
        if other != ask and other not in ask:
            context = context.replace(other, " ")
    return context


def _facts(hits: Sequence[Hit]) -> list[Hit]:
    """The public facts that answer: they cover enough, the second nearly as much, and none says that it is over."""
    told = [hit for hit in hits if not _OVER.search(hit.passage.text)]
    if not told or told[0].coverage < ENOUGH_FACT:
        return []
    start = told[0].passage.text.split()[:2]
    least = BOTH_FACTS * told[0].coverage
    return [hit for hit in told if hit.coverage >= least or hit.passage.text.split()[:2] == start]


_OVER = regex.compile(r"\b(?:ended|expired)\b", regex.I)


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
