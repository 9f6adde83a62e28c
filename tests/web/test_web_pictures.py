from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OUTPUT = Path(__file__).resolve().parents[1] / "output"
SIZES = {"desk": (1280, 800), "tablet": (1024, 768), "upright": (820, 1180)}

REPLY = (
    "Hello Priya. A whole morning by the door, and then somebody else’s bins. Unfortunately the driver stopped 340 m "
    "from you. Tell us at https://help.halyard.example/missing and we look for it today. ^IP"
)
"""An agent's edit with an internal fact of the demo's `number-in-public` in it, and a word that the demo avoids."""


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_fits_its_window(demo_site: Any, visit: Callable[..., Any], size: str, dark: bool) -> None:
    """Nothing sticks out at a desk or on a tablet, light or dark; the pictures in tests/output are for looking at."""
    width, height = SIZES[size]
    page, seen = visit(demo_site, width=width, height=height, dark=dark)
    page.evaluate("window.replywright.open('number-in-public')")
    page.wait_for_function("window.replywright.shown() === 'number-in-public'")
    page.locator("[data-box]").fill(REPLY)
    page.wait_for_selector(".rw-finding-block")
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"inbox-{size}-{'dark' if dark else 'light'}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    ends = page.eval_on_selector_all(
        "button",
        "all => all.filter(one => one.checkVisibility({visibilityProperty: true}))"
        ".map(one => one.getBoundingClientRect().right)",
    )
    assert max(ends) <= width + 1
    approve = page.get_by_role("button", name="Approve a", exact=True).bounding_box()
    assert approve is not None
    assert approve["y"] + approve["height"] <= height
    assert seen.errors == []
