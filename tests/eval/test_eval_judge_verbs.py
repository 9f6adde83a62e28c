import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.eval import app
from assistant.errors import ConfigurationError, InputError
from eval import evaluate, read_run
from eval import licence as licences
from eval.errors import StaleCassette
from eval.judge import Judge, chosen
from eval.judge.duel import duel
from eval.judge.evidence import judged
from eval.ratings import read_ratings
from eval.scorers import JudgeScorer
from eval.suite import Suite


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Call a verb in an empty folder and get its exit code and output."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: Any) -> Any:
        result = CliRunner().invoke(app, [str(one) for one in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def at_stub(stub: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The stub is the model that is set up."""
    monkeypatch.setenv("REPLYWRIGHT_MODEL", "gpt-4o-mini")
    monkeypatch.setenv("REPLYWRIGHT_MODEL_URL", stub.url)
    return stub


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A suite of two past replies."""
    path = tmp_path / "two.jsonl"
    replies = ["Thanks for telling us about your kettle.", "Thanks for asking. I’ll look into it."]
    lines = [
        {"id": f"c{number}", "context": {"channel": "x", "message": "Where is my kettle?"}, "reply": reply}
        for number, reply in enumerate(replies)
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    return path


def test_run_asks_a_judge_and_says_what_it_took(call, at_stub, cases, verdict):
    """One question a case, dimension and vote; tokens and cost are told; without a licence it fails nothing."""
    at_stub.reply = lambda _: verdict(1)
    found = call("run", cases, "--past", "--judge", "next_step", "--judge", "tone", "--votes", 2, "--log", "run.jsonl",
                 "--floor", "judge:tone=0.9", "--workers", 4)  # fmt: skip
    assert found.exit_code == 0
    assert len(at_stub.asked) == 2 * 2 * 2
    assert "judging took 8 calls of the model, 960 tokens, 0.0002 USD" in found.stdout
    assert "advisory: mean judge:tone 0" in found.output
    scores = read_run(Path("run.jsonl")).results[0].scores
    assert [[vote.mark for vote in one.votes] for one in scores if one.kind == "judge"] == [[1, 1], [1, 1]]


def test_run_records_and_replays(call, at_stub, cases, verdict, monkeypatch):
    """Recorded once, CI needs no model set up at all; a reply that changed stops the run with what is stale."""
    at_stub.reply = lambda _: verdict(4)
    told = ("run", cases, "--past", "--judge", "next_step", "--cassette", "tape.jsonl")
    with pytest.raises(ConfigurationError, match="make one with --record"):
        call(*told)
    with pytest.raises(InputError, match="nowhere to record"):
        call(*told[:-2], "--record")
    recorded = call(*told, "--record", "--format", "json")
    assert "tape.jsonl: 2 answers" in recorded.stderr
    monkeypatch.delenv("REPLYWRIGHT_MODEL")
    monkeypatch.delenv("REPLYWRIGHT_MODEL_URL")
    asked = len(at_stub.asked)
    replayed = call(*told, "--format", "json")
    results = [[one["result"]["scores"] for one in json.loads(run.stdout)["results"]] for run in (recorded, replayed)]
    for scores in results[0] + results[1]:
        for score in scores:
            del score["usage"]
    assert results[0] == results[1]
    cases.write_text(cases.read_text().replace("look into it", "look at it"))
    with pytest.raises(StaleCassette, match=r"case 'c1': next_step: tape\.jsonl holds no answer .* a reply"):
        call(*told)
    assert len(at_stub.asked) == asked


def test_a_drafting_model_is_recorded_too(call, at_stub, verdict, cases):
    """Drafts by a model, anew in each epoch, and the judge's marks of them, replay from one cassette."""

    def reply(body: Any) -> str:
        if "scale" in body["messages"][0]["content"][:80]:
            return verdict(4, "kettle")
        number = len(at_stub.asked)
        text = f"Your kettle is late, and I’ll look into it for you now {'. ' * (number % 3)}"
        replies = [{"text": text, "why": "short", "sources": []}]
        return json.dumps({"replies": replies, "unknown": [], "abstained": "", "text": text, "sources": []})

    at_stub.reply = reply
    told = ("run", cases, "--drafter", "model", "--epochs", 2, "--judge", "tone", "--cassette", "tape.jsonl")
    call(*told, "--record", "--log", "a.jsonl")
    asked = len(at_stub.asked)
    call(*told, "--log", "b.jsonl")
    assert len(at_stub.asked) == asked
    one, other = (read_run(Path(name)) for name in ("a.jsonl", "b.jsonl"))
    assert [result.reply for result in one.results] == [result.reply for result in other.results]
    assert all("kettle" in str(result.reply) for result in one.results)
    assert one.usage.calls >= 4
    assert other.usage is None or other.usage.calls == 0


def longer(body: Any) -> str:
    """A judge that prefers the longer reply, whichever stands first, and the first of equals."""
    parts = body["messages"][1]["content"].split("<<first reply ")[1].split("<<second reply ")
    first, second = (part.split("\n")[1] for part in parts)
    better = "first" if abs(len(first) - len(second)) < 10 or len(first) > len(second) else "second"
    return json.dumps({"reason": "r", "quote_first": first, "quote_second": second, "better": better})


def test_two_runs_are_compared_pair_by_pair(make_case, make_proposal, stub, model):
    """Twelve better replies are preferred; where the place alone decides it is a tie; the same are unasked."""
    suite = Suite(name="s", cases=tuple(make_case(f"c{number}") for number in range(12)))
    runs = [
        evaluate(lambda _, text=text: make_proposal(text), suite, [])
        for text in ("Short reply.", "Other reply.", "A reply that is so very much longer than the other ones are.")
    ]
    stub.reply = longer
    judge = Judge(model())
    (better,) = duel(runs[0], runs[2], judge, chosen(["tone"]))
    assert (better.word, better.before, better.after, better.margin) == ("B preferred", 0, 12, 1.0)
    assert duel(runs[2], runs[0], judge, chosen(["tone"]))[0].word == "A preferred"
    (even,) = duel(runs[0], runs[1], judge, chosen(["tone"]))
    assert (even.word, even.ties, even.flips) == ("cannot tell at this n", 12, 12)
    asked = len(stub.asked)
    (same,) = duel(runs[0], runs[0], judge, chosen(["tone"]))
    assert (same.ties, same.flips, len(stub.asked)) == (12, 0, asked)
    stub.reply = lambda _: "{"
    (broken,) = duel(runs[1], runs[2], judge, chosen(["tone"]))
    assert (broken.unscored, broken.ties, broken.p, broken.word) == (12, 0, None, "cannot tell at this n")


def test_diff_says_what_a_judge_prefers(call, at_stub, make_case, make_proposal, tmp_path):
    """Beside the comparison, whose verdict and exit code stay as they are; in JSON with each meeting."""
    suite = Suite(name="s", cases=tuple(make_case(f"c{number}") for number in range(12)))
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path, text in zip(paths, ("Short.", "A reply that is so very much longer than the other."), strict=True):
        evaluate(lambda _, text=text: make_proposal(text), suite, log=path)
    at_stub.reply = longer
    plain = call("diff", *paths)
    found = call("diff", *paths, "--judge", "tone", "--judge", "voice", "--report", "out")
    assert plain.exit_code == found.exit_code
    assert found.output.splitlines()[-1] == plain.output.splitlines()[-1]
    assert "A 0, B 12, 0 ties  +1.000" in found.output
    assert "B preferred (advisory)" in found.output
    assert "no pair of replies that it applies to" in found.output
    page = Path("out/diff.html").read_text()
    assert "What a judge prefers" in page
    (data,) = re.findall(r'id="data">(.*?)</script>', page)
    judged = [one["judged"] for one in json.loads(data)["cases"]]
    assert [[(one["name"], one["winner"], one["votes"]) for one in told] for told in judged] == [
        [("tone", "B", ["B"])]
    ] * 12
    told = json.loads(call("diff", *paths, "--judge", "tone", "--format", "json").stdout)
    assert len(told["judge"][0]["meetings"]) == 12


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Twenty replies that two people rated alike, by how many words they have."""
    path = tmp_path / "labels.jsonl"
    lines = [
        {
            "id": str(number),
            "message": f"Where is it? {number}",
            "reply": "word " * (1 + number % 5) + f"end{number}",
            "rater": rater,
            "by": "person",
            "ratings": dict.fromkeys(("tone", "respect"), 1 + number % 5),
        }
        for number in range(20)
        for rater in ("ana", "ben")
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    return path


def counting(body: Any) -> str:
    """A judge of tone that counts words, and of respect that guesses."""
    said = body["messages"][1]["content"].split("<<reply ")[1].split("<<end")[0]
    count = said.count("word")
    tone = "tone" in body["messages"][0]["content"][:90]
    score = count if tone else 1 + (int(said.split("end")[1].split("\n")[0]) * 7) % 3
    return json.dumps({"reason": "r", "quote": f"{'word' if count else 'end'}", "score": score})


def test_agreement_with_people_licenses_a_judge(call, at_stub, labelled, monkeypatch, make_case, make_proposal):
    """What agrees may gate afterwards, what does not stays advisory; another model has no licence."""
    at_stub.reply = counting
    found = call(
        "agree", labelled, "--judge", "tone", "--judge", "respect", "--times", 100, "--license", "own/judge.json"
    )
    assert "judge:tone" in found.output
    assert "1 of 2 dimensions may gate: judge:tone" in found.stderr
    assert "40 calls of the model" in found.stderr
    with pytest.raises(InputError, match="a judge is fitted to nothing"):
        call("agree", labelled, "--judge", "tone", "--folds", "post")
    monkeypatch.setenv(licences.FOLDER_VARIABLE, "own")
    licences.licences.cache_clear()
    from assistant.cli.model import load_model

    asked = load_model()
    suite = Suite(name="s", cases=(make_case("a"),))
    scorer = JudgeScorer(Judge(asked), chosen(["tone", "respect"]))
    run = evaluate(lambda _: make_proposal("word word end0"), suite, [scorer])
    assert run.header.advisory == {"judge:respect"}
    assert {one.dimension: one.advisory for one in run.results[0].scores} == {
        "judge:tone": False,
        "judge:respect": True,
    }
    assert run.results[0].outcome == "failed"
    other = JudgeScorer(Judge(load_model("another")), chosen(["tone"]))
    assert "renew it" in evaluate(lambda _: make_proposal("x"), suite, [other]).header.standings["judge:tone"].reason
    asked.close()
    licences.licences.cache_clear()


def test_who_rated_must_be_known(labelled, model, stub, tmp_path):
    """A judge is held against marks of known raters, in dimensions that they rated; what it misses is counted."""
    stub.reply = lambda body: "{" if "end7" in body["messages"][1]["content"] else counting(body)
    (found,), usage = judged(read_ratings(labelled), Judge(model()), chosen(["tone", "voice"]), times=100)
    (tone,) = found.agreements
    assert (tone.dimension, tone.n, tone.unscored, found.by, found.unseen) == ("judge:tone", 19, 1, "people", True)
    assert tone.spearman.value == pytest.approx(1.0)
    assert usage.calls == 21
    with pytest.raises(InputError, match="nobody rated voice"):
        judged(read_ratings(labelled), Judge(model()), chosen(["voice"]))
    bare = tmp_path / "bare.jsonl"
    bare.write_text(json.dumps({"id": "1", "message": "m", "reply": "r", "ratings": [{"tone": 3}]}) + "\n")
    with pytest.raises(InputError, match="add --raters people or models"):
        judged(read_ratings(bare), Judge(model()), chosen(["tone"]))
