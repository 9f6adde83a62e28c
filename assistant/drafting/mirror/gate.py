"""The last look at a turned clause: what is mangled, rude, private or aimed at a machine never gets out."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import regex

from assistant.drafting.mirror.clauses import MAX_WORDS
from assistant.drafting.mirror.lists import mended, words
from assistant.drafting.mirror.parts import Candidate
from assistant.drafting.mirror.reading import HIDDEN, Sentence, Word

MIN_WORDS = 3
_PLAIN = regex.compile(r"[\w\s'’&/+.%£$€,\"-]+")
_TWICE = regex.compile(r"\b(\w+) \1\b|\b(?:the|your|a|an|my|his|their) (?:the|your|a|an|my|this|that)\b", regex.I)
_WRONG = regex.compile(
    r"\byou (?:is|has|was|does|am)\b|\b(?:it|this|he|she|that) (?:don't|haven't|aren't|weren't)"
    r"|\b(?:it|this|he|she) (?:are|have|do|am)\b|\b(?:I|me|my|mine)\b|\bn't (?:got|"
    r"received|had|went|came|was|saw)\b"
    r"|\b(?:is|are|was|were|be) (?:go|do|get|have|give|make|let|take|work)\b|\b(?:can't|won't|doesn't|"
    r"didn't|don't|to|can|will) \w+(?:ing|[^e]ed)\b(?<!need|feed|speed|proceed|exceed|succeed|embed|bring|"
    r"ring|ping)"
    r"|\byou (?:lost|forgot|need|have|got|entered) (?:code|password|account|key|card|pin|receipt|phone|number|email)$"
    r"|\b(?:would|will|can|could|should|does|do|did) (?:up|off|out|down|over|in|on|of)\b|\b(?:is|are|was|were) of\b"
    r"|^you'd like .*\b(?:yesterday|ago|earlier|last|something)\b|^it (?:seems|looks|appears)\b|\bwait from\b"
    r"|\beither\b(?!.*\bor\b)"
    r"|\b(?:is|are|was|were|will|can|does|has) (?:and|or)\b"
    r"|(?<=\w)(?<!\bto)(?<!n't) help you$"
    r"|\bbut (?:nothing|no|still|now)\b"
    r"|'s (?:is|are|was|were)\b"
    r"|\bfor (?:enter|get|see|make|send|receive|buy|know|have|put|recover|activate|connect|install)\b"
    r"|\bas well (?:as )?(?:or|and)\b|^you'd like us to (?:(?!\bor\b).)*\bor\b"
    r"|\bmore the\b|\bso no\b|(?<!for )\bno reason$|\ba (?:[aeio]\w+)\b|\ban (?:[bcdfgjklpqrtvwz]\w+)\b|"
    r"\bany way\b.*\bget$|\bthe (?:me|you|it|they)\b|\bhow (?:to|you) be\b",
    regex.I,
)
_THIN = regex.compile(
    r"(?:you can't|you cannot|you can not|"
    r"how to|why you can't|you'd like to|it won't|whether you can|why it won't|help you|"
    r"you're unable to|you are unable to|you aren't able to)(?: even| just)? (?:\w+|\w+ (?:it|this|that|"
    r"them|these|those)(?: \w+)?|get (?:in|it|that|this)|fix (?:this|it|that)|do (?:this|that|it|so|anything)(?: \w+)?|"
    r"play (?:it|this)|use (?:it|this))"
    r"|you(?:'re| are) having trouble (?:with|in|on)? ?(?:this|it|that|\w+)|you never \w+|whether (?:that|"
    r"this|it) is\b.*|why (?:is|that|this|it) \w+(?: \w+)?|where (?:it|that|this) is|(?:it|this|that|"
    r"they) \S+ \w+(?: (?:it|me|you))?"
    r"|(?:it|this|that|they)(?:'s| is| are) not \w+|you(?:'re| are) not sure\b.*|you have no (?:idea|"
    r"clue)\b.*|there's no (?:way|reason|help|point|need)\b.*|you(?:'ve| have)? (?:have|had|got) (?:a|"
    r"an|this|the same) (?:problem|issue|question)s?"
    r"|you're (?:having|getting|experiencing) (?:\w+ )?(?:issues?|problems?|trouble|this)|help (?:with|"
    r"you) (?:this|it|that|the online|\w+)|whether you can get (?:some )?help\b.*",
    regex.I,
)
_PROFANE_PART = regex.compile(r"f+u+c+k|sh[i1]t|bullsh|\*{2,}|cunt|bitch|wank|asshole", regex.I)
_LOOSE = {"det", "amod", "compound", "nummod", "case", "mark", "nmod:poss", "aux", "aux:pass", "cop", "flat"}
_COMPLETING = {"JJ", "JJR", "DT", "PRP$", "PRP", "NN", "NNS", "CD", "VBG"}
"""What a verb that a clause ends on has behind it where the clause was cut: "the plums go | mouldy"."""
_LINKING = {"go", "get", "become", "turn", "seem", "look", "feel", "stay", "grow"}
_BOUND = {"compound:prt", "flat", "compound", "fixed", "xcomp", "obj", "goeswith"}


def passes(candidate: Candidate, text: str, sentence: Sentence) -> bool:
    """Whether the clause `text`, turned from `candidate`, may stand in a reply."""
    said = text.split()
    if not MIN_WORDS <= len(said) <= MAX_WORDS + 1 or not _PLAIN.fullmatch(text) or text.count('"') % 2:
        return False
    if refused(candidate.said) or _TWICE.search(text) or _WRONG.search(text) or _THIN.fullmatch(text):
        return False
    if (
        not _ends_well(candidate.said)
        or not _denied_well(candidate.said)
        or not _verbs_fit(candidate.said)
        or not _objects_stand(candidate.said)
        or not _joined_well(candidate.said)
        or not _whole(candidate, sentence)
    ):
        return False
    return all(known(one) for one in candidate.said) and has_content(candidate.said)


def refused(said: Sequence[Word]) -> bool:
    """Whether something among the words must not be repeated."""
    never = words("refused")
    if any(one.lower in words("kin") and other.tag.startswith("NNP") for one, other in pairwise(said)):
        return True
    if any(one.tag == "PRP$" and one.lower in ("their", "his", "her") for one in said):
        return True
    return any(
        one.lower in never or one.lemma in never or HIDDEN in one.text or _PROFANE_PART.search(one.text) for one in said
    )


def for_machines(sentence: Sequence[Word]) -> bool:
    """Whether a sentence looks like an order to a model."""
    said = [one.lower for one in sentence]
    if "forget" in said and {"everything", "all", "previous"} & set(said):
        return True
    return any(one in words("machine") for one in said)


def has_content(said: Sequence[Word]) -> bool:
    """Whether the words name a thing or a doing that is more than "it does not work"."""
    if not any(one.tag for one in said):
        return True
    empty = words("empty") | words("vague")
    things = [
        one for one in said if one.tag.startswith(("NN", "CD")) and one.lemma not in empty and one.lower not in empty
    ]
    deeds = [
        one
        for one in said
        if one.tag.startswith("VB") and one.lemma not in words("light") and one.lemma not in words("thinking")
    ]
    return bool(things) or (
        bool(deeds) and len(said) >= 4 and said[-1].lower not in ("it", "this", "that", "them", "one")
    )


_BE = frozenset({"is", "are", "was", "were", "'re", "'s", "am", "'m", "be", "been"})


def known(word: Word) -> bool:
    """Whether a word is spelled as words are: a piece of the vocabulary, a name, a number, a code."""
    if not word.tag or any(map(str.isdigit, word.text)) or not any(map(str.isalpha, word.text)):
        return True
    lower = word.lower.strip(".")
    if word.text[:1].isupper() and (word.tag.startswith("NNP") or word.text in ("S", "M", "L")):
        return True
    if lower in vocabulary() or word.lemma in vocabulary() or lower.startswith("'") or lower in ("n't", "ca", "wo"):
        return True
    if any(map(str.isupper, word.text[1:])) or word.text in mended("names").values():
        return True
    for prefix in ("re", "pre", "un", "mis", "over", "de", "dis"):
        if (
            lower.startswith(prefix)
            and len(lower) > len(prefix) + 3
            and known(word._replace(text=lower[len(prefix) :], lemma=""))
        ):
            return True
    return _derived(lower) or _compound(lower) or (word.tag in ("NN", "NNS", "JJ") and _unlike(lower))


def _derived(lower: str) -> bool:
    known_words = vocabulary()
    endings = any(
        (
            lower.endswith(end)
            and (lower.removesuffix(end) in known_words or f"{lower.removesuffix(end)}e" in known_words)
        )
        or (
            lower.endswith(end)
            and lower[-len(end) - 2 : -len(end) - 1] == lower[-len(end) - 1 : -len(end)]
            and lower[: -len(end) - 1] in known_words
        )
        for end in ("s", "es", "ing", "ed", "d", "ly", "er", "ers", "able", "less", "ful")
    )
    return endings or ("-" in lower and all(part in known_words for part in lower.split("-")))


def _compound(lower: str) -> bool:
    """Whether two whole words make it: "touchpad", "passcode"."""
    known_words = vocabulary()
    return any(lower[:at] in known_words and lower[at:] in known_words for at in range(4, len(lower) - 2))


@lru_cache(maxsize=4096)
def _unlike(lower: str) -> bool:
    """Whether a long word is so far from every common one that it is no slip of one: a product's or a trade's word."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    if not 6 <= len(lower) <= 16 or not lower.isascii() or not regex.search(r"[aeiouy]", lower):
        return False
    return extractOne(lower, vocabulary(), scorer=OSA.distance, score_cutoff=1) is None


