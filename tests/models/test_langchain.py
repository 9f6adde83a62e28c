import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.runnables import RunnableLambda
from langchain_core.tools import tool

sys.path.insert(0, str(Path(__file__).parent))
from stub import serving

from assistant import Assistant, Blocked, Brand, CustomerContext
from assistant.integrations.langchain import HELD, ReplyChecker, ReplyDrafter, ReplyGuard

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "langchain.md").read_text(encoding="utf-8"), re.DOTALL)
END = "-- the end of an example --"
BRAND = Brand(name="Halyard")
GOOD = "Nine days is far too long to wait for a parcel."
BAD = "You idiot, your card 4111 1111 1111 1111 was charged."
ASKED = "Where is my parcel?? 9 days!"


class Writer(GenericFakeChatModel):
    """A model that writes these messages one after the other, word by word where it streams."""

    asked: list[Any] = []  # noqa: RUF012  # a pydantic field

    def _generate(self, messages: Any, *rest: Any, **more: Any) -> Any:
        self.asked.append(list(messages))
        return super()._generate(messages, *rest, **more)

    def bind_tools(self, tools: Any, **more: Any) -> Any:
        del tools, more
        return self


def writer(*messages: str | AIMessage) -> Writer:
    return Writer(messages=iter([AIMessage(one) if isinstance(one, str) else one for one in messages]), asked=[])


@tool
def depot(city: str) -> str:
    """Where the depot of a city is."""
    return f"the depot of {city} is open"


def calling() -> AIMessage:
    return AIMessage("", tool_calls=[{"name": "depot", "args": {"city": "Leeds"}, "id": "1"}])


def test_a_checker_ends_a_chain():
    """A message or a text comes out as text, verdict and findings; with the context its facts are looked for."""
    chain = RunnableLambda(lambda given: AIMessage(given["reply"])) | ReplyChecker(BRAND)
    assert chain.invoke({"reply": GOOD}).verdict == "pass"
    assert ReplyChecker(BRAND).invoke(BAD).verdict == "block"
    context = {"channel": "x", "message": ASKED, "facts": [{"name": "order", "value": "HL-59317"}]}
    told = chain.invoke({"reply": "It is order HL 59317!"}, {"configurable": {"context": context}})
    assert "privacy.Leak" in {one.rule for one in told.findings}
    assert "59317" not in told.model_dump_json().split('"verdict"')[1]
    same = {"configurable": {"context": CustomerContext.model_validate(context)}}
    assert asyncio.run(chain.ainvoke({"reply": "It is order HL 59317!"}, same)) == told


def test_a_strict_checker_stops_the_chain():
    """What does not pass is raised with its report."""
    with pytest.raises(Blocked) as told:
        ReplyChecker(BRAND, strict=True).invoke(AIMessage(BAD))
    assert told.value.report.verdict == "block"
    assert ReplyChecker(BRAND, strict=True).invoke(GOOD).text == GOOD


def test_the_assistant_is_a_runnable():
    """One message or many, by keys or as a context, give the assistant's own proposals."""
    assistant = Assistant(BRAND)
    runnable = ReplyDrafter(assistant, variants=1)
    context = CustomerContext(id="7", channel="x", message=ASKED)
    expected = assistant.draft(context, 1)
    assert runnable.invoke({"id": "7", "channel": "x", "message": ASKED}) == expected
    assert runnable.batch([context, context]) == [expected, expected]
    assert asyncio.run(runnable.ainvoke(context)) == expected


def guarded(model: Any, **more: Any) -> Any:
    return create_agent(model, tools=[depot], middleware=[ReplyGuard(BRAND, **more)])


def test_a_good_message_goes_out_as_it_is():
    """One call, and the message says that it passed."""
    model = writer(GOOD)
    last = guarded(model).invoke({"messages": [("user", ASKED)]})["messages"][-1]
    assert last.text == GOOD
    assert last.response_metadata["replywright"] == {"rewrites": 0, "verdict": "pass"}
    assert len(model.asked) == 1


def test_a_bad_message_is_written_again():
    """The model is told what is wrong; only what passes is in the state."""
    model = writer(BAD, GOOD)
    messages = guarded(model).invoke({"messages": [("user", ASKED)]})["messages"]
    assert [one.text for one in messages] == [ASKED, GOOD]
    assert messages[-1].response_metadata["replywright"] == {"rewrites": 1, "verdict": "pass"}
    told = model.asked[1][-1].text
    assert "can't be published" in told
    assert "4111 1111" not in told


