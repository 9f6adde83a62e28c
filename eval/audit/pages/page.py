"""The report of an audit as one HTML file without a script: it opens from disk and asks no server for anything."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from eval.audit.pages.plots import Curve, Point, curves, histogram, share_bar, spark
from eval.audit.pages.words import METHOD, facts, mean, month_range, where
from eval.audit.report import OF_PEOPLE, Mean, Period, Report, Where
from eval.reports.standalone import standalone, text_of
from eval.stats import Interval
from tone_rules.share import Share

_BY_WEEK = 3
"""Months up to which the curves go by weeks."""
_FRAGMENTS = {".csv": "row", ".tsv": "row"}


def html(report: Report, folder: str) -> str:
    """The page.

    Args:
        report: what it shows.
        folder: the way from the page to the folder of the files, for links to their rows.
    """
    periods = report.months if len(report.months) > _BY_WEEK else report.weeks
    months = [one.replies for one in report.months]
    highest = _most(one.replies for one in report.rules)
    return standalone(
        __package__,
        "audit",
        styles=[text_of("eval.reports.html", "report.css"), text_of(__package__, "audit.css")],
        report=report,
        dates=month_range(report),
        facts=list(facts(report)),
        by="month" if periods is report.months else "week",
        shares=_shares(periods) if len(periods) > 1 else None,
        scores=_scores(periods) if len(periods) > 1 and report.measured else None,
        rules=[(one, share_bar(one.replies, highest), spark(one.months, months)) for one in report.rules],
        bars=lambda share, of: share_bar(share, _most(of)),
        histogram=histogram,
        link=lambda at: _link(at, folder),
        where=where,
        mean=mean,
        method=METHOD,
        of_people=OF_PEOPLE,
    )


def _shares(periods: Sequence[Period]) -> Any:
    given = [
        Curve(name, kind, [_share(getattr(one, name)) for one in periods])
        for name, kind in (("flagged", "flagged"), ("blocked", "blocked"))
    ]
    return curves([one.name for one in periods], given, percent=True)


def _share(share: Share) -> Point:
    return Point(share.rate, Interval(low=share.low, high=share.high) if share.of else None)


def _scores(periods: Sequence[Period]) -> Any:
    def point(one: Mean) -> Point:
        return Point(one.mean, one.interval)

    given = [
        Curve("tone", "tone", [point(one.tone) for one in periods]),
        Curve("helpfulness", "helpfulness", [point(one.helpfulness) for one in periods]),
    ]
    known = [one for one in given if any(each.value is not None for each in one.points)]
    return curves([one.name for one in periods], known, percent=False) if known else None


def _most(shares: Any) -> float:
    """Where the scale of some bars ends: with the highest of their intervals."""
    return max((share.high for share in shares if share.of), default=0.0) or 1.0


def _link(at: Where, folder: str) -> str:
    """To the reply on its network where the row has a link, else to the row of its file (RFC 7111)."""
    if at.link:
        return at.link
    suffix = at.file[at.file.rfind(".") :].lower()
    fragment = f"#{_FRAGMENTS[suffix]}={at.row}" if suffix in _FRAGMENTS else ""
    return quote(f"{folder}/{at.file}") + fragment
