"""Messages from somebody's file: which column is what, what the rows would become, and which rows can't be read."""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from itertools import islice
from typing import Any, Literal, NamedTuple

from pydantic import Field

from assistant.context import CustomerContext
from assistant.errors import InputError
from assistant.importing.decoding import UnreadableError, decode
from assistant.lines import read_lines
from assistant.web.intake.columns import Role, guess, plain_name, text_of
from assistant.web.intake.moments import UNCLEAR, read_moment, told_by
from assistant.web.intake.rows import Cells, Rows, rows_of
from assistant.web.views import shown
from eval.audit.dates import Order
from eval.audit.row import CHANNELS
from tone_rules.channels import channel_names
from tone_rules.value import Value

MOST_ROWS = 20_000
"""Messages of one file; more belong to the REST door, which takes them a batch at a time."""
MOST_BAD = 1_000
"""Bad rows after which a file is not what it was taken for."""
PREVIEWED, SAMPLED = 5, 50


class Plan(Value):
    """How a file is to be read, as somebody has chosen; what is None is guessed."""

    roles: Mapping[str, Role] | None = None
    """By column; other columns are left out."""
    channel: str = Field(default="", max_length=60)
    """Of every row that names none."""
    days: Order = Order.iso
    """How dates such as 03/04/2026 are to be read."""


class ColumnView(Value):
    """One column of the file."""

    name: str
    sample: str
    role: Role | None = None


class RowView(Value):
    """One message as it would come in."""

    number: int
    channel: str
    who: str
    at: str
    message: str


class Bad(Value):
    """One row that can't be used."""

    number: int
    why: str


class Looked(Value):
    """What a file would become."""

    unit: Literal["row", "line"]
    """What the numbers count: rows with the header as row 1, or lines."""
    ready: bool
    """Its lines are messages already: there is nothing to choose."""
    columns: tuple[ColumnView, ...] = ()
    needs: str = ""
    """What must be chosen first."""
    days_unclear: bool = False
    """Some date could be either of two days."""
    guessed: str = ""
    """The encoding, where it had to be guessed."""
    rows: tuple[RowView, ...] = ()
    good: int = 0
    bad: tuple[Bad, ...] = ()


class Read(NamedTuple):
    """What a file would become, and its messages."""

    looked: Looked
    contexts: list[CustomerContext]


def read_file(data: bytes, plan: Plan) -> Read:
    """Read a file of messages: CSV with any usual delimiter, JSON Lines, or one JSON array.

    Args:
        data: its bytes.
        plan: what was chosen.

    Raises:
        InputError: it is none of these, or empty, or names no columns.
    """
    try:
        text, guessed = decode(data)
    except UnreadableError as error:
        raise InputError(f"this file can't be read: {error}") from None
    rows = rows_of(text)
    first = [cells for _, cells in islice(rows.each(), 200) if isinstance(cells, dict)]
    if not first:
        problem = next((cells for _, cells in rows.each() if isinstance(cells, str)), "it holds no rows")
        raise InputError(f"nothing in this file is a message: {problem}")
    ready = all({"message", "channel"} <= cells.keys() <= CustomerContext.model_fields.keys() for cells in first)
    names = tuple(dict.fromkeys(name for cells in first for name in cells))
    roles = {} if ready else dict(plan.roles if plan.roles is not None else guess(first[:SAMPLED], names))
    looked = Looked(
        unit=rows.unit, ready=ready, guessed=guessed, columns=() if ready else _columns(first, names, roles)
    )
    needs = "" if ready else _needs(roles, plan)
    if needs:
        return Read(looked.model_copy(update={"needs": needs}), [])
    if plan.days == Order.iso:
        times = [name for name, role in roles.items() if role == "time"]
        written = (text_of(cells.get(name)).strip() for cells in first for name in times)
        plan = plan.model_copy(update={"days": told_by(written)})
    contexts, seen, bad = _contexts(rows, roles, plan, ready=ready)
    unclear = any(one.why == UNCLEAR for one in bad)
    update = {"rows": tuple(seen), "good": len(contexts), "bad": tuple(bad), "days_unclear": unclear}
    return Read(looked.model_copy(update=update), contexts)


