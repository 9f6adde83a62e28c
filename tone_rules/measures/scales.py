"""Every scale, in the order in which they are shown. A new one is a new file and its line here."""

from tone_rules.measures import brevity
from tone_rules.measures.scale import Scale

SCALES: tuple[Scale, ...] = (brevity.SCALE,)
