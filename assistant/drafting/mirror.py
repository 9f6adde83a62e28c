"""Naming the issue: the customer's own clause turned into ours ("I can't log in" gives "you can't log in").

Only a clause that reads well after turning gets out. Where none does there is the noun that triage found, then None;
the play's own words stand in. No part-of-speech tags are used yet, so the patterns are narrow on purpose.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import regex
import yaml

from tone_rules.value import Value

Kind = Literal["trouble", "question", "request", "event", "noun"]

MAX_WORDS = 15
"""A longer clause is the customer's story, and repeating it whole reads like mockery."""
MIN_WORDS = {"trouble": 3, "question": 3, "request": 3, "event": 3, "noun": 1}
_TIMEOUT = 0.2
_READ = 4_000
"""Characters of a message that are looked at; what a post is about stands in its beginning."""


class Issue(Value):
    """What happened, in words that may follow "sorry" (trouble), "about" (noun), "you'd like to know" (question) ..."""

    kind: Kind
    text: str
    source: str
    """The customer's words that it came from."""


@cache
def words(kind: str) -> frozenset[str]:
    """One of the word lists of `mirror.yaml`, in lower case."""
    return frozenset(str(word).lower() for word in _data()[kind])


@cache
def _data() -> dict[str, Any]:
    text = files("assistant.drafting").joinpath("mirror.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506  # BaseLoader builds strings only


@cache
def _contractions() -> dict[str, str]:
    return dict(_data()["contractions"])


_NEGATED = r"(?:can't|cannot|can not|could not|couldn't|am not able to|'m not able to|am unable to|'m unable to|wasn't able to|haven't been able to)"
_ADVERBS = r"(?:(?:still|also|even|now|just|simply|suddenly|constantly|currently|always|only|already|recently) )*"
_STATE = (
    r"(?:won't|will not|doesn't|does not|don't|do not|isn't|is not|aren't|are not|wasn't|weren't|hasn't|has not|haven't|have not|didn't|did not|can't|cannot|"
    r"keeps?|kept|stopped|stops|never|is|are|was|were|has|have|got|came|arrived|broke|crashed|crashes|fails|failed|shows|says|said|freezes|froze|disappeared|vanished|went|turned up|looks|takes|took|needs|"
    r"disconnects|restarts|shuts|drops|stutters|lags|buffers|overheats|logs|kicks|removes|skips|loses|deletes|cuts|hangs|glitches|reboots|blocks|rejects|refuses|bounces)"
)
_HAPPENED = (
    r"(?:forgot|lost|dropped|was charged|got charged|was billed|got billed|am being charged|am still being charged|am locked out|was locked out|got locked out|"
    r"keep getting|keep losing|keep having|got logged out|have been waiting|'ve been waiting|am waiting|'m waiting|got hacked|got banned|was banned|got disconnected)"
)
_TROUBLED = (
    r"\b(?:not|no longer|never|down|gone|missing|locked|stuck|broken|black|blank|offline|hacked|wrong|slow|late|lost|deleted|banned|blocked|disabled|suspended|terminated|cancell?ed|"
    r"faulty|damaged|empty|frozen|cracked|disappeared|expired|delayed|stopped|failed|failing|crashing|freezing|unavailable|unable|invalid|corrupt\w*|buggy|dead|out of stock|out of date|error|errors)\b"
)
_FUNCTION = r"(?:my|our|the|your|this|these|that|which|who|what|where|when|why|how|with|for|from|of|on|in|at|by|to|so|and|or|but|if|as|than|i|you|we|they|it|he|she|people|hope|is|are|was|has|have|had|do|does|did|not|been|said|says|get|gets|got)"
_NOUN = rf"(?:(?!{_FUNCTION}\b)[\w'&/-]+ ){{1,4}}?"
_PATTERNS: tuple[tuple[Kind, str, str], ...] = (
    ("trouble", rf"\b(?:I|we) {_ADVERBS}{_NEGATED} (?P<rest>.+)", "you can't {rest}"),
    (
        "trouble",
        rf"\b(?:I|we) {_ADVERBS}(?P<verb>haven't|have not|didn't|did not|never|don't|do not) {_ADVERBS}(?P<rest>(?:received?|got|get|gotten|had|heard|hear|see|seen) .+)",
        "you {verb} {rest}",
    ),
    (
        "trouble",
        rf"(?:^|.*\b)(?P<det>my|our|the|your|this|these) (?P<noun>{_NOUN}){_ADVERBS}(?P<verb>{_STATE})\b(?P<rest>.*)",
        "{det} {noun}{verb}{rest}",
    ),
    (
        "trouble",
        r"^(?P<noun>this|it) (?P<verb>keeps|won't|doesn't|isn't|didn't|never|stopped) (?P<rest>.+)",
        "{noun}{verb} {rest}",
    ),
    (
        "trouble",
        r"\b(?:I|we)(?:'m| am| are|'ve| have| keep| been)*(?: having| getting| got| had| get) (?P<rest>(?:(?:a|an|this|the|some|so many|several|major|lots of|constant) )?(?:\w+ ){0,3}(?:issues?|problems?|trouble|difficulty|difficulties|errors?|error message|message|notification)s?\b.*)",
        "you're {having} {rest}",
    ),
    (
        "question",
        r"\bhow (?:do|can|could|would|should|does|did) (?:I|we|you|one|someone) (?P<rest>.+)",
        "how to {rest}",
    ),
    (
        "trouble",
        r"\b(?:stop|quit) (?P<doing>crashing|freezing|lagging|logging me out|kicking me out|disconnecting|buffering|restarting|charging me) (?P<rest>(?:when|every time|whenever|while|after|before|on|in|for) .+)",
        "it keeps {doing} {rest}",
    ),
    (
        "question",
        r"\bhow (?P<much>many|much|long|often)(?P<thing>(?: [\w'-]+){0,3}?) (?P<aux>can|will|do|should|must) (?:I|we) (?P<rest>.+)",
        "how {much} {thing} you {aux} {rest}",
    ),
    ("question", r"\bwhere (?:do|can|should|could) (?:I|we) (?P<rest>.+)", "where to {rest}"),
    ("question", r"\bhow to (?P<rest>.+)", "how to {rest}"),
    ("question", r"\bwhere(?:'s| is| are) (?P<rest>(?:my|our|the) [\w' -]{3,40})", "where {rest} {is}"),
    (
        "question",
        r"^(?:so|also|and|or)? ?(?:can|could|may) (?:I|we) (?!please|get some|have some|help)(?P<rest>.+)",
        "whether you can {rest}",
    ),
    (
        "question",
        r"\bis there (?P<rest>(?:a|any|some) (?:way|option|chance|setting|plan|page|number|fix|possibility)\b.+)",
        "whether there's {rest}",
    ),
    (
        "question",
        r"\bdo you (?P<rest>(?:have|offer|sell|stock|ship|deliver|accept|take|support|plan|still|do|know|replace|price) .+)",
        "whether we {rest}",
    ),
    (
        "question",
        r"\b(?P<wh>why|when) (?P<aux>can't|can|do|don't|am|will|won't|should|must|would|have) (?:I|we) (?P<rest>.+)",
        "{wh} you {aux} {rest}",
    ),
    (
        "request",
        r"\b(?:help|assist)(?: me| us)?(?: out)? (?P<rest>(?:with|on|get|recover|fix|find|unlock|transfer|cancel|change|reset) .+)",
        "help {rest}",
    ),
    (
        "request",
        r"\b(?:I|we)(?:'d| would| really| just| still| also| only)* (?:need|want|like|love|wish|am trying|'m trying|have been trying|'ve been trying|tried|trying) to (?P<rest>(?!know|ask|say|be clear|report|thank|complain)\w+ .+)",
        "you'd like to {rest}",
    ),
    ("event", rf"\b(?:I|we)(?:'ve| have)? ?{_ADVERBS}(?P<verb>{_HAPPENED}) (?P<rest>.+)", "you {verb} {rest}"),
    (
        "trouble",
        rf"^(?P<noun>(?:[\w'&/-]+ ){{1,3}}){_ADVERBS}(?P<verb>won't|doesn't|isn't|aren't|hasn't|haven't|didn't|keeps?|stopped) (?P<rest>.+)",
        "{noun}{verb} {rest}",
    ),
    (
        "noun",
        r"\b(?:issues?|problems?|trouble|difficulty|difficulties) (?:with|on|in|when|getting|logging|signing|using|accessing|trying to) (?P<rest>.+)",
        "{whole}",
    ),
)
"""Kind, pattern on one clause, and the turned shape; earlier ones say more about what went wrong."""

_URL = regex.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|co|tv|us|pr|gg|ly|example)(?:/\S*)?", regex.I)
_TAG = regex.compile(r"(?<!\w)[@#]\S+")
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\u200d\ufe0f\U0001F3FB-\U0001F3FF\U0001F1E6-\U0001F1FF]+")
_IDENTIFIER = regex.compile(r"\S*(?:\d{5,}|\d+-\d{3,}|[A-Z]{2,}\d{3,}|\w@\w|_)\S*|\S+\d\S*[A-Za-z]\d\S*")
_CLAUSE = regex.compile(
    r"(?<=[.!?…])[\"'”’)]*\s+|\n+|[;:]\s|\s[-–—]+\s|\s\.{2,}\s?|\.{3,}|\?+|!+|,\s+(?=(?:and|but|so|because|then|or|I|it|the|my|now|please|yet|can|could|how|what|why|when|where|which|who|even|also|thanks|is|do)\b)"
    r"|\s(?=it (?:won't|keeps|doesn't|says|said|just|isn't|still)\b)"
    r"|\s(?=(?:but|because|so that|since|although|though|however|yet|therefore|unless|until|please|thanks|thank you)\b)"
    r"|\sand\s(?=(?:I|it|its|it's|now|then|the|my|they|when|how|so|still|nothing|no one|nobody|this|that|you|what|why|can|also)\b)"
    r"|\sso\s(?=(?:I|we|can|how|what|please|you)\b)"
    r"|\s(?=(?:can|could|will|would) (?:you|u|someone|anyone)\b)|\s(?=(?:what|who) (?:am|is|do|should|can|are)\b)|\s(?=(?:ever since|even though|as soon as|as if|whenever|whilst|as I|as my|& I|& you|& it|& my|I've tried|I tried)\b)",
    regex.I,
)
_WORD = regex.compile(r"[\w'&/+.%£$€-]+")
_PERSON = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "we're": "you're", "we've": "you've", "us": "you", "our": "your", "ours": "yours", "am": "are",
}  # fmt: skip


