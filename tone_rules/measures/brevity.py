"""`brevity`: nothing spare, and nothing cut off."""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="brevity",
    group="tone",
    parts={
        "too_long": Part(-1, "It runs long: say the answer first and drop what repeats it."),
        "too_short": Part(-1, "It says next to nothing: add what happens now."),
    },
    fixed={"bias": 1.0, "too_long": -0.8, "too_short": -0.6},
)
