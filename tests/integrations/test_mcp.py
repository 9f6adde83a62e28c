import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp", reason="needs replywright[mcp]")

PARCEL = {"id": "p1", "channel": "x", "message": "My parka was due on Tuesday and tracking hasn't moved for five days."}
LINE = {"id": "c", "channel": "x", "reply": "Dear [name], we'll refund you today!"}


def _talk(*calls: tuple[str, dict[str, Any]]) -> tuple[list[str], list[Any]]:
    """What a client of the command's own server is offered, and the answers to some calls."""
    from mcp import ClientSession, StdioServerParameters, stdio_client

    async def talk() -> tuple[list[str], list[Any]]:
        command = StdioServerParameters(command=sys.executable, args=["-m", "assistant.cli", "mcp"])
        async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            offered = [tool.name for tool in (await session.list_tools()).tools]
            return offered, [await session.call_tool(name, given) for name, given in calls]

    with ThreadPoolExecutor(1) as alone:  # another test may have a loop running in this thread
        return alone.submit(anyio.run, talk).result()


def test_a_client_checks_and_drafts() -> None:
    """Over standard input and output a client sees the four tools, and gets a verdict, a proposal and a clear error."""
    offered, (checked, drafted, wrong) = _talk(
        ("check", {"line": LINE}), ("draft", {"context": PARCEL}), ("draft", {"context": {"channel": "x"}})
    )
    assert offered == ["check", "draft", "triage", "score"]
    assert json.loads(checked.content[0].text)["verdict"] == "block"
    proposal = json.loads(drafted.content[0].text)
    assert proposal["triage"]["intents"] == ["delivery"]
    assert proposal["drafts"][0]["verdict"] == "pass"
    assert wrong.is_error
    assert "message" in wrong.content[0].text
