"""A prompt, and what an answer to it depends on."""

import json
from typing import Any

from prompts import Prompt, render

_PLAIN = "\x00"
"""A number for fences that no text can hold: what others wrote is without such characters when it is fenced."""


def asked(name: str, **values: Any) -> tuple[Prompt, str]:
    """A prompt with its gaps filled, and the key by which its answer may be kept: all of it but its fences' number.

    Raises:
        KeyError: there is no such prompt.
        jinja2.UndefinedError: the template names a value that was not given.
    """
    plain = render(name, nonce=_PLAIN, **values)
    return render(name, **values), json.dumps([plain.system, plain.user])
