"""What required rules find in replies that brands really sent: `python tests/benchmarks/real_replies.py FILE.jsonl`.

A line holds `customer` (the post) and `reply`. The domains of a reply's own links are allowed, a person signs, and
claims are not compared, since no sources exist. Every finding that would have stopped a reply is printed, to be read:
each is a true problem or a fault of the rule. Below it, how often rules that guide fire.
"""

import json
import re
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from assistant.brand import Brand
from assistant.checking import check
from assistant.context import CustomerContext
from tone_rules.share import Share
from tone_rules.situation import Agent

_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/\s?#.,)]|$)", re.IGNORECASE)
GROUNDING = "grounding."
"""Compared with sources, of which there are none here; its links are checked all the same."""
out = partial(print, file=sys.stdout)


def main(path: Path) -> None:
    """Print every finding that blocks, the share of replies blocked, and what guides."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    blocked = 0
    guides: Counter[str] = Counter()
    for number, row in enumerate(rows):
        hosts = {host.lower() for host in _HOST.findall(row["reply"])}
        brand = Brand(name=row["brand"], allowed_domains=tuple(sorted(hosts)))
        context = CustomerContext(id=str(number), channel="x", message=row["customer"], agent=Agent(name="(a person)"))
        findings = [
            one
            for one in check(row["reply"], context, brand).findings
            if not one.rule.startswith(GROUNDING) or one.rule == f"{GROUNDING}Link"
        ]
        stops = [one for one in findings if one.blocking]
        blocked += bool(stops)
        guides.update({one.rule for one in findings if not one.blocking and one.level == "warning"})
        for one in stops:
            out(f"{number}: {one.rule}: {one.message}\n    post: {row['customer']}\n    reply: {row['reply']}\n")
    out(f"replies stopped: {Share.among(blocked, len(rows))}")
    out("replies warned of, by rule:", ", ".join(f"{rule} {count}" for rule, count in guides.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
