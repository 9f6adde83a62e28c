import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from eval import evaluate, judge_run
from eval import licence as licences
from eval.agreement import agree, levels, raters_own
from eval.evidence import evidence
from eval.gate import Gate
from eval.licence import Agreement, Evidence, Licence, Measured, standing, write_licence
from eval.ratings import read_ratings
from eval.score import Score
from eval.scorers import Measures
from eval.suite import Suite
from tone_rules.errors import ConfigurationError

RATED = Path(__file__).parents[1] / "measures" / "rated"


def evidence_of(share: float, *, name: str = "set", unseen: bool = True, by: str = "people") -> Evidence:
    """Evidence in which tone reaches a share of the raters' own .8."""
    one = Agreement(
        dimension="tone",
        n=100,
        clusters=100,
        spearman=Measured(value=0.8 * share),
        kappa=None,
        alpha=None,
        raters_spearman=Measured(value=0.8),
        raters_kappa=None,
        raters_alpha=None,
    )
    return Evidence(
        name=name, sha256="0", replies=100, raters=2, by=by, unseen=unseen, how="never seen", agreements=(one,)
    )


def licence_of(*found: Evidence) -> Licence:
    """A licence of the measures as they are."""
    return Licence(scorer="measures", version=Measures().version, evidence=found)


@pytest.mark.parametrize(
    ("found", "licensed", "said"),
    [
        ([evidence_of(0.8)], True, "80% of the raters' own on set (raters: people), bound 80%"),
        ([evidence_of(0.79)], False, "79% of the raters' own"),
        ([evidence_of(0.9), evidence_of(0.5, name="other")], False, "50% of the raters' own on other"),
        ([evidence_of(0.9), evidence_of(0.9, name="other", by="models")], True, "raters: models and raters: people"),
        ([evidence_of(0.95, unseen=False)], False, "it was fitted to set"),
        ([], False, "nobody's ratings"),
    ],
)
def test_what_licenses(found: Any, licensed: bool, said: str) -> None:
    """Every set reaches the bound, none of them was fitted to, and who the raters were is told."""
    told = licence_of(*found).standing("tone")
    assert told.licensed is licensed
    assert said in told.reason


@pytest.fixture
def own_licences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write a licence into a folder of one's own, which counts in place of those that ship."""
    monkeypatch.setenv(licences.FOLDER_VARIABLE, str(tmp_path))

    def write(*found: Evidence, version: str | None = None) -> Path:
        path = tmp_path / "ours.json"
        write_licence(path, "measures", version or Measures().version, found)
        return path

    licences.licences.cache_clear()
    yield write
    licences.licences.cache_clear()


def test_only_opinions_need_a_licence(own_licences: Any) -> None:
    """Rules and people need none; a model or a judge does, and one for another version is none."""
    own_licences(evidence_of(0.9))
    assert standing("measures", Measures().version, "tone", "model").licensed
    assert standing("facts", "1", "facts", "rule").licensed
    assert standing("labels", "1", "label:tone", "human").licensed
    assert not standing("judge", "1", "tone", "judge").licensed
    own_licences(evidence_of(0.9), version="0-old")
    told = standing("measures", Measures().version, "tone", "model")
    assert (told.licensed, "the licence is for version 0-old" in told.reason) == (False, True)


def test_an_advisory_dimension_can_not_gate(own_licences: Any, suite: Suite, echo: Any) -> None:
    """The same scores and the same floor: without a licence it is held back and told, with one the gate fails."""
    two = Suite(name="two", cases=suite.cases[:2])
    gate = Gate(floors={"tone": 0.99})
    own_licences(evidence_of(0.5))
    run = evaluate(echo, two)
    verdict = judge_run(run, gate)
    assert (verdict.exit_code, verdict.checks[-1].advisory) == (0, True)
    assert "advisory: mean tone" in verdict.headline
    assert run.results[0].outcome == "passed"
    own_licences(evidence_of(0.9))
    licensed = evaluate(echo, two)
    assert judge_run(licensed, gate).exit_code == 1
    assert [one.value for one in licensed.results[0].scores] == [one.value for one in run.results[0].scores]


