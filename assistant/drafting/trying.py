"""Trying a playbook out: are its examples reached, which plays does no case reach, which slots does none fill."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.brand import Brand
from assistant.context import CustomerContext, PublicView
from assistant.drafting.first_aid import all_phrasings
from assistant.drafting.phrasing import slots_of
from assistant.drafting.playbook import PlaybookDrafter
from assistant.drafting.plays import FOLDER
from assistant.triage import triage
from tone_rules.errors import Problem
from tone_rules.located import Document
from tone_rules.value import Value

TOLD = frozenset({"span", "Span", "device", "error", "person", "thing"})
"""Slots that a message fills; the others come from the brand or from what stands around."""


class Tried(Value):
    """What trying a playbook out has shown."""

    failures: tuple[Problem, ...]
    """Examples that reach another play or entry than the one they stand in, each at its place."""
    unreached: tuple[str, ...]
    """Ids of plays and entries that neither an example nor a case reaches."""
    unfilled: tuple[str, ...]
    """"id: {slot}" where no message that reaches an entry fills one of its slots."""
    examples: int
    cases: int


class _Example(Value):
    of: str
    message: str
    wanted: bool
    problem: Problem


def try_playbook(brand: Brand, cases: Iterable[CustomerContext] = ()) -> Tried:
    """Run all examples of a brand's playbook (the shipped plays and its own), and some cases.

    Raises:
        ConfigurationError: a play is wrong.
    """
    drafter = PlaybookDrafter(brand)
    entries = {one.id: one for one in drafter.book.first_aid.entries}
    reached: set[str] = set()
    filled: dict[str, set[str]] = defaultdict(set)

    def reach(context: CustomerContext) -> set[str]:
        writing = drafter.writing(PublicView.of(context), triage(context, brand))
        ids = {f"play {writing.reached()[0]}"} | ({writing.reached()[1] or ""} - {""})
        reached.update(ids)
        for one in ids:
            filled[one] |= writing.fillable()
        return ids

    examples = [one for folder in _folders(brand) for one in _examples(folder)]
    failures = []
    for number, example in enumerate(examples):
        ids = reach(CustomerContext(id=f"example-{number}", channel="x", message=example.message))
        if (example.of in ids) != example.wanted:
            said = f"reaches {', '.join(sorted(ids))}" if example.wanted else f"must not reach {example.of}"
            failures.append(example.problem.model_copy(update={"message": f"“{example.message}” {said}"}))
    given = [reach(one) for one in cases]
    known = [*(f"play {one.id}" for one in drafter.book.plays), *entries]
    unfilled = [
        f"{one.id}: {{{slot}}}"
        for one in entries.values()
        if one.id in reached
        for slot in sorted(TOLD & {name for line in all_phrasings(one) for name in slots_of(line.say)} - filled[one.id])
    ]
    return Tried(
        failures=tuple(failures),
        unreached=tuple(one for one in known if one not in reached),
        unfilled=tuple(unfilled),
        examples=len(examples),
        cases=len(given),
    )


def _folders(brand: Brand) -> Sequence[Path]:
    own = brand.folder / "playbooks" if brand.folder else None
    return [FOLDER, own] if own is not None and own.is_dir() else [FOLDER]


def _examples(folder: Path) -> Iterator[_Example]:
    for path in sorted(folder.glob("*.yaml")):
        document = Document(path, path.read_text("utf-8"))
        yield from _of(document, (), f"play {document.value['id']}")
    for path in sorted((folder / "first_aid").glob("*.yaml")):
        document = Document(path, path.read_text("utf-8"))
        for number, entry in enumerate(document.value["entries"]):
            yield from _of(document, ("entries", number), entry["id"])


def _of(document: Document, at: tuple[int | str, ...], name: str) -> Iterator[_Example]:
    entry = document.value
    for step in at:
        entry = entry[step]
    for key, wanted in (("reached_by", True), ("not_by", False)):
        for number, message in enumerate(entry.get(key) or ()):
            problem = document.problem((*at, key, number), "")
            yield _Example(of=name, message=message, wanted=wanted, problem=problem)
