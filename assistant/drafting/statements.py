"""What an article says, one statement at a time, and for whom each of them holds."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

import regex

from assistant.passages import Passage
from assistant.waits import fits, not_yet
from assistant.words import situation_terms, speaks, stands_in, terms_of, words_of
from tone_rules.value import Value

_SENTENCE = regex.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\p{Lu}\d£€$\"“'(])")
_LEANS = regex.compile(
    r"(?:It|Its|That|This|These|Those|They|Their|Then|So|Otherwise|Both|Nothing to|In before)\b(?! (?:is|was) the\b)"
)
"""What begins a statement that can't be understood without the one before."""
_LEADS = (
    regex.compile(
        r"^(?P<lead>(?:If|When|Once|Unless|Without)\b[^:.?,]{2,110}), (?=(?:sign|open|go|press|tap|choose|pick|ring"
        r"|call|write|send|ask|check|look|restart|update|switch|hold|wipe|bring|book|tell|message|report|reply|use|try|pull)\b)",
        regex.I,
    ),
    regex.compile(r"^(?P<lead>(?:If|When|Once|Unless|Without|After|Postcodes?|Only if)\b[^:.?]{2,130}):\s", regex.I),
    regex.compile(r"^(?P<lead>(?:If|When|Once|Unless|Without)\b[^:.?,]{2,110}),\s", regex.I),
    regex.compile(r"^(?P<lead>After (?:a|an|the) \w+ \w+) (?:the|we|you|your|it)\b", regex.I),
    regex.compile(r"^(?P<lead>[^.:?!]{2,90})\?[\"”]? "),
)
"""How a statement begins that holds under a condition."""
_LABEL = regex.compile(r"^(?P<lead>[\p{Lu}\d][^.:?!]{1,110}): ")
_STATES = regex.compile(
    r"^(?!.*\b(?:who|which|that|where|if|when|whose)\b).*?\b(?:can(?:['’]t|not)?|is|are|was|will|won['’]t|must|may|has|have"
    r"|stays?|comes?|goes|isn['’]t|aren['’]t|never|asks?|needs?|holds?|costs?|takes?)\b",
    regex.I,
)
"""A sentence before a colon that states something by itself ("Two versions are never thrown away: look under ...")."""
MEANS = 0.42
"""Cosine with a message from which a condition may be told there in other words."""
_LONGEST_LABEL, _LONGEST_NAME = 18, 6
"""Words of what stands before a colon up to which it is a label, and from which on it tells a situation."""
_ORDINAL = regex.compile(r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\b", regex.I)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
_LEADS_ON = regex.compile(
    r"^(?:Once|When (?:it|we|that|they)|Not there|Still (?:not|nothing|a|no|\w+ing|\w+(?: \w+)? after)|No luck"
    r"|Otherwise|If not|After that|Inside"
    r"|Then)\b",
    regex.I,
)
"""A condition that goes on from the statement before it and holds wherever that one does."""
_STILL = regex.compile(r"\b(?:still|again)\b", regex.I)
_TRIED = regex.compile(
    r"\b(?:tried|did|done|already|again|twice|thrice|(?:two|three|four|five|several|\d) times|still|reset|restarted"
    r"|rebooted|reinstalled|unplugg(?:ed|ing)|cleaned|cleared|followed|replaced|updated|after (?:i|we|that))\b",
    regex.I,
)
"""What a condition of a later step says, and how a customer tells of an earlier one."""
_DOES = regex.compile(
    r"https?://|\b(?:press|tap|fill in|choose|open the|look in|ring|call us|check|ask the|ask us|use the|cancel and"
    r"|divert|pick a|send (?:it|the|us|proof|proof at)|go to|start at|return the|tell us|report|book|unlock|pay once"
    r"|scan the|type|install|restart|update|switch|hold|wipe|bring|reply|appeal|claim(?:ed)?|rebook"
    r"|add it|stop it|end it|unplug|sign (?:in|out)|write to|keep (?:the|your)|message us)\b"
    r"|: [\p{Lu}][\w’' ]+, [\p{Lu}]|\b0\d{3,4} \d{3}",
    regex.I,
)
"""A statement that says what to do: an order, a path through menus, a link, a telephone number."""
_REFUSES = regex.compile(
    r"\b(?:can['’]t|cannot|isn['’]t|aren['’]t|doesn['’]t|don['’]t|won['’]t|not|no|never|nobody|only)\b", regex.I
)
_BARE = regex.compile(
    r"^(?:Doesn['’]t|Don['’]t|Not|Can['’]t|One per|No|Nothing|[£€$\d]|Free|Up to|Only|Paid|Press|End it)(?!\p{L})"
)
"""How a statement begins that leaves out what it is about, because its heading says it."""


class Statement(Value):
    """One statement of an article."""

    text: str
    article: str
    heading: str = ""
    block: int
    place: int
    """Its position in the article."""
    step: bool = False
    row: bool = False
    lead: str = ""
    """Its condition or label ("After a third miss", "Wrong item", "Germany"), empty where it holds for all."""
    hard: bool = False
    """The lead is a condition, not just a label."""

    @property
    def does(self) -> bool:
        """Whether it says what to do."""
        return _DOES.search(self.text) is not None

    @property
    def refuses(self) -> bool:
        """Whether it says that something can't be had, without saying what can be done."""
        return _REFUSES.search(self.text) is not None and not self.does

    @property
    def goes_on(self) -> bool:
        """Whether its condition comes of the statement before it ("Once accepted, ...")."""
        return _LEADS_ON.match(self.text) is not None

    @property
    def counts(self) -> bool:
        """Whether its condition names the first, second, third ... time, or an age."""
        return bool(_ordinals(self.lead)) or _span(self.lead) is not None

    def holds(self, message: str) -> bool:
        """Whether its condition is met by what a message tells; one without a condition holds for all.

        An ordinal ("the third miss") must be the highest that the message names; of several things named in a condition
        one is enough.
        """
        if not self.lead or self.goes_on:
            return True
        if self.hard and self._too_soon(message):
            return False
        if self.hard and fits(self.text, message):
            return True
        wanted = _ordinals(self.lead)
        if wanted and _last(message) not in wanted:
            return False
        if (ages := _AGES.findall(message)) and (span := _span(self.lead)) is not None:
            return any(int(age) in span for pair in ages for age in pair if age)
        codes = _CODE.findall(self.lead)
        if len(codes) > 1:
            return any(regex.search(rf"\b{code}(?!\p{{L}})", message) for code in codes)
        words = [word for word in terms_of(self.lead) if not _ORDINAL.fullmatch(word)]
        if not words:
            return bool(wanted)
        if wanted:
            return any(_tells(word, message) or _says(word, message) for word in words)
        if self.hard:
            # what hurt somebody and what is merely scratched are one circle of synonyms, and two situations
            words = [word for word in words if word not in _NEVER_TELLS]
            if not words:
                return True
            needed = 1 if len(words) < 3 or _LISTS.search(self.lead) else 2
            return sum(_says(word, message) for word in words) >= needed
        listed = "," in self.lead or " or " in self.lead
        return sum(_tells(word, message) for word in words) >= (1 if listed or len(words) < 3 else 2)

    def may_hold(self, message: str) -> bool:
        """Whether nothing that a message tells rules its condition out; that somebody was hurt is never supposed."""
        return not (self.counts or self._too_soon(message) or _HARM.search(self.lead))

    def _too_soon(self, message: str) -> bool:
        """Whether it is for later: its time isn't reached, or it is for who has tried what stands before it."""
        return (_STILL.search(self.lead) is not None and not has_tried(message)) or not_yet(self.text, message)

    def means(self, message: str) -> bool:
        """Whether a message tells its condition in other words, as far as that shows in their meaning."""
        from tone_rules.vectors import likeness

        if self.counts or self._too_soon(message):
            return False
        return likeness(self.lead, message) >= MEANS


_HARM = regex.compile(
    r"\b(?:hurt|injur\w*|burn\w*|died|dies|death|ill|unwell|emergency|danger\w*|breath\w*)\b", regex.I
)


def has_tried(message: str) -> bool:
    """Whether a customer says that something has been tried."""
    return _TRIED.search(message) is not None


def statements_of(passages: Sequence[Passage]) -> tuple[Statement, ...]:
    """The statements of an article's passages, in order; what can't stand alone stays with what it leans on."""
    return _statements(tuple(passages))


@lru_cache(maxsize=512)
def _statements(passages: tuple[Passage, ...]) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for _, block in groupby(passages, key=lambda one: one.block):
        pieces = list(block)
        first, inherited = pieces[0], ("", False)
        text = " ".join(one.text for one in pieces)
        for number, said in enumerate(_grouped(_SENTENCE.split(text), whole=first.row)):
            lead, hard = (said.split(":", 1)[0], False) if first.row else _lead_of(said)
            if number == 0:
                inherited = (lead, hard)
            one = Statement(
                text=said,
                article=first.article,
                heading=first.heading,
                block=first.block,
                place=len(found),
                step=first.step,
                row=first.row,
                lead=lead or inherited[0],
                hard=hard if lead else inherited[1],
            )
            found.append(one)
    return tuple(found)


def leaning(one: Statement) -> bool:
    """Whether a statement can't be understood without the one before it in its bullet ("After that: ...")."""
    return _LEANING.match(one.text) is not None


_LEANING = regex.compile(
    r"(?:After that|Otherwise|Then|If not|Not there|Still (?:not|nothing|a|no)|No luck)\b", regex.I
)


def headed(one: Statement, before: str) -> str:
    """A statement with its heading in front where it leaves out what it is about and `before` doesn't say it."""
    known = not one.heading or set(terms_of(one.heading)) & set(terms_of(f"{before} {one.text}"))
    if known or not _BARE.match(one.text):
        return one.text
    return f"{one.heading}: {one.text[0].lower() if _small(one.text) else one.text[0]}{one.text[1:]}"


def _small(text: str) -> bool:
    """Whether a statement goes on in small letters behind a heading: an order keeps its capital."""
    return not _DOES.match(text)


def _grouped(sentences: Iterable[str], *, whole: bool) -> list[str]:
    """Sentences; a question takes its answer with it, and one that leans stays with the one before."""
    found: list[str] = []
    for sentence in sentences:
        if found and (whole or found[-1].endswith(("?", '?"', "?”")) or _LEANS.match(sentence)):
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found


def _lead_of(text: str) -> tuple[str, bool]:
    found = next((found for one in _LEADS if (found := one.match(text))), None)
    if found is not None:
        return str(found["lead"]), True
    if (found := _LABEL.match(text)) and not _DOES.match(text) and len(found["lead"].split()) <= _LONGEST_LABEL:
        hard = len(found["lead"].split()) > _LONGEST_NAME
        return ("", False) if hard and _STATES.match(found["lead"]) else (str(found["lead"]), hard)
    return "", False


_AGES = regex.compile(
    r"\b(?:is|are|turns|aged?|just|only|\() ?(\d{1,2})\b"
    r"(?! ?(?:%|am|pm|min|hour|day|week|month|quid|st|nd|rd|th|\d|[.:]\d))"
    r"|\b(\d{1,2}) ?-?(?:yo|yrs?|years?)(?:[ -]olds?)?\b",
    regex.I,
)
"""How customers tell an age."""
_BETWEEN = regex.compile(r"(\d{1,2}) (?:to|and|or|-) (\d{1,2})|(under|below|over|from) (\d{1,2})", regex.I)


def _span(lead: str) -> range | None:
    """The ages that a label names ("11 to 15", "Under 11"), None where it names none."""
    found = _BETWEEN.fullmatch(lead.strip())
    if found is None:
        return None
    if found[1]:
        return range(int(found[1]), int(found[2]) + 1)
    return range(int(found[4])) if found[3].lower() in ("under", "below") else range(int(found[4]), 120)


_CODE = regex.compile(r"\b\p{Lu}{1,3}\d{0,2}\b")
"""Postcodes and the like: a list of them in a condition is met by one of them alone."""


def _last(message: str) -> str:
    """The highest ordinal that a customer names: they count on from message to message."""
    said = _ordinals(message)
    return next((one for one in reversed(_COUNTED) if one in said), "")


_COUNTED = ("first", "second", "third", "fourth", "fifth")


def _ordinals(text: str) -> frozenset[str]:
    return frozenset(_ORDINALS.get(one.lower(), one.lower()) for one in _ORDINAL.findall(text))


_LISTS = regex.compile(r",| or ")
_NEVER_TELLS = frozenset({"item", "order", "parcel", "account", "app", "customer", "product"})
"""Words that stand in every message, so that they tell no situation."""


def _says(word: str, message: str) -> bool:
    """Whether a message holds the very word, or tells what it stands for."""
    held = all(stands_in(one, message) for one in words_of(word)) if " " in word else stands_in(word, message)
    return held or word in situation_terms(message)


def _tells(word: str, message: str) -> bool:
    return speaks(word, message) or word in situation_terms(message)
