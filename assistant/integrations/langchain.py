"""Replywright in LangChain: a checker at the end of a chain, the assistant as a Runnable, a guard for agents.

```python
from assistant.integrations.langchain import ReplyChecker, ReplyDrafter, ReplyGuard

chain = prompt | llm | ReplyChecker(brand)
agent = create_agent(llm, tools, middleware=[ReplyGuard(brand)])
```

Needs the extra `langchain`. Nothing is imported from here unless you do.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from langchain.agents.middleware.types import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableConfig, ensure_config
from typing_extensions import override

from assistant.brand import Brand
from assistant.checking import check
from assistant.context import MAX_MESSAGE, CustomerContext, Surroundings
from assistant.errors import Blocked
from assistant.pipeline import Assistant, Proposal
from tone_rules.finding import Finding, NotRun, Report, Verdict
from tone_rules.situation import Turn
from tone_rules.value import Value

if TYPE_CHECKING:
    from tone_rules.judging import Judge

CONTEXT = "context"
"""The key of a run's `configurable` that holds what a reply answers."""
METADATA = "replywright"
"""The key of a message's `response_metadata` that holds what became of it."""
HELD = "This reply is held: it breaks a rule, and a person has to look at it."
REWRITE = (
    "Your reply can't be published as it stands:\n{findings}\n"
    "Write it again so that none of this holds. Answer with the reply alone, and mention neither these points nor the "
    "earlier reply."
)
NOSTREAM = "nostream"
"""LangGraph's tag for models whose tokens stay out of the stream."""

Situate = Callable[[Sequence[BaseMessage]], Surroundings]


class CheckedReply(Value):
    """A reply with what a check says of it."""

    text: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()


class ReplyChecker(Runnable[Any, CheckedReply]):
    """Checks what a model wrote: `prompt | llm | ReplyChecker(brand)`.

    What the reply answers is given with the run: `chain.invoke(inputs, {"configurable": {"context": context}})`, a
    `CustomerContext` or its keys as a mapping. Without it only the reply itself is checked.
    """

    def __init__(self, brand: Brand, *, channel: str = "x", strict: bool = False, judge: "Judge | None" = None) -> None:
        """Check by the rules of a brand.

        Args:
            brand: whose rules.
            channel: where the reply will stand, if the run says nothing of it.
            strict: raise `Blocked` unless the verdict is `pass`.
            judge: who answers rules in plain words.
        """
        self.brand, self.channel, self.strict, self.judge = brand, channel, strict, judge

    @override
    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> CheckedReply:
        """Check a message or a text.

        Raises:
            Blocked: the reply does not pass, where the checker is strict.
            ValidationError: the run's context is wrong.
        """
        given = (ensure_config(config).get("configurable") or {}).get(CONTEXT)
        return self._call_with_config(lambda reply: self._checked(reply, given), input, config, run_type="parser")

    def _checked(self, reply: Any, given: Any) -> CheckedReply:
        text = reply.text if isinstance(reply, BaseMessage) else reply
        around = Surroundings(channel=self.channel) if given is None else _context(given)
        report = check(str(text), around, self.brand, judge=self.judge)
        if self.strict and report.verdict != "pass":
            raise Blocked("the reply must not be published as it stands", report)
        return CheckedReply(text=str(text), **dict(report))


class ReplyDrafter(Runnable[Any, Proposal]):
    """An `Assistant` as a Runnable: a context, or its keys as a mapping, gives a proposal."""

    def __init__(self, assistant: Assistant, *, variants: int = 3) -> None:
        """Draft with an assistant, up to so many replies a message."""
        self.assistant, self.variants = assistant, variants

    @override
    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Proposal:
        """Draft checked replies to one message; nothing is published.

        Raises:
            ValidationError: the input is no context.
        """
        return self._call_with_config(self._drafted, input, config)

    def _drafted(self, given: Any) -> Proposal:
        return self.assistant.draft(_context(given), self.variants)


