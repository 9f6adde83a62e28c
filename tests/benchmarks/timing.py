"""Measuring one call over many inputs, and printing the result."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any


def spread(work: Callable[[Any], object], items: Sequence[Any], rounds: int) -> tuple[float, float, float]:
    """Microseconds of one call: median, p95, p99. A round before the first warms up and does not count."""
    took = []
    for number in range(rounds + 1):
        for item in items:
            began = time.perf_counter()
            work(item)
            if number:
                took.append((time.perf_counter() - began) * 1e6)
    took.sort()
    return statistics.median(took), took[int(len(took) * 0.95)], took[int(len(took) * 0.99)]


def row(name: str, numbers: Sequence[float], note: str = "") -> None:
    """One line: a name, and microseconds."""
    shown = "".join(f"{one:>11,.1f}" for one in numbers)
    sys.stdout.write(f"{name:<58}{shown}  {note}\n".replace("  \n", "\n"))
    sys.stdout.flush()


def heading(text: str, columns: Sequence[str] = ("median", "p95", "p99")) -> None:
    """A line above lines."""
    sys.stdout.write(f"\n{text:<58}{''.join(f'{one:>11}' for one in columns)}  µs\n")


def once(work: Callable[[], object]) -> float:
    """Microseconds of a single call."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e6
