"""Rules, readings and measures of a reply. They know nothing of models, stores or the web.

```python
from tone_rules import Situation, check, load_pack

report = check("We'll refund you today!", load_pack("general"), Situation(channel="x"))
```
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tone_rules.backtesting import Backtest, PastReply, backtest
    from tone_rules.channels import Channel, channel_names, load_channel
    from tone_rules.engine import check
    from tone_rules.errors import ConfigurationError, Problem, ToneRulesError
    from tone_rules.explaining import Explanation, explain
    from tone_rules.finding import Finding, Fix, Level, NotRun, Report, Verdict
    from tone_rules.fix import apply_fixes
    from tone_rules.loading import load_rules
    from tone_rules.measures.measuring import measure
    from tone_rules.measures.score import Measure, Scores
    from tone_rules.pack import Pack, load_pack
    from tone_rules.rule import Definition, Rule
    from tone_rules.situation import Agent, Fact, Situation, Source, Turn, Voice

_HOME = {
    "backtesting": ("Backtest", "PastReply", "backtest"),
    "channels": ("Channel", "channel_names", "load_channel"),
    "engine": ("check",),
    "errors": ("ConfigurationError", "Problem", "ToneRulesError"),
    "explaining": ("Explanation", "explain"),
    "finding": ("Finding", "Fix", "Level", "NotRun", "Report", "Verdict"),
    "fix": ("apply_fixes",),
    "loading": ("load_rules",),
    "measures.measuring": ("measure",),
    "measures.score": ("Measure", "Scores"),
    "pack": ("Pack", "load_pack"),
    "rule": ("Definition", "Rule"),
    "situation": ("Agent", "Fact", "Situation", "Source", "Turn", "Voice"),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Agent",
    "Backtest",
    "Channel",
    "ConfigurationError",
    "Definition",
    "Explanation",
    "Fact",
    "Finding",
    "Fix",
    "Level",
    "Measure",
    "NotRun",
    "Pack",
    "PastReply",
    "Problem",
    "Report",
    "Rule",
    "Scores",
    "Situation",
    "Source",
    "ToneRulesError",
    "Turn",
    "Verdict",
    "Voice",
    "apply_fixes",
    "backtest",
    "channel_names",
    "check",
    "explain",
    "load_channel",
    "load_pack",
    "load_rules",
    "measure",
]


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, so that `import tone_rules` costs next to nothing."""
    if name not in _MODULE:
        raise AttributeError(f"module 'tone_rules' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(f"tone_rules.{_MODULE[name]}"), name)
    globals()[name] = value
    return value
