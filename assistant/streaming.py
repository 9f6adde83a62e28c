"""A reply that is shown while a model writes it: what stands so far, checked at the ends of its sentences."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from assistant.models.bridge import Stop
from tone_rules.finding import Finding, Report
from tone_rules.sentences import sentence_spans
from tone_rules.value import Value

if TYPE_CHECKING:
    from assistant.pipeline import Proposal

    Item: TypeAlias = str | Proposal | Exception

PAUSE = 0.2
"""Seconds between two checks of a text that grows, and between two looks at it."""
SILENCE = 0.5
"""Seconds after which the same state is given again: a reader that waits for a silent server can leave."""
_ENDS = (".", "!", "?", "…", "。", "؟", "\n", ")", "”", '"')


class Growing(Value):
    """A reply that is still being written. It is no draft: it can't be approved, and may come back otherwise."""

    text: str
    findings: tuple[Finding, ...] = ()
    """Of the sentences that are finished; what is only missing so far is none."""
    checked: int = 0
    """Characters of the text that were checked."""

    @property
    def blocked(self) -> bool:
        """Whether what stands already may not be published."""
        return any(one.blocking for one in self.findings)


def streamed(
    proposed: "Callable[[Callable[[str], None]], Proposal]", check: Callable[[str], Report]
) -> "Iterator[Growing | Proposal]":
    """Each state of a reply that was seen growing, and at last the proposal.

    While nothing comes, the last state is given again. A reader that leaves before the end, by closing the iterator or
    dropping it, stops the work: what was asked of a model is hung up.

    Args:
        proposed: makes the proposal; told whom to give the text so far.
        check: checks a text.

    Raises:
        Exception: whatever `proposed` raises, after what was seen until then.
    """
    coming: queue.SimpleQueue[Item] = queue.SimpleQueue()
    stop = Stop()

    def work() -> None:
        try:
            with stop.under():
                coming.put(proposed(coming.put))
        except Exception as error:  # noqa: BLE001 # it is raised where the stream is read
            coming.put(error)

    threading.Thread(target=work, name="replywright-stream", daemon=True).start()
    try:
        yield from _seen(coming, check)
    finally:
        stop()


def _seen(coming: "queue.SimpleQueue[Item]", check: Callable[[str], Report]) -> "Iterator[Growing | Proposal]":
    shown, looked = Growing(text=""), 0.0
    while True:
        waiting = _finished(shown.text) > shown.checked
        newest = _newest(coming, max(0.0, looked + PAUSE - time.monotonic()) if waiting else SILENCE)
        if isinstance(newest, Exception):
            raise newest
        if newest is not None and not isinstance(newest, str):
            yield newest
            return
        text = shown.text if newest is None else newest
        if not text.startswith(shown.text[: shown.checked]):
            shown = Growing(text="")  # the model was asked again
        finished = _finished(text)
        if finished > shown.checked and time.monotonic() - looked >= PAUSE:
            looked = time.monotonic()
            # a finding without words is about something that is missing, which may still come
            found = tuple(one for one in check(text[:finished]).findings if one.end > one.start)
            shown = Growing(text=text, findings=found, checked=finished)
        else:
            shown = shown.model_copy(update={"text": text})
        yield shown


def _newest(coming: "queue.SimpleQueue[Item]", seconds: float) -> "Item | None":
    """What came last, None where nothing came in time; a reader that is slow passes over what came between."""
    item: Item | None = None
    try:
        item = coming.get(timeout=seconds)
        while isinstance(item, str):
            item = coming.get_nowait()
    except queue.Empty:
        pass
    return item


def _finished(text: str) -> int:
    """Characters up to the end of the last sentence that is finished."""
    ends = [0, *(end for start, end in sentence_spans(text) if text[start:end].endswith(_ENDS))]
    return ends[-1]
