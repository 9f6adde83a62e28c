"""Measures of a reply's tone and helpfulness: numbers from 0 to 1 with the places and a reason behind each.

```python
from tone_rules import Situation
from tone_rules.measures import measure

scores = measure("I've sent it again, Ana: it comes on Friday.", Situation(message="Where is my parcel?? 9 days!"))
```
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tone_rules.measures.measuring import measure
    from tone_rules.measures.scales import SCALES
    from tone_rules.measures.score import Measure, Scores

__all__ = ["SCALES", "Measure", "Scores", "measure"]

_HOMES = {"SCALES": "scales", "measure": "measuring", "Measure": "score", "Scores": "score"}


def __getattr__(name: str) -> Any:
    """Import at first use: a check without measures does not pay for them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tone_rules.measures' has no attribute '{name}'")
    return getattr(import_module(f"tone_rules.measures.{_HOMES[name]}"), name)
