"""E-mail addresses: the common shape of RFC 5321 addresses, also written `name (at) host (dot) tld`."""

import re
from collections.abc import Iterator

_SHAPE = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@|\s?[\[(]at[\])]\s?)"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.|\s?[\[(]dot[\])]\s?)){1,6}[^\W\d_][\w-]{1,23}(?![\w@])",
    re.IGNORECASE,
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every e-mail address."""
    for found in _SHAPE.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip(".+%-"))
        yield start, found.end()
