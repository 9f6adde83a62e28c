"""What of an article is said to an ask: the statement that answers, what can be done then, what else it needs."""

from collections.abc import Iterable, Sequence

import regex

from assistant.drafting.statements import Statement, has_tried, leaning
from assistant.kind_of_answer import holds_kind
from assistant.passages import Passage
from assistant.waits import fits, run_out
from assistant.words import distinct, is_price, is_trade, situation_terms, speaks, stands_in, terms_of, words_of
from tone_rules.value import Value

MEANT, CONTEXT = 0.7, 0.35
"""What a word counts that the situation suggests, and one of the rest of the message, beside one of the ask."""
TRADE = 1.3
KIND, LED = 1.2, 0.8
"""What it counts that a statement holds the kind of thing asked for, and that its own condition is met."""
LASTED, OVER = 0.8, 1.6
"""What it counts that a statement holds from about as long on as something lasted, and that its time has run out."""
BESIDE, LEAST = 0.75, 1.5
"""Share of the best statement's score from which one of another bullet is said too, and the least score for it."""
MOST_WORDS = 75
"""Words up to which the statements of one answer are said where there is room."""
MOST_BESIDE = 2
FRAGMENT = 3
"""Words up to which what follows an answer says nothing by itself ("Valid 24 months.")."""
REPEATED = 0.8
"""Share of its words from which a statement repeats what was said."""
STEPS = 6
"""Items of a numbered list that are said together."""


class Said(Value):
    """A statement that is said, and how soon it goes where there is no room."""

    statement: Statement
    rank: int
    """0 answers, 1 says what to do then, 2 belongs to it, 3 stands elsewhere in the article."""


def said_to(
    ask: str, message: str, statements: Sequence[Statement], best: Passage, near: Sequence[Passage] = ()
) -> tuple[Said, ...]:
    """The statements of an article that answer an ask, in the article's order; never none.

    Args:
        ask: what is asked.
        message: all that the customer tells: conditions are held against it.
        statements: of the article.
        best: the passage that search found.
        near: others of the article that are as near to the ask.
    """
    weigh = _Weighing(ask, message, statements)
    steps = [one for one in statements if one.step and one.heading == best.heading] if best.step else []
    if len(steps) > 1 and len({one.block for one in steps}) <= STEPS:
        return _from_first_met(steps, message)
    open_to = _open_to(statements, best.block, message)
    core = max(open_to, key=lambda one: (weigh.of(one), -one.place))
    found = {core.place: 0}
    for one in open_to:
        if one is not core and (one.holds(message) or one.lead == core.lead) and _belongs(one, core, weigh):
            found[one.place] = 1 if one.does and not core.does else 2
    for passage in near:
        also = max(_open_to(statements, passage.block, message), key=lambda other: (weigh.of(other), -other.place))
        found.setdefault(also.place, 2)
    for place in sorted(found, reverse=True):
        while leaning(statements[place]) and place and statements[place - 1].block == statements[place].block:
            found[place - 1] = min(found.get(place - 1, 9), found[place])
            place -= 1
    rest = [one for one in statements if one.block != core.block and (one.holds(message) or one.goes_on)]
    rest = [one for one in rest if not run_out(one.text, message)]
    named = [one for one in statements if one.row and _names(core, one)]
    if not core.row:
        found |= {one.place: 1 for one in named[:1]}
    beside = list(_beside(rest, core, [statements[place] for place in found], weigh))
    for one in beside:
        leads_on = one.does and not any(statements[place].does for place in found)
        follows = _follows(one, core, [statements[place] for place in found])
        found.setdefault(one.place, 1 if leads_on else 2 if follows else 3)
    if not any(statements[place].does for place in found) and not _FACT.search(ask):
        found |= {one.place: 1 for one in _how(statements, core, message)}
    after = next((one for one in rest if one.goes_on and one.block == core.block + 1 and one.does), None)
    if after is not None and has_tried(message) and not near:
        found.setdefault(after.place, 1)
    # a row that the answer names comes after it: it is what the answer leads to
    order = sorted(found, key=lambda place: (statements[place].row and not core.row, place))
    return _within([Said(statement=statements[place], rank=found[place]) for place in order])


def _how(statements: Iterable[Statement], core: Statement, message: str) -> Iterable[Statement]:
    """The statement under the answer's heading that says what to do about what it speaks of, where there is one."""
    words = [term for term in terms_of(core.text) if is_trade(term) or speaks(term, message)]
    for one in statements:
        sets_out = one.does and one.block != core.block and not (one.row or one.lead) and one.heading == core.heading
        if sets_out and any(speaks(word, one.text) for word in words):
            return (one,)
    return ()


_FACT = regex.compile(
    r"\b(?:how (?:much|many|long|soon|often|big)|when|what (?:time|size|kind)|which|price|cost|do you|are you"
    r"|is there|are there|does|is it)\b",
    regex.I,
)
"""What asks for a fact alone, and not for what to do."""


def _open_to(statements: Sequence[Statement], block: int, message: str) -> list[Statement]:
    """The statements of the block that was found that hold; all of it where its condition is told in other words."""
    counted = next((one for one in statements if one.counts and one.holds(message)), None)
    block = _led_on_to(statements, counted.block if counted is not None else block)
    own = [one for one in statements if one.block == block]
    return [one for one in own if one.holds(message) or not one.hard] or own


