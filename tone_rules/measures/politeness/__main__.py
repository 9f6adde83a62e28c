"""`python -m tone_rules.measures.politeness REQUESTS`: fit how polite a request is and write `weights.json`.

REQUESTS is JSON Lines of `text` and `score` (deviations from the mean of its source).
"""

import json
import sys
from pathlib import Path

from tone_rules.measures.politeness.asking import FILE, fit

rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
model = fit([one["text"] for one in rows], [one["score"] for one in rows])
parts = {
    "source": f"{len(rows)} requests of the Stanford Politeness Corpus (Wikipedia, Stack Exchange)",
    **model._asdict(),
}
FILE.write_text(
    "{\n" + ",\n".join(f" {json.dumps(name)}: {json.dumps(part)}" for name, part in parts.items()) + "\n}\n",
    encoding="utf-8",
)
sys.stdout.write(f"{FILE.name}: {len(model.terms)} words and pairs, {len(model.strategies)} strategies\n")
