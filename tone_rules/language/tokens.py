"""Words of posts: spaCy's English tokenizer, brought nearer to the treebank and to what people type."""

import re
from collections.abc import Iterable
from typing import Any

from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import NORM, ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_PICTURE = "[\U0001f000-\U0001faff☀-➿⬀-⯿⌀-⏿]"
_EMOJI = rf"(?:[\U0001F1E6-\U0001F1FF]{{2}}|{_PICTURE}[️\U0001F3FB-\U0001F3FF]*(?:‍{_PICTURE}[️\U0001F3FB-\U0001F3FF]*)*)"
_RUNS = (r"[!?]{2,}", r"\*{2,}", r"={2,}", r"_{2,}", r"~{2,}", r"<{2,}", r">{2,}", _EMOJI)
"""What the treebank keeps in one word and spaCy takes apart."""
_HASH = "#(?![^\\W\\d])"
"""A sign of its own before a number, part of the word in a hashtag."""
_MORE = {
    "wanna": (("wan", "want"), ("na", "to")),
    "lemme": (("lem", "let"), ("me", "me")),
    "gimme": (("gim", "give"), ("me", "me")),
    "dunno": (("du", "do"), ("n", "not"), ("no", "know")),
    "idk": (("idk", "idk"),),
    "and/or": (("and", "and"), ("/", "/"), ("or", "or")),
    "e-mail": (("e-mail", "email"),),
    "e-mails": (("e-mails", "emails"),),
}
"""Words that the treebank splits, or keeps, and spaCy does not: form and norm of each part."""

_WHOLE = frozenset(("id",))
"""Words that spaCy splits (`I’d`) and customers mean as they stand."""
_NETWORKS = ("2G", "3G", "4G", "5G", "2g", "3g", "4g", "5g")
"""A number and a unit to spaCy."""
_NAMED_BY_ING = "pricing|shipping|packaging|rating|rankings?|setting|settings|meaning|opening|ending|building|listing"
_ITS = re.compile(
    r"(?:an?|not|the|been|so|very|too|really|still|just|only|now|like|all|also|such|my|your|our|his|this|that|gonna"
    r"|gone|always|never|already|almost|actually|kinda|pretty|quite|even|no|about|because|impossible|possible|broken"
    rf"|stuck|down|dead|nothing|something|there|here|ok|okay|fine|[a-z]{{3,}}ly|(?!(?:{_NAMED_BY_ING})$)[a-z]{{3,}}ing)$"
)
"""Words that make `its` a short `it’s`: after a possessive they are rare (counted in the treebank's training part)."""


def customize(tokenizer: Any) -> None:
    """Change the rules of spaCy's English tokenizer in place; they are saved with the pipeline."""
    defaults = English.Defaults
    prefixes = [one for one in defaults.prefixes or () if one != "#"]
    hyphen_in_numbers = r"(?<=[0-9])[+\-\*^](?=[0-9-])"
    infixes = [one for one in defaults.infixes or () if one != hyphen_in_numbers]
    tokenizer.prefix_search = compile_prefix_regex([*_RUNS, _HASH, *prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*_RUNS, *(defaults.suffixes or ())]).search
    between = (r"(?<=[0-9])[+\*^](?=[0-9-])", r"(?<=[A-Za-z]{2})/(?=[A-Za-z]{2})", r"[?!.,](?=[#@]\w)")
    tokenizer.infix_finditer = compile_infix_regex([*_RUNS, *between, *infixes]).finditer
    for whole, parts in _MORE.items():
        for shape in (str.lower, str.title, str.upper):
            tokenizer.add_special_case(shape(whole), _cut(shape(whole), parts))
    rules = {whole: parts for whole, parts in tokenizer.rules.items() if whole.lower() not in _WHOLE}
    tokenizer.rules = rules | {whole: [{ORTH: whole}] for whole in _NETWORKS}
    for whole, parts in rules.items():
        contracted = "'" in whole or "’" in whole or (len(parts) > 1 and whole.isalpha())
        if contracted and whole.upper() not in rules:
            tokenizer.add_special_case(whole.upper(), [{**part, ORTH: part[ORTH].upper()} for part in parts])


@Language.component("tone_rules_its")
def split_its(doc: Doc) -> Doc:
    """Split an `its` that stands for `it’s`, as the treebank does: `its not working`."""
    spots = [one for one in doc[:-1] if one.lower_ == "its" and one.whitespace_ and _ITS.match(one.nbor().lower_)]
    if spots:
        with doc.retokenize() as retokenizer:
            for one in spots:
                text = one.text
                retokenizer.split(one, [text[:2], text[2:]], heads=[(one, 0), (one, 1)], attrs={NORM: ["it", "'s"]})
    return doc


def _cut(whole: str, parts: Iterable[tuple[str, str]]) -> list[dict[int, str]]:
    found, at = [], 0
    for form, norm in parts:
        found.append({ORTH: whole[at : at + len(form)], NORM: norm})
        at += len(form)
    return found
