"""Fixtures shared by all tests."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# Hundreds of interpreters are started; where bytecode isn't kept, each compiles the project and every worker the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A gate must answer the same twice: in CI the examples are a digest of the test, at a desk they are new each time.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data beside the checkout; the test is skipped, visibly, where it is not there."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"no development data at {folder}")
    return folder
