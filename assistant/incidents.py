"""A brand as it speaks while something is going on: what the desk was told joins what the brand knows."""

import hashlib
from collections.abc import Iterable

from assistant.brand import Brand
from assistant.knowledge import Article, Knowledge
from assistant.store.notices import Notice


def with_incidents(brand: Brand, notices: Iterable[Notice]) -> Brand:
    """The brand with each incident's notice as an article of that kind, and with a digest that tells.

    Args:
        brand: as it was loaded.
        notices: what everybody is told just now; a pause adds nothing to say.
    """
    told = [one for one in notices if one.kind == "incident"]
    if not told:
        return brand
    articles = tuple(
        Article(
            id=f"incident-{one.number}",
            title="What is going on",
            kind="notice",
            url=one.url,
            text=one.text,
            valid_until=one.until.date() if one.until else None,
        )
        for one in told
    )
    words = "\n".join((brand.sha256, *(one.model_dump_json() for one in articles)))
    return brand.model_copy(
        update={
            "knowledge": Knowledge((*brand.knowledge.articles, *articles)),
            "sha256": hashlib.sha256(words.encode()).hexdigest(),
        }
    )
