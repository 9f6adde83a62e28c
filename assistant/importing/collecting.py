"""Walks the sources of an import and collects what can be taken over, with a remark on all that can't."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.importing.decoding import UnreadableError, cleaned, decode, one_line
from assistant.importing.pages import (
    NotAnArticleError,
    Page,
    from_html,
    from_markdown,
    is_html,
    plain,
    urlsplit_or_none,
)
from assistant.importing.pages import whole as whole_address
from assistant.importing.placeholders import has_logic, normalised
from assistant.importing.remark import Remark
from assistant.importing.tables import NotATableError, Row, read_table
from assistant.naming import Domain
from assistant.saved_replies import SavedReply

LONGEST_REPLY = 5_000
"""Characters; no channel takes longer ones."""
LONGEST_ARTICLE = 200_000
LARGEST_PAGE = 5_000_000
"""Bytes of one file of HTML or Markdown."""
LARGEST_TABLE = 200_000_000
_LONGEST_TITLE = 200

_DOMAIN: TypeAdapter[str] = TypeAdapter(Domain)


@dataclass
class Collected:
    """What was found so far; each page and reply with the place it came from."""

    pages: list[tuple[Page, Remark]] = field(default_factory=list)
    replies: list[tuple[SavedReply, Remark]] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    _seen: dict[tuple[str, str], Remark] = field(default_factory=dict)

    def domains(self) -> list[str]:
        """The domains of the articles' addresses, sorted."""
        found: set[str] = set()
        for page, _ in self.pages:
            parts = urlsplit_or_none(page.url or "")
            try:
                found.add(_DOMAIN.validate_python(parts.hostname if parts else ""))
            except ValidationError:
                continue
        return sorted(found)

    def leave_out(self, where: Remark, reason: str) -> None:
        """Note that a file or row is not taken over."""
        self.left_out.append(where.saying(reason))

    def add_page(self, page: Page, where: Remark) -> None:
        """Take an article over, unless it is too long or there already."""
        page = page._replace(title=one_line(page.title)[:_LONGEST_TITLE].strip() or _opening(page.text))
        if len(page.text) > LONGEST_ARTICLE:
            reason = f"{len(page.text):,} characters are too long for an article ({LONGEST_ARTICLE:,}); part it"
            return self.leave_out(where, reason)
        if not self._again("article", page.text, where):
            self.pages.append((page, where))
        return None

    def add_reply(self, title: str, text: str, tags: tuple[str, ...], where: Remark) -> None:
        """Take a saved reply over, unless it is empty, too long, there already, or decides by itself what it says."""
        if len(text) > 4 * LONGEST_REPLY:
            reason = f"{len(text):,} characters are too long for a saved reply ({LONGEST_REPLY:,})"
            return self.leave_out(where, reason)
        if has_logic(text):
            return self.leave_out(where, "it holds conditions ({% ... %}) that can't be taken over; write it out")
        text, unknown = normalised(cleaned(text))
        text = plain(text) if is_html(text) else cleaned(text)
        if not text:
            return self.leave_out(where, "it is empty")
        if len(text) > LONGEST_REPLY:
            reason = f"{len(text):,} characters are too long for a saved reply ({LONGEST_REPLY:,})"
            return self.leave_out(where, reason)
        if self._again("saved reply", text, where):
            return None
        self.unknown.update(unknown)
        if unknown:
            message = f"nothing fills {', '.join(unknown)}; mend the saved reply, or have an agent fill it in"
            self.notes.append(where.saying(message))
        title = one_line(title)[:_LONGEST_TITLE].strip() or _opening(text)
        self.replies.append((SavedReply(title=title, text=text, tags=tags), where))
        return None

    def _again(self, what: str, text: str, where: Remark) -> bool:
        """Whether the same text was there before; if so, the second is left out."""
        first = self._seen.setdefault((what, " ".join(text.split()).casefold()), where)
        if first is where:
            return False
        place = first.path if first.row is None else f"{first.path}, row {first.row}"
        self.leave_out(where, f"the same text as {place}")
        return True


def collect(sources: Sequence[Path], but: Path) -> Collected:
    """Everything the sources hold, in the order of their paths; nothing below the folder `but`."""
    collected = Collected()
    for path in _files(sources, but, collected):
        where = Remark.on(path, "")
        read, largest = _READERS.get(path.suffix.lower(), (None, 0))
        if read is None:
            collected.leave_out(where, "not a kind of file that is read: .csv, .tsv, .md, .markdown, .html, .htm")
            continue
        try:
            size = path.stat().st_size
            if size > largest:
                collected.leave_out(where, f"{size:,} bytes are too large ({largest:,}); part it")
                continue
            text, guessed = decode(path.read_bytes())
        except UnreadableError as error:
            collected.leave_out(where, str(error))
            continue
        except OSError as error:
            collected.leave_out(where, f"it can't be read: {error.strerror}")
            continue
        if guessed:
            collected.notes.append(Remark.on(path, f"not UTF-8; read as {guessed}, so look at its accents and quotes"))
        read(text, path, collected)
    return collected


