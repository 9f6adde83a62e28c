"""Every scale, in the order in which they are shown. A new one is a new file and its line here."""

from tone_rules.measures import (
    addresses_issue,
    brevity,
    concreteness,
    emotion_fit,
    empathy,
    formality,
    grounding,
    humanity,
    next_step,
    non_deflection,
    ownership,
    politeness,
    respect,
    self_serve,
    time_frame,
    warmth,
)
from tone_rules.measures.scale import Scale

SCALES: tuple[Scale, ...] = (
    empathy.SCALE,
    respect.SCALE,
    emotion_fit.SCALE,
    humanity.SCALE,
    brevity.SCALE,
    politeness.SCALE,
    warmth.SCALE,
    concreteness.SCALE,
    formality.SCALE,
    addresses_issue.SCALE,
    next_step.SCALE,
    ownership.SCALE,
    non_deflection.SCALE,
    time_frame.SCALE,
    self_serve.SCALE,
    grounding.SCALE,
)
