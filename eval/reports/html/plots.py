"""Plots as inline SVG. Colours are classes, so that they follow the page into the dark."""

from collections.abc import Sequence

from markupsafe import Markup

from eval.stats import Interval
from eval.summary import Tally

WIDTH = 220
"""Of every plot, in pixels."""
_HEIGHT = 22
_EDGE = 8
BINS = 10


def scale(labels: tuple[str, str, str]) -> Markup:
    """The axis above a column of plots: its left end, its middle and its right end."""
    places = ((_EDGE, "start"), (WIDTH / 2, "middle"), (WIDTH - _EDGE, "end"))
    texts = Markup("").join(
        Markup('<text x="{}" y="11" text-anchor="{}">{}</text>').format(f"{x:g}", anchor, label)
        for (x, anchor), label in zip(places, labels, strict=True)
    )
    return _svg(texts, "axis", "scale of the plots below", 14)


def mean_plot(mean: float | None, interval: Interval | None, *, advisory: bool = False) -> Markup:
    """A mean from 0 to 1 with its interval; a dashed line alone where nothing was scored."""
    if mean is None:
        return _svg(_line(0, 1, "none"), "means", "unscored")
    parts = _line(0, 1, "rail")
    if interval is not None:
        parts += _line(max(0.0, interval.low), min(1.0, interval.high), "range")
    parts += Markup('<circle class="{}" cx="{}" cy="11" r="4.5"/>').format(
        "dot hollow" if advisory else "dot", _x(mean)
    )
    told = f"mean {mean:.3f}" + (f", 95% interval {interval}" if interval else ", no interval")
    return _svg(parts, "means", told)


def difference_plot(difference: float | None, interval: Interval | None, reach: float, word: str) -> Markup:
    """A difference with its interval, on a scale from -reach to reach with 0 in the middle."""
    if difference is None:
        return _svg(_line(0, 1, "none"), "means", "not compared")
    zero = Markup('<line class="zero" x1="{0}" x2="{0}" y1="1" y2="21"/>').format(_x(0.5))
    parts = _line(0, 1, "rail") + zero
    if interval is not None:
        parts += _line(_at(interval.low, reach), _at(interval.high, reach), "range")
    parts += Markup('<circle class="dot" cx="{}" cy="11" r="4.5"/>').format(_x(_at(difference, reach)))
    told = f"difference {difference:+.3f}" + (f", 95% interval {interval}" if interval else "")
    kind = {"improved": "means good", "regressed": "means bad"}.get(word, "means open")
    return _svg(parts, kind, told)


def histogram(values: Sequence[float]) -> Markup:
    """How scores are spread: ten bars from 0 to 1, the highest as high as the plot; the last holds 1 itself."""
    counts = [0] * BINS
    for value in values:
        counts[min(BINS - 1, int(value * BINS))] += 1
    most = max(counts) or 1
    wide = (WIDTH / 2 - 2) / BINS
    bars = Markup("").join(
        Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="1"/>').format(
            "bar" if count else "bar empty",
            1 + place * wide,
            20 - max(1.0, 18 * count / most),
            wide - 1.5,
            max(1.0, 18 * count / most),
        )
        for place, count in enumerate(counts)
    )
    told = f"{len(values)} scores by tenths: {', '.join(map(str, counts))}"
    return _svg(bars, "spread", told, width=WIDTH // 2)


def share_bar(tally: Tally) -> Markup:
    """How a group came out: passed, failed, incomplete, side by side; the interval of the share passed as a line."""
    parts, start = Markup(""), 0.0
    for kind, count in (("good", tally.passed), ("bad", tally.failed), ("open", tally.incomplete)):
        width = (WIDTH - 2 * _EDGE) * count / max(1, tally.cases)
        if count:
            parts += Markup('<rect class="{}" x="{:.1f}" y="4" width="{:.1f}" height="9" rx="2"/>').format(
                kind, _EDGE + start, max(1.0, width - 1)
            )
        start += width
    if tally.interval is not None:
        parts += _line(tally.interval.low, tally.interval.high, "range", 18)
    told = f"{tally.passed} of {tally.cases} passed, {tally.failed} failed, {tally.incomplete} incomplete"
    return _svg(parts, "shares", told + (f"; 95% interval of those passed {tally.interval}" if tally.interval else ""))


def _line(low: float, high: float, kind: str, y: int = 11) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(kind, _x(low), _x(high), y, y)


def _x(value: float) -> str:
    return f"{_EDGE + (WIDTH - 2 * _EDGE) * min(1.0, max(0.0, value)):.1f}"


def _at(value: float, reach: float) -> float:
    return 0.5 + value / reach / 2


def _svg(parts: Markup, kind: str, told: str, height: int = _HEIGHT, width: int = WIDTH) -> Markup:
    titled = Markup("<title>{}</title>").format(told) + parts
    return Markup(
        '<svg class="plot {}" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>'
    ).format(kind, told, width, height, width, height, titled)
