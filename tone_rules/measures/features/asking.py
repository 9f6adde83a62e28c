"""What a reply asks for, and how politely."""

from collections.abc import Iterator

from tone_rules.measures.about import About, Feature


def features(about: About) -> Iterator[Feature]:
    """`asks`: it asks for something; `asks_politely`: how politely, of all asks the mean."""
    asks = about.reading.asks
    spans = tuple((one.start, one.end) for one in asks)
    yield Feature("asks", float(bool(asks)), spans)
    if not asks:
        yield Feature("asks_politely", 0.0)
        return
    from tone_rules.measures.politeness.asking import politeness

    told = [politeness(about.reply[start:end], about.reading, start) for start, end in spans]
    yield Feature("asks_politely", sum(told) / len(told), spans)