@cache
def vocabulary() -> frozenset[str]:
    """Words that are a piece of their own for the vectors, some twenty thousand common ones, and those of the trade."""
    from tone_rules.vectors import known_words

    return known_words() | words("known") | words("trouble") | frozenset(mended("past").values())


def _ends_well(said: Sequence[Word]) -> bool:
    if len(said) < MIN_WORDS:
        return False
    last = said[-1]
    if last.lower in words("nothings") and not (last.lower == "anything" and said[-2].lemma == "do"):
        return False
    if last.tag == "JJ" and said[-2].tag in ("DT", "PRP$"):
        return False
    if last.lower == "more" and (said[-2].lower == "any" or said[-2].lemma in ("cost", "pay")):
        return True
    told = said[-2] if last.tag.startswith("PRP") and last.lower not in ("it", "them") else last
    if told.lemma in words("telling") and told.tag.startswith("VB"):
        return False
    if last.lower in ("it", "this", "that", "them") and said[-2].tag in ("IN", "TO"):
        return False
    if "since" in (said[-2].lower, said[-3].lower) and not any(
        one.lemma == "have" or one.lower == "been" for one in said
    ):
        return False
    if last.tag == "CD" and said[-2].tag.startswith("VB"):
        return False
    if last.lower == "soon" and said[-2].lower == "as":
        return False
    if last.lower == "other" and said[-2].lower == "each":
        return True
    if last.lower in words("particles"):
        object_first = last.lower in ("back", "off", "out", "down", "up", "away") and said[-2].tag.startswith(
            ("N", "PRP")
        )
        return len(said) > 2 and (
            said[-2].tag.startswith("VB") or object_first or said[-2].lower in ("back", "it", "you")
        )
    if last.lower in ("to", "into", "at", "of", "for", "with", "from") or (
        last.lower in words("dangling") and last.tag
    ):
        return last.lower in ("is", "are", "was", "have") and said[0].lower in ("where", "what", "when", "how")
    return True