def _led_on_to(statements: Sequence[Statement], block: int) -> int:
    """The block that one which only goes on from another ("Still red after that? ...") leads back to."""
    first = {one.block: one for one in reversed(statements)}
    while block - 1 in first and first[block].goes_on and first[block - 1].heading == first[block].heading:
        block -= 1
    return block


def _belongs(one: Statement, core: Statement, weigh: "_Weighing") -> bool:
    """Whether a statement of the same bullet is said too: what follows the answer, or speaks of the ask as well."""
    if one.does and not core.does:
        return True
    return (one.place > core.place and len(one.text.split()) > FRAGMENT) or weigh.meets(one)


class _Weighing:
    """How much of an ask each statement of an article meets."""

    def __init__(self, ask: str, message: str, statements: Sequence[Statement]) -> None:
        self._ask, self._message = ask, message
        weights = dict.fromkeys(terms_of(message), CONTEXT)
        weights |= dict.fromkeys(situation_terms(message), MEANT * CONTEXT)
        weights |= dict.fromkeys(situation_terms(ask), MEANT) | dict.fromkeys(terms_of(ask), 1.0)
        self._own = {term for term in (*terms_of(ask), *situation_terms(ask)) if not is_price(term)}
        apart = distinct(sorted(weights, key=lambda term: -weights[term]))
        self._spoken = {term: [speaks(term, one.text) for one in statements] for term in {*apart, *self._own}}
        self._weights = {
            term: weights[term] * (TRADE if is_trade(term) else 1.0) / (1 + 0.5 * max(sum(self._spoken[term]) - 1, 0))
            for term in apart
        }

    def meets(self, one: Statement) -> bool:
        """Whether a statement speaks of the ask itself."""
        return any(self._spoken[term][one.place] for term in self._own)

    def of(self, one: Statement) -> float:
        """The score of a statement, 0 or more."""
        met = sum(weight for term, weight in self._weights.items() if self._spoken[term][one.place])
        led = LED * bool(one.lead and one.holds(self._message)) + LASTED * fits(one.text, self._message)
        over = OVER * run_out(one.text, self._message)
        return met + KIND * holds_kind(self._ask, one.text) * (met > 0) + led - over


def _from_first_met(steps: Sequence[Statement], message: str) -> tuple[Said, ...]:
    """The steps of a list, from the one whose condition the customer says is met: those before it are done."""
    met = next((place for place, one in enumerate(steps) if one.hard and place and one.holds(message)), 0)
    return tuple(Said(statement=one, rank=min(place, 2)) for place, one in enumerate(steps[met:]))


def _beside(
    rest: Sequence[Statement], core: Statement, said: Sequence[Statement], weigh: _Weighing
) -> Iterable[Statement]:
    """Statements of other bullets: what is as near to the ask, what comes of it."""
    least = max(weigh.of(core) * BESIDE, LEAST)
    alike = [one for one in rest if not one.goes_on and (core.row or not one.row) and not (core.counts and one.hard)]
    near = [one for one in alike if weigh.of(one) >= least and (weigh.meets(one) or one.hard)]
    near = sorted(near, key=weigh.of, reverse=True)[:MOST_BESIDE]
    yield from near
    if any(one.does for one in (core, *said, *near)):
        yield from [one for one in rest if one not in near and _follows(one, core, said)][:2]


def _names(core: Statement, row: Statement) -> bool:
    """Whether a statement holds one of the names of a row, whole ("Northern Ireland" isn't "Ireland")."""
    names = [words_of(name) for name in row.lead.split(",")]
    return any(name and all(len(word) > 3 and stands_in(word, core.text) for word in name) for name in names)


def _follows(one: Statement, core: Statement, said: Sequence[Statement]) -> bool:
    """Whether a statement says what comes of what another tells to do, and when: right after it, or by its words."""
    if one.row or (one.lead and not one.goes_on) or not holds_kind("how long", one.text):
        return False
    if one.place < core.place or one.heading != core.heading:
        return False
    if one.block == core.block + 1:
        return True
    words = {term for other in said if other.does for term in terms_of(other.text)}
    return any(word in words and is_trade(word) for word in terms_of(one.text)[:3])


def _within(said: list[Said]) -> tuple[Said, ...]:
    """What is said, less what ranks last while there are too many words."""
    while sum(len(one.statement.text.split()) for one in said) > MOST_WORDS and max(one.rank for one in said) > 1:
        worst = max(one.rank for one in said)
        last = max(place for place, one in enumerate(said) if one.rank == worst)
        del said[last]
    return tuple(said)


def said_of_fact(statements: Sequence[Statement], ask: str, message: str) -> tuple[Said, ...]:
    """A public fact whole: the sentence nearest to the ask answers, the others belong to it."""
    weigh = _Weighing(ask, message, statements)
    core = max(statements, key=lambda one: (weigh.of(one), -one.place))
    return tuple(Said(statement=one, rank=0 if one is core else 1) for one in statements)


def unrepeated(said: Sequence[Said]) -> tuple[Said, ...]:
    """Statements less those whose words an earlier one holds nearly all."""
    kept: list[Said] = []
    for one in said:
        words = set(terms_of(one.statement.text))
        before = {word for other in kept for word in terms_of(other.statement.text)}
        if not words or len(words & before) < REPEATED * len(words):
            kept.append(one)
    return tuple(kept)
