"""Hunspell dictionaries and lists of words, found where Vale looks for them."""

import os
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tone_rules.rule import CouldNotRun

_BELOW = ("", "config/dictionaries")
_SYSTEM = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/Library/Spelling"))


def dictionary(name: str, styles: tuple[Path, ...]) -> Any:
    """A dictionary by its name, from a styles path, `DICPATH`, the system, or those that come with `spylls`.

    Raises:
        CouldNotRun: there is none, or `spylls` is not installed.
    """
    try:
        library = import_module("spylls.hunspell")
    except ImportError:
        raise CouldNotRun("it needs Hunspell dictionaries, which `spylls` reads; pip install spylls") from None
    shipped = Path(str(library.__file__)).parent / "data" / name.partition("_")[0]
    named = [Path(one) for one in os.environ.get("DICPATH", "").split(os.pathsep) if one]
    for folder in (*_folders(styles), *named, *_SYSTEM, shipped):
        if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
            return _opened(str(folder / name))
    raise CouldNotRun(f"no Hunspell dictionary '{name}': put {name}.aff and {name}.dic in config/dictionaries")


@lru_cache(maxsize=256)
def word_list(name: str, styles: tuple[Path, ...]) -> frozenset[str]:
    """The words of a file, one on each line, in no particular case; none where there is no such file."""
    for folder in (Path(), *styles, *(one / "config" / "ignore" for one in styles)):
        if (folder / name).is_file():
            lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
            return frozenset(one.strip().casefold() for one in lines if one.strip())
    return frozenset()


def _folders(styles: tuple[Path, ...]) -> Iterator[Path]:
    for one in styles:
        yield from (one / below for below in _BELOW)


@lru_cache(maxsize=8)
def _opened(path: str) -> Any:
    try:
        with warnings.catch_warnings():
            # spylls leaves it to the collector to close what it reads
            warnings.simplefilter("ignore", ResourceWarning)
            return import_module("spylls.hunspell").Dictionary.from_files(path)
    except Exception as error:  # noqa: BLE001  a dictionary is anybody's file, and spylls raises what it meets
        raise CouldNotRun(f"the dictionary {Path(path).name} can't be read: {error}") from None