def test_an_unlicensed_judge_fails_no_case(own_licences: Any, suite: Suite, echo: Any) -> None:
    """What a judge says fails its case only with a licence for the dimension."""

    class Judge:
        name, version, kind, dimensions = "judge", "1", "judge", ("tone",)

        def __call__(self, case: Any, proposal: Any) -> Any:
            del case, proposal
            yield Score(dimension="tone", value=0.1, kind="judge", pass_mark=0.5, autofail=False)

    one = Suite(name="one", cases=suite.cases[:1])
    assert evaluate(echo, one, [Judge()]).results[0].outcome == "passed"
    write_licence(own_licences().with_name("judge.json"), "judge", "1", [evidence_of(0.9)])
    assert evaluate(echo, one, [Judge()]).results[0].outcome == "failed"


def test_the_run_keeps_what_the_licence_said(own_licences: Any, suite: Suite, echo: Any) -> None:
    """The header names each dimension's standing, so that a log can be judged where the licence is not."""
    own_licences(evidence_of(0.9))
    header = evaluate(echo, suite).header
    assert header.standings["tone"].licensed
    assert "tone" not in header.advisory
    assert {"helpfulness", "empathy"} <= header.advisory
    assert not {"facts", "rules", "status"} & header.standings.keys()


def test_evidence_of_a_set_is_replaced(own_licences: Any) -> None:
    """A set that is held against again takes the place of what was found before; other sets stay."""
    own_licences(evidence_of(0.9), evidence_of(0.9, name="other"))
    path = own_licences(evidence_of(0.2))
    made = licences.read_licence(path)
    assert [one.name for one in made.evidence] == ["other", "set"]
    assert not made.standing("tone").licensed


def test_what_is_no_licence_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that can't be read as one stops; it is never taken for a licence or passed over."""
    (tmp_path / "x.json").write_text("{}")
    monkeypatch.setenv(licences.FOLDER_VARIABLE, str(tmp_path))
    licences.licences.cache_clear()
    with pytest.raises(ConfigurationError, match="this is no licence"):
        standing("measures", "1", "tone", "model")
    monkeypatch.setenv(licences.FOLDER_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ConfigurationError, match="names no folder"):
        standing("measures", "1", "tone", "model")
    monkeypatch.delenv(licences.FOLDER_VARIABLE)
    licences.licences.cache_clear()


def write_rows(path: Path, *rows: Any) -> Path:
    """A file of JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def rated_rows(count: int = 30) -> list[dict[str, Any]]:
    """Replies whose raters agree but for every fifth, where one is a step lower."""
    return [
        {
            "id": f"r{number}",
            "message": f"where is parcel {number // 2}",
            "reply": f"It is on its way, number {number}.",
            "ratings": [{"tone": 1 + number % 5}, {"tone": max(1, 1 + number % 5 - (number % 5 == 4))}],
        }
        for number in range(count)
    ]


def test_agreement_is_that_of_the_libraries(tmp_path: Path) -> None:
    """A scorer that says what the first rater says: its figures, the raters' own, and what was left unscored."""
    from scipy.stats import spearmanr

    rows = rated_rows()
    rated = read_ratings(write_rows(tmp_path / "r.jsonl", *rows))
    first = [(row["ratings"][0]["tone"] - 1) / 4 for row in rows]
    told: list[float | None] = [None, *first[1:]]
    (found,) = agree(rated, {"tone": told, "warmth": told}, times=200)
    mean = [sum(one["tone"] for one in row["ratings"]) / 2 for row in rows]
    assert found.spearman is not None
    assert found.raters_spearman is not None
    assert found.spearman.value == pytest.approx(spearmanr(first[1:], mean[1:])[0])
    other = [row["ratings"][1]["tone"] for row in rows]
    assert found.raters_spearman.value == pytest.approx(spearmanr(first[1:], other[1:])[0])
    assert (found.dimension, found.n, found.unscored, found.clusters) == ("tone", 29, 1, 15)
    assert found.spearman.value in found.spearman.interval
    assert found.share == pytest.approx(found.spearman.value / found.raters_spearman.value)


def test_levels_are_the_raters_steps() -> None:
    """0 to 1 as 1 to 5, and what lies outside at the ends."""
    import numpy as np

    assert levels(np.array([0, 0.12, 0.13, 0.5, 1, 1.4]), (1, 5)).tolist() == [1, 1, 2, 3, 5, 5]


def test_more_than_two_raters() -> None:
    """Each against the mean of the rest, averaged; two against each other."""
    import numpy as np

    three = np.array([[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 4, 3]], float)
    assert raters_own(three) == pytest.approx((2 * 0.8944 + 0.6) / 3, abs=1e-3)
    assert raters_own(np.array([[1, 2, 3], [2, 3, 4]], float)) == pytest.approx(1)


