"""The inbox page: four components, and the events between them and the desk."""

from typing import Any

import gradio as gr

from assistant.web.desk import Desk, Pressed, refused
from assistant.web.editor import editor_value, reply_page, reply_script
from assistant.web.list_view import claim_html, intake_page, list_html, onward
from assistant.web.pages.parts import component, direct, quiet, top
from assistant.web.people import Person, in_team, person_of
from assistant.web.theme import text_of
from assistant.web.turns import Busy
from assistant.web.views import Asked, card_html, conversation_html

Shown = tuple[Any, Any, Any, Any, Any]
"""The list, the conversation, who else answers it, the editor, and the context; what is skipped stays as it is."""

DRAFTING_AT_ONCE = 4
"""Drafts that people at the page may have made at one time; others wait in Gradio's queue."""


def build(page: gr.Blocks, desk: Desk) -> None:
    """The components and events of this page of the application."""
    top(page, desk, "inbox")
    with gr.Row(elem_id="rw-desk"):
        inbox = component("rw-inbox", js_on_load=text_of("latest.js") + text_of("desk.js"))
        with gr.Column(elem_id="rw-middle"):
            conversation = component("rw-thread", js_on_load=text_of("thread.js"))
            claim = component("rw-claim")
            editor = component("rw-reply", html_template=reply_page(), js_on_load=reply_script())
        card = component("rw-context", js_on_load="watch('value', () => window.replywright?.cardShown?.());")
    component("rw-intake", html_template=intake_page(), js_on_load=text_of("intake.js"))
    shown = [inbox, conversation, claim, editor, card]

    def show(asked: Asked, request: gr.Request, answer: dict[str, Any] | None = None, after: str = "") -> Shown:
        if not asked.key:
            asked = asked.model_copy(update={"key": first(person_of(request))})
        item, person, team = desk.inbox.get(asked.key), person_of(request), in_team(request)
        return (
            list_html(desk.inbox, asked, person, team=team, after=after),
            conversation_html(item, desk.brand, none_yet=not len(desk.inbox)),
            claim_html(item, person, team=team),
            editor_value(item, desk, person, answer),
            card_html(item, desk.brand),
        )

    def first(person: Person) -> str:
        items = desk.inbox.items()
        free = (one for one in items if not one.held(person.name))
        return next((one.key for one in free), items[0].key if items else "")

    async def begin(request: gr.Request) -> Shown:
        return await shown_in_turn(Asked(), request)

    async def look(event: gr.EventData, request: gr.Request) -> Shown:
        return await shown_in_turn(Asked.model_validate(event._data), request)

    async def shown_in_turn(asked: Asked, request: gr.Request) -> Shown:
        try:
            return await desk.turns.run("show", show, asked, request, instead=("look", request.session_hash))
        except Busy as error:
            # What is shown stays, and the page says so and asks again by itself. To skip each part costs Gradio more
            # than to show it.
            raise gr.Error(str(error), visible=False, print_exception=False) from None

    async def decide(event: gr.EventData, request: gr.Request) -> Shown:
        try:
            return await desk.turns.run("decide", act, event, request)
        except Busy as error:
            pressed = Pressed.model_validate(event._data)
            state = editor_value(desk.inbox.get(pressed.key), desk, person_of(request), refused(pressed, str(error)))
            return gr.skip(), gr.skip(), gr.skip(), state, gr.skip()

    def act(event: gr.EventData, request: gr.Request) -> Shown:
        pressed, person = Pressed.model_validate(event._data), person_of(request)
        asked, answer = pressed.asked, desk.act(pressed, person)
        if answer["kind"] == "approved" and asked.onward and asked.key == pressed.key:
            key = onward(desk.inbox, asked, person, pressed.key)
            if key:
                return show(asked.model_copy(update={"key": key}), request, answer, after=pressed.key)
        return show(asked, request, answer)

    page.load(begin, outputs=shown, **direct())
    inbox.look(look, outputs=shown, trigger_mode="multiple", **direct())
    editor.act(decide, outputs=shown, trigger_mode="multiple", **direct())
    editor.draft(act, outputs=shown, trigger_mode="multiple", concurrency_limit=DRAFTING_AT_ONCE, **quiet())
