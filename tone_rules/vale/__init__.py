"""Vale's styles on files: `.vale.ini`, vocabularies, switches in the text, and alerts as Vale prints them.

```python
from tone_rules.vale import lint, load_style

for alert in lint("Utilise this.", "notes.md", [load_style("styles/Microsoft")]):
    print(alert)
```
"""

from tone_rules.pack import load_style
from tone_rules.vale.config import ValeConfig, find_config
from tone_rules.vale.linting import Alert, Linted, lint, lint_fully
from tone_rules.vale.vocabulary import Vocabulary

__all__ = ["Alert", "Linted", "ValeConfig", "Vocabulary", "find_config", "lint", "lint_fully", "load_style"]
