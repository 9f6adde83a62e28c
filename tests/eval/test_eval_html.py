import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest

from assistant.drafting import Draft
from assistant.pipeline import Proposal
from assistant.triage import Triage
from eval import Gate, evaluate, judge_run
from eval.comparison import compare
from eval.reports import write, write_diff
from eval.reports.html import render, render_diff
from eval.scorers import Facts, Rules
from eval.suite import Suite
from tone_rules.finding import Finding

HOSTILE = (
    "</script><script>window.hit=1;alert(1)</script><img src=x onerror='window.hit=1'>"
    '"><svg onload=window.hit=1> {{ 7*7 }} <!-- \u202egnp.exe\u2066 \x1b[2J \u2028 javascript:alert(1) '
)
LONG = HOSTILE + "wordwithoutend" * 3_000


@pytest.fixture
def hostile(make_case: Any) -> Callable[[str], Any]:
    """A run every text of which tries to break out; its replies end in a word of the caller's."""

    def make(word: str = "one") -> Any:
        cases = (
            make_case(HOSTILE, LONG, [HOSTILE, "plain"], must=[{"any": ["zzz"], "why": HOSTILE}]),
            make_case("crash", f"crash {HOSTILE}", ["plain"]),
            make_case("fine", "all is well", ["plain"], must=[{"any": ["thanks"], "why": "thanks"}]),
        )

        def system(context: Any) -> Proposal:
            if context.message.startswith("crash"):
                raise RuntimeError(HOSTILE)
            text = f"Thanks {word} " + (HOSTILE + "longreply" * 22_000 if "</script>" in context.message else "well")
            found = Finding(rule=f"x.{HOSTILE}", level="error", start=0, end=30, match=text[:30], message=HOSTILE)
            bad = (found,) if "</script>" in text else ()
            draft = Draft(text=text, drafter=HOSTILE, verdict="pass", findings=bad)
            return Proposal(id=context.id, status="ready", triage=Triage(), drafts=(draft,))

        return evaluate(system, Suite(name=f"s {HOSTILE}", cases=cases), [Rules(), Facts()])

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real headless Chromium; the test is skipped, visibly, where none is installed."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a file and gives the page; in the end nothing else was asked for, nothing broke and no dialog came."""
    seen: list[str] = []
    contexts = []

    def open_(path: Path, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: None if one.url.split("#")[0] == path.as_uri() else seen.append(one.url))
        page.on("pageerror", lambda one: seen.append(str(one)))
        page.on("console", lambda one: seen.append(one.text) if one.type == "error" else None)
        page.on("dialog", lambda one: (seen.append("dialog"), one.dismiss()))
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [one for one in seen if not one.startswith("data:,")] == []


def written(run: Any, folder: Path) -> Path:
    """The HTML report of a run."""
    return write("html", run, judge_run(run, Gate(floors={"facts": 0.9})), folder)


@pytest.mark.browser
def test_hostile_text_is_text(hostile: Any, opened: Any, tmp_path: Path) -> None:
    """Script tags, handlers and 200 kB in message, reply, rule, tag, id, error and suite stay text."""
    page = opened(written(hostile(), tmp_path))
    for button in page.locator(".list button").all():
        button.click()
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, object").count() == 0
    assert page.locator("script").count() == 2
    assert "<script>window.hit=1" in page.locator(".list").inner_text()
    page.locator(".list button", has_text="failed").first.click()
    assert "wordwithoutend" in page.locator(".detail .bubble").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_hostile_text_is_text_in_a_comparison(hostile: Any, opened: Any, tmp_path: Path) -> None:
    """The same for two runs side by side, where words are marked one by one."""
    page = opened(write_diff(compare(hostile("one"), hostile("two")), tmp_path))
    for button in page.locator(".list button").all():
        button.click()
    assert page.evaluate("window.hit") is None
    assert page.locator("script").count() == 2


@pytest.mark.browser
def test_a_script_that_got_in_would_not_run(hostile: Any, browser: Any, tmp_path: Path) -> None:
    """The policy of the page stops scripts that are not its own, whatever wrote them there."""
    path = written(hostile(), tmp_path)
    text = path.read_text(encoding="utf-8")
    planted = "<main><script>window.hit=1</script><b onclick='window.hit=1'>planted</b>"
    page = browser.new_page()
    for policy, expected in ((True, None), (False, 1)):
        found = (
            text.replace("<main>", planted)
            if policy
            else re.sub("<meta http-equiv[^>]+>", "", text).replace("<main>", planted)
        )
        path.write_text(found, encoding="utf-8")
        page.goto(path.as_uri())
        page.get_by_text("planted").click()
        assert page.evaluate("window.hit") == expected
    page.close()