_PLAIN = {
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "got",
    "shows",
    "says",
    "said",
    "looks",
    "takes",
    "took",
    "needs",
    "went",
    "came",
    "kept",
    "keep",
}
"""Verbs that tell of trouble only where the rest of the clause does."""
_FUNCTIONS = frozenset(_FUNCTION.removeprefix("(?:").removesuffix(")").split("|"))
_INCOMPLETE = regex.compile(
    r"^(?:you can't|how to|why you can't|you'd like to|it won't|whether you can) (?:even |just )?(?:\w+|get (?:in|it|that)|fix this|do (?:this|that|it)|do anything)$"
    r"|^you never \w+$|^you don't have (?:enough|any|in\b.*)$|^you're (?:having|getting) (?:\w+ )?(?:issues|problems?|trouble|this)$|\bsuch a\b|^(?:the sun|this is)\b|\bwhether you can (?:get|have) (?:some )?help\b",
    regex.I,
)
_LEADING = frozenset(
    {"This", "The", "It", "It's", "How", "Can", "Your", "My", "These", "Whether", "Why", "When", "Where"}
)


def issue_of(message: str, topic: str | None = None) -> Issue | None:
    """The best name for what a message is about, None where nothing in it can be named well.

    Args:
        message: the customer's words.
        topic: the noun that triage found, as the customer wrote it.
    """
    best = next(iter(sorted(_candidates(message), key=lambda found: found[0])), None)
    if best is not None:
        return best[1]
    if topic and not _refused(topic):
        return Issue(kind="noun", text=_with_article(topic), source=topic)
    name = _name_in(message)
    return Issue(kind="noun", text=name, source=name) if name else None


