"""`formality`: 0 as one talks to friends, 1 as an authority writes. Describes; no reply is better for more of it.

Weights set by hand, after NN/g's formal-casual and the markers of Heylighen and Dewaele 2002: nouns made of verbs, long
words and passives against contractions, interjections and marks.
"""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="formality",
    group="tone",
    good="neither stiff nor chummy",
    counts=False,
    parts={
        "officialese": Part(1),
        "nominal": Part(1),
        "passive": Part(1),
        "long_words": Part(1),
        "policy": Part(1),
        "contraction": Part(-1),
        "interjection": Part(-1),
        "colloquial": Part(-1),
        "exclaims": Part(-1),
        "emoji": Part(-1),
        "lets": Part(-1),
        "shouts": Part(-1),
    },
    fixed={
        "bias": 0.45,
        "officialese": 0.3,
        "nominal": 0.2,
        "passive": 0.1,
        "long_words": 0.2,
        "policy": 0.05,
        "contraction": -0.3,
        "interjection": -0.1,
        "colloquial": -0.15,
        "exclaims": -0.1,
        "emoji": -0.15,
        "lets": -0.05,
        "shouts": -0.05,
    },
)
