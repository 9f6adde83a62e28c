"""The inbox page: four components, and the events between them and the desk."""

from typing import Any

import gradio as gr

from assistant.web.desk import Desk, Pressed
from assistant.web.editor import editor_value, reply_page, reply_script
from assistant.web.pages.parts import component, quiet, top
from assistant.web.people import Person, person_of
from assistant.web.theme import text_of
from assistant.web.views import Asked, card_html, conversation_html, list_html

DRAFTING_AT_ONCE = 4
"""Drafts that people at the page may have made at one time; others wait in Gradio's queue."""
ACTING_AT_ONCE = 16


def build(page: gr.Blocks, desk: Desk) -> None:
    """The components and events of this page of the application."""
    top(page, desk, "inbox")
    with gr.Row(elem_id="rw-desk"):
        inbox = component("rw-inbox", js_on_load=text_of("desk.js"))
        with gr.Column(elem_id="rw-middle"):
            conversation = component("rw-thread", js_on_load=text_of("thread.js"))
            editor = component("rw-reply", html_template=reply_page(), js_on_load=reply_script())
        card = component("rw-context", js_on_load="watch('value', () => window.replywright?.cardShown?.());")
    shown = [inbox, conversation, editor, card]

    def show(asked: Asked, person: Person, answer: dict[str, Any] | None = None) -> tuple[str, str, dict[str, Any], str]:
        item = desk.inbox.get(asked.key)
        return (
            list_html(desk.inbox, asked),
            conversation_html(item, desk.brand),
            editor_value(item, desk, person, answer),
            card_html(item, desk.brand),
        )

    def first(request: gr.Request) -> tuple[str, str, dict[str, Any], str]:
        items = desk.inbox.items()
        return show(Asked(key=items[0].key if items else ""), person_of(request))

    def look(event: gr.EventData, request: gr.Request) -> tuple[str, str, dict[str, Any], str]:
        return show(Asked.model_validate(event._data), person_of(request))

    def act(event: gr.EventData, request: gr.Request) -> tuple[str, str, dict[str, Any], str]:
        pressed, person = Pressed.model_validate(event._data), person_of(request)
        return show(pressed.asked, person, desk.act(pressed, person))

    page.load(first, outputs=shown, concurrency_limit=ACTING_AT_ONCE, **quiet())
    inbox.look(look, outputs=shown, trigger_mode="always_last", concurrency_limit=ACTING_AT_ONCE, **quiet())
    editor.act(act, outputs=shown, trigger_mode="multiple", concurrency_limit=ACTING_AT_ONCE, **quiet())
    editor.draft(act, outputs=shown, trigger_mode="multiple", concurrency_limit=DRAFTING_AT_ONCE, **quiet())
