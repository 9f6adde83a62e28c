"""What the rules page asks for: rules, checks of a change while it is written, backtests, proposals, activation."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import Field

from assistant.brand import Brand, own_styles
from assistant.context import ChannelName, CustomerContext
from assistant.errors import InputError
from assistant.insights import decided
from assistant.rulebook.activation import activate, kept_out, proposed
from assistant.rulebook.changes import MOST_TEXT, Change, RuleId, change_of, written
from assistant.rulebook.forms import Form, form_of, templates, written_by
from assistant.rulebook.listing import Usage, entries, page, used
from assistant.rulebook.trial import Trial, backtested, past, tried, uploaded
from assistant.store import head, rule_changes
from assistant.web.backtests import Backtests, Running
from assistant.web.desk import Desk
from assistant.web.people import needed
from assistant.web.rules_view import list_html, new_html, rule_html, trial_html
from tone_rules.errors import ConfigurationError
from tone_rules.value import Value


class TryRequest(Value):
    """A text to check by a rule that is being changed."""

    change: Change
    text: str = Field(max_length=50_000)
    channel: ChannelName = "x"
    message: str = Field("", max_length=10_000)


class Upload(Value):
    """A file of replies."""

    name: str = Field(max_length=200)
    text: str = Field(max_length=900_000)


class BacktestRequest(Value):
    """A change to run on past replies: those in the store, or those of a file."""

    change: Change
    file: Upload | None = None


class ProposeRequest(Value):
    """A change to keep."""

    change: Change
    note: str = Field("", max_length=1_000)


class FormRequest(Value):
    """A rule's text, and what a form says that it should be."""

    text: str = Field(max_length=MOST_TEXT)
    form: Form | None = None


class UsageCount:
    """How often rules counted, read anew only where the log has grown."""

    def __init__(self, desk: Desk) -> None:
        """Count for one desk."""
        self._desk = desk
        self._lock = Lock()
        self._known: tuple[int, Mapping[str, Usage], int] = (-1, {}, 0)

    def now(self) -> tuple[Mapping[str, Usage], int]:
        """The usage of each rule that ever counted, and how many replies went out.

        Raises:
            StoreError: the store can't be read.
        """
        with self._lock:
            seq = head(self._desk.store).seq
            if self._known[0] != seq:
                out = [one for one in decided(self._desk.store, self._desk.inbox.loaded) if one.edit is not None]
                self._known = (seq, used(out), len(out))
            return self._known[1:]


