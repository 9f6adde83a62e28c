"""How a reply meets a message: in which mood, with which first aid, and what the knowledge has for what it asks."""

from assistant.context import PublicView
from assistant.drafting.answer import Asked, Library, asks_something
from assistant.drafting.asking import asks_for_help, is_numbered, is_question
from assistant.drafting.choose import Mood
from assistant.drafting.durations import was_slow
from assistant.drafting.first_aid import Aid, FirstAid
from assistant.drafting.people import person_in
from assistant.drafting.sentiment import did_well, scolds
from assistant.triage import INTENTS, Triage
from tone_rules.value import Value

_TROUBLE = frozenset(INTENTS) - {"praise", "feedback_suggestion", "how_to", "other"}
_BROKEN = frozenset({"product_fault", "service_outage"})


class Stance(Value):
    """What is decided before anything is written."""

    mood: Mood
    aid: Aid | None = None
    """The entry of first aid that is meant, None where none is."""
    asked: tuple[Asked, ...] = ()
    """Each ask with what the knowledge has for it; none where the message is praise and no more."""

    @property
    def answered(self) -> bool:
        """Whether an article answers at least one of the asks beyond doubt."""
        return any(one.sure for one in self.asked)


def stance_of(
    view: PublicView, message: str, triage: Triage, library: Library, first_aid: FirstAid, brand: str
) -> Stance:
    """The stance of a reply.

    Args:
        view: the customer's context.
        message: the customer's words less anything aimed at a machine.
        triage: what the message is.
        library: what the brand knows.
        first_aid: what holds for any brand.
        brand: its name, which is nobody's.
    """
    mood, aid = _met(message, triage, library, first_aid, brand)
    if mood == "pleased" and (library.empty or not is_question(message)):
        return Stance(mood=mood, aid=aid)
    asked = Stance(mood=mood, aid=aid, asked=tuple(library.asked(view, message)))
    if mood != "pleased":
        return asked
    if asked.answered:
        # kind words around a question that an article answers
        return asked.model_copy(update={"mood": "calm", "aid": first_aid.of(message, pleased=False)})
    return Stance(mood=mood, aid=aid)


def _met(message: str, triage: Triage, library: Library, first_aid: FirstAid, brand: str) -> tuple[Mood, Aid | None]:
    """The mood and the entry, by the message alone."""
    named = person_in(message, brand) is not None
    asks, well = asks_something(message) or is_numbered(message), did_well(message) and not scolds(message)
    mood = _mood_of(triage, asks=asks, names_person=named, pleased_words=well)
    if mood == "pleased":
        return _thanked(message, first_aid, named=named, well=well)
    held_back = triage.escalation or triage.review
    if well and not (held_back or triage.sarcasm or asks):
        return "pleased", first_aid.of(message, pleased=True)
    answerable = is_question(message) and not library.empty
    if not (held_back or asks_for_help(message) or scolds(message) or answerable):
        positive = triage.sentiment == "positive" and "praise" in triage.intents
        doubtful = triage.sarcasm or (triage.sentiment == "negative" and not named)
        if praise := first_aid.praise(message, positive=positive, doubtful=doubtful):
            return "pleased", praise
    return mood, first_aid.of(message, pleased=False)


def _thanked(message: str, first_aid: FirstAid, *, named: bool, well: bool) -> tuple[Mood, Aid | None]:
    """What becomes of words of praise: somebody who is `named` is praised, whatever else is told."""
    praise = first_aid.of(message, pleased=True)
    if named:
        return "pleased", praise
    if trouble := first_aid.sure(message):
        # thanks at the end of a plea are no praise
        return "calm", trouble
    if was_slow(message) or (scolds(message) and (praise is None or not first_aid.gladly(message))):
        return "upset", first_aid.of(message, pleased=False)
    if praise is None and (asks_for_help(message) or not (well or first_aid.gladly(message))):
        return "calm", first_aid.of(message, pleased=False)
    return "pleased", praise


def _mood_of(triage: Triage, *, asks: bool, names_person: bool, pleased_words: bool) -> Mood:
    """The mood that triage finds: sarcasm is upset whatever it says, praise that wants something is not pleased.

    Args:
        triage: what the message is.
        asks: whether it wants anything beside being read.
        names_person: whether somebody is praised by name: then what went wrong before is over.
        pleased_words: whether it says outright that they did well ("that's how you do it").
    """
    praised = triage.intents[0] == "praise" and not asks
    if tuple(triage.intents) == ("praise",) and triage.sentiment != "negative" and not (asks or triage.sarcasm):
        return "pleased"
    if names_person and (praised or (pleased_words and not asks)):
        return "pleased"
    if triage.sentiment == "negative" or (triage.sentiment != "positive" and _TROUBLE.intersection(triage.intents)):
        praised = False
    broken = triage.sentiment == "positive" and asks and not _BROKEN.isdisjoint(triage.intents)
    if triage.sarcasm or broken or triage.sentiment == "negative" or (triage.sentiment == "mixed" and not praised):
        return "upset"
    return "pleased" if praised else "calm"
