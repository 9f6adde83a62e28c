"""`warmth`: kind words, colloquial and personal, where a machine would have none."""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="warmth",
    group="tone",
    good="it sounds warm",
    counts=False,
    parts={
        "courtesies": Part(1, "Add one courtesy: a greeting, a thank you, or an offer to help."),
        "felt": Part(1, "Say that you see how it is for them."),
        "contraction": Part(1, "Contractions sound warmer: 'we'll', 'that's'."),
        "first_person": Part(1),
        "name_said": Part(1),
        "interjection": Part(1),
        "colloquial": Part(1),
        "joy": Part(1),
        "wishes": Part(1),
        "lets": Part(1),
        "blame": Part(-1, "It puts the fault on them: say what happens now instead."),
        "officialese": Part(-1, "Officialese: use the words that you would say aloud."),
        "curt": Part(-1, "It is curt: say one thing more, and say it kindly."),
        "cheer_at_upset": Part(-1, "Cheer is not warmth to somebody upset: drop it."),
    },
    fixed={
        "bias": 0.2,
        "courtesies": 0.25,
        "felt": 0.2,
        "contraction": 0.15,
        "first_person": 0.1,
        "name_said": 0.05,
        "interjection": 0.1,
        "colloquial": 0.1,
        "joy": 0.1,
        "wishes": 0.1,
        "lets": 0.1,
        "blame": -0.3,
        "officialese": -0.15,
        "curt": -0.2,
        "cheer_at_upset": -0.3,
    },
)
