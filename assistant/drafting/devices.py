"""Devices that a message or a noun names, by the playbook's table of names and patterns, and their codes of errors."""

from collections.abc import Mapping

import regex

from assistant.drafting.pattern import search

_DETERMINERS = frozenset({"your", "the", "a", "an", "this", "that", "these", "those", "our"})


def device_in(text: str, devices: Mapping[str, str]) -> str | None:
    """The first device of the table that a text names."""
    return next((name for name, one in devices.items() if search(one, text)), None)


def owned(noun: str, devices: Mapping[str, str]) -> str:
    """A noun as it stands in a sentence: a device is the customer's ("iPad" gives "your iPad")."""
    bare = device_in(noun.lower(), devices)
    return f"your {bare}" if bare and noun[0].isalnum() and noun.split()[0].lower() not in _DETERMINERS else noun


_ERROR = regex.compile(
    r"\berror(?: ?code)?:? ?#?([a-z]{1,4}-?\d[\w-]{1,12}|0x[0-9a-f]{4,10}|\d{3,5})\b|\b((?:ce|ws|np|su|wv"
    r"|nw)-\d{4,6}-\d)\b",
    regex.I,
)


def error_in(message: str) -> str | None:
    """The code of an error that the message names ("CE-34878-0"), None where there is none."""
    found = _ERROR.search(message[:4_000])
    code = (found[1] or found[2]) if found else None
    return code if code is None or code[:2].lower() == "0x" else code.upper()
