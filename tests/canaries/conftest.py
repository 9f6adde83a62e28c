"""The modules of this folder, found as neighbours: they are a program, not an installed package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
