import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.pipeline import Assistant
from assistant.web.team import Member, Team, TeamFile, new_token, token_sha256
from eval.runner import evaluate
from eval.suite import load_suite

sys.path.insert(0, str(Path(__file__).parent))
from seeding import seed

pytestmark = pytest.mark.browser

TOKEN = new_token()
POSTS = ("stuck-parka", "snapped-buckle", "collab-babe")
TEXT = "Dear [name], please do not hesitate to utilise order HY-318207."
AXE = """async ([scope, rules]) => (await axe.run(scope || document,
    {resultTypes: ['violations'], ...(rules.length ? {runOnly: rules} : {})})).violations
    .filter((one) => ['critical', 'serious'].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => [one.id, node.target.join(' ')]))"""
DIALOG = "dialog[open]"


class Subject(NamedTuple):
    """A page, and the states beyond its first one that it is looked at in."""

    address: str
    there: str
    """What says that it is there."""
    states: Mapping[str, tuple[str, str]] = {}
    """By name: what brings it about, and the part of the page that is then looked at."""


CLICK = "document.querySelector('{}').click()"
TYPE = f"""const box = document.querySelector('[data-box]');
    box.textContent = '{TEXT}'; box.dispatchEvent(new Event('input'))"""
SUBJECTS: Mapping[str, Subject] = {
    "inbox": Subject(
        "/#stuck-parka",
        '.rw-conversation[data-key="stuck-parka"]',
        {
            "findings": (TYPE, "#rw-reply:has(.rw-finding-block)"),
            "at the place": ("desk.finding(1)", "[data-hint]:popover-open"),
            "numbers": ("document.querySelector('[data-advice] details').open = true", "[data-advice]:has(.rw-bars)"),
            **{name: (f"desk.ask('{name}')", DIALOG) for name in ("triage", "escalate", "reject")},
            **{name: (f"desk.intake('{name}')", DIALOG) for name in ("paste", "import")},
            "keys": ("desk.showKeys()", DIALOG),
            "notices": ("desk.tell()", DIALOG),
        },
    ),
    "no reply": Subject("/#collab-babe", '.rw-conversation[data-key="collab-babe"]'),
    "nothing yet": Subject("/", ".rw-begin"),
    "rules": Subject("/rules", ".rw-rule-item", {"new": (CLICK.format("[data-new]"), "[data-main]:has(.rw-new)")}),
    "rule": Subject(
        "/rules#general.Guarantee",
        ".rw-examples",
        {
            "change": (CLICK.format("[data-tab=change]"), "[data-main]:has([data-panel=change]:not([hidden]))"),
            "backtest": (CLICK.format("[data-backtest]"), "[data-trial]:has(.rw-trial)"),
            "history": (CLICK.format("[data-tab=history]"), "[data-panel=history]:not([hidden])"),
        },
    ),
    "evaluation": Subject("/evaluation", ".rw-runs", {"start": (CLICK.format("[data-new]"), DIALOG)}),
    "run": Subject("/evaluation#view=run&run=first", ".rw-report:not([hidden])"),
    "diff": Subject("/evaluation#view=diff&run=first&other=second", ".rw-report:not([hidden])"),
    "label": Subject("/evaluation#view=label&run=first", ".rw-scales"),
    "insights": Subject(
        "/insights",
        ".rw-tiles",
        {"by person": (CLICK.format("[data-by=person]"), ".rw-panel:has([data-by=person][aria-pressed=true])")},
    ),
    "sign-in": Subject("/sign-in", "form"),
}


@pytest.fixture(scope="module")
def sites(serve_once: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """By the name of the subject: a desk with a month of decisions and two runs, or one of a team with nothing yet."""
    folder = tmp_path_factory.mktemp("axe")
    shutil.copytree(Path(demo.__file__).parent / "brand", folder / "brand")
    brand = Brand.load(folder / "brand")
    suite = load_suite("demo")
    few = suite.model_copy(update={"cases": suite.cases[:2]})
    (folder / "runs").mkdir()
    evaluate(Assistant(brand).draft, few, log=folder / "runs" / "first.jsonl")
    shutil.copyfile(folder / "runs" / "first.jsonl", folder / "runs" / "second.jsonl")
    posts = [post for post in demo.inbox() if post.id in POSTS]
    full = serve_once(posts, brand=brand, runs=folder / "runs", seeded=lambda store: seed(store, brand, 60, weeks=4))
    team = Team(TeamFile(people=(Member(name="Ana", role="agent", token_sha256=token_sha256(TOKEN)),)))
    return {**dict.fromkeys(SUBJECTS, full), **dict.fromkeys(("nothing yet", "sign-in"), serve_once([], door=team))}


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    """One page for all of them."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", SUBJECTS)
def test_axe_finds_nothing_serious(page: Any, sites: Mapping[str, Any], name: str) -> None:
    """No state of any page has a critical or serious finding, in light and in dark, in Gradio's markup or in ours."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    script = axe.AXE_FILE_PATH.read_text(encoding="utf-8")
    subject = SUBJECTS[name]
    site = sites[name]
    if name == "nothing yet":
        page.context.request.post(f"{site.url}/sign-in", form={"token": TOKEN}, headers={"Origin": site.url})
    page.goto("about:blank")
    page.goto(site.url + subject.address)
    page.wait_for_selector(subject.there)
    page.evaluate(script)
    found = {"at rest": _found(page, None)}
    for state, (does, there) in subject.states.items():
        page.evaluate(f"() => {{ const desk = window.replywright; {does}; }}")
        page.wait_for_selector(there)
        found[state] = _found(page, there)
        page.evaluate("document.querySelectorAll('dialog[open]').forEach((one) => one.close())")
    for frame in page.frames[1:]:
        frame.evaluate(script)
        found["report"] = [" ".join(one) for one in frame.evaluate(AXE, [None, []])]
    assert found == {state: [] for state in found}


def _found(page: Any, scope: str | None) -> list[str]:
    """What stands out in a part of the page, first in light and then, in its colours alone, in dark."""
    found: list[str] = []
    for look, rules in (("light", []), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=look)
        page.evaluate("look => document.body.classList.toggle('dark', look === 'dark')", look)
        found += [f"{look}: {rule} {target}" for rule, target in page.evaluate(AXE, [scope, rules])]
    return found
