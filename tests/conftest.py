"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data beside the checkout; the test is skipped, visibly, where it is not there."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"no development data at {folder}")
    return folder
