"""The page's HTML, from autoescaped templates: everything a customer wrote is text, bounded and inert."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import Field

from assistant.brand import Brand
from assistant.context import Customer, CustomerContext
from assistant.store.notices import Notice
from assistant.web.items import Item, Mark, Queue
from assistant.web.people import Person, Right
from assistant.web.triaging import correctors
from tone_rules.situation import Fact
from tone_rules.value import Value

MOST_LISTED = 200
"""Messages in the list until somebody asks for more; a page with thousands of rows is slow to type in."""
LONG_TEXT = 3000
"""Characters of one post shown at once; the rest unfolds."""

MARKS: Mapping[Mark, str] = {
    "drafting": "Drafting…",
    "failed": "Draft failed",
    "open": "Open",
    "needs_edit": "Needs edit",
    "escalate": "Escalate",
    "no_reply": "No reply",
    "second": "Second person",
    "approved": "Approved",
    "escalated": "Escalated",
    "rejected": "Rejected",
}
VISIBILITIES = {"public": "Public", "private": "Private: don’t say", "internal": "Internal: never hint"}
ROLES = {"customer": "Customer", "brand": "Brand", "other": "Someone"}
LANGUAGES = {"und": "not clear", "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian"}

# A label may be any of the names that a company writes with its own spelling; the rest reads well as a title.
_LABELS = {
    "x": "X",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "tripadvisor": "Tripadvisor",
    "app_store": "App Store",
    "google_play": "Google Play",
    "google_business": "Google reviews",
}
_REVIEWS = {"app_store", "google_business", "google_play", "tripadvisor", "trustpilot", "yelp"}
_COMMUNITIES = {"forum", "reddit"}


class Asked(Value):
    """What a page asks to see: sent by the browser with every event, so bounded and checked here."""

    key: str = Field(default="", max_length=500)
    queue: Queue = "all"
    channel: str = Field(default="", max_length=60)
    query: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=60)
    """Why messages should be escalated; any or none, if empty."""
    most: int = Field(default=MOST_LISTED, ge=1, le=10_000)
    """Rows to show."""
    onward: bool = False
    """Whether the next message that waits is to be opened after a decision."""
    number: int = Field(default=0, ge=0)
    """Counts up in a page with what it asks; given back, so that it can tell an older answer from the newest."""


class SourceView(Value):
    """One source of a draft, as the card shows it."""

    kind: str
    title: str
    url: str | None = None
    text: str | None = None
    drafts: str
    """The numbers of the drafts that use it, from 0, set apart by spaces."""


class Page(Value):
    """One page of the application."""

    path: str
    """Its name in addresses; the first page stands at the root."""
    title: str
    right: Right
    """What a person must have the right to do for the page to open."""


PAGES: tuple[Page, ...] = (
    Page(path="inbox", title="Inbox", right="answer"),
    Page(path="rules", title="Rules", right="insights"),
    Page(path="evaluation", title="Evaluation", right="evaluate"),
    Page(path="insights", title="Insights", right="insights"),
)


def header_html(brand: Brand, person: Person, page: str, *, signed_in: bool, notices: tuple[Notice, ...] = ()) -> str:
    """The bar at the top of a page, with the other pages that a person may open, and what everybody is told."""
    told = "-".join(str(one.number) for one in notices)
    first = sorted(notices, key=lambda one: one.kind != "pause")
    return render(
        "header", brand=brand, person=person, page=page, pages=PAGES, signed_in=signed_in, notices=first, told=told
    )


def conversation_html(item: Item | None, brand: Brand, *, none_yet: bool = False) -> str:
    """The thread and the message, or an invitation to choose one; with `none_yet`, how one is answered."""
    return render("conversation", item=item, brand=brand, most=50, none_yet=none_yet)


def card_html(item: Item | None, brand: Brand) -> str:
    """What is known around the message: brief, facts with their visibility, triage, sources."""
    facts = facts_of(item.context) if item else ()
    by = correctors(item.triage) if item and item.triage else ()
    return render("card", item=item, facts=facts, sources=_sources(item, brand) if item else (), by=by, most=40)


def facts_of(context: CustomerContext) -> tuple[Fact, ...]:
    """The facts of a context and what is known of the customer, most closely held first."""
    customer = context.customer
    about = []
    if customer.followers is not None:
        about.append(Fact(name="followers", value=f"{customer.followers:,}", source="profile"))
    if customer.segment:
        about.append(Fact(name="segment", value=customer.segment, source="profile", visibility="internal"))
    order = {"internal": 0, "private": 1, "public": 2}
    return tuple(sorted((*context.facts, *about), key=lambda fact: order[fact.visibility]))


def label(channel: str) -> str:
    """A channel's name as people write it."""
    return _LABELS.get(channel, channel.replace("_", " ").capitalize())


def shown(text: str) -> str:
    """Text with everything that could disturb a page made visible: control characters and bidi overrides."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text.replace("\r\n", "\n"))


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _sources(item: Item, brand: Brand) -> tuple[SourceView, ...]:
    if item.proposal is None:
        return ()
    used: dict[str, list[str]] = {}
    for number, draft in enumerate(item.proposal.drafts):
        for source in draft.sources:
            used.setdefault(source, []).append(str(number))
    return tuple(_source(name, " ".join(drafts), item.context, brand) for name, drafts in used.items())


def _source(name: str, drafts: str, context: CustomerContext, brand: Brand) -> SourceView:
    for article in brand.knowledge.articles:
        if article.id == name:
            return SourceView(
                kind=article.kind, title=article.title, url=_link(article.url), text=article.text, drafts=drafts
            )
    for policy in brand.policies:
        if policy.id == name:
            return SourceView(kind="policy", title=policy.id, text=policy.text, drafts=drafts)
    for fact in context.facts:
        if fact.name == name.removeprefix("fact:"):
            return SourceView(kind="fact", title=fact.name.replace("_", " "), drafts=drafts)
    return SourceView(kind="source", title=name, drafts=drafts)


def _link(url: str | None) -> str | None:
    """An address that is safe to click."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def who(customer: Customer) -> str:
    """A customer as the page names them."""
    text = shown(" ".join((customer.name or customer.handle or "").split()))
    return (text[:60] + "…" if len(text) > 60 else text) or "Unknown customer"


def _excerpt(message: str) -> str:
    return shown(" ".join(message[:400].split()))[:160]


def age(at: datetime | None) -> str:
    """How long ago something was, in one number and its unit; empty where nobody knows."""
    if at is None:
        return ""
    seconds = max(0, int((datetime.now(UTC) - at).total_seconds()))
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return "now"


def _moment(at: datetime | None) -> str:
    return at.strftime("%d %B %Y, %H:%M %Z") if at else ""


def _family(channel: str) -> Literal["review", "community", "social"]:
    if channel in _REVIEWS:
        return "review"
    return "community" if channel in _COMMUNITIES else "social"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _evidence(name: str) -> str:
    """`intent:delivery` as "intent: delivery"."""
    return name.replace("_", " ").replace(":", ": ")


_environment = Environment(
    loader=PackageLoader("assistant.web", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(
    age=age,
    evidence=_evidence,
    excerpt=_excerpt,
    family=_family,
    label=label,
    language=lambda code: LANGUAGES.get(code, code),
    moment=_moment,
    shown=shown,
    who=who,
    words=_words,
)
_environment.globals.update(marks=MARKS, roles=ROLES, visibilities=VISIBILITIES, limit=LONG_TEXT)


def render(name: str, **values: Any) -> str:
    """One of the templates, with every value escaped."""
    return _environment.get_template(f"{name}.html.jinja").render(**values)
