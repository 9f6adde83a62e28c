"""Devices that a message or a noun names, by the playbook's table of names and patterns."""

from collections.abc import Mapping

import regex

_DETERMINERS = frozenset({"your", "the", "a", "an", "this", "that", "these", "those", "our"})


def device_in(text: str, devices: Mapping[str, str]) -> str | None:
    """The first device of the table that a text names."""
    return next((name for name, one in devices.items() if regex.search(one, text, regex.I, timeout=0.2)), None)


def owned(noun: str, devices: Mapping[str, str]) -> str:
    """A noun as it stands in a sentence: a device is the customer's ("iPad" gives "your iPad")."""
    bare = device_in(noun.lower(), devices)
    return f"your {bare}" if bare and noun[0].isalnum() and noun.split()[0].lower() not in _DETERMINERS else noun
