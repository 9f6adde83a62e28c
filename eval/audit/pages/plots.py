"""Plots of an audit as inline SVG; colours are classes of the page's style, so that they follow it into the dark."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from eval.stats import Interval
from tone_rules.share import Share

_WIDE, _HIGH = 760, 230
_LEFT, _RIGHT, _TOP, _FOOT = 46, 30, 12, 26
_BAR = 180
_SPARK = (120, 22)
_TOPS = (0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8)
"""Where an axis may end, so that its middle is a plain number, too."""
_LABELS = 8

Scale = Callable[[float], float]


class Point(NamedTuple):
    """One value of a curve, None where it is not known."""

    value: float | None
    interval: Interval | None


class Curve(NamedTuple):
    """Values over time; `kind` is the class of its colour."""

    name: str
    kind: str
    points: Sequence[Point]


def curves(names: Sequence[str], given: Sequence[Curve], *, percent: bool) -> Markup:
    """Curves over periods, each with its interval as a band.

    Args:
        names: of the periods, in order.
        given: the curves, each with as many points.
        percent: whether the axis is in percent and ends above the highest; else it goes from 0 to 1.
    """
    highest = max((_high(point) for curve in given for point in curve.points), default=0.0)
    top = next((one for one in _TOPS if one >= highest), 1.0) if percent else 1.0
    step = (_WIDE - _LEFT - _RIGHT) / max(1, len(names) - 1)
    middle = len(names) == 1

    def x(place: float) -> float:
        return _LEFT + ((_WIDE - _LEFT - _RIGHT) / 2 if middle else place * step)

    def y(value: float) -> float:
        return _TOP + (_HIGH - _TOP - _FOOT) * (1 - min(value, top) / top)

    parts = Markup("")
    for mark in (0.0, top / 2, top):
        label = f"{mark * 100:g}%" if percent else f"{mark:g}"
        parts += Markup('<line class="grid" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>').format(
            _LEFT, _WIDE - _RIGHT, y=y(mark)
        )
        parts += Markup('<text x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(_LEFT - 8, y(mark) + 4, label)
    for place in range(0, len(names), -(-len(names) // _LABELS)):
        parts += Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            x(place), _HIGH - 6, names[place]
        )
    for curve in given:
        for run in _runs(curve.points):
            parts += _curve(curve, run, names, x, y, percent=percent)
    told = "; ".join(f"{one.name} {_said(one.points[-1], percent=percent)}" for one in given if one.points)
    return _svg(parts, "curves", f"{names[0]} to {names[-1]}, at the end {told}" if names else "no data", _WIDE, _HIGH)


def share_bar(share: Share, most: float, wide: int = _BAR) -> Markup:
    """A share as a bar on a scale that ends at `most`, its interval as a line; `wide` is in pixels."""
    scale = wide / max(most, 1e-9)
    parts = Markup('<rect class="track" x="0" y="6" width="{}" height="8" rx="2"/>').format(wide)
    if share.rate:
        parts += Markup('<rect class="fill" x="0" y="6" width="{:.1f}" height="8" rx="2"/>').format(
            max(1.0, min(wide, share.rate * scale))
        )
        parts += Markup('<line class="whisker" x1="{:.1f}" x2="{:.1f}" y1="10" y2="10"/>').format(
            min(wide, share.low * scale), min(wide, share.high * scale)
        )
    return _svg(parts, "share", str(share), wide, 20)


def spark(counts: Sequence[int], of: Sequence[int]) -> Markup:
    """How a share went over the months, each on the scale of its highest."""
    wide, high = _SPARK
    rates = [count / whole if whole else 0.0 for count, whole in zip(counts, of, strict=True)]
    most = max(rates, default=0.0)
    if len(rates) < 2 or not most:
        return Markup("")
    step = (wide - 4) / (len(rates) - 1)
    fall = (high - 6) / most
    line = " ".join(f"{2 + place * step:.1f},{high - 3 - fall * rate:.1f}" for place, rate in enumerate(rates))
    told = ", ".join(f"{rate:.2%}" for rate in rates)
    return _svg(Markup('<polyline class="line" points="{}"/>').format(line), "spark", told, wide, high)


def histogram(bins: Sequence[int]) -> Markup:
    """How values are spread from 0 to 1, the highest bar as high as the plot."""
    wide, high = _SPARK
    most = max(bins, default=0) or 1
    step = wide / max(1, len(bins))
    bars = Markup("").join(
        Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            "fill" if count else "track",
            place * step,
            high - tall,
            step - 1.5,
            tall,
        )
        for place, count in enumerate(bins)
        for tall in (max(1.0, (high - 2) * count / most),)
    )
    return _svg(bars, "spread", f"by tenths from 0 to 1: {', '.join(map(str, bins))}", wide, high)


def _curve(curve: Curve, run: Sequence[int], names: Sequence[str], x: Scale, y: Scale, *, percent: bool) -> Markup:
    points = curve.points
    parts = Markup("")
    for banded in _runs([None if points[one].interval is None else points[one] for one in run]):
        bounds = [(x(run[at]), points[run[at]].interval) for at in banded]
        over = [f"{at:.1f},{y(interval.high):.1f}" for at, interval in bounds if interval]
        under = [f"{at:.1f},{y(interval.low):.1f}" for at, interval in reversed(bounds) if interval]
        parts += Markup('<polygon class="band {}" points="{}"/>').format(curve.kind, " ".join([*over, *under]))
    line = " ".join(f"{x(one):.1f},{y(points[one].value or 0.0):.1f}" for one in run)
    parts += Markup('<polyline class="line {}" points="{}"/>').format(curve.kind, line)
    for one in run:
        said = f"{names[one]}: {curve.name} {_said(points[one], percent=percent)}"
        parts += Markup('<circle class="dot {}" cx="{:.1f}" cy="{:.1f}" r="3"><title>{}</title></circle>').format(
            curve.kind, x(one), y(points[one].value or 0.0), said
        )
    return parts


def _runs(points: Sequence[Point | None]) -> list[list[int]]:
    """Places of values that are known, in runs that follow each other."""
    runs: list[list[int]] = [[]]
    for place, point in enumerate(points):
        if point is not None and point.value is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [one for one in runs if one]


def _high(point: Point) -> float:
    return point.interval.high if point.interval else point.value or 0.0


def _said(point: Point, *, percent: bool) -> str:
    if point.value is None:
        return "not known"
    digits = ".1%" if percent else ".2f"
    low, high = (point.interval.low, point.interval.high) if point.interval else (None, None)
    return f"{point.value:{digits}}" + ("" if low is None else f" ({low:{digits}} to {high:{digits}})")


def _svg(parts: Markup, kind: str, told: str, width: int, height: int) -> Markup:
    return Markup(
        '<svg class="plot {}" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "<title>{}</title>{}</svg>"
    ).format(kind, told, width, height, width, height, told, parts)
