import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.models import Problem
from assistant.models.client import ChatModel
from assistant.settings import ModelSettings
from eval import evaluate
from eval.errors import StaleCassette
from eval.judge import Cassette, Judge, RecordedModel, Subject, cassette, chosen
from eval.scorers import JudgeScorer
from eval.suite import Suite
from prompts import Prompt, render
from tone_rules.errors import ConfigurationError

REPLY = "Thanks for writing, we’ll look now."
SUBJECT = Subject(message="Where is my kettle?")
TWO = chosen(["next_step", "empathy"])
GONE = "http://127.0.0.1:9/v1"
"""Nobody listens there: whatever is sent fails."""


class Said(BaseModel):
    text: str


@pytest.fixture
def settings(stub: Any) -> ModelSettings:
    """A model at the stub, with a key."""
    return ModelSettings(model="good", base_url=stub.url, key="sk-very-secret", temperature=0)


@pytest.fixture
def recorded(settings: Any) -> Iterator[Callable[..., RecordedModel]]:
    """A model that records or replays."""
    made: list[RecordedModel] = []

    def make(tape: Cassette, **change: Any) -> RecordedModel:
        made.append(RecordedModel(settings.model_copy(update=change), tape))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def taped(stub: Any, recorded: Any, verdict: Any, tmp_path: Path) -> Path:
    """A cassette of two rubrics with two votes each; the server is gone afterwards."""
    stub.reply = lambda _: verdict()
    path = tmp_path / "deep" / "judge.jsonl"
    tape = Cassette(path, "record")
    Judge(recorded(tape), votes=2).rate(SUBJECT, REPLY, TWO)
    tape.save()
    stub.reply = None
    return path


def judge_of(path: Path, settings: ModelSettings, votes: int = 2) -> Judge:
    """A judge that replays a cassette."""
    return Judge(RecordedModel(settings, Cassette(path)), votes=votes)


def test_what_was_recorded_is_replayed_without_a_network(taped, settings, stub, monkeypatch):
    """The same ratings, no request, no client made, no key needed, nothing taken."""
    monkeypatch.setattr(ChatModel, "_chat", lambda _: pytest.fail("a client was made"))
    asked = len(stub.asked)
    keyless = settings.model_copy(update={"key": ModelSettings(model="x").key})
    ratings = judge_of(taped, keyless).rate(SUBJECT, REPLY, TWO)
    assert [(one.rubric.name, one.marks, one.usage.calls) for one in ratings] == [
        ("next_step", (4, 4), 0),
        ("empathy", (4, 4), 0),
    ]
    assert len(stub.asked) == asked == 4


def test_the_file_is_made_for_diffs_and_for_git(taped):
    """A line an answer, sorted, the same bytes each time; no key, header, prompt or message of a customer in it."""
    text = taped.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [one["key"] for one in lines] == sorted(one["key"] for one in lines)
    assert list(lines[0]) == ["prompt", "prompt_sha256", "model", "settings", "shape", "shape_sha256", "key", "answer",
                              "problem"]  # fmt: skip
    assert list(lines[0]["answer"]) == ["reason", "quote", "score"]
    assert not [one for one in ("secret", "uthorization", "Bearer", "kettle", "anchors") if one in text]


def test_recording_again_asks_only_what_is_new(taped, recorded, stub, verdict):
    """What is there is not asked again and its lines stay as they are; a new question adds its own."""
    before, asked = taped.read_text().splitlines(), len(stub.asked)
    stub.reply = lambda _: verdict(2)
    tape = Cassette(taped, "record")
    Judge(recorded(tape), votes=3).rate(SUBJECT, REPLY, TWO)
    tape.save()
    after = taped.read_text().splitlines()
    assert (len(stub.asked) - asked, len(after)) == (2, 6)
    assert [line for line in after if line in before] == before


def test_a_recording_that_was_killed_keeps_what_it_has(taped):
    """Each answer is in the file as it comes; half a line at its end is left out."""
    data = taped.read_bytes()
    taped.write_bytes(data[:-20])
    assert len(Cassette(taped).entries) == 3
    tape = Cassette(taped, "record")
    entry = Cassette(taped).entries[0].model_copy(update={"key": "f" * 64})
    tape.keep(entry)
    assert len(Cassette(taped).entries) == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model": "other"}, "recorded with the model good, and other is asked"),
        ({"temperature": 0.5}, "settings have changed (recorded temperature 0.0, now 0.5)"),
        ({"base_url": GONE}, "settings have changed (recorded base_url "),
        ({"max_tokens": 7}, "recorded max_tokens 1200, now 7"),
    ],
)
def test_another_model_is_stale(change, said, taped, settings):
    """It fails, says what is another than it was, and how to mend it."""
    with pytest.raises(StaleCassette) as error:
        judge_of(taped, settings.model_copy(update=change)).rate(SUBJECT, REPLY, TWO)
    assert said in str(error.value)
    assert str(error.value).startswith(f"next_step: {taped} holds no answer to judge_reply.v1: ")
    assert str(error.value).endswith("record it anew with --record")


@pytest.mark.parametrize("change", ["reply", "message", "rubric", "votes", "epoch"])
def test_another_question_is_stale(change, taped, settings):
    """A reply, message or rubric that changed, one more vote or epoch."""
    rubric = TWO[0].model_copy(update={"asks": "something else"})
    subject = Subject(message="Else?") if change == "message" else SUBJECT
    with pytest.raises(StaleCassette, match="what is asked about has changed"):
        judge_of(taped, settings, 3 if change == "votes" else 2).rate(
            subject,
            REPLY + "!" * (change == "reply"),
            [rubric] if change == "rubric" else TWO,
            epoch=1 + (change == "epoch"),
        )


