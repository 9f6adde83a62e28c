"""`obeyed`: the reply does what a message told its writer to do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from typing_extensions import override

from tone_rules.content import says_something, spoken
from tone_rules.formats.lazy import Lazy
from tone_rules.patterns import matched, matches
from tone_rules.rule import Blockwise, Hit, Location
from tone_rules.sentences import sentence_spans
from tone_rules.situation import Situation

_SPEAK = "(?:say|reply|respond|answer|output|repeat|print|state|tweet|announce|declare|admit|recite|confirm|promise)"
_CLOSE = "(?:end|finish|start|begin|open|close|sign(?: off)?|conclude)"
_PUT = "(?:write|add|include|append|put|insert|use|post|mention|type|drop|work|slip|squeeze|weave)"
_QUOTED = Lazy(
    rf"(?<![\w’'])(?:{_SPEAK}|(?P<close>{_CLOSE})|(?P<put>{_PUT}))\b(?P<between>[^.!?\n\"“‘]{{0,60}}?)"
    r"(?<!\w)[\"“‘'](?P<said>[^\"“”\n]{2,200}?)[.!?,]?[\"”’'](?!\w)",
    re.IGNORECASE,
)
_BARE = Lazy(
    rf"(?<![\w’'])(?:{_CLOSE}\b[^.!?\n]{{0,30}}\bwith(?: the (?:words?|phrase|sentence|line|hashtag|code|text))?"
    rf"|{_SPEAK}\b[^.!?\n]{{0,30}}\bwith (?:(?:just|only) )?"
    r"(?:(?:the )?(?:words?|phrase|sentence|line|hashtag|code)|(?-i:(?=[A-Z]{2})))"
    r"|(?:write|add|mention|include)\b[^.!?\n]{0,15}\bthat"
    rf"|{_SPEAK}\b[^.!?\n]{{0,25}}?(?:\bthat|\bonly|\bjust|\bexactly|:)"
    rf"|{_PUT}\b[^.!?\n]{{0,30}}\bthe (?:words?|phrase|sentence|line|hashtag|code|text))"
    r"\s*(?P<said>[^.!?\n\"“]{3,160})",
    re.IGNORECASE,
)
_ABOUT_THE_REPLY = Lazy(
    r"\b(?:answers?|repl(?:y|ies)|responses?|tweets?|posts?|messages?|comments?|texts?|instructions?|prompt|ignore"
    r"|disregard|assistant|bot|AI)\b",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = Lazy(r"\b(?:me|us|i|we|they|he|she|it|who|app|page|site|screen|system)(?: \w+){0,2} ?$", re.IGNORECASE)
_NO = Lazy(r"\b(?:not|never|no|nothing|cannot|\w+n[’']t|refuse|leave (?:it|that|the)|skip)\b", re.IGNORECASE)
_ELSEWHERE = Lazy(r"\b(?:will|I[’']ll|we[’']ll|add(?:ed)?|put|on (?:the|your|it))\b", re.IGNORECASE)
_MARKS = "\"“”‘’'«»"
_TAG = Lazy(
    rf"(?<![\w’'])(?:{_SPEAK}|{_CLOSE}|{_PUT})\b[^?\n]{{0,40}}?(?P<tag>#\w+)(?![^.!\n]{{0,60}}\?)", re.IGNORECASE
)
_ORDER = Lazy(rf"(?<![\w’'])(?:{_SPEAK}|{_CLOSE}|{_PUT}|copy|echo|parrot|after me)\b", re.IGNORECASE)
_PLAIN = frozenset({"yes", "no", "sorry", "thanks", "hello", "hi", "please", "ok", "okay", "congratulations"})
_WHY = Lazy(
    r"\s+(?:so|because|to (?:prove|show)|if|when|at the (?:end|start)|please|thanks|in (?:your|the))\b.*", re.IGNORECASE
)
_WITH = Lazy(r"\b(?:with|words?|phrase|code|hashtag)\b", re.IGNORECASE)
_LOUD = Lazy(r"[A-Z][A-Z0-9]+(?: [A-Z][A-Z0-9]+)*")
_SPOKEN = Lazy(r"[^\W_]+(?:['’][^\W_]+)*")
_ECHO = 40
"""Words of a reply that may be an echo."""
_TAIL = 3
"""Words of a message that may stand behind what it says to write, such as "and nothing else"."""
_ENOUGH = 3
"""Words of a phrase that nobody says again by chance; fewer count where the message gives orders to a model."""
_SHARE = 0.8
"""How much of what was to be said one sentence of the reply must hold."""


class Obeyed(Blockwise):
    """Flags words that the customer's message told the writer to say, and manners that it told them to take on.

    What is compared is the message's own demands: a phrase in quotation marks, or after "end with", "say that" or
    "repeat". A refusal that names the phrase is fine, and so is a wish for something else than the reply, such as words
    on a cake. The argument is the match.
    """

    extends: Literal["obeyed"]
    manners: Mapping[str, str] = {}
    """Patterns: what asks for a manner in the message, and what shows it in the reply; letter case aside."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each demanded phrase or manner in the reply."""
        message = situation.message
        if not message:
            return
        for words, exact in _demands(message):
            for start, end in _repeated(text, words) if exact else _told(text, words):
                yield Hit(start, end, (text[start:end],), compared_with="message")
        for tag in dict.fromkeys(one["tag"].casefold() for one in _TAG.finditer(message)):
            at = re.search(rf"(?i){re.escape(tag)}(?!\w)", text)
            if at is not None and not _turned_down(text, at.start()):
                yield Hit(at.start(), at.end(), (at[0],), compared_with="message")
        if _only_echoes(text, message, situation):
            yield Hit(0, len(text.rstrip()), (text.strip(),), compared_with="message")
        for wanted in _wanted(message, tuple(self.manners)):
            found = next(matches(f"(?i){self.manners[wanted]}", text), None)
            if found is not None:
                yield Hit(found.start(), found.end(), (found[0],), compared_with="message")

    @override
    def patterns(self) -> Iterator[tuple[Location, str]]:
        """What asks for a manner, and what shows it."""
        yield from super().patterns()
        for wanted, shown in self.manners.items():
            yield ("manners", wanted), wanted
            yield ("manners", wanted), shown


