"""The word lists of `words.yaml`."""

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words(kind: str) -> frozenset[str]:
    """One of the lists of `words.yaml`, in lower case; `common` are the nouns that triage knows."""
    return _triage_nouns() if kind == "common" else frozenset(str(word).lower() for word in _data()[kind])


_ENDINGS = ("", "s", "es", "d", "ed", "ing")


@lru_cache(maxsize=4096)
def says_something(term: str) -> bool:
    """Whether a word, in any of its endings, names a thing or a doing; "works", "time" and "help" do not."""
    nothing = words("empty") | words("vague") | words("light") | words("thinking") | words("unnaming")
    forms = {term.removesuffix(ending) for ending in _ENDINGS} | {f"{term.removesuffix('ing')}e"}
    return nothing.isdisjoint(forms)


@cache
def mended(kind: str) -> dict[str, str]:
    """One of its tables: `spelling` or `names`, from the word in lower case to the word as we write it."""
    return dict(_data()[kind])


@cache
def _triage_nouns() -> frozenset[str]:
    text = files("assistant.triage").joinpath("topics.yaml").read_text("utf-8")
    known = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # BaseLoader builds strings only
    one = {str(noun).lower() for kind in ("nouns", "services") for noun in known[kind]}
    return frozenset(one | {f"{noun}s" for noun in one})


@cache
def _data() -> dict[str, Any]:
    text = files("assistant.drafting.mirror").joinpath("words.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506  # BaseLoader builds strings only