_ERROR = regex.compile(r"\berror(?: code)?:? ([a-z]{1,4}-?\d[\w-]{1,12}|0x[0-9a-f]{4,10}|\d{3,5})\b", regex.I)
_PROPER = regex.compile(
    r"\b(?:my|the|a|an|on|with|using|for|play|playing|installed|downloaded|bought|purchased|have|got|into|via) "
    r"((?:\p{Lu}[\p{Ll}\d]+|\p{Lu}{2,6}\d{0,3}|\p{Ll}?\p{Lu}\p{L}+\d?)(?: (?:\p{Lu}[\p{Ll}\d]+|\p{Lu}{2,5}|\d{1,2}\b)){0,2})"
)
"""A product's name: capitals in mid-sentence behind a word that points at a thing."""


def _name_in(message: str) -> str | None:
    """An error's code or a product's name, as the customer wrote it, where nothing better is there to name."""
    plain = " ".join(_EMOJI.sub(" ", _TAG.sub(" ", _URL.sub(" ", message[:_READ].replace("’", "'")))).split())
    if found := _ERROR.search(plain):
        return f"error {found[1].upper() if found[1][0].isalpha() else found[1]}"
    if sum(map(str.isupper, plain)) > 0.4 * sum(map(str.isalpha, plain)):
        return None
    for found in _PROPER.finditer(plain):
        first = found[1].split()[0].lower()
        shouted = regex.fullmatch(r"\p{Lu}{4,}", found[1].split()[0]) is not None
        if (
            not shouted
            and first not in words("not_people")
            and first not in words("not_things")
            and not _refused(found[1])
        ):
            return str(found[1])
    return None


