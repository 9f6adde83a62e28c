"""The clauses of a sentence that may name the issue, each as words in the order in which we would say them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from assistant.drafting.mirror import deeds, questions, requests, shapes, trouble
from assistant.drafting.mirror.inflecting import going
from assistant.drafting.mirror.lists import mended, words
from assistant.drafting.mirror.parts import Candidate, added, group_of, main_verb, one_phrase, subject_head
from assistant.drafting.mirror.reading import Sentence, Word

LONGEST_SUBJECT = 5
MAX_WORDS = 12
"""A longer clause is the customer's story, and repeating it whole reads like mockery."""


_UNDERGONE = frozenset(
    {"get", "receive", "wait", "keep", "lose", "have", "try", "struggle", "pay", "miss", "see", "experience", "find"}
)
"""What a customer whose "I" was left out goes through; other doings without a subject are mostly somebody else's."""


def candidates(sentence: Sentence, shape: str) -> Iterator[Iterator[Candidate]]:
    """Every clause of a sentence that a shape fits, each from its longest to its shortest form.

    Args:
        sentence: the words.
        shape: their letters.
    """
    for pattern, build in _BUILDERS:
        for found in pattern.finditer(shape, overlapped=pattern in _OVERLAPPED):
            made = (build(sentence, shape, found, end) for end in _ends(found))
            yield (one._replace(said=_with_articles(one.said)) for one in made if one is not None)


def _with_articles(said: Sequence[Word]) -> tuple[Word, ...]:
    """The words with "the" where haste left it out: "how to activate card"."""
    out: list[Word] = []
    for place, one in enumerate(said):
        before = said[place - 1] if place else None
        last = place + 1 == len(said) or said[place + 1].tag in ("IN", "TO", "RB")
        bare = one.tag == "NN" and one.lower in words("common") - words("lacked") - words("uncounted")
        if before is not None and before.tag in ("VB", "VBP") and before.lemma != "be" and bare and last:
            out.append(added("the", one))
        out.append(one)
    return tuple(out)


def _ends(found: "regex.Match[str]") -> list[int]:
    """Where a clause may end: behind each of its complements, the last one first."""
    groups = found.re.groupindex
    complements = found.spans("u") if "u" in groups else []
    ends = {end for _, end in complements}
    says = found.start("says") if "says" in groups and found["says"] is not None else found.end()
    ends |= {found.end(), complements[0][0] if complements else says}
    return sorted((end for end in ends if end - found.start() <= MAX_WORDS), reverse=True)


