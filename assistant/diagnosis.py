"""What works on this machine: the chat model that is set up, the store, the extras, the English pipeline."""

import os
import statistics
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

from assistant.errors import ConfigurationError, StoreError
from assistant.settings import FILE, KEY, NO_KEY, ModelSettings
from prompts import Prompt
from tone_rules.value import Value

if TYPE_CHECKING:
    from assistant.models.answer import Answer
    from assistant.models.client import Way

Status = Literal["ok", "note", "wrong", "failed"]
"""`note`: it works, and less than it might. `wrong`: a setting must be mended. `failed`: it did not answer."""

EXTRAS = {
    "model": ("openai", "langchain_core", "langchain_openai"),
    "langchain": ("langchain",),
    "web": ("gradio", "fastapi", "uvicorn"),
    "postgres": ("psycopg",),
    "spelling": ("spylls",),
}
"""What each extra brings, by the names of its modules."""
_SENTENCE = "My parcel is late."
_TAGS = ("PRP$", "NN", "VBZ", "JJ", ".")
_TOKENS = 200
"""Of a probe's answer."""
_SECONDS = 30.0
"""For a probe, whatever the settings allow."""


class Check(Value):
    """One thing that was looked at."""

    name: str
    status: Status
    detail: str
    """What was found and, where it does not work, the mend."""


class Colour(BaseModel):
    """What a probe asks for."""

    colour: str = Field(description="one colour of the rainbow")


def diagnose(settings: ModelSettings | None, store: str | None = None) -> Iterator[Check]:
    """Look at everything, one thing after the other.

    Args:
        settings: the model's; its server is sent a handful of tiny requests. None where no model is set up.
        store: where decisions are kept, a file or a URL; nothing is created.
    """
    yield from _extras()
    yield _pipeline()
    yield _store(store)
    if settings is None:
        said = f"none is set up, so the embedded drafter writes; [model] in {FILE} or REPLYWRIGHT_MODEL names one"
        yield Check(name="model", status="note", detail=said)
    elif not all(find_spec(one) for one in EXTRAS["model"]):
        yield Check(name="model", status="wrong", detail="pip install 'replywright[model]' brings what talks to it")
    else:
        yield from _model(settings)


def _extras() -> Iterator[Check]:
    for extra, modules in EXTRAS.items():
        missing = [one for one in modules if find_spec(one) is None]
        if missing:
            yield Check(name=f"extra {extra}", status="note", detail=f"pip install 'replywright[{extra}]' brings it")
        else:
            yield Check(name=f"extra {extra}", status="ok", detail=", ".join(map(_version, modules)))


def _version(module: str) -> str:
    name = module.replace("_", "-")
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _pipeline() -> Check:
    from tone_rules.language import tagged

    try:
        found = tuple(one.tag for one in tagged(_SENTENCE))
    except (ConfigurationError, OSError, ImportError) as error:
        return Check(name="english", status="wrong", detail=str(error).splitlines()[0])
    if found != _TAGS:
        said = f"“{_SENTENCE}” was tagged {' '.join(found)} and not {' '.join(_TAGS)}"
        return Check(name="english", status="note", detail=said)
    return Check(name="english", status="ok", detail="words, tags and sentences are read")


def _store(place: str | None) -> Check:
    if not place:
        return Check(name="store", status="note", detail="none is named; --store or REPLYWRIGHT_STORE says where")
    file = Path(place.removeprefix("sqlite:///")) if "://" not in place or place.startswith("sqlite:///") else None
    if file is not None and not file.exists():
        folder = file.parent
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            return Check(name="store", status="wrong", detail=f"{folder} is no folder that can be written to")
        return Check(name="store", status="note", detail=f"{file} is not there yet; it is made when it is needed")
    try:
        from assistant.store import Store, head

        with Store.open(place, timeout=5.0) as kept:
            seq = head(kept).seq
    except StoreError as error:
        return Check(name="store", status="failed", detail=str(error))
    except ModuleNotFoundError as error:
        said = f"'{error.name}' is not installed: pip install 'replywright[postgres]'"
        return Check(name="store", status="wrong", detail=said)
    return Check(name="store", status="ok", detail=f"it opens, {seq:,} record{'' if seq == 1 else 's'}")


