"""A prompt, and what an answer to it depends on."""

import json
import secrets
from typing import Any

from prompts import Prompt, render

_ANY = "\x00"
"""Stands in a key for the fences' number."""


def asked(name: str, **values: Any) -> tuple[Prompt, str]:
    """A prompt with its gaps filled, and the key by which its answer may be kept: all of it but its fences' number.

    Raises:
        KeyError: there is no such prompt.
        jinja2.UndefinedError: the template names a value that was not given.
    """
    nonce = secrets.token_hex(6)
    prompt = render(name, nonce=nonce, **values)
    return prompt, json.dumps([one.replace(nonce, _ANY) for one in (prompt.system, prompt.user)])
