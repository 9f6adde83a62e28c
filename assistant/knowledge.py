"""What the brand knows: its articles, and full-text search over their passages."""

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import Field

from tone_rules.errors import ConfigurationError, Problem
from tone_rules.located import Document, build, front_matter
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
        """Read every `*.md` of a folder and its subfolders, in the order of their paths; no folder is no articles.

        Raises:
            ConfigurationError: with every problem of every file, among them two articles with one id.
        """
        found, problems = read_articles(folder)
        if problems:
            raise ConfigurationError(problems)
        return cls(tuple(one.article for one in found))


class ArticleFile(NamedTuple):
    """An article and the places of its front matter."""

    article: Article
    header: Document


def read_articles(folder: Path) -> tuple[list[ArticleFile], list[Problem]]:
    """Every article of a folder that can be read, and the problems of all that can't or must not be used."""
    if folder.exists() and not folder.is_dir():
        message = "this is a file; articles belong in a folder of this name, one Markdown file each"
        return [], [Problem(path=str(folder), message=message)]
    found: list[ArticleFile] = []
    problems: list[Problem] = []
    first_with: dict[str, Path] = {}
    for path in article_paths(folder):
        try:
            header, text = front_matter(path, "an article")
        except ConfigurationError as error:
            problems += error.problems
            continue
        problems += _unusable(header, text)
        try:
            article = Article(**dict(build(header, ArticleHeader)), text=text)
        except ConfigurationError as error:
            problems += error.problems
            continue
        first = first_with.setdefault(article.id, path)
        if first != path:
            message = f"the id '{article.id}' is taken by {first.relative_to(folder).as_posix()}; give one another id"
            problems.append(header.problem(("id",), message))
        found.append(ArticleFile(article, header))
    return found, problems


def article_paths(folder: Path) -> list[Path]:
    """The Markdown files of a folder and its subfolders, sorted; hidden ones are not articles."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() == ".md")
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _unusable(header: Document, text: str) -> list[Problem]:
    """What no key by itself shows; judged on the raw header, so that it is told in one go with the rest."""
    keys = header.value if isinstance(header.value, dict) else {}
    if keys.get("kind") == "wording" and not text:
        return [header.problem(("kind",), "a wording is used word for word, and this one is empty; write its text")]
    if keys.get("kind") == "notice" and keys.get("valid_until") is None:
        return [header.problem(("kind",), "a notice must end; add 'valid_until', for example 2026-11-30")]
    return []