def _model(settings: ModelSettings) -> Iterator[Check]:
    """Ask in each way, then in a stream; one failure that says it all ends it."""
    yield Check(
        name="model", status="ok", detail=f"{settings.model} at {shown(settings.base_url)} ({settings.provider})"
    )
    yield _key(settings)
    tiny = settings.model_copy(
        update={
            "max_tokens": min(settings.max_tokens, _TOKENS),
            "timeout": min(settings.timeout, _SECONDS),
            "seconds": min(settings.seconds, _SECONDS),
            "retries": min(settings.retries, 1),
            "tokens_per_day": None,
            "money_per_day": None,
            "cache": False,
        }
    )
    seconds: list[float] = []
    works: list[Way] = []
    ways: tuple[Way, ...] = ("text", "json_object", "json_schema")
    for way in ways:
        answer, _ = _asked(tiny, way, stream=False)
        if way == "text":
            reached = _reached(answer)
            yield reached
            if reached.status in ("wrong", "failed"):
                return
        if answer.value is not None:
            works.append(way)
        if answer.usage.calls:
            seconds.append(answer.usage.seconds)
        yield _format(way, answer)
    if not works:
        yield Check(name="answers", status="failed", detail="in no way does it answer in the shape that is asked for")
        return
    yield _stream(*_asked(tiny, works[-1], stream=True))
    yield Check(
        name="latency", status="ok", detail=f"median {statistics.median(seconds):.2f} s of {len(seconds)} calls"
    )
    yield _price(settings)


def shown(url: str) -> str:
    """An address without a name and password in it, and without its query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _key(settings: ModelSettings) -> Check:
    if settings.key.get_secret_value() == NO_KEY:
        return Check(name="key", status="note", detail=f"none is set; {KEY} holds it, where the server asks for one")
    return Check(name="key", status="ok", detail="one is set in the environment")


def _asked(settings: ModelSettings, way: "Way", *, stream: bool) -> "tuple[Answer[Colour], int]":
    """The answer to a probe, and in how many pieces it came."""
    from assistant.models.client import ChatModel

    model = ChatModel(settings, ways=(way,))
    pieces: set[str] = set()
    prompt = Prompt("doctor", sha256(b"doctor").hexdigest(), "Be brief.", "Name one colour of the rainbow.")
    try:
        return model.ask(prompt, Colour, on_text=pieces.add if stream else None), len(pieces - {""})
    finally:
        model.close()


def _reached(answer: "Answer[Colour]") -> Check:
    from assistant.models.answer import Problem

    said = str(answer.problem) + (f" ({answer.detail})" if answer.detail else "")
    match answer.problem:
        case Problem.key:
            return Check(name="server", status="wrong", detail=f"{said}: set {KEY} to one that it knows")
        case Problem.request:
            return Check(name="server", status="wrong", detail=f"{said}: is the model's name right, and the address?")
        case Problem.unreachable:
            return Check(name="server", status="failed", detail=f"{said}: is the address right, and does it run?")
        case Problem.unreadable:
            return Check(name="server", status="wrong", detail=f"{said}: the address should end where /chat/… begins")
        case Problem.timeout | Problem.busy | Problem.server | Problem.too_big:
            return Check(name="server", status="failed", detail=said)
        case _:
            return Check(name="server", status="ok", detail="reached, and the key is accepted")


def _format(way: "Way", answer: "Answer[Colour]") -> Check:
    from assistant.models.answer import Problem

    if answer.value is not None:
        return Check(name=way, status="ok", detail="answers in the shape that is asked for")
    if answer.problem is Problem.request:
        return Check(name=way, status="note", detail="refused by the server; the next way is taken instead")
    if answer.problem in (Problem.shape, Problem.empty):
        return Check(name=way, status="note", detail=f"accepted and not kept to: {answer.problem}")
    return Check(name=way, status="note", detail=f"no answer: {answer.problem}")


def _stream(answer: "Answer[Colour]", pieces: int) -> Check:
    if answer.value is None:
        return Check(name="stream", status="note", detail=f"no answer in a stream: {answer.problem}")
    came = f"comes in {pieces} pieces" if pieces > 1 else "comes in one piece"
    if not answer.usage.output_tokens:
        return Check(name="stream", status="note", detail=f"{came}; its tokens are not counted, so budgets miss them")
    return Check(name="stream", status="ok" if pieces > 1 else "note", detail=f"{came}, and its tokens are counted")


def _price(settings: ModelSettings) -> Check:
    from assistant.models.prices import VARIABLE, load_prices

    table = load_prices()
    name = table.named(settings.model)
    if name is None:
        said = f"{settings.model} is not in the price table, so its cost is not known; {VARIABLE} names your own"
        return Check(name="price", status="note", detail=said)
    price = table.prices[name]
    said = f"{price.input:g} in, {price.output:g} out, {table.currency} for a million tokens ({name})"
    return Check(name="price", status="ok", detail=said)