def _clause(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    subject, verb = subject_head(sentence, found.span("s")), main_verb(sentence, shape, found.span("v"))
    said, who = list(sentence[found.start() : end]), sentence[found.start("s") : found.end("s")]
    if subject is None or verb is None:
        return None
    if subject.lower in words("nobody") and verb.lemma in words("answering"):
        phoned = any(one.lemma in ("phone", "call", "line", "telephone") for one in sentence)
        telling = ("you", "can't", "get", "through") if phoned else ("you", "haven't", "had", "a", "reply")
        told = [added(one, sentence[found.start()]) for one in telling]
        return Candidate("trouble", tuple(told), found.start(), end, None, None, 9.0)
    if not trouble.troubled(said) or sum(one.tag != "POS" for one in who) > LONGEST_SUBJECT:
        return None
    if verb.lemma in words("claiming") and subject.lower in words("claimants"):
        return None
    if any(one.lower in words("kin") for one in who) and verb.lemma in ("expire", "pass", "leave"):
        return None
    if trouble.supposed(sentence[: found.start()]) or trouble.nameless(said, verb):
        return None
    if not one_phrase(sentence, found.span("s")) or who[0].tag in ("VBG", "VBN"):
        return None
    if any(one.tag == "CC" for one in who) and group_of(sentence, found)[0].tag == "VBZ":
        return None
    some_of = who[0].lower in ("one", "two", "half") and who[1:2] and who[1].lower == "of"
    if subject.lower in ("they", "someone", "some", "nobody", "anyone", "everyone") or any(
        one.lower in words("no_subject") for one in (who[1:] if some_of else who)
    ):
        return None
    mine = shape[found.start("s")] == "I"
    group = sentence[found.start("v") : found.end("v")]
    denied = any(one.lower in ("n't", "not", "never") for one in group)
    able = any(one.lower in ("ca", "can", "could") for one in group)
    if mine and denied and able and verb.lemma in words("never_mine"):
        return None
    if mine and trouble.own_will(group, verb, denied):
        return None
    if found.start() and trouble.takes_object(sentence[found.start() - 1]):
        return None
    if mine and verb.lemma in words("thinking") and not (denied and able and verb.lemma not in words("never_mine")):
        return None
    if (mine and trouble.own_act(said, verb, denied)) or (
        not denied and any(one.lower in words("perhaps") for one in group)
    ):
        return None
    said = _done_to(_agreeing(said, subject, found.end("s") - found.start()), subject, verb, group)
    if (
        subject.tag == "NN"
        and any(one.lower in words("several") for one in group[:1])
        and not any(one.tag == "CC" for one in who)
    ):
        return None
    if shape[found.start("s")] in "NJ" and _common(who, found.start()):
        said[0] = _small(said[0])
        done = verb.tag in ("VBD", "VBN") and len(who) == 1 and who[0].lower not in words("signs")
        said = said if subject.tag == "NNS" and not done else [added("the", said[0]), *said]
    named = words("lacked") | words("common") | words("signs")
    if mine and denied and verb.lemma in ("have", "own") and not any(one.lower in named for one in said):
        return None
    usual = mine and denied and group[0].lower == "do" and verb.lemma not in words("missed")
    points = 10.0 + (1 if shape[found.start("s")] in "mI" else 0) - (3 if usual else 0)
    return Candidate("trouble", tuple(said), found.start(), end, subject, verb, points)


def _common(who: Sequence[Word], place: int) -> bool:
    """Whether a subject without an article is no name: only the sentence's beginning gave it its capital."""
    from tone_rules.vectors import known_words

    if who[0].tag in ("NN", "NNS", "JJ"):
        return (who[-1].tag in ("NN", "NNS") and not who[-1].text[:1].isupper()) or len(who) == 1
    if place == 0 and len(who) > 1 and who[1].tag == "IN" and who[0].text[1:].islower():
        return who[0].lower in known_words()
    alone = place == 0 and len(who) == 1 and who[0].text[1:].islower()
    return alone and who[0].lower in words("common")


def _small(one: Word) -> Word:
    """A word with the capital that the beginning of its sentence gave it gone."""
    return one if one.text in mended("names").values() else one._replace(text=one.lower)


def _agreeing(said: list[Word], subject: Word, at: int) -> list[Word]:
    """The verb as its subject and its auxiliary want it: "videos were", "didn't get", "there are no pegs"."""
    said = _going(said)
    if subject.lower == "there":
        ends = [one for one, after in pairwise([*said[at:], subject]) if one.tag[:1] == "N" and after.tag[:1] != "N"]
        subject = ends[0] if ends and ends[0].tag == "NNS" and said[at].lower in ("'s", "is", "was") else subject
    for place in range(at, min(at + 4, len(said) - 1)):
        if (
            said[place].lower in ("n't", "not")
            and said[place - 1].lemma == "do"
            and said[place + 1].tag in ("VBN", "VBD", "VBZ")
        ):
            said[place + 1] = said[place + 1]._replace(text=said[place + 1].lemma, tag="VB")
    if subject.tag not in ("NNS", "NNPS"):
        return said
    for place in range(at, min(at + 2, len(said))):
        several = {"is": "are", "was": "were", "has": "have", "does": "do", "'s": "are"}.get(said[place].lower)
        if several is not None and said[place].tag in ("VBZ", "VBD"):
            said[place] = said[place]._replace(text=several, joined=False)
    return said


def _going(said: list[Word]) -> list[Word]:
    """The words with "not receiving" where somebody wrote "I am not receive"."""
    for place in range(2, len(said)):
        one, before = said[place], said[place - 1]
        helped = before.lower in ("not", "n't") and said[place - 2].lower in ("am", "'m", "are", "is")
        if helped and one.tag in ("VB", "VBP"):
            said[place] = one._replace(text=going(one.lower), tag="VBG")
    return said


def _done_to(said: list[Word], subject: Word, verb: Word, group: Sequence[Word]) -> list[Word]:
    """The words with the "was" that haste left out: "claim refused" is no claim that refuses."""
    at = said.index(verb) if verb in said else -1
    alone = at >= 0 and (at + 1 == len(said) or not said[at + 1].tag.startswith(("N", "PRP", "DT", "TO", "CD")))
    bare = len(group) == 1 and alone and verb.tag in ("VBD", "VBN") and verb.lemma in words("refusing")
    if bare and subject.tag in ("NN", "NNS") and subject.lower not in words("ours") | words("able_to_refuse"):
        said.insert(at, added("were" if subject.tag == "NNS" else "was", verb))
    return said


def _bare(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    said = list(sentence[found.start() : end])
    verb = main_verb(sentence, shape, found.span("v"))
    if verb is None or not trouble.troubled(said) or any(one.lower in words("lost_inside") for one in said):
        return None
    if "M" in shape[found.start() : end]:
        return None
    before = shape[: found.start()]
    if before.endswith("A") and (
        shape[found.start()] not in "XRn" or before.rfind("I") <= max(before.rfind("H"), before.rfind("Y"))
    ):
        return None
    first = next(one for one in said if shape[sentence.index(one)] in "XVLG")
    letter, lower = shape[sentence.index(first)], first.lower
    if letter == "X" and (said[said.index(first) + 1 :] or [first])[0].lower not in ("n't", "not", "never", "been"):
        return None
    if letter == "X" and lower in ("are", "do", "did", "were", "would"):
        return None
    done = letter in "GL" or (letter == "V" and first.tag == "VBD")
    if done and lower != "been" and first.lemma not in _UNDERGONE | words("done_to"):
        return None
    if verb.lemma in words("thinking") or (letter == "X" and verb.lemma in words("never_mine")):
        return None
    if letter == "L" and (lower.endswith("n") or lower in ("gone", "done")) and lower != "been":
        return None
    if letter in "VG" and verb.lemma in words("acts") | words("reaching"):
        return None
    if (letter == "V" and first.tag == "VBZ") or lower in ("wo", "does", "has", "is", "was"):
        who = [added("it", first)]
    elif letter == "L" and lower == "been":
        who = [added("you", first), added("'ve", first, joined=True)]
    elif letter == "G":
        who = [added("you", first), added("'re", first, joined=True)]
    elif (
        first.lemma in words("done_to")
        and first.tag in ("VBN", "VBD")
        and not any(one.tag.startswith("N") for one in said[1:3])
    ):
        who = [added("you", first), added("were", first)]
    elif letter == "V" and first.tag == "VBP" and first.lemma not in ("keep", "get"):
        return None
    else:
        who = [added("you", first)]
    lowered = [one._replace(text=one.text.lower()) if place == 0 else one for place, one in enumerate(said)]
    return Candidate("trouble", (*who, *lowered), found.start(), end, None, verb, 8.0 - 2 * (who[0].text == "it"))


def _state(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    subject = subject_head(sentence, found.span("s"))
    said = list(sentence[found.start() : end])
    if subject is None or not trouble.troubled(said) or subject.lower in words("empty"):
        return None
    behind = shape[found.end("p") : found.end("p") + 2].removeprefix("K")[:1]
    up_a_thing = shape[found.start("p")] in "KL" and behind in ("D", "m", "y", "h", "M")
    if up_a_thing or sentence[found.start("p")].lower == "been" or subject.lower in words("kin"):
        return None
    if any(one.lower in words("kin") for one in said) and any(one.lemma == "expire" for one in said):
        return None
    if said[0].tag == "VBG":
        return None
    at = found.end("s") - found.start()
    if shape[found.start("s")] in "NJGL" and (not subject.tag.startswith("NNP") or subject.lower in words("common")):
        said[0] = _small(said[0])
        if subject.tag != "NNS":
            said.insert(0, added("the", said[0]))
            at += 1
    number = "are" if subject.tag in ("NNS", "NNPS") else "is"
    said.insert(at, added(number, said[at]))
    return Candidate("trouble", tuple(said), found.start(), end, None, None, 8.0)


def _lack(sentence: Sentence, _shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    if sentence[found.start("s")].lower != "no":
        return None
    noun = sentence[found.end("s") - 1]
    if noun.lower in words("empty") - words("lacked"):
        return None
    listed = sentence[end].text == "," if end < len(sentence) else False
    if noun.lower not in words("lacked") and (listed or not (found["r"] or found["u"])):
        return None
    number = "are" if noun.tag in ("NNS", "NNPS") else "is"
    start = sentence[found.start()]
    contraction = added("'s", start, joined=True) if number == "is" else added("are", start)
    still = (
        [added("still", start)]
        if found["r"] and "still" in [one.lower for one in sentence[found.start() : found.start("s")]]
        else []
    )
    core = [
        one._replace(text=one.text.lower()) if place == 0 else one
        for place, one in enumerate(sentence[found.start("s") : end])
    ]
    return Candidate(
        "trouble", (added("there", start), contraction, *still, *core), found.start(), end, None, None, 7.0
    )


def _about(sentence: Sentence, shape: str, found: "regex.Match[str]", end: int) -> Candidate | None:
    noun = sentence[found.start("h")]
    if noun.lemma not in ("issue", "problem", "trouble", "difficulty", "problems", "issues", "difficulties"):
        return None
    start = sentence[found.start()]
    if sentence[found.start() + 1].lower not in ("with", "on", "in", "when") and shape[found.start() + 1] != "G":
        return None
    rest = sentence[found.start() + 1 : end]
    if not rest:
        return None
    rest = rest[1:] if rest[0].tag == "IN" and rest[1:] and rest[1].tag == "VBG" else rest
    said = (
        added("you", start),
        added("'re", start, joined=True),
        added("having", start),
        added("trouble", start),
        *(one._replace(text="the") if one.lower in ("a", "an") else one for one in rest),
    )
    return Candidate("trouble", said, found.start(), end, None, None, 8.5)


_BUILDERS = (
    (shapes.CLAUSE, _clause),
    (shapes.BARE, _bare),
    (shapes.STATE, _state),
    (shapes.LACK, _lack),
    (shapes.HOW, questions.how),
    (shapes.HOW_TO, questions.how_to),
    (shapes.WHY, questions.why),
    (shapes.WHETHER, questions.whether),
    (shapes.WISH, requests.wish),
    (shapes.HELP, requests.helping),
    (shapes.DO, requests.doing),
    (shapes.DO_FOR, requests.doing),
    (shapes.ABOUT, _about),
    (shapes.PASSIVE, deeds.passive),
    (shapes.A_WAY, questions.a_way),
    (shapes.ASKED, questions.asked),
    (shapes.STOP, deeds.stop),
    (shapes.HOW_MANY, questions.how_many),
    (shapes.INDIRECT, questions.indirect),
    (shapes.WHY_SO, questions.why_so),
    (shapes.IS_IT, questions.is_it),
    (shapes.ARE_YOU, questions.are_you),
    (shapes.LET, requests.letting),
    (shapes.CHANCE, requests.a_chance),
    (shapes.CHARGED, deeds.charged),
    (shapes.NEVER_DONE, deeds.never_done),
    (shapes.UNTOLD, deeds.untold),
)
_OVERLAPPED = frozenset({shapes.CLAUSE})
