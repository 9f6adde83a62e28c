"""Help-centre articles: a page of HTML or a Markdown file as title, address and Markdown text."""

import re
from datetime import date
from typing import Any, Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from assistant.importing.decoding import cleaned, one_line
from assistant.knowledge import ArticleHeader, ArticleKind
from tone_rules.errors import ConfigurationError
from tone_rules.located import Document, build

_DROPPED = (
    *("script", "style", "nav", "header", "footer", "form", "aside", "noscript", "template", "iframe", "object"),
    *("svg", "canvas", "button", "input", "select", "textarea", "img", "picture", "video", "audio", "dialog"),
)
_CONTENT = (".article-body", "[itemprop=articleBody]", "article", "main", "[role=main]", "body")
"""Where a help centre keeps the text, the narrowest first."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_TAG = re.compile(r"(?i)</?(?:p|br|div|span|a|ul|ol|li|b|i|u|strong|em|h[1-6]|table|blockquote|html|body)\b[^<>]*>")


class Page(NamedTuple):
    """An article before it has an id."""

    title: str
    text: str
    url: str | None = None
    kind: ArticleKind = "help"
    visibility: Literal["public", "internal"] = "public"
    valid_until: date | None = None
    id: str | None = None


class NotAnArticleError(Exception):
    """There is nothing in it to take over; the message says why."""


def is_html(text: str) -> bool:
    """Whether a text holds tags of HTML."""
    return _TAG.search(text) is not None


def from_html(text: str, title: str = "", url: str | None = None) -> Page:
    """The article in a page or a piece of HTML: its main text without navigation, forms, pictures and hidden parts.

    Args:
        text: the HTML.
        title: what it is called; the page's own heading or title where it is left out.
        url: its address; the page's own canonical address where it is left out.

    Raises:
        NotAnArticleError: nothing remains, or it is nested too deep to be read.
    """
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(text, "html.parser")
        url = url or _address(soup)
        title = title or _heading(soup)
        root = next((found for one in _CONTENT if (found := soup.select_one(one))), soup)
        _stripped(root, url)
        first = root.find("h1")
        if first is not None and one_line(first.get_text(" ")) == title:
            first.decompose()
        body = _markdown(root)
    except RecursionError:
        raise NotAnArticleError("it is nested too deep to be read") from None
    if not body:
        raise NotAnArticleError("no text remains without navigation, scripts and forms")
    return Page(title, body, url)


def plain(text: str) -> str:
    """The words of a piece of HTML, a line for each paragraph, list item and line break.

    Raises:
        NotAnArticleError: it is nested too deep to be read.
    """
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(text, "html.parser")
        for part in soup.find_all(_DROPPED):
            part.decompose()
        for part in soup.find_all("a", href=True):
            address = str(part["href"])
            if urlsplit_or_none(address) and address not in part.get_text():
                part.append(f" {address}")
        for part in soup.find_all("br"):
            part.replace_with("\n")
        for part in soup.find_all("li"):
            part.insert(0, "- ")
        for part in soup.find_all(("p", "div", "li", "h1", "h2", "h3", "tr", "blockquote")):
            part.append("\n")
        return cleaned("\n".join(one_line(line) for line in soup.get_text().split("\n")))
    except RecursionError:
        raise NotAnArticleError("it is nested too deep to be read") from None


def from_markdown(text: str, name: str) -> Page:
    """The article in a Markdown file; keys of its front matter that an article has are kept.

    Args:
        text: the file's text.
        name: what it is called where neither its front matter nor a first heading says so.

    Raises:
        NotAnArticleError: it is a draft, says nothing, or its front matter can't be trusted.
    """
    keys, body = _front_matter(text)
    if _yes(keys.get("draft")) or _no(keys.get("published")):
        raise NotAnArticleError("it says of itself that it is a draft")
    body = cleaned(re.sub(r"<!--.*?(?:-->|\Z)", "", body, flags=re.DOTALL))
    heading = re.match(r"#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)", body)
    title = one_line(str(keys.get("title") or "")) or (one_line(heading[1]) if heading else name)
    if heading and one_line(heading[1]) == title:
        body = body[heading.end() :].strip()
    if not body:
        raise NotAnArticleError("it is empty")
    addresses = (whole(keys.get(key)) for key in ("url", "canonical_url", "canonical", "permalink"))
    url = next(filter(None, addresses), None)
    told = {key: keys[key] for key in ("id", "kind", "visibility", "valid_until") if keys.get(key) is not None}
    try:
        header = build(Document.of("front matter", {"id": "-", "title": title, "url": url, **told}), ArticleHeader)
    except ConfigurationError as error:
        raise NotAnArticleError(f"front matter: {'; '.join(one.message for one in error.problems)}") from None
    own_id = header.id if "id" in told else None
    return Page(title, body, url, header.kind, header.visibility, header.valid_until, own_id)


def whole(address: object) -> str | None:
    """An address that anybody can open, or None."""
    parts = urlsplit_or_none(address.strip()) if isinstance(address, str) else None
    return parts.geturl() if parts else None


def urlsplit_or_none(address: str) -> Any:
    """The parts of a web address that names a host; None for any other."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", address)
    except ValueError:
        return None
    return parts if usable else None


def _address(soup: Any) -> str | None:
    canonical = soup.select_one("link[rel~=canonical][href]")
    shared = soup.select_one("meta[property='og:url'][content]")
    return whole(canonical["href"] if canonical else None) or whole(shared["content"] if shared else None)


def _heading(soup: Any) -> str:
    """The page's heading, or its title without the name of the site."""
    places = (soup.select_one(one) for one in ("article h1", "main h1", "h1"))
    heading = next((text for one in places if one and (text := one_line(one.get_text(" ")))), "")
    title = one_line(soup.title.get_text(" ")) if soup.title else ""
    return heading or re.split(r"\s+[|–—·]\s+", title)[0]


def _stripped(root: Any, url: str | None) -> None:
    """Take out what nobody reads, and links that lead nowhere."""
    from bs4 import Comment, Tag

    for comment in root.find_all(string=lambda one: isinstance(one, Comment)):
        comment.extract()
    for part in [*root.find_all(_DROPPED), *root.find_all(_unseen)]:
        if isinstance(part, Tag) and not part.decomposed:
            part.decompose()
    for link in root.find_all("a"):
        address = whole(urljoin(url or "", str(link.get("href") or "")) if url else link.get("href"))
        if address or str(link.get("href")).startswith(("mailto:", "tel:")):
            link["href"] = address or link["href"]
        else:
            link.unwrap()


def _unseen(tag: Any) -> bool:
    return tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _markdown(root: Any) -> str:
    from markdownify import MarkdownConverter

    converter = MarkdownConverter(heading_style="ATX", bullets="-", escape_underscores=False, escape_asterisks=False)
    return cleaned(re.sub(r"[ \t]+\n", "\n", converter.convert_soup(root)))


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return {}, text
    try:
        keys = Document("front matter", "\n".join(lines[1:end])).value
    except ConfigurationError as error:
        raise NotAnArticleError(f"front matter: {error.problems[0].message}") from None
    return (keys if isinstance(keys, dict) else {}), "\n".join(lines[end + 1 :])


def _yes(value: object) -> bool:
    return str(value).strip().lower() in ("true", "yes", "1", "draft", "unpublished", "archived")


def _no(value: object) -> bool:
    return str(value).strip().lower() in ("false", "no", "0")
