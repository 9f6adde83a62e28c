import ast
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The files that are the project."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_floor_imports_a_higher_one() -> None:
    """The import contracts of the house hold."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_says_what_must_hold(path: Path) -> None:
    """Each test function has a docstring: a test that fails should say what is broken, not only where."""
    silent = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_the_names_of_test_files_are_unique() -> None:
    """Test modules share one name space."""
    names = [path.name for path in TESTS if path.name.startswith("test_")]
    assert sorted(names) == sorted(set(names))


def test_constraints_are_versions_and_nothing_else() -> None:
    """A constraint is `name==version`, each package once: no options, addresses, markers or hashes."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    names = [re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines]
    assert sorted(names) == sorted(set(names))


def test_constraints_fit_the_oldest_python() -> None:
    """Each version can be installed on the Python of Debian 12, which is 3.11.2, and not only on the newest 3.11."""
    too_new = []
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        name, _, wanted = line.partition("==")
        try:
            found = metadata(name)
        except PackageNotFoundError:
            continue
        if found["Version"] == wanted and not SpecifierSet(found["Requires-Python"] or "").contains("3.11.2"):
            too_new.append(f"{line} needs Python {found['Requires-Python']}")
    assert too_new == []


def test_nothing_names_a_machine_or_a_registry(tracked: list[Path]) -> None:
    """No tracked file holds a path of somebody's machine or the address of a package registry."""
    wrong = re.compile(
        "|".join([r"(?<![\w.])/(?:work|root|Users)/", r"(?<![\w.])/home/\w", "index" + "-url", "python" + "hosted"])
    )
    found = []
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {one[0]}" for one in wrong.finditer(text)]
    # the patterns above
    assert [one for one in found if not one.startswith("tests/packaging/")] == []


def test_files_stay_readable(tracked: list[Path]) -> None:
    """No source file is longer than 400 lines: a file is about one thing."""
    code = [path for path in tracked if path.suffix == ".py" and "tests" not in path.relative_to(ROOT).parts]
    long = {str(path.relative_to(ROOT)): count for path in code if (count := len(path.read_text().splitlines())) > 400}
    assert long == {}
