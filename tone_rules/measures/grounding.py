"""`grounding`: every claim traces to a source."""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="grounding",
    group="helpfulness",
    good="every claim has a source",
    needs="claims",
    lacking="not measured: nothing is claimed, or there are no sources to hold it against",
    counts=False,
    parts={"unsourced": Part(-1, "No source backs this: drop it, or take the figure from an article or a policy.")},
    fixed={"bias": 1.0, "unsourced": -1.0},
)
