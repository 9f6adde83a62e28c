"""`ChatModel`: asks a chat model for a value of a shape, and tells every way apart in which that can fail."""

import asyncio
import json
import time
import weakref
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.models import bridge
from assistant.models.answer import Answer, Problem, Usage
from assistant.models.cache import Cache
from assistant.models.limits import Limits
from assistant.models.prices import load_prices
from assistant.settings import OPENAI, ModelSettings
from prompts import Prompt

if TYPE_CHECKING:
    import httpx2
    from langchain_core.messages import AIMessage
    from langchain_openai.chat_models.base import BaseChatOpenAI

T = TypeVar("T", bound=BaseModel)
Way = Literal["json_schema", "json_object", "text"]
OnText = Callable[[str], None]

WAYS: tuple[Way, ...] = ("json_schema", "json_object", "text")
"""From the surest to what every server can do."""


class ChatModel:
    """One model at one server. It may be shared by threads; calls run on one loop of their own."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        transport: "httpx2.AsyncBaseTransport | None" = None,
        cache: Cache | None = None,
        ways: tuple[Way, ...] = WAYS,
    ) -> None:
        """Nothing is imported or sent before the first call.

        Args:
            settings: where the model is, and what calls may take.
            transport: beneath the HTTP client; for tests, or for a proxy of one's own.
            cache: of answers; one in memory unless given, none where the settings say so.
            ways: how a shape may be asked for, the first first; the next one where the server refuses.
        """
        self.settings = settings
        self.limits = Limits(settings)
        self._transport = transport
        self._cache = (cache or Cache()) if settings.cache else None
        self._client: BaseChatOpenAI | None = None
        self._http: httpx2.AsyncClient | None = None
        self._ways = ways
        self._way = 0

    def ask(
        self,
        prompt: Prompt,
        shape: type[T],
        *,
        key: str | None = None,
        seconds: float | None = None,
        on_text: OnText | None = None,
    ) -> Answer[T]:
        """What `aask` gives, for callers that are not asynchronous."""
        return bridge.run(self.aask(prompt, shape, key=key, seconds=seconds, on_text=on_text))

    async def aask(
        self,
        prompt: Prompt,
        shape: type[T],
        *,
        key: str | None = None,
        seconds: float | None = None,
        on_text: OnText | None = None,
    ) -> Answer[T]:
        """Ask once; retries are the HTTP client's. It never raises: what went wrong is the answer's problem.

        Args:
            prompt: what the model is told.
            shape: what it must answer, as strict JSON.
            key: what the answer depends on beside model and shape; a cached answer of the same key is given again.
                Without one, nothing is kept.
            seconds: what is left for it; the settings' where none is given.
            on_text: called with the text so far while it comes, on the client's loop.
        """
        kept = self._key(prompt, shape, key)
        if kept is not None and self._cache is not None and (found := self._cache.get(kept)) is not None:
            return Answer(shape.model_validate_json(found), None, cached=True)
        if self.limits.exhausted or (seconds is not None and seconds <= 0):
            return Answer(None, Problem.budget)
        usage, began = Usage(), time.monotonic()
        try:
            chat = self._chat()
            began = time.monotonic()  # what talks to servers takes seconds to load, and no server is to blame for it
            allowed = min(self.settings.seconds, seconds or self.settings.seconds)
            async with asyncio.timeout(allowed), self.limits.place():
                while True:
                    way = self._ways[self._way]
                    try:
                        text, problem, spent = await self._called(chat, prompt, shape, way, on_text)
                    except Exception as error:
                        if _unsupported(error) and self._way + 1 < len(self._ways):
                            self._way += 1
                            continue
                        raise
                    usage += spent
                    if on_text is None or text.strip() or problem is not None:
                        break
                    on_text = None  # a refusal does not show in a stream of LangChain's: ask again and see
        except Exception as error:  # noqa: BLE001 # a model's failure, whatever it is, must never lose a message
            problem, detail = _problem(error)
            return Answer(None, problem, detail, self._counted(usage, began), way=self._ways[self._way])
        usage = self._counted(usage, began)
        if problem is not None:
            return Answer(None, problem, usage=usage, way=way)
        value, detail = _parsed(text, shape)
        if value is None:
            return Answer(None, Problem.shape if text.strip() else Problem.empty, detail, usage, way=way)
        if kept is not None and self._cache is not None:
            self._cache.put(kept, value.model_dump_json())
        return Answer(value, None, usage=usage, way=way)

    async def _called(
        self, chat: "BaseChatOpenAI", prompt: Prompt, shape: type[BaseModel], way: Way, on_text: OnText | None
    ) -> tuple[str, Problem | None, Usage]:
        """One request: its text, what was wrong with how it ended, and its tokens."""
        from langchain_core.messages import HumanMessage, SystemMessage
        from langsmith.run_helpers import tracing_context

        schema = strict(shape)
        system = prompt.system
        # As part of the body, so that the client neither parses nor judges the answer: it would raise and lose it.
        body: dict[str, Any] = {}
        if self.settings.base_url != OPENAI and self.settings.provider == "openai":
            body["max_tokens"] = self.settings.max_tokens  # servers of other makers know the older name only
        if way == "json_schema":
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": shape.__name__, "strict": True, "schema": schema},
            }
        else:
            system += f"\n\nAnswer with one JSON object of this schema and nothing else:\n{json.dumps(schema)}"
            if way == "json_object":
                body["response_format"] = {"type": "json_object"}
        messages = [SystemMessage(system), HumanMessage(prompt.user)]
        ended, text = _End(), ""
        with tracing_context(enabled=False):
            if on_text is None:
                whole = await chat.ainvoke(messages, extra_body=body)
                ended, text = ended.after(whole), str(whole.text)
            else:
                async for part in chat.astream(messages, extra_body=body):
                    ended, more = ended.after(part), str(part.text)
                    if more:
                        text += more
                        on_text(text)
        if not ended.came:
            return "", Problem.empty, Usage()
        spent = Usage(calls=1, input_tokens=ended.tokens[0], output_tokens=ended.tokens[1])
        if ended.refused:
            return "", Problem.refused, spent
        return text, _ended(ended.reason), spent

    def _chat(self) -> "BaseChatOpenAI":
        if self._client is None:
            self._http = _http(self.settings, self._transport)
            self._client = _client(self.settings, self._http)
            # Who drops a model without closing it must not leave connections open for the collector to find.
            weakref.finalize(self, bridge.start, self._http.aclose).atexit = False
        return self._client

    def close(self) -> None:
        """Hang up; the next call connects anew."""
        http, self._http, self._client = self._http, None, None
        if http is not None:
            bridge.run(http.aclose())

    def _counted(self, usage: Usage, began: float) -> Usage:
        cost = load_prices().cost(self.settings.model, usage.input_tokens, usage.output_tokens) if usage.calls else None
        counted = usage.model_copy(update={"cost": cost, "seconds": time.monotonic() - began})
        self.limits.add(counted)
        return counted

    def _key(self, prompt: Prompt, shape: type[BaseModel], key: str | None) -> str | None:
        if key is None:
            return None
        settings = self.settings
        parts = (settings.base_url, settings.model, settings.temperature, settings.max_tokens, prompt.sha256)
        return sha256(json.dumps([*map(str, parts), strict(shape), key]).encode()).hexdigest()


class _End(NamedTuple):
    """What the parts of an answer say beside its text; the last that says something holds."""

    came: bool = False
    reason: object = None
    tokens: tuple[int, int] = (0, 0)
    refused: bool = False

    def after(self, part: "AIMessage") -> "_End":
        counted = part.usage_metadata
        return _End(
            True,
            part.response_metadata.get("finish_reason") or self.reason,
            (counted["input_tokens"], counted["output_tokens"]) if counted else self.tokens,
            self.refused or bool(part.additional_kwargs.get("refusal")),
        )


@lru_cache(maxsize=64)
def strict(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a shape as servers take it under `strict`: every key required, no other allowed.

    It is made once for each shape: nobody changes it.
    """

    def tightened(node: Any) -> Any:
        if isinstance(node, list):
            return [tightened(one) for one in node]
        if not isinstance(node, dict):
            return node
        kept = {name: tightened(one) for name, one in node.items() if name not in ("default", "title")}
        if kept.get("type") == "object" and "properties" in kept:
            kept["required"] = list(kept["properties"])
            kept["additionalProperties"] = False
        return kept

    found: dict[str, Any] = tightened(shape.model_json_schema())
    return found


