"""Promises that keep the terms of what grants them, and promises that drop them."""

from collections.abc import Callable
from typing import Any

import pytest

Checked = Callable[..., Any]
ACCEPTED = "Damage is reported with a photo. If the report is accepted, a replacement leaves within 2 working days."
RETURNS = (
    "Unused items can be returned within 30 days. The refund is made within 5 working days of the parcel reaching us."
)
FREE = "Orders over £50 are delivered free."
POLICIES = (ACCEPTED, RETURNS, FREE)


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        ("We will replace it free of charge.", "Commitment"),
        ("We'll send you a replacement within 2 working days.", "Commitment"),
        ("A brand-new lamp is yours.", "Commitment"),
        ("The courier's fault, he lost it.", "ThirdParty"),
        ("The driver stole it.", "ThirdParty"),
        ("That's because you used a cheap bulb.", "Cause"),
        ("We ship to Ireland.", "PolicyStatement"),
        ("We have 12 left in stock.", "PolicyStatement"),
    ],
)
def test_what_nothing_backs_is_stopped(grounded: Checked, reply: str, rule: str) -> None:
    """A dropped condition, blame on somebody else and an invented rule block."""
    report = grounded(reply, *POLICIES, message="My lamp came smashed.")
    assert f"grounding.{rule}" in [one.rule for one in report.findings if one.blocking]


@pytest.mark.parametrize(
    "reply",
    [
        "Used or not, you'll have the refund within 5 working days.",
        "A replacement leaves within 2 working days.",
        "Expect the full sum in your account.",
        "Delivery is always free.",
        "Your neighbour took it.",
        "You're at the front of the queue now.",
    ],
)
def test_what_may_not_be_backed_is_pointed_out(grounded: Checked, reply: str) -> None:
    """Terms left out of a general statement, and acts of a stranger, are at least warned of."""
    assert grounded(reply, *POLICIES, message="Sent my lamp back, no money").findings


@pytest.mark.parametrize(
    "reply",
    [
        "If your report is accepted, a replacement leaves within 2 working days.",
        "Please send the photo. Once the report is accepted, a replacement leaves within 2 working days.",
        "I can't promise a replacement before the report is looked at.",
        "The refund is made within 5 working days of the parcel reaching us.",
        "Orders over £50 are delivered free.",
        "Did a neighbour take it in, perhaps?",
        "Nothing here tells me that we ship to Ireland.",
        "You can send it back within 30 days.",
    ],
)
def test_honest_twins_pass(grounded: Checked, reply: str) -> None:
    """The same with its condition, as a question or as a refusal is fine."""
    assert grounded(reply, *POLICIES, message="My lamp came smashed.").verdict == "pass"


@pytest.mark.parametrize("link", ["shop dot evil dot com", "shop[.]evil[.]net", "shop (dot) evil (dot) org"])
def test_an_address_in_disguise_is_a_link(grounded: Checked, link: str) -> None:
    """Words for dots hide no address; the dot of a clock is none."""
    report = grounded(f"Details at {link}", *POLICIES, allowed_domains=["shop.example"])
    assert [one.rule for one in report.findings if one.blocking] == ["grounding.Link"]
    assert (
        grounded("We open on the dot at nine.", "We open at nine.", allowed_domains=["shop.example"]).verdict == "pass"
    )


def test_what_the_customer_said_of_a_courier_may_be_taken_up(grounded: Checked) -> None:
    """Only what they didn't say is made up."""
    reply = "The driver threw it, and that's not on."
    assert grounded(reply, *POLICIES, message="your driver threw my parcel over the gate").verdict == "pass"
    assert grounded(reply, *POLICIES, message="where is my parcel").verdict == "block"


def test_a_bare_number_backs_no_sum_and_no_hour(grounded: Checked) -> None:
    """Nine in the morning is not £9, and 24 months are not noon."""
    assert grounded("It's £9.", "The desk opens at 9 am.", message="price?").verdict == "block"
    assert grounded("It will be with you by noon.", "Cards are valid for 24 months.", message="when?").findings
