"""How a judge agrees with raters: what its licence is made of."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from assistant.errors import InputError
from assistant.models.answer import Usage
from eval.agreement import agree
from eval.evidence import By
from eval.judge.judge import Judge, Rating
from eval.judge.rubric import Rubric
from eval.judge.subject import Subject
from eval.licence import Evidence
from eval.ratings import Rated, RatedSet
from eval.scorers.judge import PREFIX

_BY: dict[frozenset[str], By] = {frozenset({"person"}): "people", frozenset({"model"}): "models"}


def judged(
    rated: RatedSet,
    judge: Judge,
    rubrics: Sequence[Rubric],
    *,
    raters: By | None = None,
    seed: int = 0,
    times: int = 1_000,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Evidence, ...], Usage]:
    """Ask a judge about rated replies and hold it against their raters: the evidence, and what the calls took.

    The judge is shown message and reply alone, as the raters were; it was never fitted to them. What it gave no mark to
    is counted as unscored.

    Args:
        rated: replies with their raters' marks.
        judge: whom to ask.
        rubrics: in which dimensions; those that nobody rated are left out.
        raters: who they were, where the file does not say.
        seed: of the intervals' draws.
        times: how often they draw.
        progress: told after each reply how many are done, of how many.

    Raises:
        InputError: it is not known who the raters were, or they rated none of the dimensions.
        StaleCassette: the judge replays answers, and one is missing.
    """
    by = _BY.get(rated.by) or raters
    if by is None:
        raise InputError(f"{rated.name} does not say who its raters were: add --raters people or models")
    wanted = [one for one in rubrics if one.name in rated.dimensions]
    if rated.scale is None or not wanted:
        raise InputError(f"{rated.name}: nobody rated {', '.join(one.name for one in rubrics)}")

    def rate(row: Rated) -> tuple[Rating, ...]:
        return judge.rate(Subject(message=row.message), row.reply, wanted)

    found = []
    with ThreadPoolExecutor(judge.model.settings.concurrency) as pool:
        for ratings in pool.map(rate, rated.rows):
            found.append({one.rubric.name: one for one in ratings})
            if progress:
                progress(len(found), len(rated.rows))
    told = {one.name: [row[one.name].value if one.name in row else None for row in found] for one in wanted}
    agreements = agree(rated, told, seed=seed, times=times)
    made = Evidence(
        name=rated.name,
        sha256=rated.sha256,
        replies=len(rated.rows),
        raters=rated.raters,
        by=by,
        unseen=True,
        how=f"judged by {judge.version}",
        agreements=tuple(one.model_copy(update={"dimension": f"{PREFIX}{one.dimension}"}) for one in agreements),
    )
    return (made,), sum((one.usage for row in found for one in row.values()), Usage())
