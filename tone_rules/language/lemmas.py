"""Lemmas by a word's tag and ending: exceptions first, then the longest known ending, as the treebank has them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import regex
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
_LONGEST = 5
_AS_WRITTEN = frozenset(("NNP", "ADD", "NFP", "SYM", "GW", "FW", "XX", "LS"))
"""Tags whose words are their own lemma, capitals and all."""
_NAMES = frozenset(("NNPS",))
"""Tags whose lemma keeps its capitals."""
_SAME = (0, "")


class EndingLemmatizer:
    """A component that sets `lemma_` by tag and form.

    Args:
        vocab: the pipeline's.
        name: the component's.
    """

    def __init__(self, vocab: Vocab, name: str = "tone_rules_lemmas") -> None:
        self.vocab, self.name = vocab, name
        self.exceptions: dict[str, str] = {}
        """Tag and lower-cased form, with a space between -> lemma."""
        self.endings: dict[str, tuple[int, str]] = {}
        """Tag and ending -> letters to drop, letters to add."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a text that is tagged."""
        for token in doc:
            token.lemma_ = self.lemma(token.text, token.tag_, token.norm_)
        return doc

    def lemma(self, form: str, tag: str, norm: str = "") -> str:
        """The lemma of a form under a Penn tag; `norm` is tried where the form itself is not known."""
        if tag in _AS_WRITTEN:
            return form.capitalize() if tag == "NNP" and form.islower() else form
        lower = form.lower().replace("’", "'")
        for one in (lower, norm.lower()):
            known = self.exceptions.get(f"{tag} {one}")
            if known is not None:
                return known
        base: str = _STRETCHED.sub(r"\1", form if tag in _NAMES else lower)
        drop, add = self._change(tag, base.lower())
        return base[: len(base) - drop] + add if drop < len(base) else base

    def learn(self, words: Iterable[tuple[str, str, str]]) -> None:
        """Build the tables from (form, tag, lemma) of annotated words."""
        seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for form, tag, lemma in words:
            if tag not in _AS_WRITTEN:
                seen[tag, form.lower().replace("’", "'")][lemma] += 1
        best = {key: counted.most_common(1)[0][0] for key, counted in seen.items()}
        rules: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        for (tag, form), lemma in best.items():
            change = _change(form, lemma.lower())
            # where a doubled letter goes, the ending shows both: `grabbed` tells nothing of `subscribed`
            for length in range(change[0] + (change[0] > 2), min(_LONGEST, len(form) - 1) + 1):
                rules[f"{tag} {form[len(form) - length :]}"][change] += 1
        self.endings, self.exceptions = {}, {}
        for key in sorted(rules, key=lambda one: (len(one), one)):
            tag, ending = key.split(" ")
            change, times = rules[key].most_common(1)[0]
            if times > 1 and change != self._change(tag, ending):
                self.endings[key] = change
        learnt = dict[str, str]()
        for (tag, form), lemma in sorted(best.items()):
            if self.lemma(form, tag) != (lemma.lower() if tag in _NAMES else lemma):
                learnt[f"{tag} {form}"] = lemma
        self.exceptions = learnt

    def to_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> None:  # noqa: ARG002  # spaCy's contract
        """Write the tables."""
        tables = {"endings": self.endings, "exceptions": self.exceptions}
        text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        Path(path).write_text(text.replace('],"', '],\n"'), encoding="utf-8")

    def from_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> "EndingLemmatizer":  # noqa: ARG002  # the same
        """Read the tables."""
        tables = json.loads(Path(path).read_text(encoding="utf-8"))
        self.exceptions = tables["exceptions"]
        self.endings = {key: (drop, add) for key, (drop, add) in tables["endings"].items()}
        return self

    def _change(self, tag: str, lower: str) -> tuple[int, str]:
        """What the longest known ending asks for."""
        for length in range(min(_LONGEST, len(lower)), -1, -1):
            found = self.endings.get(f"{tag} {lower[len(lower) - length :]}")
            if found is not None:
                return found
        return _SAME


def _change(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


@Language.factory("tone_rules_lemmas")
def make_lemmas(nlp: Language, name: str) -> EndingLemmatizer:
    """The component."""
    return EndingLemmatizer(nlp.vocab, name)