def _needs(roles: Mapping[str, Role], plan: Plan) -> str:
    if "message" not in roles.values():
        return "Choose the column that holds what the customer wrote."
    twice = {role for role in roles.values() if list(roles.values()).count(role) > 1} - {
        "private",
        "internal",
        "public",
    }
    if twice:
        return f"Two columns are marked as {min(twice)}; choose one."
    if "channel" not in roles.values() and plan.channel not in channel_names():
        return "Choose the channel that these messages came by."
    return ""


def _columns(rows: list[Cells], names: tuple[str, ...], roles: Mapping[str, Role]) -> tuple[ColumnView, ...]:
    samples = {name: next((text for cells in rows if (text := text_of(cells.get(name)).strip())), "") for name in names}
    return tuple(ColumnView(name=name, sample=_short(samples[name], 80), role=roles.get(name)) for name in names[:100])


def _contexts(
    rows: Rows, roles: Mapping[str, Role], plan: Plan, *, ready: bool
) -> tuple[list[CustomerContext], list[RowView], list[Bad]]:
    contexts: list[CustomerContext] = []
    seen: list[RowView] = []
    bad: list[Bad] = []
    for number, cells in rows.each():
        if len(contexts) == MOST_ROWS or len(bad) == MOST_BAD:
            most = f"{MOST_ROWS:,} messages" if len(contexts) == MOST_ROWS else f"{MOST_BAD:,} bad ones"
            bad.append(Bad(number=number, why=f"from here on nothing was read: a file may hold at most {most}"))
            break
        made = cells if isinstance(cells, str) else _context(cells, roles, plan, ready=ready)
        if isinstance(made, str):
            bad.append(Bad(number=number, why=_short(made, 300)))
        elif made is not None:
            contexts.append(made)
            if len(seen) < PREVIEWED:
                seen.append(_view(number, made))
    return contexts, seen, bad


def _view(number: int, context: CustomerContext) -> RowView:
    who = context.customer.name or context.customer.handle or ""
    at = context.created_at.strftime("%d %b %Y, %H:%M %Z") if context.created_at else ""
    return RowView(
        number=number, channel=context.channel, who=_short(who, 60), at=at, message=_short(context.message, 160)
    )


def _short(text: str, most: int) -> str:
    """The beginning of a text on one line, with nothing in it that could disturb a page."""
    line = shown(" ".join(text[: 4 * most].split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def _context(cells: Cells, roles: Mapping[str, Role], plan: Plan, *, ready: bool) -> CustomerContext | str | None:
    """A row as a message, what is wrong with it, or None where it holds none."""
    made = dict(cells) if ready else _mapped(cells, roles, plan)
    if made is None or isinstance(made, str):
        return made
    if not made.get("id"):
        # the same row imported again is the same message
        known = [made.get("message"), made.get("created_at"), made.get("customer"), made.get("channel")]
        made["id"] = f"file-{sha256(json.dumps(known, default=str).encode()).hexdigest()[:20]}"
    try:
        line = json.dumps(made)
    except (TypeError, ValueError):
        return "a value in it is no text or number"
    read = next(read_lines([line], CustomerContext))
    return read.message if isinstance(read, InputError) else read


def _mapped(cells: Cells, roles: Mapping[str, Role], plan: Plan) -> dict[str, Any] | str | None:
    values = {name: text_of(cells.get(name)) for name in roles}
    if not any(text.strip() for text in values.values()):
        return None
    made: dict[str, Any] = {"channel": plan.channel, "customer": {}, "facts": []}
    for name, role in roles.items():
        text = values[name] if role == "message" else values[name].strip()
        if not text:
            continue
        match role:
            case "message" | "id":
                made[role] = text
            case "channel":
                made["channel"] = _channel(text)
            case "time":
                moment = read_moment(text, plan.days)
                if isinstance(moment, str):
                    return moment
                made["created_at"] = moment.isoformat()
            case "followers":
                made["customer"]["followers"] = re.sub(r"[ ,.’'](?=\d{3}\b)", "", text)
            case "name" | "handle" | "language" | "segment":
                made["customer"][role] = text
            case _:
                fact = {"name": plain_name(name).replace(" ", "_")[:60] or "fact", "value": text, "visibility": role}
                made["facts"].append({**fact, "source": "file"})
    if "message" not in made:
        return "the message is empty"
    return made


def _channel(text: str) -> str:
    plain = plain_name(text)
    return CHANNELS.get(plain, plain.replace(" ", "_"))
