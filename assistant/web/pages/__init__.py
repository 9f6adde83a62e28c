"""The pages, one file each. A new one is a new file, a line here, and one in `views.PAGES`: who may open it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.pages import evaluation, inbox, insights, rules
from assistant.web.views import PAGES

_BUILDERS: Mapping[str, Callable[[gr.Blocks, Desk], None]] = {
    "inbox": inbox.build,
    "rules": rules.build,
    "evaluation": evaluation.build,
    "insights": insights.build,
}


def build(desk: Desk) -> Any:
    """All pages for one desk: the inbox at the root, each other one under its name."""
    with gr.Blocks(title=f"{desk.brand.name} · Replywright", analytics_enabled=False, fill_width=True) as application:
        inbox.build(application, desk)
    for page in PAGES[1:]:
        with application.route(page.title, page.path, show_in_navbar=False):
            _BUILDERS[page.path](application, desk)
    # Gradio describes every component anew to each page that is opened, by searching its scripts: it stays the same.
    for one in application.blocks.values():
        one.get_config = partial(dict, one.get_config())
    return application