def test_fitted_replies_are_called_in_sample(tmp_path: Path) -> None:
    """A set that `weights.json` names is in-sample and can't license; another is unseen."""
    rows = rated_rows(12)
    seen, new = (write_rows(tmp_path / f"{name}.jsonl", *rows) for name in ("ratings", "elsewhere"))
    (inside,) = evidence(read_ratings(seen), raters="models", times=100)
    (outside,) = evidence(read_ratings(new), raters="people", times=100)
    assert (inside.unseen, "fitted to these" in inside.how) == (False, True)
    assert (outside.unseen, outside.by) == (True, "people")
    assert not licence_of(inside).standing("tone").licensed


def test_who_the_raters_were_has_to_be_said(tmp_path: Path) -> None:
    """A file that does not say is refused until somebody does; labels say it themselves."""
    path = write_rows(tmp_path / "r.jsonl", *rated_rows(4))
    with pytest.raises(InputError, match="does not say who its raters were"):
        evidence(read_ratings(path))
    lines = [
        {"id": "a", "message": "m", "reply": "It comes.", "rater": rater, "by": "person", "ratings": {"tone": mark}}
        for rater, mark in (("ana", 2), ("ben", 4), ("ana", 3))
    ]
    labels = read_ratings(write_rows(tmp_path / "l.jsonl", *lines))
    assert [dict(one) for one in labels.rows[0].ratings] == [{"tone": 3}, {"tone": 4}]
    assert labels.by == {"person"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "a", "reply": "x", "ratings": [{"tone": 6}]}, "outside of 1 to 5"),
        ({"id": "a", "ratings": [{"tone": 3}]}, "reply"),
        ({"id": "a", "reply": "x", "ratings": []}, "ratings"),
    ],
)
def test_a_bad_rating_is_told_with_its_line(row: Any, said: str, tmp_path: Path) -> None:
    """Nothing is passed over."""
    good = {"id": "g", "reply": "x", "ratings": [{"tone": 3}]}
    with pytest.raises(InputError, match=f"line 2: .*this is no rated reply.*{said}") as caught:
        read_ratings(write_rows(tmp_path / "r.jsonl", good, row))
    assert caught.value.line == 2


def test_the_corpus_of_requests_is_read_by_its_sources(tmp_path: Path) -> None:
    """The set's own score is what is agreed with; each source is its own part."""
    rows = [
        {"source": source, "id": "7", "text": f"Could you look at {number}?", "score": 0.1 * number, "ratings": [9, 12]}
        for source in ("wikipedia", "stack-exchange")
        for number in range(3)
    ]
    rated = read_ratings(write_rows(tmp_path / "p.jsonl", *rows))
    assert [(one.name, len(one.rows)) for one in rated.parts] == [("p wikipedia", 3), ("p stack-exchange", 3)]
    assert rated.rows[2].mean("politeness") == pytest.approx(0.2)


def test_folds_keep_a_post_on_one_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """No training part holds a reply to a post that is asked about, from the set itself or from another."""
    from eval.telling import held_out
    from tone_rules.measures import fitting

    rated = read_ratings(RATED / "triples.jsonl")
    few = rated.model_copy(update={"rows": rated.rows[:36]})
    fits: list[set[str]] = []
    real = fitting.fit
    monkeypatch.setattr(fitting, "fit", lambda rows: (fits.append({one.message for one in rows}), real(rows))[1])
    told = held_out(few, [few], "post")
    everything = {row.message for row in few.rows}
    assert len(fits) == 10
    asked = [everything - one for one in fits]
    assert all(asked)
    assert set.union(*asked) == everything
    assert sum(map(len, asked)) == len(everything)
    assert all(value is not None for value in told["tone"])
    with pytest.raises(InputError, match="folds need as many"):
        held_out(rated.model_copy(update={"rows": rated.rows[:6]}), (), "post")


def test_the_licence_that_ships_is_of_the_weights_that_ship() -> None:
    """After a new fit: `replywright eval agree RATINGS --folds ... --license eval/licences/measures.json`."""
    found = licences.licences()["measures"]
    assert found.version == Measures().version
    assert {one.name for one in found.evidence} >= {"ratings", "ratings_written"}
    assert all(one.unseen for one in found.evidence)
