"""The benchmark's way of counting, and its bar on the development data."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).resolve().parents[1] / "benchmarks" / "pii.py"


@pytest.fixture(scope="module")
def pii() -> ModuleType:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("pii_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_neighbours_are_one_span_where_only_spaces_and_marks_part_them(pii: ModuleType) -> None:
    """Merging joins spans of one entity across a comma and a line, and neither across a word nor across entities."""
    text = "12 Fennel Way,\nFlat 3 in 90210 07700"
    spans = [
        pii.Span("STREET_ADDRESS", 0, 13),
        pii.Span("STREET_ADDRESS", 15, 21),
        pii.Span("STREET_ADDRESS", 25, 30),
        pii.Span("PHONE_NUMBER", 31, 36),
    ]

    assert [one[1:] for one in pii.merged(spans, text)] == [(31, 36), (0, 21), (25, 30)]


def test_half_of_a_span_is_enough_and_less_is_not(pii: ModuleType) -> None:
    """Intersection over union of 0.5 counts, of 0.4 does not, and one found span serves one annotated span."""
    gold = [pii.Span("PHONE_NUMBER", 0, 10)]

    assert pii.overlapping(gold, [pii.Span("PHONE_NUMBER", 0, 5)], "0123456789") == 1
    assert pii.overlapping(gold, [pii.Span("PHONE_NUMBER", 0, 4)], "0123456789") == 0
    assert pii.overlapping(gold * 2, [pii.Span("PHONE_NUMBER", 0, 10)], "0123456789") == 1


def test_f2_weighs_recall_four_times(pii: ModuleType) -> None:
    """With precision 0.5 and recall 1, F2 is 2.5 / 3; with them turned round, 2.5 / 4.5."""
    assert pii.Counted(5, 10, 5).f2 == pytest.approx(2.5 / 3)
    assert pii.Counted(5, 5, 10).f2 == pytest.approx(2.5 / 4.5)
    assert pii.Counted(0, 0, 5).f2 == 0


def test_each_entity_is_at_least_where_presidio_is(pii: ModuleType, shared_data: Path) -> None:
    """On both halves of the development data no entity is behind Presidio's recognizers, by either way of matching."""
    pytest.importorskip("presidio_analyzer", reason="presidio-analyzer is not installed")

    assert pii.main(shared_data / "pii.jsonl") == 0
