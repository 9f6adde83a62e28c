"""The rules page: one component that the routes of `rules_api` fill."""

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.pages.parts import component, top
from assistant.web.theme import text_of

_SCRIPTS = ("rules", "rules_editor", "rules_trial")
"""In the order in which they run, as one."""


def build(page: gr.Blocks, desk: Desk) -> None:
    """The components of this page of the application."""
    top(page, desk, "rules")
    script = "\n".join(text_of(f"{name}.js") for name in _SCRIPTS)
    component("rw-rules", html_template=text_of("rules.html"), js_on_load=script)
