"""`python -m tone_rules.measures.acts`: learn the probe from the sentences and write `probe.json`.

Prints how well each act is told from the rest on sentences that were held out, by folds.
"""

import json
import sys
from warnings import catch_warnings, simplefilter

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from tone_rules.measures.acts import FILE, SCALE, SENTENCES, features

STRENGTH = 20.0
"""Inverse strength of the ridge on the weights; chosen over folds."""


def main() -> None:
    """Learn, say how well, and store."""
    told: dict[str, list[str]] = {}
    for path in sorted(SENTENCES.glob("*.yaml")):
        for act, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            told.setdefault(act, []).extend(lines)
    texts = [line for lines in told.values() for line in lines]
    labels = np.array([act for act, lines in told.items() for _ in lines])
    table = features(texts)
    stored = {}
    for act in told:
        wanted = labels == act
        model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight={True: 4.0, False: 1.0})
        held = cross_val_predict(
            model, table, wanted, cv=StratifiedKFold(5, shuffle=True, random_state=0), method="predict_proba"
        )[:, 1]
        sys.stdout.write(f"{act:20} {wanted.sum():4} sentences, held out AUC {roc_auc_score(wanted, held):.3f}\n")
        model.fit(table, wanted)
        stored[act] = np.round(SCALE * np.r_[model.intercept_, model.coef_[0]]).astype(int).tolist()
    lines = ",\n".join(f" {json.dumps(act)}: {json.dumps(row, separators=(',', ':'))}" for act, row in stored.items())
    FILE.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(stored)} acts from {len(texts)} sentences\n")


with catch_warnings():
    simplefilter("ignore", FutureWarning)
    main()
