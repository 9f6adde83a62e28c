"""Drafts personal public replies from a customer's context, checks them, and lets a person approve.

```python
from assistant import Assistant, Brand, CustomerContext

assistant = Assistant(Brand.load("my-brand"))
proposal = assistant.draft(CustomerContext(channel="x", message="Where is my parcel?? 9 days!"))
```
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.approval import Approval, approve
    from assistant.brand import Brand
    from assistant.context import Customer, CustomerContext, PublicView
    from assistant.drafting import Draft, Drafter
    from assistant.errors import (
        ApprovalError,
        Blocked,
        ConfigurationError,
        InputError,
        MovedOn,
        NotPermitted,
        ReplywrightError,
        StoreError,
    )
    from assistant.knowledge import Article, Knowledge
    from assistant.pipeline import Assistant, Proposal
    from assistant.store import Store
    from assistant.triage import Triage
    from tone_rules.situation import Agent, Fact, Turn

_HOME = {
    "assistant.approval": ("Approval", "approve"),
    "assistant.brand": ("Brand",),
    "assistant.context": ("Customer", "CustomerContext", "PublicView"),
    "assistant.drafting": ("Draft", "Drafter"),
    "assistant.errors": (
        "ApprovalError",
        "Blocked",
        "ConfigurationError",
        "InputError",
        "MovedOn",
        "NotPermitted",
        "ReplywrightError",
        "StoreError",
    ),
    "assistant.knowledge": ("Article", "Knowledge"),
    "assistant.pipeline": ("Assistant", "Proposal"),
    "assistant.store": ("Store",),
    "assistant.triage": ("Triage",),
    "tone_rules.situation": ("Agent", "Fact", "Turn"),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Agent",
    "Approval",
    "ApprovalError",
    "Article",
    "Assistant",
    "Blocked",
    "Brand",
    "ConfigurationError",
    "Customer",
    "CustomerContext",
    "Draft",
    "Drafter",
    "Fact",
    "InputError",
    "Knowledge",
    "MovedOn",
    "NotPermitted",
    "Proposal",
    "PublicView",
    "ReplywrightError",
    "Store",
    "StoreError",
    "Triage",
    "Turn",
    "approve",
]


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, so that `import assistant` costs next to nothing."""
    if name not in _MODULE:
        raise AttributeError(f"module 'assistant' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(_MODULE[name]), name)
    globals()[name] = value
    return value
