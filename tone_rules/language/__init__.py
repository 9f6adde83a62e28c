"""A small English spaCy pipeline for posts and replies, trained on Universal Dependencies English EWT (CC BY-SA 4.0).

Words, Penn tags, coarse parts of speech, sentences, Universal Dependencies and lemmas; loaded at first use, in each
thread its own. Where `REPLYWRIGHT_PIPELINE` names another one, installed or a folder, that is used.

```python
from tone_rules.language import analysed

with analysed("my xbox wont connect to wifi") as doc:
    tags = [(word.text, word.tag_) for word in doc]
```
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.errors import ConfigurationError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["SETTING", "Tagged", "analysed", "pipeline", "tagged"]

SETTING = "REPLYWRIGHT_PIPELINE"
"""Name of the setting (an environment variable) that names another pipeline, such as `en_core_web_sm` or a folder."""

_SHIPPED = Path(__file__).parent / "english"
_thread = threading.local()


def pipeline() -> "Language":
    """This thread's pipeline, loaded when it is first asked for; a spaCy pipeline must not be shared by threads.

    For a text or two `analysed` is simpler and keeps memory flat; whoever calls the pipeline itself opens its
    `memory_zone()` around the call and takes plain values out.

    Raises:
        ConfigurationError: the pipeline that `REPLYWRIGHT_PIPELINE` names can't be loaded, or gives no tags.
    """
    named = os.environ.get(SETTING, "").strip()
    loaded: dict[str, Language] = _thread.__dict__.setdefault("loaded", {})
    if named not in loaded:
        loaded[named] = _theirs(named) if named else _ours()
    return loaded[named]


@contextmanager
def analysed(text: str, *, parsed: bool = True) -> "Iterator[Doc]":
    """A text, tagged, in sentences, and with its dependencies where `parsed`.

    The Doc ends with the block: take plain values out of it, never Doc, Span or Token.

    Raises:
        ConfigurationError: see `pipeline`.
    """
    nlp = pipeline()
    with _zone(nlp):
        if parsed or "parser" not in nlp.pipe_names:
            yield nlp(text)
        else:
            yield nlp(text, disable=["parser"])


class Tagged(NamedTuple):
    """A word of a text."""

    text: str
    tag: str
    """Penn Treebank tag."""
    start: int
    """In characters of the text."""


def tagged(text: str) -> tuple[Tagged, ...]:
    """The words of a text with their tags, white space left out; kept for the texts that were asked for last.

    Raises:
        ConfigurationError: see `pipeline`.
    """
    return _tagged(text, os.environ.get(SETTING, ""))


@lru_cache(maxsize=1024)
def _tagged(text: str, _: str) -> tuple[Tagged, ...]:
    with analysed(text, parsed=False) as doc:
        return tuple(Tagged(one.text, one.tag_, one.idx) for one in doc if not one.is_space)


@contextmanager
def _zone(nlp: "Language") -> Iterator[None]:
    """What is analysed inside leaves no strings behind; zones don't nest, so inside another it is that one's."""
    if nlp.vocab.in_memory_zone:  # type: ignore[attr-defined]  # the stubs lack it
        yield
    else:
        with nlp.memory_zone():
            yield


def _ours() -> "Language":
    import spacy

    from tone_rules.language import components

    components.register()
    return spacy.load(_SHIPPED)


def _theirs(named: str) -> "Language":
    import spacy

    try:
        nlp = spacy.load(named)
    except (OSError, ValueError, ImportError, KeyError) as error:
        why = str(error).split("\n", 1)[0]
        message = f"no pipeline {named!r} can be loaded ({why}); install it, name its folder, or unset {SETTING}"
        raise ConfigurationError.at(SETTING, message) from error
    if not any(needed in nlp.pipe_names for needed in ("tagger", "transformer")):
        parts = ", ".join(nlp.pipe_names) or "no components"
        raise ConfigurationError.at(SETTING, f"the pipeline {named!r} has no tagger ({parts}); name one that has")
    return nlp
