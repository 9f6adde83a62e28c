import pytest

from assistant.importing.placeholders import has_logic, normalised


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi {{customer.first_name}}", "Hi {first_name}"),
        ("Hi {{ticket.requester.first_name}}", "Hi {first_name}"),
        ('Hi {{ first_name | fallback: "there" }}', "Hi {first_name}"),
        ("Hi {{{name}}}", "Hi {first_name}"),
        ("Hi [NAME]", "Hi {first_name}"),
        ("Hi [First name]", "Hi {first_name}"),
        ("Hi [Customer's Name]", "Hi {first_name}"),
        ("Hi %name%", "Hi {first_name}"),
        ("Hi {name}", "Hi {first_name}"),
        ("Hi ${userName}", "Hi {first_name}"),
        ("Hi #{name}", "Hi {first_name}"),
        ("Hi {!Contact.FirstName}", "Hi {first_name}"),
        ("Hi *|FNAME|*", "Hi {first_name}"),
        ("Hi <<name>>, \u00abname\u00bb, <First Name>", "Hi {first_name}, {first_name}, {first_name}"),
        ("{{order.number}} [Order Number] %order_id%", "{order_number} {order_number} {order_number}"),
        ("Thanks, {{current_user.first_name}} ^[INITIALS]", "Thanks, {agent_name} ^{initials}"),
    ],
)
def test_known_placeholders_become_ours(text: str, expected: str) -> None:
    """Each tool's way of writing a known placeholder reads as ours."""
    assert normalised(text) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "50% off today, 20% more tomorrow",
        "see [the returns page](https://help.a.example) or [1]",
        "[the parcel was here]",
        "a < b and b > c, <b>bold</b>",
        "{}",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    """Per cent, links, asides and tags are no placeholders."""
    assert normalised(text) == (text, ())


def test_unknown_placeholders_are_kept_in_braces_and_told() -> None:
    """What nothing fills stays a placeholder, so that it is seen, and is told as it stood, once."""
    assert normalised("[PET NAME] {{ticket.custom_field_7}} {{ ticket.custom_field_7 }} {{last_name}} [PET NAME]") == (
        "{pet_name} {ticket_custom_field_7} {ticket_custom_field_7} {last_name} {pet_name}",
        ("[PET NAME]", "{{ticket.custom_field_7}}", "{{ ticket.custom_field_7 }}", "{{last_name}}"),
    )


def test_conditions_are_seen() -> None:
    """A text that decides by itself what it says is told from one that is only filled in."""
    assert has_logic("{% if x %}a{% endif %}")
    assert has_logic("{{#if x}}a{{/if}}")
    assert not has_logic("Hi {{name}}, 5% {off}")
