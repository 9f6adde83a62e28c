"""Who is at the page: a person, what their role lets them do, and the door that says who came in."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from starlette.types import Scope

from assistant.errors import NotPermitted
from tone_rules.value import Value

Role = Literal["agent", "lead", "owner"]
"""Each role may do all that the one before it may."""
Right = Literal["answer", "override", "pause", "evaluate", "insights", "rules"]

_ADDED: Mapping[Role, frozenset[Right]] = {
    "agent": frozenset({"answer"}),
    "lead": frozenset({"override", "pause", "evaluate", "insights"}),
    "owner": frozenset({"rules"}),
}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    "agent": _ADDED["agent"],
    "lead": _ADDED["agent"] | _ADDED["lead"],
    "owner": _ADDED["agent"] | _ADDED["lead"] | _ADDED["owner"],
}
"""`answer` messages, `override` a rule that allows it, `pause` everything or post an incident, `evaluate` and label,
read `insights` of the team, and change `rules`."""


class Person(Value):
    """Somebody who came in. The name is what records hold."""

    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role gives a right."""
        return right in RIGHTS[self.role]


class Door(Protocol):
    """Says who a request comes from."""

    def person(self, scope: Scope) -> Person | None:
        """The person behind an HTTP request; None where it is nobody who may come in."""
        ...


class Local:
    """One person at their own computer: whoever reaches the page is that person."""

    def __init__(self, person: Person) -> None:
        """Let everybody in as `person`."""
        self._person = person

    def person(self, scope: Scope) -> Person:  # noqa: ARG002 # every request is theirs
        """That person."""
        return self._person


def person_of(request: Any) -> Person:
    """Who a request is from, as the guard noted it; `request` is FastAPI's or Gradio's.

    Raises:
        LookupError: no guard let it in.
    """
    inner = getattr(request, "request", None) or request
    found: Person = inner.scope["state"]["person"]
    return found


def in_team(request: Any) -> bool:
    """Whether there may be others at the same inbox: claims matter then."""
    inner = getattr(request, "request", None) or request
    return bool(inner.scope["state"].get("team"))


def needed(request: Any, right: Right) -> Person:
    """Who a request is from, where they have a right.

    Raises:
        NotPermitted: they have not.
    """
    person = person_of(request)
    if not person.may(right):
        roles = " or ".join(role for role, rights in RIGHTS.items() if right in rights)
        raise NotPermitted(f"{person.name} may not do this; it is for {roles}")
    return person