def _files(sources: Sequence[Path], but: Path, collected: Collected) -> Iterator[Path]:
    """The files to read, each once. Links are not followed out of a folder that was named."""
    met: set[Path] = set()
    for source in sources:
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            inside = path.relative_to(source).parts if path != source else ()
            if any(part.startswith(".") for part in inside) or but.resolve() in path.resolve().parents:
                continue
            if inside and path.is_symlink():
                collected.leave_out(Remark.on(path, ""), "a link to somewhere else; name its target as a source")
            elif path.is_file() and path.resolve() not in met:
                met.add(path.resolve())
                yield path


def _page_of_html(text: str, path: Path, collected: Collected) -> None:
    where = Remark.on(path, "")
    try:
        page = from_html(text)
    except NotAnArticleError as error:
        return collected.leave_out(where, str(error))
    return collected.add_page(page._replace(title=page.title or _named(path)), where)


def _page_of_markdown(text: str, path: Path, collected: Collected) -> None:
    where = Remark.on(path, "")
    try:
        page = from_markdown(text, _named(path))
    except NotAnArticleError as error:
        return collected.leave_out(where, str(error))
    return collected.add_page(page, where)


def _table(text: str, path: Path, collected: Collected) -> None:
    try:
        table = read_table(text)
    except NotATableError as error:
        return collected.leave_out(Remark.on(path, ""), str(error))
    add = _article_row if table.kind == "articles" else _reply_row
    for row in table.rows:
        where = Remark.on(path, "", row.number)
        wrong = row.wrong or ("it says of itself that it is a draft or out of use" if _unpublished(row) else None)
        if wrong:
            collected.leave_out(where, wrong)
            continue
        try:
            add(row, where, collected)
        except NotAnArticleError as error:
            collected.leave_out(where, str(error))
            continue
        if any(cell.lstrip().startswith(("=", "+", "@")) for cell in row.cells.values()):
            collected.notes.append(where.saying("a cell looks like a formula; kept as text"))
    return None


def _reply_row(row: Row, where: Remark, collected: Collected) -> None:
    cells = row.cells
    tags = tuple(dict.fromkeys(filter(None, (one_line(one) for one in _parts(cells.get("tags", ""))))))
    return collected.add_reply(cells.get("title", ""), cells.get("text", ""), tags, where)


def _article_row(row: Row, where: Remark, collected: Collected) -> None:
    cells = row.cells
    title, body = one_line(cells.get("title", "")), cells["body"]
    url = whole_address(cells.get("url"))
    if cells.get("url", "").strip() and url is None:
        message = f"'{one_line(cells['url'])[:80]}' is not a whole address; the article has no url"
        collected.notes.append(where.saying(message))
    if not body.strip():
        return collected.leave_out(where, "it is empty")
    page = from_html(body, title, url) if is_html(body) else Page(title, cleaned(body), url)
    told = cells.get("visibility", "").strip().lower()
    if told not in ("", "public", "everyone", "everybody", "all", "visitors", "published"):
        collected.notes.append(where.saying(f"its visibility is '{told[:40]}': kept internal"))
        page = page._replace(visibility="internal")
    return collected.add_page(page, where)


def _parts(tags: str) -> list[str]:
    sign = next((one for one in ("|", ";", ",") if one in tags), None)
    return tags.split(sign) if sign else tags.split()


def _unpublished(row: Row) -> bool:
    draft, published = (row.cells.get(one, "").strip().lower() for one in ("draft", "published"))
    out_of_use = ("true", "yes", "draft", "unpublished", "archived", "inactive", "disabled")
    return draft in out_of_use or published in ("false", "no", "0")


def _opening(text: str) -> str:
    words = " ".join(text.split()[:8])
    return words[:80] or "Untitled"


def _named(path: Path) -> str:
    return one_line(path.stem.replace("-", " ").replace("_", " ")).capitalize() or "Untitled"


_Reader = Callable[[str, Path, Collected], None]
_READERS: dict[str, tuple[_Reader, int]] = {
    ".csv": (_table, LARGEST_TABLE),
    ".tsv": (_table, LARGEST_TABLE),
    ".md": (_page_of_markdown, LARGEST_PAGE),
    ".markdown": (_page_of_markdown, LARGEST_PAGE),
    ".html": (_page_of_html, LARGEST_PAGE),
    ".htm": (_page_of_html, LARGEST_PAGE),
}
