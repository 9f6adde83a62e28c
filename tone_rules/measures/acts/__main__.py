"""`python -m tone_rules.measures.acts`: learn the probe from the sentences and write `probe.json`.

Prints how well each act is told from the rest on sentences that were held out, by folds.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from tone_rules.measures.acts import FILE, SCALE, SENTENCES, features

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRENGTH = 20.0
"""Inverse strength of the ridge on the weights; chosen over folds."""


def main() -> None:
    """Learn, say how well, and store."""
    stored = {}
    count = 0
    for path in sorted(SENTENCES.glob("*.yaml")):
        told = read_sentences(path)
        count += len(told)
        table = features(list(told))
        for act in dict.fromkeys(act for acts in told.values() for act in acts):
            if act in stored:
                raise ValueError(f"{path}: another file has an act '{act}' already: give it a name of its own")
            wanted = np.array([act in acts for acts in told.values()])
            stored[act] = _learn(act, table, wanted)
    lines = ",\n".join(f" {json.dumps(act)}: {json.dumps(row, separators=(',', ':'))}" for act, row in stored.items())
    FILE.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(stored)} acts from {count} sentences\n")


def _learn(act: str, table: "NDArray[np.float64]", wanted: "NDArray[np.bool_]") -> list[int]:
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight={True: 4.0, False: 1.0})
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    held = cross_val_predict(model, table, wanted, cv=folds, method="predict_proba")[:, 1]
    sys.stdout.write(f"{act:20} {wanted.sum():4} sentences, held out AUC {roc_auc_score(wanted, held):.3f}\n")
    model.fit(table, wanted)
    return [round(SCALE * one) for one in (model.intercept_[0], *model.coef_[0])]


def read_sentences(path: Path) -> dict[str, set[str]]:
    """Every sentence of a file with the acts that it does; the sentences of one file are each other's opposites."""
    told: dict[str, set[str]] = {}
    for act, lines in yaml.safe_load(path.read_text(encoding="utf-8"))["acts"].items():
        for line in lines:
            text, *more = (part.strip() for part in line.split(" | "))
            told.setdefault(text, set()).update((act, *more))
    return told


with catch_warnings():
    simplefilter("ignore", FutureWarning)
    main()
