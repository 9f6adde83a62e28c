"""`brevity`: nothing spare, and nothing cut off. Weights set by hand."""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="brevity",
    group="tone",
    good="nothing spare, nothing cut off",
    parts={
        "too_long": Part(-1, "It runs long: say the answer first and drop what repeats it."),
        "too_short": Part(-1, "It says next to nothing: add what happens now."),
        "wordy": Part(-1, "Many words for what it says: one thought a sentence, the answer first."),
        "long_sentences": Part(-1, "One sentence is hard to follow: cut it in two."),
        "act_ramble": Part(-1, "It wanders: say what holds in this case and leave out the rest."),
        "apologies_more": Part(-1, "One apology is enough."),
        "stock_share": Part(-1, "Cut the stock phrases."),
        "fluff": Part(-1, "Cut the sentence about the brand."),
    },
    fixed={
        "bias": 1.0,
        "too_long": -0.6,
        "too_short": -0.6,
        "wordy": -0.4,
        "long_sentences": -0.2,
        "act_ramble": -0.3,
        "apologies_more": -0.2,
        "stock_share": -0.2,
        "fluff": -0.2,
    },
)
