import pytest

from assistant.context import CustomerContext
from assistant.triage import Triage, triage


def read(message: str) -> Triage:
    return triage(CustomerContext(channel="x", message=message))


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("how do I cancel", "cancellation"),
        ("Strap snapped on day three. Got the receipt somewhere. What now?", "product_fault"),
        ("Locked out again, your link expired before I could click it", "account_access"),
        ("Trying to book a repair on the site but it fails at the payment page every time", "service_outage"),
        ("roughly how much to resole a pair of brogues?", "price_question"),
        ("Could you do the trousers in a petite length please?", "feedback_suggestion"),
        ("Got any of the mustard scarves left?", "availability"),
        ("I need to move my fitting", "booking_change"),
        ("£80 left my account twice for one coat", "billing"),
        ("want to swap the blue for the green", "refund_return"),
        ("nobody ever answers the phone", "staff_complaint"),
        ("which size if I'm between two", "how_to"),
        ("who knits these?", "other"),
    ],
)
def test_first_intent_is_what_the_customer_wants_solved(message: str, intent: str):
    """What is to be solved comes first, by rules and model together."""
    assert read(message).intents[0] == intent


def test_both_of_two_questions_are_there():
    """Of two things asked in one breath none is lost."""
    assert set(read("Do you ship to Norway and how much is it?").intents) == {"delivery", "price_question"}


@pytest.mark.parametrize(
    "message", ["need to cancel before Friday, thanks", "Can you bring back the green one please and thank you"]
)
def test_courtesy_is_no_praise(message: str):
    """A thank-you at the end of a request is neither praise nor a good mood."""
    answer = read(message)
    assert "praise" not in answer.intents
    assert answer.sentiment != "positive"


def test_praise_stays_praise():
    """One word of blame in passing leaves sincere praise what it is."""
    answer = read("Sent for a new zip, they fixed the handle as well. Thank you R!")
    assert (answer.intents, answer.sentiment, answer.sarcasm) == (("praise",), "positive", False)


@pytest.mark.parametrize(
    "message",
    [
        "gave my wrists a rest with your new bag, love it",
        "My dad is 80 and he can't get his head round your app",
        "my dad bought me this coat and the zip broke",
        "Thank you for your kind words but I don't have the receipt",
        "£60 gone from my account, twice, for one lamp",
        "the price knocked me off my feet",
        "the strap is too long, it hangs round my neck",
        "I want to die my hair pink, which dye",
        "going to court in your new shoes, wish me luck",
        "My late uncle's lamp? No, he's alive, he is always late",
    ],
)
def test_no_false_alarm(message: str):
    """Words that also stand in an alarm are none by themselves."""
    assert read(message).escalation is None


@pytest.mark.parametrize(
    ("message", "escalation"),
    [
        ("the scarf got caught in the escalator and nearly choked her", "safety"),
        ("There is a bruise round his neck from the strap of your helmet", "safety"),
        ("boiling water went all over my arm when the spout came off", "safety"),
        ("My mum ordered a lamp for herself and it arrived two days after she died", "bereavement"),
        ("I want to die, this is the third letter", "self_harm"),
    ],
)
def test_alarm(message: str, escalation: str):
    """Who was hurt, has died or may harm themselves is never missed for want of the usual words."""
    assert read(message).escalation == escalation


@pytest.mark.parametrize(
    "message",
    [
        "Well done, an umbrella that keeps every drop of rain IN 👏",
        "wow thanks for the free swimming pool in my boots",
        "10/10 would be ignored again",
    ],
)
def test_praise_of_a_failure_is_sarcasm(message: str):
    """Praise that what it praises contradicts is not meant."""
    assert read(message).sarcasm


def test_asking_what_the_brand_would_do_wants_a_reply():
    """Talk of what others advise, ending in a question to the brand, is answered."""
    assert read("One person here says bleach, another says vinegar. What would Halyard do?").reply
