"""`check_brand`: what keeps a brand from loading, what its owner should look at, and what was found."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import regex

from assistant.brand import BrandDescription, BrandFiles, own_styles, read_brand
from assistant.drafting.plays import load_playbook
from assistant.knowledge import ArticleFile, article_paths
from assistant.saved_replies import FOLDER, read_saved_replies
from tone_rules.errors import ConfigurationError, Problem
from tone_rules.located import Document, nearest, read_text
from tone_rules.pack import MANIFEST, load_pack, shipped
from tone_rules.value import Value

PARTS = ("knowledge", "playbooks", "rules")
"""The folders of a brand that are read."""


class BrandReport(Value):
    """What a check of a brand's folder found. It works where `errors` is empty; `warnings` are to be read."""

    folder: str
    name: str | None = None
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = {}
    """How many of each were found: articles (and of these by kind, internal, expired), words, policies, plays, ..."""


def check_brand(folder: Path | str, on: date | None = None) -> BrandReport:
    """Look at everything in a brand's folder; nothing is raised, whatever is wrong stands in the report.

    Args:
        folder: the brand's folder.
        on: the day to judge expiry by; today (UTC) where it is left out.
    """
    found = read_brand(Path(folder))
    on = on or datetime.now(UTC).date()
    errors, warnings = list(found.problems), list[Problem]()
    if found.folder.is_dir():
        errors += _broken(found.folder)
    if found.document is not None or found.articles:
        warnings += _of_folder(found.folder)
        warnings += _of_articles(found, on)
    if found.description is not None and found.document is not None:
        warnings = [
            *_of_description(found.description, found.document),
            *_of_words(found.description, found.document, found.articles),
            *warnings,
        ]
    return BrandReport(
        folder=str(folder),
        name=found.description.name if found.description else None,
        errors=tuple(errors),
        warnings=tuple(warnings),
        counts=_counts(found, on),
    )


def _counts(found: BrandFiles, on: date) -> dict[str, int]:
    articles = [one.article for one in found.articles]
    description = found.description or BrandDescription(name="?")
    counts = {"articles": len(articles)}
    counts |= {f"articles: {kind}": number for kind, number in sorted(Counter(one.kind for one in articles).items())}
    counts["articles: internal"] = sum(one.visibility == "internal" for one in articles)
    counts["articles: expired"] = sum(one.valid_until is not None and one.valid_until < on for one in articles)
    counts["words to use"] = len(description.words_to_use)
    counts["words to avoid"] = len(description.words_to_avoid)
    counts["policies"] = len(description.policies)
    counts["channels set otherwise"] = len(description.channels)
    counts["rules set otherwise"] = len(description.rules)
    counts["plays"] = len(_yaml_files(found.folder / "playbooks", but=found.folder / FOLDER))
    counts["saved replies"] = len(_yaml_files(found.folder / FOLDER))
    counts["rules of its own"] = len(_yaml_files(found.folder / "rules"))
    return counts


