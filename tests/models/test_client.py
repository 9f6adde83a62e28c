import gc
import time
import warnings
import weakref
from itertools import pairwise

import pytest
from pydantic import BaseModel

from assistant.models.answer import Problem
from assistant.models.client import ChatModel
from assistant.settings import ModelSettings
from prompts import Prompt

PROMPT = Prompt("test.v1", "0" * 64, "Be brief.", "Say hello.")


class Said(BaseModel):
    text: str


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize(
    ("mood", "problem"),
    [
        ("busy", Problem.busy),
        ("failing", Problem.server),
        ("key", Problem.key),
        ("hang", Problem.timeout),
        ("hang-up", Problem.unreachable),
        ("html", Problem.server),
        ("html-200", None),
        ("wrong-type", None),
        ("huge", Problem.too_big),
        ("rejects", Problem.request),
        ("refuses", Problem.refused),
        ("filtered", Problem.refused),
        ("length", Problem.length),
        ("bad-json", Problem.shape),
        ("wrong-shape", Problem.shape),
        ("empty", Problem.empty),
        ("cut", None),
    ],
)
def test_each_failure_has_its_name(model, mood, problem, streaming):
    """Whatever the server does, the call ends in time with a named problem and without a value; nothing is raised."""
    settings = {"timeout": 0.5} if mood == "hang" else {}
    began = time.monotonic()
    answer = model(mood, **settings).ask(PROMPT, Said, on_text=(lambda _: None) if streaming else None)
    assert time.monotonic() - began < 5
    assert answer.value is None
    assert answer.problem is not None
    if problem is not None and not (streaming and mood == "huge"):
        assert answer.problem is problem, answer


@pytest.mark.parametrize(
    ("mood", "way"),
    [
        ("good", "json_schema"),
        ("no-schema", "json_object"),
        ("no-format", "text"),
        ("chatty", "json_schema"),
        ("busy-once", "json_schema"),
    ],
)
def test_a_server_is_asked_as_it_can_be(model, stub, mood, way):
    """A server that refuses a format is asked in the next one, and remembered; words around the object do no harm."""
    asked = model(mood)
    answer = asked.ask(PROMPT, Said)
    assert answer.value == Said(text="Hello"), answer
    assert answer.way == way
    assert (answer.usage.calls, answer.usage.input_tokens, answer.usage.output_tokens) == (1, 100, 20)
    before = len(stub.asked)
    assert asked.ask(PROMPT, Said).value == Said(text="Hello")
    assert len(stub.asked) == before + 1


def test_a_stream_grows_and_is_counted(model, stub):
    """Each call of `on_text` has more than the last; tokens are counted in streams too; a slow drip is let drip."""
    seen: list[str] = []
    stub.before_part = lambda _: time.sleep(0.05)
    answer = model("good", seconds=20.0).ask(PROMPT, Said, on_text=seen.append)
    assert answer.value == Said(text="Hello")
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))
    assert len(set(seen)) > 5
    assert answer.usage.output_tokens == 20


def test_a_stream_that_just_ends_is_cut(model):
    """A stream without a reason for its end is cut, also where it says that it is done."""
    assert model("cut-quietly").ask(PROMPT, Said, on_text=lambda _: None).problem is Problem.cut


def test_the_same_question_is_asked_once(model, stub):
    """With a key an answer is kept; another key, or none, asks again."""
    asked = model("good")
    first, again = asked.ask(PROMPT, Said, key="a"), asked.ask(PROMPT, Said, key="a")
    assert (first.cached, again.cached, len(stub.asked)) == (False, True, 1)
    asked.ask(PROMPT, Said, key="b")
    asked.ask(PROMPT, Said)
    assert len(stub.asked) == 3


def test_a_budget_ends_a_day(model, stub):
    """Once the tokens of the day are spent nothing is sent, and the answer says why."""
    asked = model("good", tokens_per_day=100)
    assert asked.ask(PROMPT, Said).value is not None
    assert asked.ask(PROMPT, Said).problem is Problem.budget
    assert len(stub.asked) == 1


def test_a_key_goes_to_its_server_alone(model, stub, monkeypatch):
    """Variables that reroute or trace are without effect: the request comes to the given address, and no other."""
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert model("good").ask(PROMPT, Said).value == Said(text="Hello")
    assert stub.asked[0]["max_tokens"] == stub.asked[0]["max_completion_tokens"]


@pytest.mark.parametrize("streaming", [False, True])
def test_a_model_that_is_dropped_hangs_up(stub, streaming):
    """Nobody need close a model: once it is gone its connection ends at the server, and no warning is left behind."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        asked = ChatModel(ModelSettings(model="good", base_url=stub.url))
        assert asked.ask(PROMPT, Said, on_text=len if streaming else None).value is not None
        assert streaming or stub.connections == 1  # the stub itself hangs up after a stream
        dropped = weakref.ref(asked)
        del asked
        gc.collect()
        assert dropped() is None
        until = time.monotonic() + 5
        while stub.connections and time.monotonic() < until:
            time.sleep(0.01)
        assert stub.connections == 0
        gc.collect()
    assert [str(one.message) for one in told if issubclass(one.category, ResourceWarning)] == []
