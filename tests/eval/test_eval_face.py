import subprocess
import sys
from pathlib import Path

import pytest

import eval as harness


def test_every_public_name_is_there() -> None:
    """Each name that is promised can be had, and none is called `eval`."""
    assert {"Case", "Gate", "Result", "Run", "Score", "Scorer", "Suite", "evaluate", "load_suite"} <= set(
        harness.__all__
    )
    for name in harness.__all__:
        assert getattr(harness, name) is not None
    assert "eval" not in harness.__all__
    with pytest.raises(AttributeError, match="no attribute 'evalute'"):
        harness.evalute  # type: ignore[attr-defined]  # noqa: B018 - the look-up is the test


def test_importing_it_loads_next_to_nothing() -> None:
    """`import eval` loads no model, no page, no rich and not even our own packages."""
    heavy = {"assistant", "pydantic", "rich", "gradio", "openai"}
    code = f"import sys, eval; print(sorted({heavy} & {{name.split('.')[0] for name in sys.modules}}))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
