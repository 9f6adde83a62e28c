"""`self_serve`: the exact page or the exact steps, for what was asked."""

from tone_rules.measures.scale import Part, Scale

SCALE = Scale(
    name="self_serve",
    group="helpfulness",
    good="they can do it themselves at once",
    needs_message=True,
    counts=False,
    parts={
        "does_step": Part(1),
        "menu_path": Part(1),
        "link_deep": Part(1),
        "link_fits": Part(1, "Nothing they could do themselves: give the steps, or link the page that has them."),
        "link_home": Part(-1, "The link leads to a front page: link the page that helps."),
        "link_bare": Part(-1, "A bare link: say what they find there."),
    },
    fixed={
        "bias": 0.1,
        "does_step": 0.5,
        "menu_path": 0.3,
        "link_deep": 0.3,
        "link_fits": 0.3,
        "link_home": -0.1,
        "link_bare": -0.3,
    },
)
