"""`pytest tests/contracts --update-snapshots` writes the snapshots anew; what changed is then seen in the diff."""

from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots of the schemas anew")


@pytest.fixture(scope="session")
def snapshots() -> Path:
    """The folder of the snapshots."""
    return SNAPSHOTS


@pytest.fixture(scope="session")
def update_snapshots(request: pytest.FixtureRequest) -> bool:
    """Whether snapshots are written and not compared."""
    return bool(request.config.getoption("--update-snapshots", default=False))
