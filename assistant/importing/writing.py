"""The files of a brand's folder, and how a folder gets them: all at once or not at all."""

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from assistant.errors import ConfigurationError
from assistant.importing.pages import Page
from assistant.saved_replies import SavedReply

_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices."""


def slug(title: str) -> str:
    """A title as an id and file name: small ASCII letters, digits and dashes, at most 60; never empty."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters.lower())[:60].strip("-")
    if name and not _RESERVED.fullmatch(name):
        return name
    return f"{name or 'untitled'}-{hashlib.sha256(title.encode('utf-8', 'replace')).hexdigest()[:8]}"


def unused(name: str, taken: Mapping[str, object]) -> str:
    """The name, with a number where it is taken."""
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def article_file(page: Page, article_id: str) -> str:
    """An article as Markdown with front matter."""
    header: dict[str, object] = {"id": article_id, "title": page.title, "url": page.url, "kind": page.kind}
    header |= {"visibility": page.visibility, "valid_until": page.valid_until and str(page.valid_until)}
    return f"---\n{_yaml({key: value for key, value in header.items() if value is not None})}---\n\n{page.text}\n"


def saved_reply_file(reply: SavedReply) -> str:
    """A saved reply as YAML."""
    return _yaml({"title": reply.title, "text": reply.text, "tags": list(reply.tags)})


def brand_file(name: str, domains: Sequence[str]) -> str:
    """The description of a new brand, with comments that teach the rest."""
    template = Path(__file__).with_name("brand.yaml.template").read_text(encoding="utf-8")
    return template.format(
        name=_yaml({"name": name}).strip(),
        domains_from=" Taken from the addresses of the articles." if domains else "",
        domains=_yaml({"allowed_domains": list(domains)}).strip()
        if domains
        else "# allowed_domains: [shop.example, help.shop.example]",
    )


def may_write(folder: Path, *, overwrite: bool) -> None:
    """Refuse a folder that holds something, or on `overwrite` anything but a brand.

    Raises:
        ConfigurationError: it must not be written to; the message says what to do.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ConfigurationError.at(folder, "this is no folder of its own; name a folder that isn't there yet")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not overwrite:
        raise ConfigurationError.at(folder, "this folder is there already; name another, or ask to overwrite it")
    if not (folder / "brand.yaml").is_file():
        raise ConfigurationError.at(
            folder, "this is not a brand (no brand.yaml), so it is not overwritten; name another"
        )


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Make the folder with these files, by their paths in it. What stood there is replaced as a whole.

    The files are written beside it first and moved in one step, so a fault leaves the old folder or none.

    Raises:
        ConfigurationError: the place can't be written to; nothing has changed.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", dir=folder.parent))
    except OSError as error:
        raise ConfigurationError.at(folder, f"this can't be written: {error.strerror}; name another folder") from None
    try:
        fresh = work / "new"
        for name, text in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        _swap(fresh, folder, work / "old")
    except OSError as error:
        raise ConfigurationError.at(folder, f"this can't be written: {error.strerror}; nothing has changed") from None
    finally:
        if not (work / "old").exists() or folder.exists():
            shutil.rmtree(work, ignore_errors=True)


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    stood = folder.exists()
    if stood:
        os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except OSError:
        if stood:
            os.replace(old, folder)
        raise


def _yaml(value: Mapping[str, object]) -> str:
    return yaml.dump(dict(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as a person would."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
