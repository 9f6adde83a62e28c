"""`python -m tone_rules.measures RATED...`: fit the weights to rated replies and write `weights.json`."""

import sys
from pathlib import Path

from tone_rules.measures.fitting import fit, read_rated
from tone_rules.measures.weights import FILE

rows = read_rated(map(Path, sys.argv[1:]))
names = ", ".join(f"{sum(one.origin == name for one in rows)} {name}" for name in dict.fromkeys(r.origin for r in rows))
FILE.write_text(fit(rows, f"rated replies: {names}").model_dump_json(indent=1, exclude_defaults=True) + "\n")
sys.stdout.write(f"{FILE.name}: fitted to {len(rows)} rated replies ({names})\n")
