"""What the brand knows: its articles, and full-text search over their passages."""

from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field

from tone_rules.value import Value

ArticleKind = Literal["help", "policy", "wording", "notice"]


class ArticleHeader(Value):
    """The front matter of `knowledge/*.md`."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    url: str | None = None
    kind: ArticleKind = "help"
    """`wording` is cleared text to be used word for word; `notice` an incident, with an end."""
    visibility: Literal["public", "internal"] = "public"
    valid_until: date | None = None


class Article(ArticleHeader):
    """One knowledge article."""

    text: str
    """Markdown."""

    def usable(self, on: date) -> bool:
        """Whether a public reply may draw on it that day: it is public and has not expired."""
        return self.visibility == "public" and (self.valid_until is None or on <= self.valid_until)


class Knowledge:
    """The articles of one brand."""

    def __init__(self, articles: tuple[Article, ...] = ()) -> None:
        """Keep `articles`; the search index is built on first use."""
        self.articles = articles

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read every `*.md` of a folder; no folder is no articles.

        Raises:
            ConfigurationError: with every problem of every file, among them two articles with one id.
        """
        raise NotImplementedError
