"""What a call of a model costs beside the bare SDK's, and whether many calls at once keep their places filled.

`python tests/benchmarks/models.py` starts the server of tests/models in a process of its own. The two bars (DESIGN
section 7): a call costs at most 3 ms more than the SDK's `create`; calls at once stay within 10% of calls x latency /
concurrency.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STUB = Path(__file__).resolve().parents[1] / "models" / "stub.py"
OVERHEAD = 3.0
"""Milliseconds."""
WARM = 5
"""Calls of each kind that are not counted."""
CALLS, AT_ONCE, LATENCY, SLACK, ROUNDS = 200, 16, 0.3, 1.10, 3
MESSAGES = 96


@contextmanager
def server(latency: float = 0.0) -> Iterator[str]:
    """The stub in a process of its own: what a client is given as base_url."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, str(STUB), str(port), str(latency)])
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait()


def overhead(times: int) -> bool:
    """Print a call beside the bare SDK's, taking turns in one run; whether the bar is kept."""
    from openai import OpenAI
    from pydantic import BaseModel

    from assistant.models.client import ChatModel, strict
    from assistant.settings import ModelSettings
    from prompts import render

    class Said(BaseModel):
        text: str

    values = {"rule": "No jokes.", "industry": None, "message": "Where is it?", "thread": (), "sources": ()}
    prompt = render("judge_rule.v1", **values, withheld=(), private=(), reply="We are on it.", misquoted=False)
    shape = {"type": "json_schema", "json_schema": {"name": "Said", "strict": True, "schema": strict(Said)}}
    with server() as url:
        bare = OpenAI(api_key="none", base_url=url)
        model = ChatModel(ModelSettings(model="good", base_url=url))

        def created() -> object:
            messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
            made = bare.chat.completions.create(
                model="good",
                messages=messages,
                max_tokens=1200,
                response_format=shape,  # type: ignore[call-overload]
            )
            return json.loads(made.choices[0].message.content)

        def asked() -> object:
            return model.ask(prompt, Said).value

        def streamed() -> object:
            return model.ask(prompt, Said, on_text=len).value

        took: dict[str, list[float]] = {"created": [], "asked": [], "streamed": []}
        for turns in ((created, asked), (streamed,)):  # apart: the server hangs up after a stream
            for number in range(times + WARM):
                for work in turns:
                    began = time.perf_counter()
                    if not work():
                        raise RuntimeError(f"{work.__name__} gave nothing")
                    if number >= WARM:
                        took[work.__name__].append((time.perf_counter() - began) * 1e3)
        model.close()
        bare.close()
    medians = {name: statistics.median(all_of_it) for name, all_of_it in took.items()}
    more = medians["asked"] - medians["created"]
    _row("the bare SDK's create, ms", medians["created"])
    _row("ChatModel.ask, ms", medians["asked"])
    _row(f"  more than the bare SDK's (bar {OVERHEAD:g})", more)
    _row("ChatModel.ask in a stream of 17 events, ms", medians["streamed"])
    return more <= OVERHEAD


def at_once() -> bool:
    """Print how long many calls at once take beside the least that they can; whether the bar is kept."""
    from openai import AsyncOpenAI
    from pydantic import BaseModel

    from assistant.models import bridge
    from assistant.models.client import ChatModel
    from assistant.settings import ModelSettings
    from prompts import Prompt

    class Said(BaseModel):
        text: str

    prompt = Prompt("bench", "0" * 64, "Be brief.", "Say hello.")
    with server(LATENCY) as url:
        model = ChatModel(ModelSettings(model="good", base_url=url, concurrency=AT_ONCE))

        async def asked(calls: int) -> int:
            answers = await asyncio.gather(*(model.aask(prompt, Said) for _ in range(calls)))
            return sum(one.value is not None for one in answers)

        bare = AsyncOpenAI(api_key="none", base_url=url)
        places = asyncio.Semaphore(AT_ONCE)

        async def created() -> object:
            async with places:
                messages: Any = [{"role": "user", "content": "Say hello."}]
                return await bare.chat.completions.create(model="good", messages=messages)

        async def all_created(calls: int) -> int:
            return len(await asyncio.gather(*(created() for _ in range(calls))))

        took: dict[str, list[float]] = {"all_created": [], "asked": []}
        for number in range(ROUNDS + 1):
            for work in (all_created, asked):
                began = time.perf_counter()
                answered = bridge.run(work(CALLS if number else AT_ONCE))  # the first round connects
                if number:
                    took[work.__name__].append(time.perf_counter() - began)
        bridge.run(bare.close())
        model.close()
    least = CALLS * LATENCY / AT_ONCE
    bare_took, own = (min(one) for one in took.values())  # what else the machine does only makes it longer
    _row(f"{CALLS} calls at {AT_ONCE} at once, {LATENCY:g} s each: the bare SDK's, s", bare_took)
    _row("  ChatModel's, s", own)
    _row(f"  beside calls x latency / at once = {least:.2f} s (bar {SLACK:g})", own / least)
    return answered == CALLS and own <= SLACK * least


def drafting() -> None:
    """Print how long whole messages take, many at once: reading, checking and measuring are this machine's work."""
    from assistant.brand import Brand
    from assistant.context import CustomerContext
    from assistant.models.client import ChatModel
    from assistant.pipeline import Assistant
    from assistant.settings import ModelSettings

    contexts = [
        CustomerContext(id=str(number), channel="x", message=f"Where is my parcel {number}? It is nine days late.")
        for number in range(MESSAGES)
    ]
    with server(LATENCY) as url:
        model = ChatModel(ModelSettings(model="good", base_url=url, concurrency=AT_ONCE, cache=False, triage=False))
        assistant = Assistant(Brand(name="Brindle"), model=model)
        assistant.draft(contexts[0])  # reads what is read once
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as many:
            found = list(many.map(assistant.draft, contexts))
        took = time.perf_counter() - began
        model.close()
    if any(one.drafts[0].drafter != "good" for one in found):
        raise RuntimeError("the model did not write")
    _row(f"{MESSAGES} messages drafted at {AT_ONCE} at once, {LATENCY:g} s a call, s", took)
    _row("  of which the model's answers take at least, s", MESSAGES * LATENCY / AT_ONCE)


def _row(name: str, value: float) -> None:
    sys.stdout.write(f"{name:<70}{value:>9.2f}\n")
    sys.stdout.flush()


def main() -> None:
    """Run all; exit code 1 if a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=200, help="calls of each kind")
    stated = options.parse_args()
    os.environ.pop("OPENAI_LOG", None)
    kept = [overhead(stated.times), at_once()]
    drafting()
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
