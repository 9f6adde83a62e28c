"""Who answers the cases of a suite: each case's own brand, or its past reply."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import demo
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.pipeline import Assistant, Proposal
from eval.past import PastReplies
from eval.processes import processes
from eval.runner import System
from eval.suite import Suite
from tone_rules.located import nearest

if TYPE_CHECKING:
    from assistant.models import ChatModel

DEMO = "demo"
"""The brand that ships."""


WORTH = 100
"""Cases from which on processes of their own are worth the seconds that they take to start."""


class Answers:
    """A system that answers each context of a suite as its case asks.

    A case that expects something of its past reply gets that reply, checked by the rules of the brand that it names, or
    by those that every brand has; every other one gets a draft in the name of its brand, or of the demo brand.
    """

    def __init__(
        self, suite: Suite, brand: Brand | None = None, *, past: bool = False, model: "ChatModel | None" = None
    ) -> None:
        """Read the brands.

        Args:
            suite: its contexts are told apart by their ids.
            brand: answers every case, whatever brand they name.
            past: give every case its past reply.
            model: who drafts; the playbook without one.

        Raises:
            InputError: a case names a brand that has no folder.
            ConfigurationError: a brand's folder is wrong.
        """
        named = {one.brand: brand or brand_of(suite, one.brand) for one in suite.cases if one.brand}
        replies = {name: PastReplies(suite, owner) for name, owner in named.items()}
        drafts = {name: Assistant(owner, model=model).draft for name, owner in named.items()}
        general = PastReplies(suite, brand)
        own = Assistant(brand or demo.brand(), model=model).draft
        self._systems: dict[str, System] = {}
        for case in suite.cases:
            of_reply = past or case.expect.of_reply
            system: System = replies.get(case.brand or "", general) if of_reply else drafts.get(case.brand or "", own)
            self._systems[case.context.id] = system

    def __call__(self, context: CustomerContext) -> Proposal:
        """The proposal for one of the suite's contexts.

        Raises:
            LookupError: it is none of them, or its case should hold a past reply and holds none.
        """
        return self._systems[context.id](context)


class Epochs:
    """A system of its own for each epoch, so that what a model answered in one is never told again in the next."""

    def __init__(self, systems: Sequence[System]) -> None:
        """Take them, that of the first epoch first."""
        self._systems = tuple(systems)

    def for_epoch(self, epoch: int) -> System:
        """The system of an epoch, from 1."""
        return self._systems[epoch - 1]


@contextmanager
def spread(make: Callable[[], System], count: int) -> Iterator[System]:
    """A system that answers in processes of its own: one that computes gains nothing by threads.

    Ask it from as many threads as there are processes.

    Args:
        make: makes the system that answers, once in each process; it has to be picklable.
        count: how many processes.
    """
    with processes(count, _prepare, make) as pool:
        yield lambda context: pool.submit(_answer, context).result()


_system: System | None = None
"""A worker process's own."""


def _prepare(make: Callable[[], System]) -> None:
    global _system  # a process of a pool has no other place for what its tasks share
    _system = make()


def _answer(context: CustomerContext) -> Proposal:
    if _system is None:
        raise RuntimeError("this process was not made ready")
    try:
        return _system(context)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        except Exception:  # noqa: BLE001 - one that can't travel would break the pool
            raise RuntimeError(f"{type(error).__name__}: {error}") from None
        raise


def brand_of(suite: Suite, name: str) -> Brand:
    """A brand by its name: the demo, or a folder of `brands` beside the suite.

    Raises:
        InputError: there is no such folder.
        ConfigurationError: what it holds is wrong.
    """
    folder = Path(suite.path).parent / "brands"
    if (folder / name).is_dir():
        return Brand.load(folder / name)
    if name == DEMO:
        return demo.brand()
    known = [DEMO, *sorted(one.name for one in folder.glob("*") if one.is_dir())]
    raise InputError(f"a case is about the brand '{name}', which has no folder in {folder}; {nearest(name, known)}")