class ReplyGuard(AgentMiddleware[AgentState[Any], Any, Any]):
    """Lets an agent's final message out only if it passes: middleware for `create_agent`.

    A message that does not pass is sent back to the model with its findings, and after so many rewrites since the last
    human turn a note stands in its place. What did not pass reaches neither the agent's state nor its stream: the model
    is called without streaming, and the message that passed comes whole. Messages that call tools are not replies
    and pass unchecked. What became of a message stands in its `response_metadata["replywright"]`.
    """

    def __init__(
        self,
        brand: Brand,
        *,
        channel: str = "x",
        situate: Situate | None = None,
        rewrites: int = 2,
        held: str = HELD,
        judge: "Judge | None" = None,
    ) -> None:
        """Guard by the rules of a brand.

        Args:
            brand: whose rules.
            channel: where the reply will stand.
            situate: makes the context of a reply from the agent's messages; by default the last human message is what
                it answers, and the messages before are the thread.
            rewrites: how often a reply may be sent back, counted since the last human turn.
            held: what stands in the place of a reply that is held.
            judge: who answers rules in plain words.
        """
        super().__init__()
        self.brand, self.channel, self.rewrites, self.held, self.judge = brand, channel, rewrites, held, judge
        self._situate = situate or self._answering

    @override
    def wrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """Call the model until its message passes or is held."""
        attempt = _Attempt(self, request)
        while True:
            response = handler(attempt.request)
            report = attempt.checked(response)
            if attempt.over(report):
                return attempt.ended(response, report)
            attempt.again(response, report)

    @override
    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]]
    ) -> ModelResponse[Any]:
        """The same for agents that run asynchronously; the check runs beside the loop."""
        attempt = _Attempt(self, request)
        while True:
            response = await handler(attempt.request)
            report = await asyncio.to_thread(attempt.checked, response)
            if attempt.over(report):
                return attempt.ended(response, report)
            attempt.again(response, report)

    def check(self, text: str, messages: Sequence[BaseMessage]) -> Report:
        """What the rules say of a reply to these messages."""
        return check(text, self._situate(messages), self.brand, judge=self.judge)

    def _answering(self, messages: Sequence[BaseMessage]) -> Surroundings:
        last = _last_human(messages)
        said = str(messages[last].text).replace("\x00", "")[:MAX_MESSAGE] if last is not None else ""
        turns = tuple(
            Turn(role="customer" if isinstance(one, HumanMessage) else "brand", text=str(one.text))
            for one in messages[:last]
            if isinstance(one, HumanMessage | AIMessage) and str(one.text).strip()
        )
        if not said.strip():
            return Surroundings(channel=self.channel, thread=turns)
        return CustomerContext(channel=self.channel, message=said, thread=turns)


class _Attempt:
    """One model call that is guarded, with its rewrites."""

    def __init__(self, guard: ReplyGuard, request: ModelRequest[Any]) -> None:
        self._guard = guard
        self._messages: list[AnyMessage] = list(request.messages)
        self._before = sum(_rewrites(one) for one in self._messages[(_last_human(self._messages) or 0) :])
        self._made = 0
        tags = [*(request.model.tags or []), NOSTREAM]
        quiet = request.model.model_copy(update={"tags": tags, "disable_streaming": True})
        self.request = request.override(model=quiet)

    def checked(self, response: ModelResponse[Any]) -> Report | None:
        """The report on a final message; None for one that calls a tool, or says nothing."""
        reply = _reply(response)
        return None if reply is None else self._guard.check(str(reply.text), self._messages)

    def over(self, report: Report | None) -> bool:
        """Whether nothing is left to do: it passes, is no reply, or has been rewritten often enough."""
        return report is None or report.verdict == "pass" or self._before + self._made >= self._guard.rewrites

    def again(self, response: ModelResponse[Any], report: Report | None) -> None:
        """Ask once more, told what is wrong; the state hears nothing of it."""
        self._made += 1
        told = HumanMessage(REWRITE.format(findings=_told(report)))
        self.request = self.request.override(messages=[*self._messages, *response.result, told])  # type: ignore[list-item]

    def ended(self, response: ModelResponse[Any], report: Report | None) -> ModelResponse[Any]:
        """The response as it goes out: marked, or with a note in the place of what does not pass."""
        became: dict[str, Any] = {"rewrites": self._made}
        if report is not None:
            became["verdict"] = report.verdict
        if report is None or report.verdict == "pass":
            marked = [_marked(one, became) if isinstance(one, AIMessage) else one for one in response.result]
            return ModelResponse(result=marked, structured_response=response.structured_response)
        became["held"] = True
        stops = {one.rule for one in report.findings if one.blocking}
        became["rules"] = sorted(stops | {one.rule for one in report.not_run if one.required})
        reply = _reply(response)
        note = AIMessage(self._guard.held, id=reply.id if reply else None, response_metadata={METADATA: became})
        return ModelResponse(result=[note])


def _reply(response: ModelResponse[Any]) -> AIMessage | None:
    """The message of a response that would go out: the last one, unless it calls a tool or says nothing."""
    last = next((one for one in reversed(response.result) if isinstance(one, AIMessage)), None)
    return last if last is not None and not last.tool_calls and str(last.text).strip() else None


def _marked(message: AIMessage, became: Mapping[str, Any]) -> AIMessage:
    return message.model_copy(update={"response_metadata": {**message.response_metadata, METADATA: dict(became)}})


def _rewrites(message: BaseMessage) -> int:
    became = message.response_metadata.get(METADATA) if isinstance(message, AIMessage) else None
    return int(became.get("rewrites", 0)) if isinstance(became, Mapping) else 0


def _last_human(messages: Sequence[BaseMessage]) -> int | None:
    return next((at for at in reversed(range(len(messages))) if isinstance(messages[at], HumanMessage)), None)


def _told(report: Report | None) -> str:
    """What is wrong, each in a line: what blocks first, then what only guides. Secrets are masked in a report."""
    if report is None:
        return ""
    found = sorted(report.findings, key=lambda one: (not one.blocking, one.start))
    lines = [f"- “{one.match}”: {one.message}" if one.match else f"- {one.message}" for one in found]
    return "\n".join(dict.fromkeys(lines + [f"- {one.rule}: {one.reason}" for one in report.not_run if one.required]))


def _context(given: Any) -> CustomerContext:
    return given if isinstance(given, CustomerContext) else CustomerContext.model_validate(given)