def _yaml_files(folder: Path, but: Path | None = None) -> list[Path]:
    """The YAML files under a folder, sorted, without those under `but`."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in (".yaml", ".yml"))
    return sorted(path for path in found if but is None or but not in path.parents)


def _of_folder(folder: Path) -> Iterator[Problem]:
    for item in sorted(folder.iterdir()):
        if item.name in (*PARTS, "brand.yaml") or item.name.startswith("."):
            continue
        hint = nearest(item.name, PARTS)
        if item.is_dir() and hint.startswith("did you mean"):
            yield Problem(path=str(item), message=f"this folder is not read; {hint}")
    for path in sorted((folder / "rules").glob("*")):
        if path.suffix.lower() in (".yml", ".yaml"):
            yield Problem(path=str(path), message="this rule is not read; put it in a folder that names its style")
    for path in sorted((folder / "rules").glob("*/*.yaml")):
        if path.name != MANIFEST:
            yield Problem(path=str(path), message="this is not read: rules are files with the ending .yml")
    knowledge = folder / "knowledge"
    read = set(article_paths(knowledge))
    for path in sorted(knowledge.rglob("*")):
        if path.is_file() and path not in read and not path.name.startswith("."):
            yield Problem(path=str(path), message="this is not read: articles are Markdown files with the ending .md")
    if not read:
        yield Problem(path=str(knowledge), message="no articles: replies can't answer from anything; add some")


def _of_description(description: BrandDescription, document: Document) -> Iterator[Problem]:
    own = own_styles(Path(document.path).parent)
    styles = sorted({"Brand", *shipped(), *own})
    for rule in description.rules:
        if rule.split(".")[0] not in styles:
            message = f"no pack has a rule '{rule}', so this does nothing; packs are: {', '.join(styles)}"
            yield document.problem(("rules", rule), message, key=True)
    yield from _twice(document, "policies", [one.id for one in description.policies], "the policy id")
    yield from _twice(document, "words_to_avoid", [one.word.lower() for one in description.words_to_avoid], "the word")
    for index, policy in enumerate(description.policies):
        if not policy.text.strip():
            yield document.problem(("policies", index), f"the policy '{policy.id}' says nothing; write its text")
    avoided = {one.word.lower() for one in description.words_to_avoid}
    for index, word in enumerate(description.words_to_use):
        if word.lower() in avoided:
            yield document.problem(("words_to_use", index), f"'{word}' is a word to avoid as well; keep it in one list")
    contact = description.contact
    if not (contact.dm or contact.phone or contact.help_url):
        message = "no way to a person: give 'contact' a dm, a phone or a help_url"
        yield document.problem(("contact",), message, key=True)


def _twice(document: Document, key: str, names: list[str], what: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        if first.setdefault(name, index) != index:
            line, _ = document.place((key, first[name]))
            yield document.problem((key, index), f"{what} '{name}' stands on line {line} already; keep one of them")


def _of_articles(found: BrandFiles, on: date) -> Iterator[Problem]:
    domains = found.description.allowed_domains if found.description else ()
    for article, header in found.articles:
        if article.valid_until is not None and article.valid_until < on:
            message = f"'{article.id}' expired on {article.valid_until}; no reply draws on it: renew or delete it"
            yield header.problem(("valid_until",), message)
        if not article.text and article.kind != "wording":
            yield header.problem(("id",), f"'{article.id}' has no text and is never found; write it or delete the file")
        if article.visibility == "public" and article.url is None and article.kind in ("help", "policy"):
            yield header.problem(("id",), f"'{article.id}' has no url: a reply can't link to it; add one if there is")
        if article.url is not None:
            yield from _of_url(article.url, domains, header)


def _of_url(url: str, domains: tuple[str, ...], header: Document) -> Iterator[Problem]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("https", "http") or not host:
        message = f"'{url[:80]}' is not a link anybody can open; write it whole, from https:// on"
        yield header.problem(("url",), message)
    elif domains and not any(host == one or host.endswith("." + one) for one in domains):
        message = f"'{host}' is not one of the allowed_domains; add it there, or replies can't give this link"
        yield header.problem(("url",), message)


def _of_words(description: BrandDescription, document: Document, articles: list[ArticleFile]) -> Iterator[Problem]:
    """Words to avoid that the brand's own texts put into replies."""
    words = [one.word for one in description.words_to_avoid]
    if not words:
        return
    whole = regex.compile(r"(?<!\w)(?:\L<words>)(?!\w)", regex.IGNORECASE, words=words)
    for location, text in _own_texts(description):
        for word in _met(whole, text):
            message = f"this says '{word}', a word to avoid; replies would say it too"
            yield document.problem(location, message)
    for one in articles:
        if one.article.visibility == "public":
            yield from _of_words_in(one, whole)


def _own_texts(description: BrandDescription) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from ((("policies", index, "text"), one.text) for index, one in enumerate(description.policies))
    yield from ((("words_to_use", index), one) for index, one in enumerate(description.words_to_use))
    yield from ((("contact", key), text) for key, text in description.contact if text)
    if description.goodwill:
        yield ("goodwill",), description.goodwill


def _of_words_in(one: ArticleFile, whole: "regex.Pattern[str]") -> Iterator[Problem]:
    for word in _met(whole, one.article.title):
        yield one.header.problem(("title",), f"the title says '{word}', a word to avoid; replies would say it too")
    text = one.article.text
    whole_file = read_text(Path(one.header.path), "an article")
    first_line = whole_file.count("\n", 0, whole_file.rindex(text)) + 1
    for word, start in _met(whole, text).items():
        line, column = first_line + text.count("\n", 0, start), start - text.rfind("\n", 0, start)
        message = f"the article says '{word}', a word to avoid; replies would say it too"
        yield Problem(path=one.header.path, line=line, column=column, message=message)


def _met(whole: "regex.Pattern[str]", text: str) -> dict[str, int]:
    """The words that occur, in lower case, each with its first place."""
    met: dict[str, int] = {}
    for found in whole.finditer(text):
        met.setdefault(found[0].lower(), found.start())
    return met


def _broken(folder: Path) -> Iterator[Problem]:
    """Problems of what is read when a reply is drafted or checked: saved replies, plays and the brand's own rules."""
    yield from read_saved_replies(folder)[1]
    try:
        load_playbook(folder / "playbooks")
    except ConfigurationError as error:
        yield from error.problems
    for style in own_styles(folder):
        try:
            load_pack(folder / "rules" / style)
        except ConfigurationError as error:
            yield from error.problems