def _http(settings: ModelSettings, transport: "httpx2.AsyncBaseTransport | None") -> "httpx2.AsyncClient":
    import httpx2

    from assistant.models.transport import Bounded

    return httpx2.AsyncClient(transport=Bounded(transport), timeout=settings.timeout)


def _client(settings: ModelSettings, http: "httpx2.AsyncClient") -> "BaseChatOpenAI":
    from langchain_openai import AzureChatOpenAI, ChatOpenAI

    common: dict[str, Any] = {
        "api_key": settings.key,
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "max_retries": settings.retries,
        "timeout": settings.timeout,
        "stream_usage": True,
        "use_responses_api": False,
        "http_async_client": http,
        "openai_proxy": "",  # or OPENAI_PROXY would be taken, and refused beside a client of one's own
        "http_socket_options": (),  # or a warning about proxies would be logged; the client above takes none
    }
    if settings.provider == "azure":
        return AzureChatOpenAI(
            azure_endpoint=settings.base_url,
            azure_deployment=settings.model,
            api_version=settings.api_version,
            **common,
        )
    return ChatOpenAI(model=settings.model, base_url=settings.base_url, **common)


def _ended(reason: object) -> Problem | None:
    match reason:
        case "stop" | "tool_calls":
            return None
        case "length":
            return Problem.length
        case "content_filter":
            return Problem.refused
        case _:
            return Problem.cut


def _parsed(text: str, shape: type[T]) -> tuple[T | None, str]:
    """The value in a text; a model that was not held to a schema may put words or a fence around it."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None, "no JSON object in it"
    try:
        return shape.model_validate_json(text[start : end + 1]), ""
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        return None, f"{'.'.join(map(str, first['loc'])) or 'the whole'}: {first['type']}"


def _unsupported(error: Exception) -> bool:
    """Whether a server refuses to be held to a format, rather than the request."""
    import openai

    said = str(error).lower()
    return isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError)) and (
        "response_format" in said or "json_schema" in said or "json_object" in said or "structured" in said
    )


def _problem(error: BaseException) -> tuple[Problem, str]:
    import openai

    from assistant.models.transport import TooBig

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, TooBig):
            return Problem.too_big, ""
        cause = cause.__cause__ or cause.__context__
    match error:
        case TimeoutError() | openai.APITimeoutError():
            return Problem.timeout, ""
        case openai.RateLimitError():
            return Problem.busy, "status 429"
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return Problem.key, f"status {error.status_code}"
        case openai.InternalServerError():
            return Problem.server, f"status {error.status_code}"
        case openai.APIStatusError():
            return Problem.request, f"status {error.status_code}"
        case openai.APIConnectionError():
            return Problem.unreachable, ""
        case _:
            return Problem.unreadable, type(error).__name__
