"""Every scale, in the order in which they are shown. A new one is a new file and its line here."""

from tone_rules.measures import brevity, concreteness, emotion_fit, empathy, formality, humanity, respect, warmth
from tone_rules.measures.scale import Scale

SCALES: tuple[Scale, ...] = (
    empathy.SCALE,
    respect.SCALE,
    emotion_fit.SCALE,
    humanity.SCALE,
    brevity.SCALE,
    warmth.SCALE,
    concreteness.SCALE,
    formality.SCALE,
)
