"""`concreteness`: things, numbers, times and steps by name.

Packard and Berger 2021: concrete words raise satisfaction. Weights set by hand.
"""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="concreteness",
    group="tone",
    good="it names things, times and steps",
    counts=False,
    parts={
        "particular": Part(1, "Name the thing, the time or the step instead of 'it', 'soon' or 'some'."),
        "number": Part(1),
        "time": Part(1),
        "menu": Part(1),
        "names_things": Part(1),
        "quotes_it": Part(1),
        "echo": Part(1, "Call the thing by the word that they used."),
        "vague": Part(-1, "Vague words: say which, how many, when."),
        "stock_share": Part(-1, "Much of it is stock phrases that say nothing."),
        "nominal": Part(-1, "Nouns made of verbs: use the verb."),
    },
    fixed={
        "bias": 0.3,
        "particular": 0.3,
        "number": 0.1,
        "time": 0.1,
        "menu": 0.15,
        "names_things": 0.1,
        "quotes_it": 0.1,
        "echo": 0.15,
        "vague": -0.2,
        "stock_share": -0.2,
        "nominal": -0.1,
    },
)
