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
REPLY = "We are on it, and it takes as long as it takes."
SHORTER = "We are on it."


class Said(BaseModel):
    text: str


def answer(body: dict[str, Any]) -> str:
    """What the server would say if it behaved: a rewritten reply, which has all that is asked for elsewhere, too."""
    del body
    return json.dumps({"text": SHORTER, "sources": [], "left_out": ""})


def row(mood: str, url: str) -> tuple[str, ...]:
    """What becomes of a call that is asked at once, of one in a stream, and what an agent reads."""
    retries = 0 if mood in ("hang", "failing") else 1
    model = ChatModel(ModelSettings(model=mood, base_url=url, timeout=3.0, seconds=12.0, retries=retries, cache=False))
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
            draft = rewrite(model, Draft(text=REPLY, drafter="agent"), context, Brand(name="Brindle"), "shorter")
            read = f"“{draft.text}”"
        except NotRewritten as error:
            read = str(error)
    finally:
        model.close()
    return (MOODS[mood], *became, read)


def table() -> str:
    """The table as it stands in the page."""

    def one(mood: str) -> tuple[str, ...]:
        server = serving(reply=answer)
        try:
            return row(mood, server.url)
        finally:
            server.shutdown()
            server.server_close()

    with ThreadPoolExecutor(len(MOODS)) as many:
        rows = list(many.map(one, MOODS))
    head = ("the server", "asked at once", "asked in a stream", "an agent who asks for “shorter” reads")
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def test_the_table_of_failures_is_true() -> None:
    """docs/models.md says of each way to fail what happens when it is tried: a named problem, in time, nothing lost."""
    page = PAGE.read_text(encoding="utf-8")
    assert page.split(BEGIN)[1].split(END)[0] == table(), f"run python tests/models/{Path(__file__).name}"


if __name__ == "__main__":
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")
