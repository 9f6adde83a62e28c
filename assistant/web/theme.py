"""How the page looks: a Gradio theme for what Gradio draws, and a style sheet for everything else."""

from functools import cache
from importlib.resources import files
from typing import Any

FONTS = ("IBM Plex Sans", "system-ui", "-apple-system", "Segoe UI", "sans-serif")
MONO = ("IBM Plex Mono", "ui-monospace", "Consolas", "monospace")


@cache
def text_of(name: str) -> str:
    """A file of the page's own JavaScript, HTML or CSS."""
    return files("assistant.web").joinpath("static", name).read_text(encoding="utf-8")


def theme() -> Any:
    """The theme. Its fonts come with gradio and are served from here; the default one asks Google for them."""
    from gradio.themes import Base
    from gradio.themes.utils.fonts import LocalFont

    return Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=[LocalFont(FONTS[0], weights=(400, 700)), *FONTS[1:]],
        font_mono=[LocalFont(MONO[0], weights=(400,)), *MONO[1:]],
    ).set(
        body_background_fill="#f6f5f2",
        body_background_fill_dark="#14171a",
        body_text_color="#1f2428",
        body_text_color_dark="#e4e7e9",
    )


def head() -> str:
    """What goes into every page's head, each style sheet with it.

    A style sheet given to Gradio as `css` would have `::highlight()` rewritten.
    """
    icon = files("assistant.web").joinpath("static", "icon.svg").read_text(encoding="utf-8")
    sheets = sorted(
        one.name for one in files("assistant.web").joinpath("static").iterdir() if one.name.endswith(".css")
    )
    styles = "".join(f"<style>{text_of(name)}</style>" for name in sheets)
    return f'{styles}<meta name="referrer" content="no-referrer">' + _icon(icon)


def _icon(svg: str) -> str:
    from urllib.parse import quote

    return f'<link rel="icon" href="data:image/svg+xml,{quote(svg)}">'
