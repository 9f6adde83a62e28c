"""What a reply asks the customer for, and where."""

import pytest

from tone_rules import Situation, check, load_pack

PRIVACY = load_pack("privacy")


def asked(text: str, rule: str, **around: object) -> list[str]:
    """The words that a rule of the privacy pack finds asking."""
    report = check(text, PRIVACY, Situation(**around))
    return [text[one.start : one.end] for one in report.findings if one.rule == f"privacy.{rule}"]


@pytest.mark.parametrize(
    "reply",
    [
        "What is your booking reference, please?",
        "Could you share your order number?",
        "Can I grab your order number and postcode?",
        "Can we have the e-mail address on the account?",
        "Drop your order no. below and I'll chase it.",
        "Pop your booking ref in the comments.",
        "Reply with your email and I'll send it on.",
        "Reply here with your phone number.",
        "Which postcode are you in?",
        "What name is the booking under?",
        "Which name did you book with?",
        "Whose name is the account in?",
        "And the postcode?",
        "Your surname, please?",
        "Your mobile number, please, and I'll ring you.",
        "Let us have your date of birth and we can find you.",
        "I'll just need your full name.",
        "Send us your address and a new one is on its way.",
        "Could you post a photo of your receipt?",
        "What are the last four digits of the card?",
        "Mind sharing your order number?",
        "Got a tracking number?",
        "What's the best number to reach you on?",
        "Just comment your order number and we'll sort it.",
        "It takes your booking ref. Pop it under this and I'll move the seats.",
        "I'd need your passport number and date of birth. Leave both in this thread.",
        "What's your username? I'll check the logs.",
        "How do you spell your surname?",
        "Where do you live? I'll find the nearest depot.",
        "Drop your order number below or DM us.",
        "Sorry about the app crash. What's your email?",
        "Thanks for the message. What's your order number?",
        "I can't find it without a little help: what's your order number?",
    ],
)
def test_what_tells_who_somebody_is_is_not_asked_for_in_public(reply: str) -> None:
    """Asking for what identifies a customer is found, however kindly it is put; in private it is allowed."""
    assert asked(reply, "AsksPrivateInPublic", audience="public")
    assert not asked(reply, "AsksPrivateInPublic", audience="private")


@pytest.mark.parametrize(
    "reply",
    [
        "Please send us a direct message with your order number and postcode.",
        "What's your order number? Send it by DM.",
        "I've sent you a DM. What's your order number? I'll look there.",
        "We'll need your account number: please call 0161 496 0101.",
        "Have your order number to hand when you ring us.",
        "Pop into the shop with your receipt and order number.",
        "Enter your postcode at stores.halden.example to find one.",
        "You'll find your order number in the confirmation e-mail.",
        "Please don't share your order number here.",
        "We'll never ask for your full name or date of birth.",
        "Which model is it, and which firmware?",
        "Which shop was it, and roughly when?",
        "What city are you in?",
        "We sent it to your address on Monday.",
        "Let us know if your e-mail hasn't arrived.",
        "To change your delivery address, open Account > Addresses.",
        "Can you check your email? The code lands there.",
        "Please reply to the confirmation e-mail with your order number.",
        "What is a reference number? It's the code on your ticket.",
        "Log in with your email and reset it.",
        "Please take your post down: it shows your phone number.",
        "The name on the card must match the name on the booking.",
        "You can book without giving an e-mail address.",
        "Tell us which colour you'd like.",
        "Send it back to the address on the label.",
    ],
)
def test_a_private_place_or_an_innocent_question_is_fine(reply: str) -> None:
    """What points to a private place, asks for what tells nothing, or says that nothing is needed passes."""
    assert asked(reply, "AsksPrivateInPublic", audience="public") == []


@pytest.mark.parametrize("audience", ["public", "private"])
@pytest.mark.parametrize(
    "reply",
    [
        "What's your password?",
        "Could you confirm the CVV?",
        "We need the security code from the back.",
        "Can I have the 6-digit verification code?",
        "Read me the code we just sent you.",
        "Message us your full card number and expiry.",
        "Reply with the long number on the front of your card.",
        "DM your login and password and I'll check.",
        "Share your recovery phrase so we can restore it.",
    ],
)
def test_a_secret_is_asked_for_nowhere(reply: str, audience: str) -> None:
    """Passwords, PINs, codes and whole cards are asked for in no channel, in private neither."""
    assert asked(reply, "AsksForSecrets", audience=audience)


@pytest.mark.parametrize(
    "reply",
    [
        "Nobody from our team needs your password.",
        "Never share a one-time code with anyone.",
        "Please change your password now.",
        "Could you tell us if the password page loads?",
        "If someone asks for your PIN, hang up.",
        "What's a security code? It's on the back of the card.",
        "Type your PIN into the reader at the till.",
        "Did the verification code arrive?",
        "Please tell us whether the verification code arrived.",
    ],
)
def test_speaking_of_secrets_is_not_asking(reply: str) -> None:
    """Warnings, explanations and a customer's own use of a secret pass."""
    assert asked(reply, "AsksForSecrets") == []


def test_a_child_is_asked_for_nothing() -> None:
    """Where a child writes, a request is found also where it points to a private message."""
    reply = "Oh no! DM us your order number and we'll look."
    assert asked(reply, "AsksAMinor", message="im 11 and my game wont load")
    assert not asked(reply, "AsksAMinor", message="my game won't load")
