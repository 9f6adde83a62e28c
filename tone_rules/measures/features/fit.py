"""How a reply's mood fits the customer's: feeling at upset, joy at joy, no cheer where none is due."""

import re
from collections.abc import Iterator

from tone_rules.measures.about import About, Feature
from tone_rules.measures.acts import surest_of
from tone_rules.measures.features.phrases import counted

_JOLLY = re.compile("[😀-😆😊😍🤩🥳🎉🎊✨🙌💃🕺🎈☀🌞😎🤗💪🚀🌈😁😄💗💜💙❤🔥👏]")
_GRAVE = re.compile(
    r"\b(?:died|death|dead|funeral|passed away|hospital|cancer|ill|sick|surgery|stolen|robbed|scam\w*|hack\w*|fraud"
    r"|urgent\w*|emergency|broke|evict\w*|depress\w*|suicid\w*|scared|afraid|worried|lost|lose|losing|crying|desperate"
    r"|please help|help please|help me)\b",
    re.IGNORECASE,
)
_PLAYFUL = re.compile(r"\b(?:lo+l|lmao|haha\w*|rofl|jk|hehe)\b|[😂🤣😅😜😝😆😏🙃]", re.IGNORECASE)


def features(about: About) -> Iterator[Feature]:
    """What is felt on both sides, and where they meet or miss each other."""
    reply, message = about.reply, about.message or ""
    mood = about.customer
    bad, good = mood.sentiment in ("negative", "mixed"), mood.sentiment == "positive"
    grave = min(1.0, len(_GRAVE.findall(message)) / 2)
    upset = min(1.0, 0.5 * bad + 0.35 * mood.problems + 0.5 * mood.arousal + 0.4 * grave) * (0.3 if good else 1.0)
    glad = 1.0 if good else 0.4 if mood.sentiment == "mixed" and not mood.problems else 0.0
    playful = 1.0 if _PLAYFUL.search(message) else 0.0
    yield Feature("customer_upset", upset)
    best = surest_of(reply)

    def act(*names: str) -> float:
        return max(best[name] for name in names)

    number = counted(reply)
    jolly_face = _JOLLY.search(reply) is not None
    felt = min(
        1.0,
        0.5 * act("names_impact", "specific_apology", "validates")
        + 0.3 * min(1, number["apology"])
        + 0.3 * min(1, number["hurt"])
        + 0.3 * min(1, number["understands"])
        + 0.2 * min(1, number["interjection"])
        + 0.15 * min(1, number["reassurance"]),
    )
    jolly = min(
        1.0,
        0.6 * act("cheer", "sneer") + 0.4 * jolly_face + 0.2 * min(2, reply.count("!")) + 0.25 * min(2, number["joy"]),
    )
    joyful = min(
        1.0, 0.5 * act("shares_joy", "thanks_specific", "well_wishing") + 0.35 * number["joy"] + 0.15 * ("!" in reply)
    )
    yield Feature("felt", felt)
    yield Feature("felt_for", felt * upset)
    yield Feature("flat_at_upset", (1 - felt) * upset)
    yield Feature("cheer_at_upset", jolly * upset * (1 - 0.5 * felt))
    yield Feature("joy_at_joy", joyful * glad)
    yield Feature("flat_at_joy", (1 - joyful) * glad)
    yield Feature("sorry_for_nothing", min(1, number["apology"]) * (1 - upset))
    yield Feature(
        "grovel_for_nothing", min(1.0, number["grovelling"] + max(0, number["apology"] - 1)) * (1 - 0.7 * upset)
    )
    yield Feature(
        "plays_along",
        playful * max(act("humour", "warm_opening"), 0.7 * (jolly_face or bool(_PLAYFUL.search(reply))))
        if playful
        else 0.0,
    )
    yield Feature("jokes_at_upset", act("humour", "cheer") * upset)
    yield Feature("stock_at_upset", max(act("stock_apology", "stock_empathy"), 0.5 * act("redirect")) * upset)
    yield Feature("sell_at_upset", min(1.0, number["upsell"] + number["fluff"] * 0.7) * upset)
    yield Feature("steps_at_upset", act("stock_step", "redirect", "curt") * upset * (1 - felt))
