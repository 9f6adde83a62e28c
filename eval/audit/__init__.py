"""An audit of replies that were sent: findings, measures, trends and the worst, over as many as a year brings.

```python
from pathlib import Path
from eval.audit import Options, audit

report = audit(Path("replies.csv"), out=Path("audit"), options=Options(jobs=4))
```

With more than one job this stands below `if __name__ == "__main__":`, since each process reads the program anew.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.audit.columns import Columns as Columns
    from eval.audit.columns import parse_columns as parse_columns
    from eval.audit.dates import Order as Order
    from eval.audit.report import Report as Report
    from eval.audit.running import Options as Options
    from eval.audit.running import audit as audit

_PLACES = {
    "Columns": "columns",
    "Options": "running",
    "Order": "dates",
    "Report": "report",
    "audit": "running",
    "parse_columns": "columns",
}
__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'eval.audit' has no attribute '{name}'")
    return getattr(import_module(f"eval.audit.{_PLACES[name]}"), name)
