"""What every page is made of: HTML components without Gradio's own look, quiet events, and the bar at the top."""

from typing import Any

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.people import person_of
from assistant.web.team import COOKIE
from assistant.web.theme import text_of
from assistant.web.views import header_html


def component(name: str, value: Any = None, **options: Any) -> gr.HTML:
    """An HTML component of that id; `options` are those of `gr.HTML`."""
    return gr.HTML(value, elem_id=name, apply_default_css=False, **options)


def quiet() -> dict[str, Any]:
    """Options of an event that is no public endpoint and shows no spinner."""
    return {"api_visibility": "private", "show_progress": "hidden"}


def direct() -> dict[str, Any]:
    """Options of an event that is answered at once.

    It goes around Gradio's queue, which costs more than showing a page, and its values as they are, each of which
    Gradio would hand to another thread and back.
    """
    return {**quiet(), "queue": False, "postprocess": False}


def top(page: gr.Blocks, desk: Desk, name: str) -> None:
    """The bar at the top of a page: the brand, the pages that this person may open, who they are, what all are told."""
    bar = component("rw-top", js_on_load=text_of("theme.js"))
    component("rw-keys", html_template=text_of("keys.html"), js_on_load=text_of("keys.js"))
    component("rw-tell", html_template=text_of("tell.html"), js_on_load=text_of("tell.js"))

    def fill(request: gr.Request) -> str:
        signed_in = COOKIE in request.request.cookies if request.request is not None else False
        return header_html(desk.brand, person_of(request), name, signed_in=signed_in, notices=desk.inbox.notices)

    page.load(fill, outputs=[bar], **direct())
    bar.look(fill, outputs=[bar], trigger_mode="always_last", **direct())