def praised_thing(message: str, topic: str | None) -> str | None:
    """The topic, where the customer speaks of it as a thing of theirs or ours ("this blanket", "my boots")."""
    if not topic or _refused(topic):
        return None
    pointed = rf"\b(?:this|these|the|my|our|your|that|those) (?:\w+ ){{0,2}}?{regex.escape(topic)}\b"
    return _with_article(topic) if regex.search(pointed, message, regex.I, timeout=_TIMEOUT) else None


def _with_article(topic: str) -> str:
    """The noun behind "the"; a name with digits or capitals inside keeps its case."""
    plain = topic[1:].islower() or topic.isupper()
    return f"the {topic.lower() if plain else topic}"


def _candidates(message: str) -> Iterator[tuple[tuple[int, int], Issue]]:
    for position, clause in enumerate(clauses(message)):
        for rank, (kind, pattern, shape) in enumerate(_PATTERNS):
            try:
                found = regex.search(pattern, clause, regex.I, timeout=_TIMEOUT)
            except TimeoutError:
                continue
            if found is None:
                continue
            text = _turned(shape, found)
            if text is not None and len(text.split()) >= MIN_WORDS[kind]:
                yield (rank + 2 * position, position), Issue(kind=kind, text=text, source=found.group(0))
                break


def clauses(message: str) -> list[str]:
    """A message as plain clauses: links, handles, tags and emoji gone, contractions mended, no shouting."""
    text = message[:_READ].replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    text = _EMOJI.sub(" . ", _TAG.sub(" ", _URL.sub(" ", text)))
    text = regex.sub(r"\s*,\s*(?!\d)", ", ", text)
    text = regex.sub(r"\([^()]{0,80}\)|\*|\blink\s*$", " ", text)
    letters = [character for character in text if character.isalpha()]
    if letters and sum(map(str.isupper, letters)) > 0.7 * len(letters):
        text = text.lower()
    parts = [" ".join(_mended(part).split()).strip(" ,.-\"'") for part in _CLAUSE.split(text) if part]
    return [part for part in parts if len(part.split()) >= 2]


def _mended(clause: str) -> str:
    shortened = _contractions()
    mended = (shortened.get(word.lower(), word) for word in clause.split())
    kept = " ".join(word for word in mended if word.lower().strip(",.") not in words("fillers"))
    return str(regex.sub(r"\bi\b", "I", kept))


