"""Changes of the rules that wait, hold, or were taken back: who proposed and activated each, and what stood before."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import AwareDatetime
from sqlalchemy import Connection, Row, insert, select, update

from assistant.errors import InputError
from assistant.store import records
from assistant.store.canonical import canonical, sha256, timestamp
from assistant.store.database import Database
from assistant.store.tables import rule_changes
from tone_rules.value import Value

State = Literal["proposed", "active", "withdrawn"]


class RuleChange(Value):
    """One change of one rule."""

    number: int
    rule: str
    """`Style.Rule`."""
    change: Mapping[str, Any]
    """As `assistant.rulebook` reads it."""
    before: Mapping[str, Any]
    """What stood there when it was proposed, as a change that takes this one back."""
    note: str = ""
    """Why, in the words of who proposed it."""
    by: str
    at: AwareDatetime
    state: State = "proposed"
    settled_by: str | None = None
    """Who activated or withdrew it."""
    settled_at: AwareDatetime | None = None


def propose(
    store: Database, rule: str, change: Mapping[str, Any], before: Mapping[str, Any], by: str, note: str = ""
) -> RuleChange:
    """Keep a change until it is activated or withdrawn.

    Raises:
        StoreError: the store can't be written.
    """
    now = datetime.now(UTC)
    row = {"rule": rule, "change": canonical(change), "before": canonical(before), "note": note, "by": by}
    with store.writing() as connection:
        result = connection.execute(insert(rule_changes).values(**row, at=timestamp(now), state="proposed"))
        return _wanted(connection, int(result.inserted_primary_key[0]))  # type: ignore[index]


def changes(store: Database, rule: str | None = None, state: State | None = None) -> tuple[RuleChange, ...]:
    """The changes of a rule or of all, in one state or in any, the newest first.

    Raises:
        StoreError: the store can't be read.
    """
    query = select(rule_changes).order_by(rule_changes.c.number.desc())
    query = query if rule is None else query.where(rule_changes.c.rule == rule)
    query = query if state is None else query.where(rule_changes.c.state == state)
    with store.reading() as connection:
        return tuple(_read(row) for row in connection.execute(query))


def change(store: Database, number: int) -> RuleChange:
    """One change by its number.

    Raises:
        InputError: there is none.
        StoreError: the store can't be read.
    """
    with store.reading() as connection:
        return _wanted(connection, number)


def waiting(connection: Connection, number: int) -> RuleChange:
    """One change that still waits, inside the caller's transaction.

    Raises:
        InputError: there is none, or it was activated or withdrawn.
    """
    found = _wanted(connection, number)
    if found.state != "proposed":
        done = "is active already" if found.state == "active" else "was withdrawn"
        raise InputError(f"change {number} {done}, by {found.settled_by}")
    return found


def activated(connection: Connection, found: RuleChange, by: str, before: str, after: str) -> None:
    """Note inside the caller's transaction that a change holds, in the audit log too.

    Args:
        connection: from `Database.writing`.
        found: the change, from `waiting`.
        by: who activated it.
        before: the brand's digest without it.
        after: the brand's digest with it.
    """
    now = datetime.now(UTC)
    _settle(connection, found.number, "active", by, now)
    payload = {
        "number": found.number,
        "rule": found.rule,
        "proposed_by": found.by,
        "activated_by": by,
        "change_sha256": sha256(canonical(found.change)),
        "brand_before": before,
        "brand_after": after,
    }
    records.append(connection, "rules", payload, at=now)


def withdraw(store: Database, number: int, by: str) -> RuleChange:
    """Take a change back that was not activated.

    Raises:
        InputError: there is none that waits by this number.
        StoreError: the store can't be written.
    """
    with store.writing() as connection:
        waiting(connection, number)
        _settle(connection, number, "withdrawn", by, datetime.now(UTC))
        return _wanted(connection, number)


def _settle(connection: Connection, number: int, state: State, by: str, at: datetime) -> None:
    done = {"state": state, "settled_by": by, "settled_at": timestamp(at)}
    connection.execute(update(rule_changes).where(rule_changes.c.number == number).values(**done))


def _wanted(connection: Connection, number: int) -> RuleChange:
    row = connection.execute(select(rule_changes).where(rule_changes.c.number == number)).one_or_none()
    if row is None:
        raise InputError(f"there is no change {number}")
    return _read(row)


def _read(row: Row[Any]) -> RuleChange:
    values = dict(row._mapping)
    return RuleChange.model_validate(
        {**values, "change": json.loads(values["change"]), "before": json.loads(values["before"])}
    )
