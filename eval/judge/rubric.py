"""Rubrics: one dimension of tone or help a file, with what each of five marks looks like."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from assistant.errors import InputError
from tone_rules import located
from tone_rules.value import Value

FOLDER = Path(__file__).parent / "rubrics"
LOWEST, HIGHEST = 1, 5
PASS_MARK = 0.5
"""The middle of the scale, a 3 of 5, as for raters' marks."""
ALL = "all"

Need = Literal["message", "voice", "sources"]


class RubricFile(Value):
    """A file `rubrics/NAME.yaml`."""

    asks: str = Field(min_length=1)
    """What is rated, as the judge is told it: "whether the writer takes the matter on"."""
    anchors: Mapping[int, str]
    """What each mark from 1 to 5 looks like."""
    needs: tuple[Need, ...] = ()
    """What has to be known beside the reply; where it is not, the dimension does not apply."""
    source: str
    """What it rests on."""
    pass_mark: float = Field(default=PASS_MARK, gt=0, le=1)
    """The lowest value that passes, where 1 is a value of 0 and 5 is 1."""

    @field_validator("anchors")
    @classmethod
    def _all_five(cls, value: Mapping[int, str]) -> Mapping[int, str]:
        if sorted(value) != list(range(LOWEST, HIGHEST + 1)):
            raise ValueError(f"say what each of {LOWEST} to {HIGHEST} looks like")
        return value


class Rubric(RubricFile):
    """A rubric with its name."""

    name: str

    @property
    def title(self) -> str:
        """Its name in words."""
        return self.name.replace("_", " ")


@cache
def rubrics() -> Mapping[str, Rubric]:
    """The rubrics that ship, by name.

    Raises:
        ConfigurationError: a file is none.
    """
    paths = sorted(FOLDER.glob("*.yaml"))
    read = ((path.stem, located.read(path, RubricFile, "a rubric")) for path in paths)
    return {name: Rubric(name=name, **one.model_dump()) for name, one in read}


def chosen(names: Iterable[str]) -> tuple[Rubric, ...]:
    """Rubrics by name, once each, in the order given; `all` names every one.

    Raises:
        InputError: there is none of a name.
    """
    known = rubrics()
    wanted = dict.fromkeys(one for name in names for one in (known if name == ALL else (name,)))
    unknown = next((name for name in wanted if name not in known), None)
    if unknown is not None:
        raise InputError(f"there is no rubric '{unknown}'; {located.nearest(unknown, list(known))}")
    return tuple(known[name] for name in wanted)
