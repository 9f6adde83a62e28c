import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.rulebook.changes import Written
from assistant.store import Store

RULE = """\
extends: existence
message: "We don't say '%s'."
level: error
# kept: people asked for this one
ignorecase: true
tokens:
  - no worries
tests:
  - name: fires
    input: No worries, it leaves today.
    want: "1:1:House.Worries:We don't say 'No worries'."
"""


@pytest.fixture
def own_brand(tmp_path: Path) -> Brand:
    """The demo brand in a folder that may be written."""
    folder = tmp_path / "brand"
    shutil.copytree(Path(demo.__file__).parent / "brand", folder)
    return Brand.load(folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "inbox.db") as opened:
        yield opened


@pytest.fixture
def worries() -> Written:
    """A rule of the brand's own."""
    return Written(rule="House.Worries", text=RULE)