def test_a_bad_message_is_held_in_the_end():
    """After so many rewrites a note stands in its place, with the rules that stopped it."""
    model = writer(*[BAD] * 5)
    messages = guarded(model, rewrites=2).invoke({"messages": [("user", ASKED)]})["messages"]
    assert [one.text for one in messages] == [ASKED, HELD]
    became = messages[-1].response_metadata["replywright"]
    assert (became["held"], became["rewrites"], became["verdict"]) == (True, 2, "block")
    assert any(one.startswith("privacy.") for one in became["rules"])
    assert len(model.asked) == 3


def test_asynchronous_agents_are_guarded_too():
    """The same, awaited."""
    messages = asyncio.run(guarded(writer(BAD, GOOD)).ainvoke({"messages": [("user", ASKED)]}))["messages"]
    assert [one.text for one in messages] == [ASKED, GOOD]


async def streamed(agent: Any, given: Any, modes: list[str]) -> str:
    return str([part async for part in agent.astream(given, stream_mode=modes)])


@pytest.mark.parametrize("rewrites", [0, 1, 3])
def test_what_is_bad_is_in_no_stream(rewrites):
    """Neither tokens nor updates nor values of a stream hold a bad draft or the request to write it again."""
    for asynchronous in (False, True):
        agent = guarded(writer(*[BAD] * rewrites, GOOD if rewrites else BAD), rewrites=rewrites)
        given = {"messages": [("user", ASKED)]}
        modes = ["messages", "updates", "values"]
        if asynchronous:
            shown = asyncio.run(streamed(agent, given, modes))
        else:
            shown = str(list(agent.stream(given, stream_mode=modes)))
        assert "idiot" not in shown
        assert "can't be published" not in shown
        assert (GOOD if rewrites else HELD) in shown


def test_tool_calls_pass_and_do_not_start_the_count_anew():
    """Rewrites are counted since the last human turn, over the calls of tools between, and anew with the next turn."""
    model = writer(BAD, calling(), BAD, GOOD, BAD, GOOD)
    agent = guarded(model, rewrites=1)
    first = agent.invoke({"messages": [("user", ASKED)]})["messages"]
    assert [type(one) for one in first] == [HumanMessage, AIMessage, ToolMessage, AIMessage]
    assert first[1].response_metadata["replywright"] == {"rewrites": 1}
    assert first[-1].text == HELD
    second = agent.invoke({"messages": [*first, HumanMessage("And now?")]})["messages"]
    assert second[-1].text == GOOD


def test_a_new_turn_has_its_own_rewrites():
    """A bad message of an earlier turn does not spend the rewrites of this one."""
    agent = guarded(writer(BAD, BAD, BAD, GOOD), rewrites=1)
    first = agent.invoke({"messages": [("user", ASKED)]})["messages"]
    assert first[-1].text == HELD
    second = agent.invoke({"messages": [*first, HumanMessage("And now?")]})["messages"]
    assert second[-1].text == GOOD


def test_the_thread_and_the_facts_are_known():
    """By default the human's messages are the customer's; a function of one's own may say more."""

    def situate(messages: Any) -> CustomerContext:
        return CustomerContext.model_validate(
            {"channel": "x", "message": messages[-1].text, "facts": [{"name": "order", "value": "HL-59317"}]}
        )

    leak = "We have found it, it is HL59317."
    agent = guarded(writer(leak), rewrites=0, situate=situate)
    assert agent.invoke({"messages": [("user", ASKED)]})["messages"][-1].text == HELD
    report = ReplyGuard(BRAND).check(GOOD, [HumanMessage("Hi"), AIMessage("Hello!"), HumanMessage(ASKED)])
    assert report.verdict == "pass"
    assert ReplyGuard(BRAND).check(GOOD, []).verdict == "pass"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, list[Any]]]:
    """What each example printed and asked a model, all run as they stand in one process without settings of our own."""
    servers = [serving(reply=lambda _: GOOD) for _ in EXAMPLES]
    steps = [(example, server.url) for example, server in zip(EXAMPLES, servers, strict=True)]
    program = f"""
import os
for example, url in {steps!r}:
    os.environ["OPENAI_BASE_URL"] = url
    exec(example, {{"__name__": "__main__"}})
    print({END!r})
"""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LANG")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path_factory.mktemp("examples"),
        env={**kept, "OPENAI_API_KEY": "none", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    for server in servers:
        server.shutdown()
        server.server_close()
    assert done.returncode == 0, done.stderr
    return list(zip(done.stdout.split(END), [one.asked for one in servers], strict=False))


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_run(ran, number):
    """Each example of docs/langchain.md runs as it stands, and prints a reply that may be published."""
    printed, asked = ran[number]
    assert "pass" in printed or "ready" in printed or "needs_edit" in printed
    assert asked or "ReplyDrafter" in EXAMPLES[number]