def test_nothing_ends_the_block_of_data(hostile: Any) -> None:
    """The JSON holds no `<`, so that no text can close its block, and reads back as harmless text."""
    for text in (
        render(run := hostile(), judge_run(run, Gate())),
        render_diff(compare(run, hostile("two"))),
    ):
        (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
        assert not set("<>&'") & set(data)
        assert text.count("</script>") == 2
        shown = json.dumps(json.loads(data), ensure_ascii=False)
        assert "window.hit=1" in shown
        assert not [one for one in shown if category(one) == "Cc" or one in "\u202e\u2066\u2028"]


def test_the_policy_lets_only_our_own_in(suite: Suite, echo: Any) -> None:
    """By default nothing loads; style and script are named by their digests, and no attribute carries either."""
    run = evaluate(echo, suite)
    text = render(run, judge_run(run, Gate()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;") or policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    assert not re.search(r'<[^>]+\s(style|on\w+)="', text)
    assert not re.search(r'(src|href)="(?!data:,|#)', text)


@pytest.mark.browser
def test_filters_and_keys(suite: Suite, echo: Any, opened: Any, tmp_path: Path) -> None:
    """Worst first; by words, outcome, tag and dimension; `/` searches and arrows walk; a link opens its case."""
    path = written(evaluate(echo, suite), tmp_path)
    page = opened(path)
    names = page.locator(".list .name")
    assert names.all_inner_texts() == ["says", "breaks", "lacks", "good", "also-good"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".detail h2").inner_text() == "lacks"
    assert page.url.endswith("#lacks")
    page.keyboard.press("/")
    page.keyboard.type("fuse blew")
    assert names.all_inner_texts() == ["breaks"]
    assert "the fuse blew" in page.locator(".detail").inner_text()
    page.keyboard.press("Escape")
    page.select_option("[name=outcome]", "passed")
    assert names.all_inner_texts() == ["good", "also-good"]
    page.select_option("[name=outcome]", "")
    page.select_option("[name=tag]", "privacy")
    assert names.all_inner_texts() == ["says", "breaks"]
    page.select_option("[name=tag]", "")
    page.select_option("[name=dimension]", "facts")
    assert names.all_inner_texts() == ["says", "lacks"]
    page.select_option("[name=tag]", "short")
    assert "No case fits" in page.locator(".detail").inner_text()
    other = opened(path.rename(tmp_path / "moved.html"))
    other.goto((tmp_path / "moved.html").as_uri() + "#good")
    other.reload()
    assert other.locator(".detail h2").inner_text() == "good"


@pytest.mark.browser
def test_on_paper_and_in_the_dark(suite: Suite, echo: Any, opened: Any, tmp_path: Path) -> None:
    """Every case that the filters leave is printed in full; a dark desk gets a dark page."""
    path = written(evaluate(echo, suite), tmp_path)
    page = opened(path, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".printed .case").count() == 5
    page.emulate_media(media="print")
    assert not page.locator(".explorer").is_visible()
    assert page.locator(".printed .case").first.is_visible()


def test_what_did_not_run_is_said(drawn_run: Any) -> None:
    """Unscored and errors are named in tiles, rows and cases, and get no number."""
    run = drawn_run(1.0, None, "error", 0.2)
    text = render(run, judge_run(run, Gate()))
    assert "1 unscored" in text
    assert re.search(r'<b class="open">1</b><small>not run', text)
    assert re.search(r'<b class="open">1</b><small>not wholly scored', text)
    assert '"state": "unscored"' in text
    assert "Gate incomplete" in text


def test_a_licence_is_shown(drawn_run: Any) -> None:
    """What has no licence stands apart and is marked; what needs none carries no mark."""
    run = drawn_run(1.0, 0.5, model=True)
    text = render(run, judge_run(run, Gate()))
    assert 'title="not shown">advisory' in text
    assert "1 advisory dimensions" in text
    rules = drawn_run(1.0, 0.5)
    assert "advisory dimensions" not in render(rules, judge_run(rules, Gate()))


def test_intervals_are_drawn(drawn_run: Any) -> None:
    """A plot says its mean and interval in words, too; the spread says its counts."""
    run = drawn_run(*[1.0] * 8, *[0.5] * 8)
    text = render(run, judge_run(run, Gate()))
    assert "mean 0.750, 95% interval 0.61 to 0.89" in text
    assert "16 scores by tenths: 0, 0, 0, 0, 0, 8, 0, 0, 0, 8" in text


def test_the_words_of_a_comparison(drawn_run: Any) -> None:
    """Improved, regressed and cannot tell stand there as `eval diff` says them."""
    low, high = drawn_run(*[0.2] * 30), drawn_run(*[0.9] * 30)
    assert "<span>Improved</span>" in render_diff(compare(low, high))
    assert "<span>Regressed</span>" in render_diff(compare(high, low))
    assert "<span>Cannot tell at this n</span>" in render_diff(compare(low, low))
    assert "difference +0.700" in render_diff(compare(low, high))


def test_a_secret_is_blotted_out(make_case: Any) -> None:
    """What a sensitive rule masks is masked in the draft and in other findings' words."""
    text = "Your card 4929 1234 5678 9012 is fine"
    secret = Finding(
        rule="privacy.CardNumber", level="error", start=10, end=29, match="4929 …", message="a card: 4929 …"
    )
    draft = Draft(text=text, drafter="t", verdict="block", findings=(secret,))
    proposal = Proposal(id="c", status="ready", triage=Triage(), drafts=(draft,))
    run = evaluate(lambda _: proposal, Suite(name="s", cases=(make_case(),)))
    page = render(run, judge_run(run, Gate()))
    assert "1234 5678" not in page
