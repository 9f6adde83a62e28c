"""What tells of trouble, and what only seems to: own doing, own will, what was feared or said by somebody."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.drafting.mirror.lists import words
from assistant.drafting.mirror.reading import Word


def troubled(said: Sequence[Word]) -> bool:
    """Whether words tell of something wrong."""
    known = words("trouble")
    said = [
        one
        for one in said
        if not (one.lemma == "issue" and one.tag.startswith("VB"))
        and not (one.lemma in words("verbs_of_trouble") and one.tag.startswith("NN"))
    ]
    for place, one in enumerate(said):
        if (
            one.lemma in ("log", "sign", "kick", "boot", "time", "lock", "cut", "drop")
            and one.tag != "VB"
            and "out" in [two.lower for two in said[place + 1 : place + 4]]
        ):
            return True
    if any(
        (one.lower == "only" and other.tag in ("VBZ", "VBP", "VBD"))
        or (one.lower == "out" and other.lower == "of")
        or (one.lower == "still" and (other.tag in ("VBG", "IN") or other.text == '"'))
        or (one.tag == "CD" and other.lower == "times")
        or (one.tag in ("IN", "CD", "NN") and other.lower in words("broken_into"))
        for one, other in pairwise(said)
    ):
        return True
    return any(
        one.lower in ("n't", "not", "never", "no", "cannot", "nt") or one.lemma in known or one.lower in known
        for one in said
    ) or any(one.lemma == "keep" and (other.tag == "VBG") for one, other in pairwise(said))


def supposed(before: Sequence[Word]) -> bool:
    """Whether what follows is wished, feared ("I don't want to ship and then ...") or somebody's word ("they said")."""
    near = before[-5:]
    if any(one.lemma in words("claiming") for one in near) and any(one.lower in words("claimants") for one in near):
        return True
    for one in reversed(before):
        if one.tag in (",", ".", ":") or one.lower in ("because", "but", "as", "since", "so", "however", "although"):
            return False
        if one.lower in words("supposing") or one.lemma in words("supposing"):
            return True
    return False


def own_will(group: Sequence[Word], verb: Word, denied: bool) -> bool:
    """Whether it is what they mean to do or did wrong, or is told in a present that is past: no trouble of ours."""
    if any(one.lower == "never" for one in group) and (verb.tag == "VBG" or group[0].lower in ("will", "'ll")):
        return True
    if (group[0].lower == "wo" and verb.lemma != "be") or verb.lemma == "fail":
        return True
    alone = not any(one.tag == "MD" or one.lemma in ("be", "have", "do") for one in group)
    return not denied and verb.tag == "VBP" and alone and verb.lemma in {"wait", *words("reaching")}


def takes_object(before: Word) -> bool:
    """Whether a clause's first word hangs on the verb before it: "needed to play | the game could not be found"."""
    free = words("thinking") | words("claiming") | {"help", "fix", "please", "show", "assist"}
    return before.tag in ("VB", "VBG") and before.lemma not in free


def nameless(said: Sequence[Word], verb: Word) -> bool:
    """Whether a clause says that there is a problem and not which: "I have an issue with the app"."""
    return verb.lemma in ("have", "get", "face", "experience") and any(
        one.tag.startswith("NN") and one.lemma in ("issue", "problem", "trouble", "difficulty", "question")
        for one in said
    )


def own_act(said: Sequence[Word], verb: Word, denied: bool) -> bool:
    """Whether the customer tells what they did or are, which is no trouble by itself: "I cancelled the trial"."""
    plain = verb.lemma == "be" and not any(one.tag == "IN" for one in said)
    if plain and any(
        one.relation in ("ROOT", "ccomp", "conj", "advcl", "parataxis") and one.tag.startswith("NN") for one in said
    ):
        return True
    if denied:
        return verb.lemma in words("acts") | {"miss", "lose", "break", "damage", "forget", "mean", "fail"}
    passive = verb.tag == "VBN" and any(one.lemma in ("be", "get") or one.lower in ("'m", "'re") for one in said[:5])
    if passive and verb.lemma not in ("be", "get"):
        return not troubled([verb])
    if verb.lemma == "forget" and any(one.tag == "TO" for one in said):
        return True
    if verb.lemma == "keep":
        following = next((one for one in said if one.tag == "VBG"), None)
        return following is None or following.lemma not in (
            "get",
            "lose",
            "have",
            "be",
            "see",
            "receive",
            "miss",
            "fail",
        )
    if verb.lemma == "be":
        return not any(one.tag in ("JJ", "VBN", "RP", "RB", "NN", "IN") and troubled([one]) for one in said)
    if verb.lemma in ("have", "get", "face", "experience", "receive", "see", "encounter"):
        return not any(one.lower in words("signs") or (one.tag in ("JJ", "VBN") and troubled([one])) for one in said)
    if any(one.lower in words("lost_inside") for one in said):
        return True
    return verb.lemma in words("acts") or not troubled([verb])