def _turned(shape: str, found: "regex.Match[str]") -> str | None:
    groups = {name: (value or "").strip() for name, value in found.groupdict().items()}
    if groups.get("det", "").lower() == "our":
        groups["det"] = "your"
    elif groups.get("det", "").lower() == "your":
        groups["det"] = "the"
    elif groups.get("det"):
        groups["det"] = _PERSON.get(groups["det"].lower(), groups["det"].lower())
    rest = groups.get("rest", "")
    verb = groups.get("verb", "").lower()
    if (
        verb
        and "det" not in groups
        and groups.get("noun", "this").lower() not in {"this", "it"}
        and "{noun}{verb}" in shape
    ):
        head = groups["noun"].lower().split()
        if head[-1] not in words("subjects") or _FUNCTIONS.intersection(head):
            return None
    if regex.search(r"\b(?:you|you're|you've|u|yours)\b", rest, regex.I):
        return None
    spaced = {name: f"{value} " if name == "noun" and value else value for name, value in groups.items()}
    plural = bool(regex.search(r"\w{3,}s$", rest)) and not rest.endswith("ss")
    spaced = {name: " ".join(map(_person, value.split())) + " " * value.endswith(" ") for name, value in spaced.items()}
    if "rest" in spaced and "{verb}{rest}" in shape and rest:
        spaced["rest"] = f" {spaced['rest']}"
    if spaced.get("aux", "").lower() == "do":
        spaced["aux"] = ""
    having = "having" if regex.search(r"\b(?:issue|problem|trouble|difficult)", rest, regex.I) else "getting"
    whole = " ".join(map(_person, found.group(0).split()))
    text = _clean(shape.format_map({"whole": whole, "is": "", "having": having, "noun": "", "rest": "", **spaced}))
    if text is None or (verb in _PLAIN and not regex.search(_TROUBLED, text, regex.I)):
        return None
    return f"{text} {'are' if plural else 'is'}" if shape.endswith("{is}") else text


def _person(word: str) -> str:
    bare = word.strip(",")
    if bare.lower() == "your":
        return word
    turned = _PERSON.get(bare.lower())
    return word.replace(bare, turned) if turned else word


def _clean(text: str) -> str | None:
    said = text.split()
    cut = next((number for number, word in enumerate(said) if word.endswith((",", "."))), None)
    if cut is not None and cut >= 3:
        said = said[: cut + 1]
    said = [word.strip(',"') for word in said]
    while said and _dangles(said):
        said.pop()
    text = " ".join(said).strip(" ,.-'\"")
    text = regex.sub(r"\byou (?:was)\b", "you were", regex.sub(r"\byou (?:has)\b", "you have", text))
    text = regex.sub(r"\b(didn't|don't|doesn't) (got|received|had)\b", _base, text)
    text = regex.sub(r"\b(?:for|since) (?:ages|forever|days now)$", "", text).strip()
    if not text or len(text.split()) > MAX_WORDS or _INCOMPLETE.match(text) or _refused(text):
        return None
    first, _, others = text.partition(" ")
    return f"{first.lower()} {others}" if first in _LEADING else str(text)


def _base(found: "regex.Match[str]") -> str:
    return f"{found[1]} { {'got': 'get', 'received': 'receive', 'had': 'have'}[found[2]] }"


def _dangles(said: list[str]) -> bool:
    """Whether a clause can't end on its last word; a particle may end it behind its verb ("you can't log in")."""
    last = said[-1].lower().strip(".,'")
    if last in {"in", "on", "up", "out", "off", "back", "down", "up to"} and len(said) > 1:
        return not regex.match(
            r"(?:log|sign|get|check|turn|plug|switch|show|come|go|com|going|coming|showing|logg|sign|lock|hang|sort|set|start|boot|power|call|send|cut)\w*$",
            said[-2],
            regex.I,
        )
    return last in words("dangling")


def _refused(text: str) -> bool:
    """Whether something in a clause must not be repeated, or shows that the turning went wrong."""
    said = [word.lower() for word in _WORD.findall(text)]
    if not said or any(word in words("refused") for word in said):
        return True
    if regex.search(r"\s[.,]|[.?!]\s|\bany way get\b|\bproblem in\b|[a-z]\s(?:Even|And|But|So|Also|Please)\b", text):
        return True
    if _IDENTIFIER.search(text) or regex.search(r"[^\w\s'&/+.,%£$€\"()-]", text):
        return True
    if regex.search(
        r"\b(\w+) \1\b|\b(?:you you|your your|the the|the your|your the|a the)\b|\b(?:wtf|idk)\b", text, regex.I
    ):
        return True
    return text.count('"') % 2 == 1 or text.count("(") != text.count(")")
