"""The Evaluation page: one component; what it shows stands in the address, what it does is an event."""

import gradio as gr
from pydantic import ValidationError

from assistant.errors import InputError, NotPermitted, ReplywrightError
from assistant.web.desk import Desk
from assistant.web.evaluation.order import ordered
from assistant.web.evaluation.running import Runner
from assistant.web.evaluation.shelf import Shelf
from assistant.web.evaluation.view import SETS, Asked, page_html
from assistant.web.pages.parts import component, quiet, top
from assistant.web.people import Person, needed
from assistant.web.theme import text_of
from assistant.web.views import render
from tone_rules.errors import ConfigurationError


def build(page: gr.Blocks, desk: Desk) -> None:
    """The components and events of this page of the application."""
    top(page, desk, "evaluation")
    body = component("rw-evaluation", js_on_load=text_of("latest.js") + text_of("evaluation.js"))

    def first(request: gr.Request) -> str:
        return _answered(desk, Asked(), request)

    def look(event: gr.EventData, request: gr.Request) -> str:
        try:
            asked = Asked.model_validate(event._data)
        except ValidationError:
            asked = Asked()
        return _answered(desk, asked, request)

    page.load(first, outputs=[body], **quiet())
    body.look(look, outputs=[body], trigger_mode="multiple", concurrency_limit=4, **quiet())


def _answered(desk: Desk, asked: Asked, request: gr.Request) -> str:
    try:
        person = needed(request, "evaluate")
    except NotPermitted as error:
        return render("refused", why=str(error))
    shelf, runner = desk.shelf, desk.runner
    problem = said = ""
    try:
        said = _done(shelf, runner, asked, person, desk)
    except (ReplywrightError, ConfigurationError, OSError) as error:
        problem = str(error)
    try:
        return page_html(shelf, runner, asked, person, desk.brand, said, problem, judges=desk.rewrites)
    except (ReplywrightError, ConfigurationError, OSError) as error:
        return page_html(shelf, runner, Asked(), person, desk.brand, problem=str(error))


def _done(shelf: Shelf, runner: Runner, asked: Asked, person: Person, desk: Desk) -> str:
    """Do what was asked for, and say what was done."""
    match asked.act:
        case "start" if asked.order is not None:
            if asked.order.votes and not desk.rewrites:
                raise InputError("no model is set up that could judge; `replywright doctor` says what is missing")
            runner.start(asked.order.model_copy(update={"person": person.name, "brand": desk.brand.name}))
        case "resume":
            order = ordered(shelf.path(asked.run))
            if order is None:
                raise InputError("this run was not started here; go on with it by `replywright eval run --resume`")
            runner.start(order, asked.run)
        case "stop":
            runner.stop()
        case "mark":
            _rate(shelf, asked, person)
    return ""


def _rate(shelf: Shelf, asked: Asked, person: Person) -> None:
    wanted = SETS[asked.rate]
    if set(asked.marks) != set(wanted) or not all(1 <= mark <= 5 for mark in asked.marks.values()):
        raise InputError("a rating needs a mark from 1 to 5 for each scale")
    pair = next((one for one in shelf.pairs(asked.run) if one.id == asked.id), None)
    if pair is None:
        raise InputError("this reply is no longer part of the run")
    with shelf.rating:
        shelf.labels().add(pair, person.name, asked.marks)
