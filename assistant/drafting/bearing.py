"""Whether what search found bears on an ask: its thing, its condition, its kind of answer."""

from collections.abc import Callable, Sequence

import regex

from assistant.drafting.statements import Statement
from assistant.drafting.subjects import subject_of
from assistant.kind_of_answer import holds_kind, holds_price, wants_kind
from assistant.retrieval import Hit, Index
from assistant.waits import fits
from assistant.words import distinct, is_price, is_trade, situation_terms, speaks, stands_in, terms_of

SURE = 0.75
"""Trust from which one word in common is enough, whichever it is."""
FEW_SPEAK = 2
"""Passages up to which a word that they alone hold is enough, where it is all that is asked."""
ENOUGH_NOTICE = 0.5
"""An incident's notice needs a little less, and need not be the best passage: it is what the brand wants said."""
ENOUGH_NAMED, NAMED_AMONG = 0.6, 4
"""Trust that a passage earns which holds the customer's quotation or the situation's name, among the first so many."""
STANDS_OUT = 2.0
"""Score ahead of all others from which a passage is said whose condition the customer neither tells nor rules out."""
AS_NEAR = 0.6
"""Score that a passage may lack to the best one of its article and is said too: which of them is meant isn't sure."""
ROW_WORDS = 2
"""Words of a row's name up to which a question can be expected to hold them all."""
LIKELY, A_GUESS = 0.5, 0.45
"""Trust from which a passage that meets too little of an ask is still a guess, and what it counts then."""
KIND_BEHIND = 1.5
"""Score that a passage may lack to the best one of its article where it alone holds the kind of thing asked for."""
WORDS_BESIDE = 2
"""Words of an ask that a passage must hold beside its time that is up."""


