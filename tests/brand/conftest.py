"""A brand's folder to write into, and the problems of one that is wrong."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant.brand import Brand
from tone_rules.errors import ConfigurationError

Make = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def make_brand(tmp_path: Path) -> Make:
    """Write files by their paths into a new brand's folder; `brand.yaml` is a bare name where it is not given."""

    def make(files: Mapping[str, str]) -> Path:
        folder = tmp_path / "brand"
        for name, text in {"brand.yaml": "name: Quill & Kettle\n", **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def problems_of(make_brand: Make) -> Callable[[Mapping[str, str] | str], list[str]]:
    """What `Brand.load` says of a folder with these files (or this `brand.yaml`), paths relative to the folder."""

    def problems(files: Mapping[str, str] | str) -> list[str]:
        folder = make_brand({"brand.yaml": files} if isinstance(files, str) else files)
        with pytest.raises(ConfigurationError) as caught:
            Brand.load(folder)
        return str(caught.value).replace(f"{folder}/", "").split("\n")

    return problems