def test_a_prompt_that_changed_is_named(taped, settings, monkeypatch):
    """With both digests; the next recording drops the answers to what nobody can ask any more."""
    from eval.judge import judge

    def other(name: str, **values: Any) -> Any:
        prompt, key = made(name, **values)
        return prompt._replace(sha256="0123456789abcdef"), key

    made = judge.asked
    monkeypatch.setattr(judge, "asked", other)
    with pytest.raises(StaleCassette, match=r"the prompt has changed \(recorded [0-9a-f]{8}, now 01234567\)"):
        judge_of(taped, settings).rate(SUBJECT, REPLY, TWO)
    monkeypatch.setattr(cassette, "digest", lambda _: "0123456789abcdef")
    tape = Cassette(taped, "record")
    tape.keep(tape.entries[0].model_copy(update={"prompt_sha256": "0123456789abcdef", "key": "0"}))
    tape.save()
    assert [one.key for one in Cassette(taped).entries] == ["0"]


def test_a_prompt_that_was_never_recorded_is_named(taped, settings):
    """Another prompt has nothing in it at all."""
    with pytest.raises(StaleCassette, match=r"judge_pair\.v1: nothing was recorded for this prompt"):
        judge_of(taped, settings).prefer(SUBJECT, REPLY, REPLY + "!", TWO[0])


def test_answers_that_failed_are_answers(stub, settings, recorded, verdict, tmp_path):
    """A broken answer and the one that mended it replay as they were; a server's trouble is not kept."""
    answers = iter(["{", verdict(2)])
    stub.reply = lambda _: next(answers)
    path = tmp_path / "tape.jsonl"
    tape = Cassette(path, "record")
    first = Judge(recorded(tape)).rate(SUBJECT, REPLY, TWO[:1])
    tape.save()
    again = judge_of(path, settings, 1).rate(SUBJECT, REPLY, TWO[:1])
    assert [one.problem for one in sorted(Cassette(path).entries, key=lambda one: one.problem or "")] == [
        None,
        Problem.shape,
    ]
    assert (again[0].mark, again[0].votes) == (first[0].mark, first[0].votes)
    Judge(recorded(tape, model="failing", retries=0)).rate(SUBJECT, REPLY, TWO[:1])
    assert {one.model for one in tape.entries} == {"good"}


def test_any_call_of_a_model_can_be_recorded(stub, recorded, tmp_path):
    """Also one without a key: the number of its fences, another each time, is no part of the question."""
    tape = Cassette(tmp_path / "tape.jsonl", "record")
    given = {"dimension": "d", "asks": "a", "lowest": "l", "highest": "h", "channel": "x", "voice": None, "thread": ()}
    given |= {"message": "<<end of message 123456789abc>>", "sources": (), "first": "one", "second": "two", "amiss": ""}
    made = [render("judge_pair.v1", **given) for _ in range(2)]
    assert made[0].user != made[1].user
    model = recorded(tape)
    assert model.ask(made[0], Said).value == model.ask(made[1], Said).value == Said(text="Hello")
    assert len(stub.asked) == 1


def test_private_values_are_not_recorded(settings, tmp_path):
    """Where prompts may hold them nothing is recorded."""
    with pytest.raises(ConfigurationError, match="private_values = false"):
        RecordedModel(settings.model_copy(update={"private_values": True}), Cassette(tmp_path / "t.jsonl", "record"))


def test_what_is_no_cassette_is_refused(tmp_path):
    """A missing one names --record; a strange line its number."""
    with pytest.raises(ConfigurationError, match="no such cassette; make one with --record"):
        Cassette(tmp_path / "none.jsonl")
    (tmp_path / "odd.jsonl").write_text("{}\n")
    with pytest.raises(ConfigurationError, match=r"odd.jsonl:1:1: this is no answer of a cassette"):
        Cassette(tmp_path / "odd.jsonl")


def test_a_cassette_knows_what_it_was_recorded_with(taped, settings):
    """So that nothing has to be set up to replay it; an address is without name and password."""
    found = Cassette(taped).settings
    assert (found.model, found.base_url, found.temperature) == ("good", settings.base_url, 0)
    named = settings.model_copy(update={"base_url": "https://ana:pass@models.example/v1?token=1"})
    entry = RecordedModel(named, Cassette(taped))._entry(Prompt("p", "0", "s", "u"), Said, None)
    assert entry.settings["base_url"] == "https://models.example/v1"


def test_a_stale_cassette_ends_a_run(taped, settings, make_case, make_proposal):
    """It is no unscored case that a gate could bear: the run stops and names the case, alone or side by side."""
    suite = Suite(name="s", cases=tuple(make_case(f"c{number}") for number in range(4)))
    scorer = JudgeScorer(judge_of(taped, settings), TWO)
    for workers in (1, 4):
        with pytest.raises(StaleCassette, match=r"case 'c\d': next_step: .* holds no answer"):
            evaluate(lambda _: make_proposal("Another reply."), suite, [scorer], workers=workers)
    run = evaluate(lambda _: make_proposal(REPLY), suite, [scorer], workers=4)
    assert {one.scores[0].value for one in run.results} == {0.75}
