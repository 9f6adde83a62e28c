"""The frame of every page: its style and script stand inside it, and its policy lets no other run.

The data of the cases is JSON in a block that no browser runs, with `<`, `>`, `&` and `'` escaped, so that no text can
end the block. The script writes it as text and never as HTML. The policy (Content Security Policy, W3C) names the
digests of our own style and script: were a text to become markup all the same, nothing in it would run or load.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from eval.reports.escape import plain

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, data: object, **values: Any) -> str:
    """A page.

    Args:
        template: `NAME` of `NAME.html.jinja`.
        data: what the script shows, as JSON takes it.
        values: what the template shows; texts are escaped.
    """
    style, script = _text("report.css"), _text("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    found = _environment().get_template(f"{template}.html.jinja")
    return found.render(data=data, style=style, script=script, policy=policy, **values).rstrip() + "\n"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("eval.reports.html", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.filters["figure"] = lambda value: "unscored" if value is None else f"{value:.3f}"
    return environment


@cache
def _text(name: str) -> str:
    return files("eval.reports.html").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
