"""A brand as it would be with a change, read from a folder of its own by the same code that reads the real one."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.brand import Brand, digest, read_brand
from assistant.checking import packs_of
from assistant.rulebook.changes import Removed, Setting, Written, description_of, files_of
from tone_rules.errors import ConfigurationError
from tone_rules.pack import Pack
from tone_rules.rule import Rule


@dataclass(frozen=True)
class Staged:
    """A brand with a change, and the packs that would hold for it."""

    brand: Brand
    packs: tuple[Pack, ...]

    def alone(self, rule: str) -> Pack | None:
        """A pack with only that rule, weighed as it would be; None where it is off or taken out."""
        return alone(self.packs, rule)


def alone(packs: tuple[Pack, ...], rule: str) -> Pack | None:
    """A pack with only that rule; None where none of the packs has it."""
    found = find(packs, rule)
    return None if found is None else Pack(rule.partition(".")[0], (found,), found.required)


def find(packs: tuple[Pack, ...], rule: str) -> Rule | None:
    """A rule of some packs by its id."""
    return next((one for pack in packs for one in pack.rules if one.id == rule), None)


@contextmanager
def staged(brand: Brand, change: Setting | Written | Removed) -> Iterator[Staged]:
    """A brand as it would be with a change; nothing of the brand itself is touched.

    Raises:
        ConfigurationError: the change is wrong; paths are those in the brand's folder.
        InputError: the change makes no sense for this brand.
    """
    files = files_of(brand, change)
    with TemporaryDirectory(prefix="replywright-") as name:
        folder = Path(name).resolve()
        _copied(brand, folder)
        _written(folder, files)
        try:
            candidate = _read(brand, folder)
            # not by its cache: each keystroke would push out a brand that is at work
            packs = packs_of.__wrapped__(candidate, examples=False)
        except ConfigurationError as error:
            raise ConfigurationError(
                [one.model_copy(update={"path": _inside(one.path, folder)}) for one in error.problems]
            ) from None
        yield Staged(candidate, packs)


def _copied(brand: Brand, folder: Path) -> None:
    (folder / "brand.yaml").write_text(description_of(brand), encoding="utf-8", newline="\n")
    if brand.folder is not None and (brand.folder / "rules").is_dir():
        shutil.copytree(brand.folder / "rules", folder / "rules")


def _written(folder: Path, files: Mapping[str, str | None]) -> None:
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
            if not any(path.parent.glob("*.yml")):
                shutil.rmtree(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def _read(brand: Brand, folder: Path) -> Brand:
    found = read_brand(folder)
    if found.description is None or found.problems:
        raise ConfigurationError(found.problems)
    return Brand(**dict(found.description), folder=folder, knowledge=brand.knowledge, sha256=digest(folder))


def _inside(path: str, folder: Path) -> str:
    return path.replace(f"{folder}/", "").replace(str(folder), "brand.yaml")
