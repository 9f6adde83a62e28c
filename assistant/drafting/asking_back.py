"""A reply where nothing that is known answers: what happens next, or the question that is missing."""

from typing import TYPE_CHECKING

from assistant.drafting.asking import asks_for_help, is_question, only_asks
from assistant.drafting.compose import Part, Plan
from assistant.drafting.reach import wants_it_here
from assistant.drafting.unseen import unseen
from assistant.words import terms_of

if TYPE_CHECKING:
    from assistant.drafting.first_aid import Aid
    from assistant.drafting.writing import Build, Writing


def asking(writing: "Writing", build: "Build", number: int) -> Plan:
    """One candidate: the issue, the next step or the question that is missing, a private look."""
    w = writing
    if plainly_unknown(w):
        text = w.say(w.book.answers.unknown, "unknown", number, {"way_do": w.reach.way_do})
        before = [*w.disclosure(), *w.greeting(number)]
        return Plan(parts=(*before, Part(text=text, weight=0)), why="says that the knowledge has no answer to this")
    parts = [*w.disclosure(), *w.greeting(number), *w.opening(number), *w.stake(build)]
    about = w.book.about
    questions = [w.choose.among(one.ask, number) for one in w.play.missing if one.wanted(w.message, about)]
    questions = questions[number % 2 :] + questions[: number % 2] if len(questions) > 2 else questions
    if unseen(w.view):
        questions.insert(0, w.say(w.book.unseen.any, "unseen", number))
    asked = " ".join(questions[: w.play.questions if build == "full" else 1])
    why = "says what happens next" if w.play.next else "asks for what is missing"
    if w.play.next:
        parts.append(Part(text=w.say(w.play.next, "next", number), weight=1, paragraph=True))
    if asked and not (w.play.next and build == "brief"):
        text = w.say(w.lines(w.book.ask), "ask", number, {"questions": asked})
        parts.append(Part(text=text, weight=1, paragraph=True))
    if w.play.close and w.reach.status:
        text = w.say(w.play.close, "close", number, {"status": w.reach.status})
        parts.append(Part(text=text, weight=2, paragraph=True, does="says where the latest stands"))
    here = wants_it_here(w.message)
    theirs = w.mood == "upset" or not is_question(w.message)
    private = list(w.private(number)) if not here and (build == "personal" or (theirs and not asked)) else []
    if private:
        parts += private
        why = "offers a look at this case"
    elif not asked and not w.play.next:
        text = w.say(w.book.way_on.any, "way_on", number, w.reach.slots())
        parts.append(Part(text=text, weight=1, paragraph=True))
        why = "shows the way on"
    return Plan(parts=tuple(parts), why=why)


def plainly_unknown(w: "Writing") -> bool:
    """Whether somebody calm asks a plain question to which the brand's own knowledge has no answer."""
    if w.mood != "calm" or w.library.empty or not w.reach.way or wants_it_here(w.message) or unseen(w.view):
        return False
    plain = w.play.id in _PLAIN or w.library.unknown(w.message)
    return plain and (asks_for_help(w.message) or is_question(w.message))


def suits(w: "Writing", aid: "Aid") -> bool:
    """Whether first aid that holds for any brand may be given by this one: its articles come first.

    A brand that has some says plainly that none answers a plain question; and what they never speak of isn't its field.
    """
    if aid.pleased or w.library.empty:
        return True
    if plainly_unknown(w) and (aid.fallback or (only_asks(w.message) and not w.book.first_aid.sure(w.message))):
        return False
    about = terms_of(aid.matched(w.said))
    return 2 * sum(map(w.library.says, about)) >= len(about)


_PLAIN = frozenset({"how_to", "price_question", "availability", "other"})
"""Plays of questions about the brand itself, where no detail of the customer's would help."""