class Bearing:
    """Judges the hits of one index."""

    def __init__(self, index: Index, statements: Callable[[str], Sequence[Statement]]) -> None:
        """`statements` gives the statements of the article of an id."""
        self._index, self._statements = index, statements

    def concerns(self, notice: Hit, message: str) -> bool:
        """Whether an incident's notice is about what a message tells: its title's matter, not just a name in it.

        Beyond doubt the name is enough, with a word of its text beside it ("is my flight from Lerwick going?").
        """
        title = notice.passage.title
        terms = (term for term in (*terms_of(message), *situation_terms(message)) if not self._index.is_name(term))
        named = notice.trust >= SURE and notice.words and any(stands_in(term, title) for term in terms_of(message))
        return bool(named) or (notice.trust >= ENOUGH_NOTICE and any(speaks(term, title) for term in terms))

    def best(self, hits: Sequence[Hit], ask: str, context: str) -> Hit | None:
        """The first of the best passages that is meant for this customer, with the trust that it earns.

        Words in quotation marks that stand in it, or the very name that its article has for the situation, are
        evidence beyond what search weighs. A passage whose condition isn't met is passed over for one of its article.
        """
        named = [term for term in situation_terms(context) if " " in term or "-" in term]
        quoted = [one.lower() for one in _QUOTED.findall(ask)]
        for hit in hits[:NAMED_AMONG]:
            said = f"{hit.passage.heading} {hit.passage.text}".lower().replace("’", "'")
            told = any(one in said for one in (*quoted, *named))
            if told and self.is_meant(hit, context):
                return hit.model_copy(update={"trust": max(hit.trust, ENOUGH_NAMED)})
        for hit in hits[:NAMED_AMONG]:
            # the time that the passage sets is up: nobody writes "still nothing after six days" by chance
            if len(hit.words) >= WORDS_BESIDE and fits(hit.passage.text, context) and self.is_meant(hit, context):
                return hit.model_copy(update={"trust": max(hit.trust, ENOUGH_NAMED)})
        subject = subject_of(ask)
        priced = [hit for hit in hits[:NAMED_AMONG] if subject in hit.words and holds_price(hit.passage.text)]
        if priced and any(map(is_price, terms_of(ask))) and not holds_price(hits[0].passage.text):
            return priced[0].model_copy(update={"trust": max(priced[0].trust, ENOUGH_NAMED)})
        if other := self._of_its_kind(hits, ask, context):
            return other
        labelled = next((hit for hit in hits if hit.passage.row and _names_row(ask, hit.passage.text)), None)
        if labelled is not None:
            return labelled.model_copy(update={"trust": max(labelled.trust, ENOUGH_NAMED)})
        for place, hit in enumerate(hits[:3]):
            if not self.is_meant(hit, context) and not self._stands_out(place, hits, context):
                continue
            if plainly := self._told_plainly(hits, hit, context):
                return plainly
            if place and hit.passage.article == hits[0].passage.article:
                hit = hit.model_copy(update={"trust": hits[0].trust})
            if place == 0 and not self._meets(hit, ask):
                return hit.model_copy(update={"trust": min(hit.trust, A_GUESS)}) if hit.trust >= LIKELY else None
            return hit.model_copy(update={"trust": max(hit.trust, A_GUESS)}) if self._alone(hit, ask) else hit
        return None

    def is_meant(self, hit: Hit, message: str) -> bool:
        """Whether the condition that the passage's bullet sets, if it sets one, is met by the message, in any words."""
        own = self._bullet(hit)
        return not own or any(one.holds(message) or not one.hard or one.means(message) for one in own)

    def about(self, hit: Hit, ask: str) -> bool:
        """Whether a passage holds the very thing that an ask is about, and no word of the ask is strange here."""
        return subject_of(ask) in hit.words and all(map(self._index.holds, terms_of(ask)))

    def as_near(self, hit: Hit, best: Hit, message: str) -> bool:
        """Whether another passage of the best one's article is so near to the ask that either may be what is meant.

        Beside one whose condition is met in its own words, another's must be, too.
        """
        here, there = hit.passage, best.passage
        if here.article != there.article or here.block == there.block or hit.score < best.score - AS_NEAR:
            return False
        if _LABELLED.match(here.text) and _LABELLED.match(there.text):
            return False
        return self._told(hit, message) if self._told(best, message, bound=True) else self.is_meant(hit, message)

    def shares_rare(self, ask: str, said: str) -> bool:
        """Whether a text holds a word of an ask that hardly another passage holds."""
        return any(speaks(term, said) and self._index.count(term) <= FEW_SPEAK for term in terms_of(ask))

    def unknown(self, ask: str) -> bool:
        """Whether no passage speaks of the very thing that an ask is about: another's price is no answer."""
        subject = subject_of(ask)
        return subject is not None and not any(map(self._index.holds, (subject, *situation_terms(subject))))

    def _of_its_kind(self, hits: Sequence[Hit], ask: str, context: str) -> Hit | None:
        """A passage beside the best one that holds as many words and, unlike it, the kind of thing asked for."""
        if not hits or not wants_kind(ask) or holds_kind(ask, hits[0].passage.text):
            return None
        best = hits[0]
        for hit in hits[1:NAMED_AMONG]:
            beside = hit.passage.article == best.passage.article and hit.score >= best.score - KIND_BEHIND
            if beside and len(hit.words) >= len(best.words) and holds_kind(ask, hit.passage.text) == 1:
                return hit.model_copy(update={"trust": best.trust}) if self.is_meant(hit, context) else None
        return None

    def _told_plainly(self, hits: Sequence[Hit], best: Hit, message: str) -> Hit | None:
        """One of the best one's article whose condition is told, where its own is met in other words at most."""
        if self._told(best, message):
            return None
        for hit in hits:
            beside = hit.passage.article == best.passage.article and hit.score >= best.score - KIND_BEHIND
            if beside and self._told(hit, message, bound=True):
                return hit.model_copy(update={"trust": best.trust})
        return None

    def _told(self, hit: Hit, message: str, *, bound: bool = False) -> bool:
        """Whether the condition of the passage's bullet is met in its own words; where `bound`, it must set one."""
        own = self._bullet(hit)
        if bound:
            return any(one.hard and one.holds(message) for one in own)
        return not own or any(one.holds(message) or not one.hard for one in own)

    def _stands_out(self, place: int, hits: Sequence[Hit], message: str) -> bool:
        """Whether the best passage sets a condition of which nothing is told, and no other comes near it.

        It says itself for whom it holds ("After the minimum term ..."): rather that than what was not asked.
        """
        ahead = place == 0 and (len(hits) < 2 or hits[0].score >= hits[1].score + STANDS_OUT)
        return ahead and all(one.may_hold(message) for one in self._bullet(hits[0]))

    def _bullet(self, hit: Hit) -> Sequence[Statement]:
        """The statements of the bullet that a passage is of."""
        return [one for one in self._statements(hit.passage.article) if one.block == hit.passage.block]

    def _alone(self, hit: Hit, ask: str) -> bool:
        """Whether a passage holds all that is asked for, and hardly another one does."""
        words = terms_of(ask)
        return all(word in hit.words for word in words) and any(self._index.count(one) <= FEW_SPEAK for one in words)

    def _meets(self, hit: Hit, ask: str) -> bool:
        """Whether a passage meets enough of what is asked: what it is about, beside the kind of answer.

        Beside a product's name that is one word of the trade or two others; one word where it is all that is asked, or
        where trust is high. A price is only a price of what is asked.
        """
        words = distinct(word for word in terms_of(ask) if not self._index.is_name(word))
        about = [word for word in words if not is_price(word)]
        subject = subject_of(ask)
        if subject is not None and subject in hit.words and self._index.count(subject) <= FEW_SPEAK:
            return True
        met = [word for word in about if word in hit.words]
        if len(about) < len(words):
            named = any(self._index.is_name(word) and stands_in(word, hit.passage.text) for word in terms_of(ask))
            return bool(met or named or not about) and holds_kind(ask, hit.passage.text) > 0
        if not about:
            return any(stands_in(word, hit.passage.text) for word in terms_of(ask))
        if len(words) > 1 and hit.words and hit.trust >= SURE:
            return True
        if all(map(is_trade, about)):
            return len(hit.words) >= min(2, len(about))
        all_met = len(met) == len(about) and any(self._index.count(word) <= FEW_SPEAK for word in met)
        return all_met or len(hit.words) >= 2 or any(map(is_trade, hit.words))


def shares_trade(message: str, found: str) -> bool:
    """Whether a text holds a word of the trade of a message, and not just the name of a thing ("boots")."""
    return any(is_trade(term) and speaks(term, found) for term in (*terms_of(message), *situation_terms(message)))


def _names_row(ask: str, row: str) -> bool:
    """Whether an ask names a row of a table, word for word, and wants the kind of thing that the row holds."""
    label = row.split(":", 1)[0]
    words = terms_of(label)
    return 0 < len(words) <= ROW_WORDS and all(stands_in(word, ask) for word in words) and holds_kind(ask, row) > 0


_QUOTED = regex.compile(r"(?<!\w)[\"'“‘]([^\"'“”‘’\n]{4,60})[\"'”’](?!\w)")
_LABELLED = regex.compile(r"[\p{L} ]{3,40}: ")
"""How a bullet begins that is one of several cases ("Light red: ...")."""
