"""Versioned prompt templates, rendered in a sandbox and known by their digest.

A template is `NAME.vN.jinja` in this folder, with a block `system` and a block `user`. Whatever others wrote goes
through the filter `fenced`: it is put between marks that carry a number drawn for the call, so that no text can close
its own fence, and what could steer a reader unseen is taken out.
"""

import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).parent
_UNSEEN = ("Cc", "Cf", "Co", "Cs")
"""Unicode categories of characters that show nothing: controls, formats (bidi, zero width), private use, surrogates."""
_JOINER = "\u200d"
"""Of those, the one that is kept: emoji are made with it."""


class Prompt(NamedTuple):
    """What a model is told."""

    name: str
    """With its version: `reply.v1`."""
    sha256: str
    """Of the template and of all that it includes, so that a record says which words were used."""
    system: str
    user: str


def names() -> tuple[str, ...]:
    """The prompts that ship, with their versions; parts that others include are not among them."""
    return tuple(sorted(one.stem for one in FOLDER.glob("*.v*.jinja")))


@cache
def digest(name: str) -> str:
    """The sha256 of a prompt's own source and of the parts that this folder holds.

    Raises:
        KeyError: there is no prompt of that name.
    """
    parts = sorted(one for one in FOLDER.glob("*.jinja") if ".v" not in one.name)
    file = FOLDER / f"{name}.jinja"
    if name not in names():
        raise KeyError(f"there is no prompt '{name}'; there are {', '.join(names())}")
    return sha256(b"\0".join(one.read_bytes() for one in (file, *parts))).hexdigest()


def rules_of(packs: Iterable[str]) -> tuple[str, ...]:
    """What some packs ask of a reply, in plain words, in the order of `rules.yaml`; nothing of a pack not in it."""
    wanted = set(packs)
    return tuple(rule for pack, rules in _rules().items() if pack in wanted for rule in rules)


def render(name: str, /, *, nonce: str | None = None, **values: Any) -> Prompt:
    """A prompt with its gaps filled.

    Args:
        name: with its version, `reply.v1`.
        nonce: what marks the fences; drawn anew for each call unless given (tests, and keys of a cache, give one).
        values: by the names that the template uses.

    Raises:
        KeyError: there is no such prompt.
        jinja2.UndefinedError: the template names a value that was not given.
    """
    found = digest(name)
    template = _environment().get_template(f"{name}.jinja")
    context = template.new_context({**values, "nonce": nonce or secrets.token_hex(6)})
    system, user = ("".join(template.blocks[one](context)).strip() for one in ("system", "user"))
    return Prompt(name, found, system, user)


def neutral(text: str) -> str:
    """A text without characters that show nothing, and with at most one empty line in a row."""
    # a line that can be printed as it is holds none of them, and is found out at once
    lines = [one if one.isprintable() else _seen(one) for one in text.split("\n")]
    return "\n".join(line for before, line in zip(["-", *lines], lines, strict=False) if line.strip() or before.strip())


def _seen(line: str) -> str:
    return "".join(one for one in line if one == _JOINER or unicodedata.category(one) not in _UNSEEN)


@cache
def _rules() -> dict[str, list[str]]:
    import yaml

    return dict(yaml.safe_load((FOLDER / "rules.yaml").read_text(encoding="utf-8")))


@cache
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined, pass_context
    from jinja2.runtime import Context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    @pass_context
    def fenced(context: Context, text: object, what: str) -> str:
        nonce = context["nonce"]
        inside = neutral(str(text)).replace(nonce, "")
        return f"<<{what} {nonce}>>\n{inside}\n<<end of {what} {nonce}>>"

    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # prose for a model, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters["fenced"] = fenced
    return made
