"""How many of a reply's claims trace to a source, where the situation has sources to hold them against."""

from collections.abc import Iterator

from tone_rules.measures.about import About, Feature


def features(about: About) -> Iterator[Feature]:
    """Two numbers about the claims.

    `claims`: 1 where something is claimed and there are sources; `unsourced`: the share of the claims that none backs.
    """
    if not about.situation.sources and not about.situation.facts:
        yield Feature("claims", 0.0)
        yield Feature("unsourced", 0.0)
        return
    from tone_rules.claims import SORTS, claims_of, ungrounded

    told = {(one.start, one.end) for one in claims_of(about.reply, SORTS) if not one.loose}
    bare = {(one.claim.start, one.claim.end) for one in ungrounded(about.reply, about.situation, SORTS)} & told
    yield Feature("claims", float(bool(told)), tuple(sorted(told)))
    yield Feature("unsourced", len(bare) / len(told) if told else 0.0, tuple(sorted(bare)))