def _verbs_fit(said: Sequence[Word]) -> bool:
    """Whether each verb has the form that the auxiliary before it wants: no "are not receive", no "have waiting"."""
    before: Word | None = None
    for one in said:
        if one.tag.startswith("RB") or one.lower in ("n't", "not", "never"):
            continue
        if before is not None and before.tag == "MD" and one.tag in ("IN", "PRP"):
            return False
        if before is not None and one.tag.startswith("VB"):
            lower = before.lower
            if lower in _BE and one.tag in ("VB", "VBP", "VBZ", "VBD"):
                return False
            if lower in ("have", "has", "had", "'ve") and one.tag in ("VB", "VBG", "VBP", "VBZ"):
                return False
            if (before.tag == "MD" or lower in ("do", "does", "did")) and one.tag not in ("VB", "VBP"):
                return False
            if before.tag == "TO" and one.tag not in ("VB", "VBP"):
                return False
        before = one
    return True


def _joined_well(said: Sequence[Word]) -> bool:
    """Whether a second finite verb has what leads to it: "the app won't load | keeps freezing" is two clauses."""
    first: Word | None = None
    led = False
    for one in said:
        finite = one.tag in ("VBZ", "VBP", "VBD", "MD") or (not one.tag and one.lower in _BE)
        if finite and first is not None and not led:
            return False
        if finite and first is None:
            first = one
            led = one.lemma in words("claiming") | words("thinking") | words("telling")
        elif first is not None and (one.tag in _LEADING or one.lower in _LEADING_WORDS):
            led = True
    return True