def router(desk: Desk) -> APIRouter:
    """The routes for one desk. Looking needs the right to read insights, everything else the right to change rules."""
    routes = APIRouter(prefix="/api/rules", include_in_schema=False)
    counted, backtests = UsageCount(desk), Backtests()

    def brand() -> Brand:
        return desk.inbox.loaded

    @routes.get("")
    def rules(request: Request) -> dict[str, Any]:
        """The list."""
        person = needed(request, "insights")
        usage, replies = counted.now()
        waiting = rule_changes.changes(desk.store, state="proposed")
        with _told():
            return {"html": list_html(entries(brand(), usage), waiting, person, brand(), replies)}

    @routes.get("/one")
    def one(rule: RuleId, request: Request, new: bool = False) -> dict[str, Any]:
        """One rule, with what its editor begins with; with `new` one that is not there yet."""
        person = needed(request, "rules" if new else "insights")
        usage, replies = counted.now()
        with _told():
            found = page(brand(), rule, usage)
        history = rule_changes.changes(desk.store, rule)
        if found is None and not new and not history:
            raise HTTPException(404, f"There is no rule {rule} any more; reload the page.")
        if found is not None and new:
            raise HTTPException(409, f"There is a rule {rule} already; open it in the list, or take another name.")
        html = rule_html(found, rule, history, person, brand(), replies, kept_out(brand()))
        text = found.text if found else None
        return {
            "html": html,
            "text": text,
            "form": form_of(text) if text else None,
            "setting": found.setting if found else None,
        }

    @routes.get("/new")
    def new(request: Request) -> dict[str, Any]:
        """The questions before a new rule, and the texts that it can begin with."""
        needed(request, "rules")
        folder = brand().folder
        styles = own_styles(folder) if folder is not None else ()
        return {"html": new_html(styles), "templates": {one.name: one.text for one in templates()}}

    @routes.post("/try")
    def try_out(asked: TryRequest, request: Request) -> dict[str, Any]:
        """What a rule as it is being changed finds in a text, or what is wrong with the change."""
        needed(request, "rules")
        context = CustomerContext(id="try", channel=asked.channel, message=asked.message.strip() or "-")
        try:
            found = tried(brand(), asked.change, asked.text, context)
        except ConfigurationError as error:
            return {"problems": error.problems}
        except InputError as error:
            return {"problems": [{"path": "", "line": 1, "column": 1, "message": str(error)}]}
        return {"problems": [], **dict(found)}

    @routes.post("/form")
    def form(asked: FormRequest, request: Request) -> dict[str, Any]:
        """A rule's text as a form, or the text with what the form says."""
        needed(request, "rules")
        with _told():
            text = written_by(asked.form, asked.text) if asked.form else asked.text
        return {"text": text, "form": form_of(text)}

    @routes.post("/backtests", status_code=202)
    def start(asked: BacktestRequest, request: Request) -> dict[str, Any]:
        """Run a change on past replies; the key under which to ask how it goes."""
        person = needed(request, "rules")
        now = brand()

        def work(running: Running) -> Trial:
            replies = past(desk.store, now) if asked.file is None else uploaded(asked.file.text, asked.file.name, now)
            running.total = len(replies)
            return backtested(now, asked.change, replies, running.told)

        return {"key": backtests.start(person.name, work)}

    @routes.get("/backtests/{key}")
    def progress(key: str, request: Request) -> dict[str, Any]:
        """How a backtest goes, and at its end what it found."""
        needed(request, "rules")
        now = backtests.get(key)
        html = trial_html(now.result) if now.result is not None else None
        return {"done": now.done, "total": now.total, "over": now.over, "error": now.error, "html": html}

    @routes.delete("/backtests/{key}", status_code=204)
    def stop(key: str, request: Request) -> None:
        """Read no further; what was read counts."""
        needed(request, "rules")
        backtests.get(key).stop = True

    @routes.post("/changes", status_code=201)
    def propose(asked: ProposeRequest, request: Request) -> dict[str, Any]:
        """Keep a change until somebody activates it."""
        person = needed(request, "rules")
        with _told():
            made = proposed(desk.store, brand(), asked.change, person.name, asked.note.strip())
        return {"number": made.number, "rule": made.rule}

    @routes.post("/changes/{number}/activate")
    def put_on(number: int, request: Request) -> dict[str, Any]:
        """Let a change hold from now on."""
        person = needed(request, "rules")
        with _told():
            after = activate(desk.store, brand(), number, person.name)
        desk.inbox.reload(after)
        return {"number": number}

    @routes.post("/changes/{number}/withdraw")
    def withdraw(number: int, request: Request) -> dict[str, Any]:
        """Take a change back that does not hold yet."""
        return {"number": rule_changes.withdraw(desk.store, number, needed(request, "rules").name).number}

    @routes.post("/changes/{number}/restore", status_code=201)
    def restore(number: int, request: Request, before: bool = False) -> dict[str, Any]:
        """Propose an old version anew; with `before` what stood before it."""
        person = needed(request, "rules")
        old = rule_changes.change(desk.store, number)
        change = change_of.validate_python(old.before if before else old.change)
        note = f"Restores what stood before change {number}" if before else f"Restores change {number}"
        with _told():
            made = proposed(desk.store, brand(), change, person.name, note)
        return {"number": made.number, "rule": made.rule}

    @routes.get("/changes/{number}")
    def change(number: int, request: Request) -> dict[str, Any]:
        """A change to be looked at in the editor, and as text to copy by hand."""
        needed(request, "insights")
        found = change_of.validate_python(rule_changes.change(desk.store, number).change)
        return {"change": found, "text": written(found)}

    return routes


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a rule or a brand, as an answer with its places."""
    try:
        yield
    except ConfigurationError as error:
        problems = [one.model_dump() for one in error.problems]
        raise HTTPException(422, {"message": str(error), "problems": problems}) from None
