"""What an audit is asked to do: all that a worker needs beside the brand, and all that a report rests on."""

import bisect
import hashlib
import random
from datetime import date
from functools import cached_property

from eval.audit.dates import Order
from eval.audit.files import File, Part
from tone_rules.value import Value

ROWS = 2_000
"""Rows of a part: a few seconds of work, which is what a killed run loses."""


class Job(Value):
    """One audit. Two with equal jobs give equal reports."""

    files: tuple[File, ...]
    passed_over: tuple[str, ...] = ()
    """Names of files in the folder that are no tables of replies."""
    brand: str
    """Its name."""
    brand_sha256: str
    packs: dict[str, str]
    """The sha256 of each pack that holds."""
    version: str
    """Of replywright."""
    weights: str
    """Of the measures."""
    by_agent: bool = False
    measured: bool = True
    sample: int = 5_000
    """Replies that are measured."""
    seed: int = 0
    examples: int = 0
    """Examples of each rule that the report shows."""
    findings: bool = False
    """Whether each finding is to be exported."""
    order: Order = Order.iso
    on: date
    """The day on which articles must be valid where a row has no date."""
    rows: int = ROWS


class Plan(Value):
    """A job's parts, and which rows are measured."""

    parts: tuple[Part, ...]
    total: int
    """Rows, readable or not."""
    sample: tuple[int, ...]
    """Numbers of rows over all files, from 0, in order."""

    @classmethod
    def of(cls, job: Job, parts: tuple[Part, ...]) -> "Plan":
        """Draw the sample: each row is as likely as any other, the same seed draws the same rows."""
        total = sum(part.rows for part in parts)
        wanted = min(job.sample, total) if job.measured else 0
        drawn = random.Random(job.seed).sample(range(total), wanted)  # noqa: S311  # a sample and no secret
        return cls(parts=parts, total=total, sample=tuple(sorted(drawn)))

    def measured(self, part: Part) -> frozenset[int]:
        """The rows of a part that are measured, counted in it from 0."""
        first = bisect.bisect_left(self.sample, part.before)
        last = bisect.bisect_left(self.sample, part.before + part.rows)
        return frozenset(number - part.before for number in self.sample[first:last])

    @cached_property
    def digest(self) -> str:
        """Tells this plan from any other."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
