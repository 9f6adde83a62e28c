from datetime import UTC, datetime

from assistant.brand import Brand
from assistant.brief import Brief
from assistant.context import Customer, CustomerContext
from assistant.knowledge import Article, Knowledge
from assistant.pipeline import Assistant
from assistant.triage import Triage
from tone_rules.situation import Fact, Turn

RETURNS = Article(id="r1", title="Returns", text="You have 30 days from delivery to send a lamp back.")
SHOP = Brand.model_validate({"name": "Tarn", "sha256": "brief"}).model_copy(update={"knowledge": Knowledge((RETURNS,))})
POST = CustomerContext(
    channel="x",
    message="I DMed you twice. How long do I have to send my lamp back? see https://pics.example/lamp order TF-99182",
    created_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    attachments=("image",),
    customer=Customer(name="Ana Reyes", handle="@ana", followers=1200, segment="gold"),
    thread=(
        Turn(role="customer", author="@ana", text="Order TF-99182 came broken"),
        Turn(role="brand", author="@tarn", text="Sorry to hear that, Ana."),
    ),
    facts=(Fact(name="order_number", value="TF-99182"), Fact(name="lamp", value="Harrow, brass", visibility="public")),
)


def lines(context: CustomerContext = POST, seen: Triage | None = None) -> tuple[str, ...]:
    return Brief(SHOP).lines(context, seen or Triage(intents=("refund_return",)), ())


def test_a_brief_tells_who_what_happened_and_what_is_known() -> None:
    """Person, thread, answer, facts and what can't be seen each have a line with its source, in that order."""
    starts = ["From Ana Reyes, @ana, 1,200 followers", "Wrote here once before", "The brand has answered here once"]
    starts += ["Asked: “How long do I have", "May be said: lamp", "Known and not to be said: order number"]
    starts += ["Comes with image", "Links to https://pics.example/lamp", "Speaks of another conversation"]
    found = [next(place for place, line in enumerate(lines()) if line.startswith(start)) for start in starts]
    assert found == sorted(found)
    assert any("30 days" in line and line.endswith("(r1)") for line in lines())


def test_every_line_names_its_source() -> None:
    """Each line ends with where it comes from."""
    assert [line for line in lines() if not line.endswith(")")] == []


def test_a_private_value_is_masked_wherever_it_stands() -> None:
    """A number that customer or thread repeat is shown by its name."""
    assert "99182" not in " ".join(lines())
    assert "[order number]" in " ".join(lines())
    assert "gold" not in " ".join(lines())


def test_an_ask_without_an_answer_says_so_and_what_is_missing() -> None:
    """Nothing known is said to be nothing known, with the first question that the play would ask."""
    context = CustomerContext(channel="x", message="Where is my parcel?? Two weeks late!")
    found = lines(context, Triage(intents=("delivery",)))
    assert any("Nothing we know answers it" in line for line in found)
    assert any(line.startswith("Missing: ") and line.endswith("(playbook: delivery)") for line in found)


def test_decisions_come_first() -> None:
    """What stops an ordinary answer stands above everything."""
    found = lines(POST, Triage(escalation="safety", review="press", instructions=True))
    assert found[0].startswith("A specialist takes over: safety")
    assert not any("Nothing we know" in line for line in found)


def test_the_pipeline_carries_the_brief() -> None:
    """A proposal holds these lines."""
    assert any(line.startswith("From Ana Reyes") for line in Assistant(SHOP).draft(POST).brief)
