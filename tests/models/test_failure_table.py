"""The table of failures in docs/models.md: measured, and written by running this file."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pydantic import BaseModel

sys.path.insert(0, str(Path(__file__).parent))
from stub import serving

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.drafting import Draft
from assistant.models.client import ChatModel
from assistant.pipeline import Assistant, Proposal
from assistant.rewriting import NotRewritten, rewrite
from assistant.settings import ModelSettings
from prompts import Prompt

PAGE = Path(__file__).resolve().parents[2] / "docs" / "models.md"
BEGIN, END = "<!-- failures -->\n", "<!-- /failures -->"
MOODS = {
    "busy-once": "429 with `retry-after`, then an answer",
    "busy": "429 with `retry-after`, always",
    "failing": "500",
    "key": "401",
    "rejects": "404, no such model",
    "hang": "takes the request and says nothing",
    "hang-up": "closes the connection at once",
    "cut": "closes the connection in the middle of the answer",
    "cut-quietly": "ends the stream early, and says that it is done",
    "bad-json": "JSON that is cut off",
    "wrong-shape": "JSON of another shape",
    "empty": "nothing",
    "refuses": "a refusal",
    "filtered": "stopped by the server's filter",
    "length": "stopped at `max_tokens`",
    "chatty": "words and a fence around the JSON",
    "drip": "a slow drip, a piece every 0.4 s",
    "no-schema": "refuses `json_schema`",
    "no-format": "refuses `response_format`",
    "html": "502 with an error page",
    "html-200": "200 with a page to sign in",
    "wrong-type": "200 with plain text",
    "huge": "10 MB",
}
LONGEST = 15.0
"""Seconds in which every call must have ended, whatever the server does."""
BRAND = Brand(name="Brindle")
REPLY = "We are on it, and it takes as long as it takes."
SHORTER = "We are on it."
DRAFTED = "Nine days is a long wait. Send us its number in a direct message and we can look for the parcel."
ASKED = CustomerContext(id="1", channel="x", message="Where is my parcel? It is nine days late.")


class Said(BaseModel):
    text: str


def answer(body: dict[str, Any]) -> str:
    """What the server would say if it behaved: of all shapes that are asked for here at once."""
    del body
    replies = [{"text": DRAFTED, "why": "asks for what is missing", "sources": []}]
    return json.dumps(
        {"text": SHORTER, "sources": [], "left_out": "", "replies": replies, "unknown": [], "abstained": ""}
    )


def row(mood: str, url: str) -> tuple[str, ...]:
    """What becomes of a call that is asked at once, of one in a stream, of a rewrite and of a message to answer."""
    retries = 0 if mood in ("hang", "failing") else 1
    timeout = 1.0 if mood == "hang" else 3.0
    model = ChatModel(
        ModelSettings(
            model=mood, base_url=url, timeout=timeout, seconds=12.0, retries=retries, cache=False, triage=False
        )
    )
    prompt = Prompt("test.v1", "0" * 64, "Be brief.", "Say hello.")
    became = []
    try:
        for on_text in (None, str):
            began = time.monotonic()
            given = model.ask(prompt, Said, on_text=on_text)
            assert time.monotonic() - began < LONGEST
            assert (given.value is None) == (given.problem is not None)
            became.append(f"an answer, as `{given.way}`" if given.problem is None else str(given.problem))
        try:
            context = CustomerContext(channel="x", message="How long?")
            draft = rewrite(model, Draft(text=REPLY, drafter="agent"), context, BRAND, "shorter")
            read = f"“{draft.text}”"
        except NotRewritten as error:
            read = str(error)
        began = time.monotonic()
        drafted = became_of(Assistant(BRAND, model=model).draft(ASKED))
        assert time.monotonic() - began < LONGEST
    finally:
        model.close()
    return (MOODS[mood], *became, read, drafted)


def became_of(proposal: Proposal) -> str:
    """What an agent finds of a message to answer; the record must say the same, and nothing be lost."""
    first, account = proposal.drafts[0], proposal.provenance["model"]
    assert proposal.status == "ready"
    assert (first.drafter == "playbook") == (account["offline"] is not None)
    if account["offline"] is None:
        assert first.text == DRAFTED
        return "the model’s reply"
    assert all(one.why.startswith(f"written offline: {account['offline']}") for one in proposal.drafts)
    assert account["problems"][0].startswith(account["offline"])
    return f"written offline: {account['offline']}"


def table() -> str:
    """The table as it stands in the page."""

    def one(mood: str) -> tuple[str, ...]:
        server = serving(reply=answer)
        try:
            return row(mood, server.url)
        finally:
            server.shutdown()
            server.server_close()

    import langchain_openai  # noqa: F401  # what is read once is on no server's clock

    Assistant(BRAND).draft(ASKED)
    with ThreadPoolExecutor(3) as many:  # more would wait for this process and not for their servers
        rows = list(many.map(one, MOODS))
    head = (
        "the server",
        "asked at once",
        "asked in a stream",
        "an agent who asks for “shorter” reads",
        "a message that is drafted",
    )
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def test_the_table_of_failures_is_true() -> None:
    """docs/models.md says of each way to fail what happens when it is tried: a named problem, in time, nothing lost."""
    page = PAGE.read_text(encoding="utf-8")
    assert page.split(BEGIN)[1].split(END)[0] == table(), f"run python tests/models/{Path(__file__).name}"


if __name__ == "__main__":
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")
