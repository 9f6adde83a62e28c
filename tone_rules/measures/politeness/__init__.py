"""`politeness`: how politely a reply asks for something, by strategies, words and meaning; only where it asks.

Fitted by `python -m tone_rules.measures.politeness` to the requests of the Stanford Politeness Corpus
(Danescu-Niculescu-Mizil et al. 2013, A computational approach to politeness); numbers alone are stored.
"""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="politeness",
    group="tone",
    good="it asks politely",
    counts=False,
    needs="asks",
    lacking="not measured: it asks for nothing",
    parts={
        "asks_politely": Part(1, "Ask more politely: 'could you', a thank you, and why it helps."),
        "softens": Part(1, "Ask instead of ordering: 'could you', 'when you have a minute'."),
        "please": Part(1),
        "bare_orders": Part(-1, "Orders without a please: turn them into questions."),
        "curt": Part(-1),
    },
    fixed={"bias": 0.1, "asks_politely": 0.6, "softens": 0.2, "please": 0.1, "bare_orders": -0.3, "curt": -0.2},
)
