"""`time_frame`: when it happens; a time, not "soon"."""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="time_frame",
    group="helpfulness",
    good="it says when",
    counts=False,
    parts={
        "exact_time": Part(1, "No time is given: say by when, if you can keep it."),
        "vague_time": Part(-1, "'Soon' is no time: give one that you can keep, or say when you will know more."),
    },
    fixed={"bias": 0.3, "exact_time": 0.7, "vague_time": -0.2},
)
