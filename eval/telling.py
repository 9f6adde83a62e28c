"""What the measures say of rated replies: as they ship, or fitted anew without those that they are asked about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from assistant.errors import InputError
from eval.agreement import Told
from eval.ratings import POLITENESS, Rated, RatedSet

if TYPE_CHECKING:
    from tone_rules.measures.fitting import Rated as Fitted
    from tone_rules.measures.score import Scores

FOLDS = 10
Folds = Literal["brand", "post"]


def as_it_stands(rated: RatedSet) -> Told:
    """By the measures that ship. A reply to no message has tone alone."""
    from tone_rules.measures import measure
    from tone_rules.situation import Situation

    return _told([measure(row.reply, Situation(message=row.message)) for row in rated.rows])


def fitted_to(rated: RatedSet) -> bool:
    """Whether the weights that ship were fitted to this set, as `weights.json` names its sources."""
    if rated.scale is None:
        return True  # the corpus that politeness is fitted to is the only one of its shape
    from tone_rules.measures.weights import load_weights

    return rated.name in load_weights().source.replace(",", " ").split()


def held_out(rated: RatedSet, also: Sequence[RatedSet] = (), by: Folds = "post") -> Told:
    """By measures fitted anew for each of ten folds, to all but that fold; no post stands on both sides.

    Args:
        rated: the rows that are asked about.
        also: sets that are in every training part, less what answers the fold's posts.
        by: what must not stand on both sides of a fold: a brand with all its posts, or a post with all its replies.

    Raises:
        InputError: there are fewer brands or posts than folds.
    """
    if rated.scale is None:
        return _requests(rated)
    from sklearn.model_selection import GroupKFold

    from tone_rules.measures.about import Feature
    from tone_rules.measures.fitting import fit
    from tone_rules.measures.measuring import scored

    groups = [row.brand if by == "brand" else row.post for row in rated.rows]
    if len(set(groups)) < FOLDS:
        raise InputError(f"{rated.name} has {len(set(groups))} different values of '{by}': {FOLDS} folds need as many")
    rows = [_fitted(row, rated.name) for row in rated.rows]
    others = [_fitted(row, one.name) for one in also for row in one.rows]
    found: list[Scores | None] = [None] * len(rows)
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        posts = {rows[one].message for one in test}
        learnt = [one for one in [*(rows[one] for one in train), *others] if one.message not in posts]
        weights = fit(learnt)
        for one in test:
            values = {name: Feature(name, value) for name, value in rows[one].values.items()}
            found[one] = scored(values, weights, answering=bool(rows[one].message))
    return _told([one for one in found if one is not None])


def _fitted(row: Rated, origin: str) -> "Fitted":
    from tone_rules.measures.about import About
    from tone_rules.measures.features import features
    from tone_rules.measures.fitting import Rated as Fitted
    from tone_rules.situation import Situation

    about = About(row.reply, Situation(message=row.message))
    means = {name: row.mean(name) for name in dict.fromkeys(name for marks in row.ratings for name in marks)}
    return Fitted(
        origin=origin,
        post=row.post,
        brand=row.brand,
        message=row.message or "",
        reply=row.reply,
        values={name: one.value for name, one in features(about).items()},
        ratings={name: (mean - 1) / 4 for name, mean in means.items() if mean is not None},
    )


def _told(found: Sequence["Scores"]) -> Told:
    names = found[0].measures
    told: dict[str, list[float | None]] = {
        "tone": [one.tone for one in found],
        "helpfulness": [one.helpfulness for one in found],
    }
    return told | {name: [one.measures[name].value for one in found] for name in names}


def _requests(rated: RatedSet) -> Told:
    """How politely each request asks."""
    from sklearn.model_selection import KFold

    from tone_rules.measures.politeness.asking import fit

    texts = [row.reply for row in rated.rows]
    scores = [row.mean(POLITENESS) or 0.0 for row in rated.rows]
    found: list[float | None] = [None] * len(texts)
    for train, test in KFold(FOLDS, shuffle=True, random_state=0).split(texts):
        model = fit([texts[one] for one in train], [scores[one] for one in train])
        for one in test:
            found[one] = model.sum(texts[one])
    return {POLITENESS: found}
