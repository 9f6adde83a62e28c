"""`import_brand`: saved replies and help-centre articles that a team already has become a brand's folder."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.errors import ConfigurationError, InputError
from assistant.importing.collecting import Collected, collect
from assistant.importing.decoding import one_line
from assistant.importing.remark import Remark
from assistant.importing.writing import article_file, brand_file, may_write, saved_reply_file, slug, unused, write
from assistant.saved_replies import FOLDER
from tone_rules.value import Value

__all__ = ["ImportReport", "Remark", "import_brand"]


class ImportReport(Value):
    """What an import took over and what it left out. Nothing is written where there was nothing to take over."""

    folder: str
    written: bool
    articles: int = 0
    saved_replies: int = 0
    left_out: tuple[Remark, ...] = ()
    """Files and rows that were not taken over, each with the reason."""
    notes: tuple[Remark, ...] = ()
    """What was taken over and deserves a look: guessed encodings, unknown placeholders, names that met."""
    unknown_placeholders: Mapping[str, int] = {}
    """Placeholders as they stood that nothing here fills, with the number of saved replies that have them."""


def import_brand(sources: Sequence[Path], folder: Path, *, name: str, overwrite: bool = False) -> ImportReport:
    """Make a brand's folder out of what a team already has.

    Args:
        sources: files and folders: CSV tables of saved replies (title, text, tags; other usual names of columns are
            known) or of articles (title, body, url), help-centre pages as HTML or Markdown.
        folder: the brand's folder to make.
        name: the brand's name.
        overwrite: replace the folder, as a whole, where it is a brand already.

    Raises:
        InputError: the name is empty.
        ConfigurationError: a source that isn't there, or a folder that must not or can't be written.
    """
    name = one_line(name)
    if not name:
        raise InputError("a brand needs a name")
    missing = [path for path in sources if not path.exists()]
    if missing:
        raise ConfigurationError.at(missing[0], "there is no such file or folder to import; mend the path")
    may_write(folder, overwrite=overwrite)
    collected = collect(sources, but=folder)
    if collected.pages or collected.replies:
        write(folder, dict(_files(collected, name)))
    return ImportReport(
        folder=str(folder),
        written=bool(collected.pages or collected.replies),
        articles=len(collected.pages),
        saved_replies=len(collected.replies),
        left_out=tuple(collected.left_out),
        notes=tuple(collected.notes),
        unknown_placeholders=dict(collected.unknown),
    )


def _files(collected: Collected, name: str) -> Iterator[tuple[str, str]]:
    yield "brand.yaml", brand_file(name, collected.domains())
    paths: dict[str, str] = {}
    ids: dict[str, str] = {}
    for page, where in collected.pages:
        wanted = page.id or slug(page.title)
        ids[article_id := unused(wanted, ids)] = page.title
        if article_id != wanted:
            message = f"the id '{wanted}' is taken by another article with that name; this one is '{article_id}'"
            collected.notes.append(where.saying(message))
        paths[path := unused(slug(article_id), paths)] = page.title
        yield f"knowledge/{path}.md", article_file(page, article_id)
    replies: dict[str, str] = {}
    for reply, where in collected.replies:
        replies[path := unused(slug(reply.title), replies)] = reply.title
        if path != slug(reply.title):
            message = f"another saved reply is called much the same; this one is {path}.yaml"
            collected.notes.append(where.saying(message))
        yield (FOLDER / f"{path}.yaml").as_posix(), saved_reply_file(reply)
