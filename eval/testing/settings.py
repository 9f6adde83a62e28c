"""Settings of the pytest plugin: the table `[tool.replywright.eval]` of a project's pyproject.toml."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from eval.gate import Gate
from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest
from tone_rules.value import Value

FILE = "pyproject.toml"
TABLE = "tool.replywright.eval"


class Settings(Value):
    """What is run, and what it is held to. Paths are relative to the folder of pyproject.toml."""

    suites: tuple[str, ...] = ()
    """Suites that ship, by name, or files of cases; the setting `replywright_suite` of pytest goes before it."""
    brand: str | None = None
    """A brand's folder, for every case; else each case's own brand, or the demo brand."""
    system: str | None = None
    """What is tested, as `module:name` of a callable from a context to a proposal; else the assistant of the brand."""
    drafter: Literal["playbook", "model"] = "playbook"
    epochs: int = Field(default=1, gt=0)
    """How often each case is run."""
    judge: tuple[str, ...] = ()
    """Rubrics to judge by."""
    votes: int = Field(default=1, gt=0)
    cassette: str | None = None
    """Recorded answers of judge and drafter: nothing is sent."""
    baseline: str | None = None
    """The log of a run that the gate's margins are measured from."""
    cases: Literal["fail", "gate"] = "fail"
    """Whether a case that does not pass fails its own test, or is shown and left to the gate."""
    gate: Gate | None = None
    """Thresholds, in place of those of the suite's own gate."""

    def gate_of(self, own: Gate) -> Gate:
        """A suite's gate with the thresholds that are set here over it."""
        if self.gate is None:
            return own
        set_here = self.gate.model_dump(exclude_unset=True)
        merged = {**own.model_dump(), **set_here}
        for name in ("floors", "margins"):
            merged[name] = {**getattr(own, name), **set_here.get(name, {})}
        return Gate.model_validate(merged)


def read_settings(root: Path) -> Settings:
    """The table of a project's pyproject.toml; all defaults where there is none.

    Raises:
        ConfigurationError: the file is no TOML, or a key of the table is wrong.
    """
    path = root / FILE
    if not path.is_file():
        return Settings()
    try:
        table: object = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError.at(path, f"this is not TOML: {error}") from None
    for name in TABLE.split("."):
        table = table.get(name, {}) if isinstance(table, dict) else {}
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            known = Gate.model_fields if first["loc"][0] == "gate" else Settings.model_fields
            said = f"unknown key; {nearest(str(first['loc'][-1]), list(known))}"
        raise ConfigurationError.at(path, f"[{TABLE}] {place}: {said}") from None