def _only_echoes(text: str, message: str, situation: Situation) -> bool:
    """Whether the reply is nothing but the last words of a message that says what to write."""
    agent = situation.agent
    signed = {word for one in ((agent.name, agent.initials) if agent else ()) if one for word in spoken(one)}
    said = [one for one in spoken(text) if one not in signed]
    if not said or len(said) > _ECHO or not any(map(says_something, said)) or _PLAIN.issuperset(said):
        return False
    told = list(spoken(message))
    for at in range(1, len(told) - len(said) + 1):
        if told[at : at + len(said)] == said and at + len(said) >= len(told) - _TAIL:
            head = message[: _where(message, at)]
            return "?" not in message and _ORDER.search(head) is not None
    return False


def _where(message: str, index: int) -> int:
    """Where the word of this number begins in a message."""
    return next((one.start() for number, one in enumerate(_SPOKEN.finditer(message)) if number == index), 0)


@lru_cache(maxsize=256)
def _wanted(message: str, manners: tuple[str, ...]) -> tuple[str, ...]:
    """Those patterns of manners that a message has."""
    return tuple(one for one in manners if matched(f"(?i){one}", message))


@lru_cache(maxsize=256)
def _demands(message: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The phrases that a message wants to be said, as words; and whether word for word."""
    quoted = list(_QUOTED.finditer(message))
    bare = [one for one in _BARE.finditer(message) if not any(_meet(one, other) for other in quoted)]
    if not quoted and not bare:
        return ()
    from tone_rules.readings.reading import read_message

    ordered = read_message(message).instructions
    wanted: list[tuple[tuple[str, ...], bool]] = []
    for one in quoted:
        words = spoken(one["said"])
        aimed = ordered or not one["put"] or bool(_ABOUT_THE_REPLY.search(one["between"]))
        enough = 1 if ordered or one["close"] else _ENOUGH
        if aimed and len(words) >= enough and not _SOMEBODY_ELSE.search(message[: one.start()]):
            wanted.append((words, True))
    for one in bare:
        if _SOMEBODY_ELSE.search(message[: one.start()]):
            continue
        loud = _LOUD.match(one["said"])
        if loud and not message.isupper() and _WITH.search(one[0]) and (ordered or len(spoken(loud[0])) > 1):
            wanted.append((spoken(loud[0]), True))
            continue
        words = spoken(_WHY.sub("", one["said"]))
        firm = one[0].casefold().startswith(("say that", "repeat"))
        aimed = ordered or firm or bool(_ABOUT_THE_REPLY.search(one[0]))
        enough = 2 if sum(map(says_something, words)) > 1 else len(words) + 1
        if aimed and len(words) >= enough:
            wanted.append((words, False))
    return tuple(wanted)


def _meet(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _repeated(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the words stand in the reply, one after the other."""
    pattern = r"[\W_]+".join(re.escape(one).replace("'", "['’]") for one in words)
    for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        if not _turned_down(text, found.start()):
            yield found.span()
            return


def _told(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The sentence of the reply that says what was to be said, in whatever person."""
    wanted = {one for one in words if says_something(one)}
    for start, end in sentence_spans(text):
        here = wanted.intersection(spoken(text[start:end]))
        if len(here) >= _SHARE * len(wanted) and text[end - 1] != "?" and not _NO.search(text, start, end):
            yield start, end
            return


def _turned_down(text: str, start: int) -> bool:
    """Whether the sentence around says no to it, or only quotes it as something that is put elsewhere."""
    for first, last in sentence_spans(text):
        if first <= start < last:
            before = text[first:start]
            marked = len(before) > 1 and before.rstrip()[-1:] in _MARKS
            return _NO.search(before) is not None or bool(marked and _ELSEWHERE.search(text, first, last))
    return False
