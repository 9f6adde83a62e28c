from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.store import Store

MESSAGE = CustomerContext(id="one", channel="x", message="Where is my parcel? Nine days now.")


@pytest.fixture(scope="module")
def client(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The application without a browser, asked for by its loopback name."""
    from starlette.testclient import TestClient

    from assistant.web.app import create_app

    with Store.open(tmp_path_factory.mktemp("guard") / "inbox.db") as store:
        app = create_app(brand, store, messages=[MESSAGE])
        with TestClient(app, base_url="http://127.0.0.1:7860") as client:
            yield client


def _check(client: Any, text: str = "Hello", **headers: str) -> Any:
    return client.post("/api/check", json={"key": "one", "text": text}, headers=headers)


def test_a_check_answers_with_findings_and_length(client: Any) -> None:
    """The plain route gives what the library gives, and the channel's own count."""
    answer = _check(client, "Dear [name] 🧥").json()
    assert answer["verdict"] == "block"
    assert [one["match"] for one in answer["findings"] if one["blocking"]] == ["[name]"]
    assert answer["length"] == {"counted": 14, "limit": 280}


def test_what_does_not_fit_is_refused_with_a_word(client: Any) -> None:
    """An unknown message, a text beyond any channel and a body that is no JSON are clear errors."""
    assert client.post("/api/check", json={"key": "two", "text": "x"}).status_code == 404
    assert _check(client, "x" * 50_001).status_code == 422
    assert client.post("/api/check", content=b"{", headers={"Content-Type": "application/json"}).status_code == 422
    assert _check(client, "x" * 1_000_001).status_code == 413


@pytest.mark.parametrize("path", ["/api/check", "/api/v1/inbox", "/api/v1/draft"])
def test_a_body_without_a_length_is_bounded_too(client: Any, path: str) -> None:
    """Sent in pieces, it is refused where it grows too long, whether the route reads it itself or not."""
    pieces = (b"x" * 100_000 for _ in range(11))
    answer = client.post(path, content=pieces, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert "1,000,000 bytes" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "elsewhere.example"},
        {"Host": "127.0.0.1.elsewhere.example:7860"},
    ],
)
@pytest.mark.parametrize("route", ["/api/check", "/gradio_api/queue/join", "/gradio_api/run/act"])
def test_foreign_pages_and_names_are_refused(client: Any, route: str, headers: dict[str, str]) -> None:
    """No other page's script and no other name for this machine gets through, on our routes and Gradio's alike."""
    answer = client.post(route, json={"key": "one", "text": "x"}, headers=headers)
    assert answer.status_code in (403, 421)


def test_our_own_page_is_let_through(client: Any) -> None:
    """The page's own origin passes."""
    assert _check(client, Origin="http://127.0.0.1:7860", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("route", ["/", "/api/inbox", "/config", "/nothing-here"])
def test_every_answer_carries_the_security_headers(client: Any, route: str) -> None:
    """Nothing may be loaded from or sent elsewhere, no frame may hold the page, nothing is cached."""
    headers = client.get(route).headers
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "route",
    ["/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=https://elsewhere.example", "/docs"],
)
def test_doors_that_the_page_does_not_use_are_closed(client: Any, route: str) -> None:
    """No upload, no file of the disk, no request on behalf of somebody, no public description."""
    assert client.get(route).status_code == 404
    assert client.post(route, files={"files": b"x"}).status_code in (404, 405)


def test_no_handler_is_a_public_endpoint(client: Any) -> None:
    """Gradio offers none of the page's events to other programs."""
    told = client.get("/gradio_api/info").json()
    assert told["named_endpoints"] == {}
    assert told["unnamed_endpoints"] == {}
    config = client.get("/config").json()
    assert {one["api_visibility"] for one in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False


def test_the_page_needs_no_file_of_its_own_beside_it() -> None:
    """Templates, scripts and styles are package data."""
    import assistant.web

    folder = Path(assistant.web.__file__).parent
    assert {one.name for one in (folder / "static").iterdir()} >= {"page.css", "desk.js", "reply"}
    assert {one.suffixes[0] for one in (folder / "templates").iterdir()} == {".html"}
