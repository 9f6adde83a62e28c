"""`script`: a program in a rule. It is read so that it can be named, and never run."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from typing_extensions import override

from tone_rules.blocks import Blocks
from tone_rules.rule import Around, CouldNotRun, Definition, Hit

REFUSED = "it is a program (extends: script), and programs from a style are never run; write it as another kind"


class Script(Definition):
    """Always reported as not run."""

    refused: ClassVar[str | None] = REFUSED

    extends: Literal["script"]
    script: str

    @override
    def search(self, blocks: Blocks, around: Around) -> Iterator[Hit]:
        """Nothing.

        Raises:
            CouldNotRun: always.
        """
        raise CouldNotRun(REFUSED)
