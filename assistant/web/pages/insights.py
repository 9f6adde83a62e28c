"""The Insights page: one component that a choice of period, channel, intent and grouping fills anew."""

import gradio as gr
from pydantic import ValidationError

from assistant.errors import NotPermitted, StoreError
from assistant.web.desk import Desk
from assistant.web.insights_view import Numbers, Wanted, insights_html
from assistant.web.pages.parts import component, quiet, top
from assistant.web.people import needed
from assistant.web.theme import text_of
from assistant.web.views import render


def build(page: gr.Blocks, desk: Desk) -> None:
    """The components and events of this page of the application."""
    top(page, desk, "insights")
    body = component("rw-insights", js_on_load=text_of("latest.js") + text_of("insights.js"))
    numbers = Numbers(desk)

    def shown(wanted: Wanted, request: gr.Request) -> str:
        try:
            needed(request, "insights")
            return insights_html(numbers, wanted)
        except (NotPermitted, StoreError) as error:
            return render("refused", why=str(error))

    def first(request: gr.Request) -> str:
        return shown(Wanted(), request)

    def look(event: gr.EventData, request: gr.Request) -> str:
        try:
            wanted = Wanted.model_validate(event._data)
        except ValidationError:
            wanted = Wanted()
        return shown(wanted, request)

    page.load(first, outputs=[body], **quiet())
    body.look(look, outputs=[body], trigger_mode="multiple", concurrency_limit=4, **quiet())