_LEADING = {"IN", "CC", "WRB", "WP", "WDT", "EX"}
_LEADING_WORDS = {"i", "we", "it", "they", "he", "she", "time", '"'}


def _objects_stand(said: Sequence[Word]) -> bool:
    """Whether verbs that need an object have one, and a thing that can be counted has its article."""
    passive = False
    for place, one in enumerate(said):
        following = said[place + 1] if place + 1 < len(said) else None
        if following is not None and following.lower in words("particles") and place + 2 < len(said):
            following = said[place + 2]
        passive = passive or one.lemma in ("be", "get") or one.lower in _BE
        if not one.tag.startswith("VB") or one.relation == "amod" or (one.tag == "VBN" and passive):
            continue
        bare = following is None or following.tag in ("IN", "RB", "TO", "CC")
        helps = one.lemma == "have" and following is not None and (following.tag == "RB" or following.lower == "to")
        asked = following is None and said[0].lower in ("how", "what", "which")
        if one.lemma in words("with_object") and bare and not helps and not asked:
            return False
        if one.lemma in ("see", "receive") and following is not None and following.tag in ("JJ", "VBG"):
            behind = said[place + 2 : place + 4]
            if not any(word.tag.startswith("N") for word in behind):
                return False
        alone = place + 2 >= len(said) or not said[place + 2].tag.startswith("N")
        counted = following is not None and following.tag == "NN" and following.lower in words("common")
        if counted and alone and one.lemma != "be" and following is not None and following.lower not in words("lacked"):
            return False
    return True


def _denied_well(said: Sequence[Word]) -> bool:
    """Whether each "not" stands behind an auxiliary or before "to", as it must in a finite clause."""
    for place, one in enumerate(said):
        if one.lower == "not" and place:
            before = [word for word in said[:place] if not word.tag.startswith("RB")][-1:]
            after = said[place + 1].lower if place + 1 < len(said) else ""
            if (
                after != "to"
                and said[place - 1].lower != "but"
                and not (
                    before and (before[0].tag in ("MD", "") or before[0].lemma in ("be", "have", "do", "can", "will"))
                )
            ):
                return False
    return True


def _whole(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the parse agrees that the clause is a whole: no word cut from what it belongs to."""
    end = candidate.last
    last = sentence[end - 1]
    if (last.relation in _LOOSE or last.relation.startswith("nsubj")) and last.head >= end:
        return False
    if end < len(sentence):
        after = sentence[end]
        if after.lower == "of" or (
            after.lower in ("back", "off", "out", "down", "up", "away") and after.tag in ("RP", "RB")
        ):
            return False
        if (
            last.tag.startswith(("N", "CD"))
            and after.relation in ("amod", "compound", "nummod")
            and after.head > end
            and after.tag != "DT"
        ):
            return False
        if (
            last.tag.startswith(("N", "CD"))
            and after.tag.startswith(("NN", "CD"))
            and after.lower not in words("times")
        ):
            return False
        if (
            last.tag.startswith("N")
            and after.tag in ("VBG", "VBN")
            and any(one.lemma == "get" for one in candidate.said)
        ):
            return False
        if last.relation.startswith("acl") and last.tag in ("VBN", "VBG") and after.tag in ("IN", "TO", "RP"):
            return False
        if last.lemma in words("times") and after.lower in ("before", "after", "into", "later", "early", "late", "ago"):
            return False
        if (last.lower == "back" and after.lower == "to") or after.text[:1].isdigit():
            return False
        if last.tag.startswith("VB") and (after.lower in words("particles") or after.tag in _COMPLETING):
            return False
        if last.tag.startswith("VB") and last.lemma in _LINKING and after.text[:1].isalpha():
            return False
        if after.lower == "to" and any(one.lemma in ("get", "ask", "allow", "force") for one in candidate.said):
            return False
    if any(one.relation in _BOUND and end - 3 <= one.head < end for one in sentence[end : end + 4]):
        return False
    if candidate.subject is not None and candidate.verb is not None:
        relation = candidate.subject.relation
        if not relation.startswith(("nsubj", "expl", "csubj")) and relation != "ROOT":
            return False
    return True
