"""A change made to hold: kept as a proposal, then written into the brand's folder and recorded, by whoever may."""

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from assistant.brand import Brand
from assistant.errors import InputError, MovedOn, NotPermitted
from assistant.rulebook.changes import Removed, Setting, Written, change_of, files_of, undoing
from assistant.rulebook.staging import staged
from assistant.store.database import Database
from assistant.store.rule_changes import RuleChange, activated, propose, waiting

_OURS = Path(__file__).resolve().parents[1]
"""This package: the demo brand in it belongs to whoever installed it."""


def kept_out(brand: Brand) -> str | None:
    """Why a brand's folder can't be written here, in words for its owner; None where it can."""
    if brand.folder is None:
        return "This brand has no folder."
    if brand.folder.resolve().is_relative_to(_OURS):
        return "This brand ships with the program; copy its folder and serve the copy to change it here."
    places = [brand.folder, *(one for one in [brand.folder / "brand.yaml", brand.folder / "rules"] if one.exists())]
    if not all(os.access(one, os.W_OK) for one in places):
        return "The brand’s folder can’t be written by this server."
    return None


def proposed(store: Database, brand: Brand, change: Setting | Written | Removed, by: str, note: str = "") -> RuleChange:
    """Keep a change that could hold as a proposal.

    Raises:
        ConfigurationError: the change is wrong, with the places.
        InputError: it changes nothing, or makes no sense for this brand.
        StoreError: the store can't be written.
    """
    with staged(brand, change):
        before = undoing(brand, change)
    if change == before:
        raise InputError("this changes nothing: the rule is like that already")
    return propose(store, change.rule, change.model_dump(mode="json"), before.model_dump(mode="json"), by, note)


def activate(store: Database, brand: Brand, number: int, by: str) -> Brand:
    """Write a proposed change into the brand's folder, record who did, and give the brand as it then loads.

    Args:
        store: where the change waits.
        brand: as it was loaded from its folder.
        number: of the change.
        by: who activates it; where the brand asks for four eyes not who proposed it.

    Raises:
        ConfigurationError: the change is wrong by now, with the places.
        InputError: no such change waits, or the folder can't be written.
        MovedOn: the rule was changed otherwise since.
        NotPermitted: a second person must activate it.
        StoreError: the store can't be written; the folder is as it was.
    """
    shut = kept_out(brand)
    if shut is not None or brand.folder is None:
        raise InputError(f"{shut} Copy the change into it by hand.")
    undo: Mapping[str, str | None] = {}
    try:
        # the store's lock keeps two people from writing at once; what was written goes back if it can't be recorded
        with store.writing() as connection:
            found = waiting(connection, number)
            if brand.four_eyes and by == found.by:
                raise NotPermitted(f"{brand.name} asks for four eyes: somebody other than {by} must activate this")
            current = Brand.load(brand.folder)
            change = change_of.validate_python(found.change)
            now = undoing(current, change)
            if now not in (change, change_of.validate_python(found.before)):
                raise MovedOn(f"{found.rule} was changed otherwise since this was proposed; propose it anew")
            files = files_of(current, change)
            with staged(current, change):
                pass
            undo = {path: _raw(brand.folder / path) for path in files}
            _write(brand.folder, files)
            after = Brand.load(brand.folder)
            activated(connection, found, by, current.sha256, after.sha256)
    except BaseException:
        _write(brand.folder, undo)
        raise
    return after


def _raw(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def _write(folder: Path, files: Mapping[str, str | None]) -> None:
    """Each file whole or not at all; a style without rules goes, and its manifest with it.

    Raises:
        InputError: a file can't be written.
    """
    try:
        for name, text in files.items():
            path = folder / name
            if text is None:
                path.unlink(missing_ok=True)
                _without_empty_style(path.parent)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                _replace(path, text)
    except OSError as error:
        raise InputError(f"the brand's folder can't be written: {error.strerror}; copy the change by hand") from None


def _without_empty_style(style: Path) -> None:
    if style.is_dir() and not any(style.glob("*.yml")):
        for path in style.glob("pack.yaml"):
            path.unlink()
        if not any(style.iterdir()):
            style.rmdir()


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, mode)
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
