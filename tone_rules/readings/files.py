"""The rule files of the readings as they are written: a rule, what it is about, and its own examples."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

from pydantic import BeforeValidator, ConfigDict, Field, create_model

from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest, read
from tone_rules.readings.answers import ESCALATIONS, INTENTS
from tone_rules.readings.rules import (
    FOLDER,
    EscalationRule,
    InstructionRule,
    IntentRule,
    Lexicon,
    SarcasmRule,
)
from tone_rules.readings.search import Cue, Cues
from tone_rules.value import Value

if TYPE_CHECKING:
    from tone_rules.readings.prepared import Written

M = TypeVar("M", bound=Value)
APART = {"about", "urgency", "examples"}
"""Keys of a file that no message is read by."""


class Examples(Value):
    """Messages a rule must fire on and messages it must leave alone; a test runs them all."""

    fires: tuple[str, ...] = Field(min_length=2)
    silent: tuple[str, ...] = Field(min_length=2)


class EscalationExamples(Examples):
    """Of an escalation also: messages that a person should look at first."""

    review: tuple[str, ...] = ()


class Words(Value):
    """`words.yaml`: named lists of words."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[str, ...]] = Field(init=False)


def _cue(value: Any) -> Any:
    return {"match": value} if isinstance(value, str) else value


def file_of(rule: type[tuple[Any, ...]], **more: Any) -> type[Value]:
    """The model of a file that says what a rule says, and `more` beside it; a bare pattern is a cue."""
    cues = tuple[Annotated[Cue, BeforeValidator(_cue)], ...]
    fields: dict[str, Any] = {
        name: (cues if kind == Cues else kind, rule._field_defaults.get(name, ...))  # type: ignore[attr-defined]
        for name, kind in get_type_hints(rule).items()
    }
    return create_model(f"{rule.__name__}File", __base__=Value, **fields, **more)


IntentFile = file_of(IntentRule, about=(str, ...), examples=(Examples, ...))
EscalationFile = file_of(
    EscalationRule, about=(str, ...), urgency=(str, "critical"), examples=(EscalationExamples, ...)
)
LexiconFile = file_of(Lexicon, examples=(Mapping[str, tuple[str, ...]], ...))
SarcasmFile = file_of(SarcasmRule, examples=(Examples, ...))
InstructionFile = file_of(InstructionRule, examples=(Examples, ...))


def words() -> Words:
    """The named lists that patterns may use."""
    return _one("words.yaml", Words)


GROUPS: "Mapping[str, Callable[[], Written]]" = {
    "intents": lambda: _folder("intents", IntentFile, INTENTS),
    "escalations": lambda: _folder("escalations", EscalationFile, ESCALATIONS),
    "mood": lambda: {
        "sentiment.yaml": _one("sentiment.yaml", LexiconFile),
        "sarcasm.yaml": _one("sarcasm.yaml", SarcasmFile),
    },
    "instructions": lambda: {"instructions.yaml": _one("instructions.yaml", InstructionFile)},
    "words": lambda: {"words.yaml": words()},
}
"""The rule files that are searched with together; reading them raises ConfigurationError where one is wrong."""


def _one(name: str, model: type[M]) -> M:
    return read(FOLDER / name, model, "a rule file of the readings")


def _folder(name: str, model: type[M], known: tuple[str, ...]) -> dict[str, M]:
    """The files of a folder, one for each answer, by their paths."""
    for path in sorted((FOLDER / name).glob("*.yaml")):
        if path.stem not in known:
            raise ConfigurationError.at(path, f"no answer is called '{path.stem}'; {nearest(path.stem, known)}")
    return {f"{name}/{answer}.yaml": _one(f"{name}/{answer}.yaml", model) for answer in known}
