"""A page that is one file: its style and script stand inside it, and its policy lets no other load or run.

The policy (Content Security Policy, W3C) names the digests of our own style and script: were a text of a customer's to
become markup all the same, nothing in it would run or load. Where there is no script, none runs.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from eval.reports.escape import plain

if TYPE_CHECKING:
    from jinja2 import Environment


def standalone(package: str, template: str, *, styles: Sequence[str], script: str | None = None, **values: Any) -> str:
    """Render a page.

    Args:
        package: in which the template stands.
        template: `NAME` of `NAME.html.jinja`; it writes `policy`, `style` and `script` where they belong.
        styles: of the style, as `text_of` gives them.
        script: of the script.
        values: what the template shows; texts are escaped, and lose what moves a cursor or turns the reading order.
    """
    style = "".join(styles)
    policy = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    if script is not None:
        policy += f"; script-src '{_digest(script)}'; img-src data:"
    found = _environment(package).get_template(f"{template}.html.jinja")
    return found.render(style=style, script=script, policy=policy, **values).rstrip() + "\n"


@cache
def text_of(package: str, name: str) -> str:
    """A style or script that ships."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment(package: str) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.filters["figure"] = lambda value: "unscored" if value is None else f"{value:.3f}"
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["percent"] = lambda share: "–" if share.rate is None else f"{share.rate:.1%}"
    return environment


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
