"""What counts as personal data, entity by entity, and its look-alikes."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tone_rules.personal import ENTITIES, find

FOUND = [
    ("CREDIT_CARD", "Is it 4242 4242 4242 4242 that fails?", "4242 4242 4242 4242"),
    ("CREDIT_CARD", "amex 3782-822463-10005 please", "3782-822463-10005"),
    ("CREDIT_CARD", "the card 501800000009 was refused", "501800000009"),
    ("PHONE_NUMBER", "Ring 01632 960188 at noon.", "01632 960188"),
    ("PHONE_NUMBER", "reach me on +44 (0)7700 900 123, thanks", "+44 (0)7700 900 123"),
    ("PHONE_NUMBER", "(555) 010-0199 ext. 12 is the desk", "(555) 010-0199 ext. 12"),
    ("PHONE_NUMBER", "Mobile: 06.12.34.56.78", "06.12.34.56.78"),
    ("PHONE_NUMBER", "555 0142 office", "555 0142"),
    ("PHONE_NUMBER", "nothing came to my registered 4580 7302 yet", "4580 7302"),
    ("EMAIL_ADDRESS", "write to ana.teal+shop@mail.fennelworks.example.", "ana.teal+shop@mail.fennelworks.example"),
    ("EMAIL_ADDRESS", "ana.teal (at) fennelworks (dot) example", "ana.teal (at) fennelworks (dot) example"),
    ("IBAN_CODE", "to GB33 BUKB 2020 1555 5555 55 by noon", "GB33 BUKB 2020 1555 5555 55"),
    ("IBAN_CODE", "de75512108001245126199", "de75512108001245126199"),
    ("US_SSN", "It is 219-09-9999, she said", "219-09-9999"),
    ("US_SSN", "my SSN is 219099999", "219099999"),
    ("UK_NINO", "NI number AB123456C here", "AB123456C"),
    ("UK_NHS", "NHS number: 943 476 5919", "943 476 5919"),
    ("NATIONAL_ID", "mi NIF es 12345678Z", "12345678Z"),
    ("NATIONAL_ID", "Aadhaar 2341 2341 2346 attached", "2341 2341 2346"),
    ("NATIONAL_ID", "personnummer 811228-9874", "811228-9874"),
    ("PASSPORT", "passport no. 533380006 was refused", "533380006"),
    ("PASSPORT", "my driving licence is TEALX802151A99AB", "TEALX802151A99AB"),
    ("BANK_ACCOUNT", "sort code 20-20-15", "20-20-15"),
    ("BANK_ACCOUNT", "account number: 55555555", "55555555"),
    ("ZIP_CODE", "my zip code is 90210", "90210"),
    ("ZIP_CODE", "a depot in Bad Fennel 34537 for now", "34537"),
    ("ZIP_CODE", "somewhere near AS1 4DJ I think", "AS1 4DJ"),
    ("STREET_ADDRESS", "I'm at 12 Fennel Way, Ashmere.", "12 Fennel Way, Ashmere"),
    (
        "STREET_ADDRESS",
        "It came to Flat 3, 27 Tern Street, Ashmere AS1 4DJ!",
        "Flat 3, 27 Tern Street, Ashmere AS1 4DJ",
    ),
    ("STREET_ADDRESS", "we live at Lindenstraße 14b, 10969 Berlin now", "Lindenstraße 14b, 10969 Berlin"),
    ("STREET_ADDRESS", "adresse : 30, rue de la Source", "30, rue de la Source"),
    ("STREET_ADDRESS", "it went to 30, rue des Tilleuls\n31000 Toulouse", "30, rue des Tilleuls\n31000 Toulouse"),
    ("STREET_ADDRESS", "Send it to Via Roma, 5\n00184 Roma", "Via Roma, 5\n00184 Roma"),
    ("STREET_ADDRESS", "at Lipová 61\n697 75 Horka last week", "Lipová 61\n697 75 Horka"),
    ("STREET_ADDRESS", "Return it to PSC 1234, Box 567\nAPO AE 09012", "PSC 1234, Box 567\nAPO AE 09012"),
    ("STREET_ADDRESS", "to P.O. Box 77, Ashmere", "P.O. Box 77, Ashmere"),
    ("STREET_ADDRESS", "He's at the corner of Lipová 14 and Tern Drive.", "the corner of Lipová 14 and Tern Drive"),
    ("STREET_ADDRESS", "it was left at Hídfő utca 60.\nH-2965 Révfalu", "Hídfő utca 60.\nH-2965 Révfalu"),
    ("STREET_ADDRESS", "> Ana Teal\n> 4844 Søndergade 52\n> Apt. 656\n> Fennelby", "Apt. 656"),
    ("STREET_ADDRESS", "my address is hercegovačka 72", "hercegovačka 72"),
    ("STREET_ADDRESS", "please send it to 12 fennel way", "12 fennel way"),
]
LOOK_ALIKES = [
    "It took 3 days and 14 hours, and cost £127.60.",
    "Order 0123456789 left on 2026-11-02 at 14:05:09.",
    "Open 9-5, Mon-Fri, since 1998-2024.",
    "Your tracking number is 4242424242424242, the parcel moves.",
    "Flight 1234 from gate 12 in Summer 2024",
    "Case 12345 in Version 20240 of the app",
    "The 5 best songs of the 70s at no. 15",
    "@ana_teal see https://plumbrook.example/p/01632960188?id=4242424242424242 #1234567",
    "GB34BUKB20201555555555 is a parcel",
    "Part 900-12-3456 fits model 000-12-3456",
    "The NHS helps on 111, any of 24 hours",
    "Bring your passport by 12 May 2026",
    "Press 3 and select via Internet, then 2 Apples",
    "Suite 7 is ready, and Room 12 on Level 3 soon",
    "Visual Studio 6 and Fennel Ford 1 are old",
    "We live in Area 51, near Terminal 5",
    "iPhone 15 Pro 256 GB is back in stock",
    "ask@ and @ask are no addresses",
    "We sold 12 Red Lamps to 40 people in 2024",
]


@pytest.mark.parametrize(("entity", "text", "value"), FOUND, ids=[f"{one[0]} {one[2][:16]!r}" for one in FOUND])
def test_what_is_one_is_found_where_it_stands(entity: str, text: str, value: str) -> None:
    """Each piece of personal data is found as what it is, from its first character to its last."""
    start = text.index(value)

    assert (entity, start, start + len(value)) in find(text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_are_left_alone(text: str) -> None:
    """Dates, amounts, references, products and links are nobody's personal data."""
    assert [(one.entity, text[one.start : one.end]) for one in find(text)] == []


def test_two_entities_never_share_a_character() -> None:
    """A card in an address line beside a telephone is one finding each."""
    text = "12 Fennel Way, Ashmere AS1 4DJ\nMobile: 07700 900123\nCard 4242 4242 4242 4242, ana@fennel.example"

    assert [one.entity for one in find(text)] == ["STREET_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "EMAIL_ADDRESS"]


def test_only_the_entities_asked_for_are_returned() -> None:
    """A choice of entities returns those, by the same reading of the text."""
    text = "4242 4242 4242 4242 or 07700 900123"

    assert [one.entity for one in find(text, ["PHONE_NUMBER"])] == ["PHONE_NUMBER"]


def test_a_name_that_is_no_entity_is_refused() -> None:
    """A misspelt entity is an error that lists the right ones, never a search for nothing."""
    with pytest.raises(ValueError, match=r"TELEPHONE.*PHONE_NUMBER"):
        find("07700 900123", ["TELEPHONE"])


PIECES = st.sampled_from(
    [
        "12",
        "Fennel",
        "Way",
        " ",
        ", ",
        "\n",
        "at ",
        "GB33",
        "4242",
        "-",
        "(",
        ")",
        "+",
        ".",
        "@",
        "a",
        "Apt. 5",
        "St.",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_without_overlap(text: str) -> None:
    """Whatever a customer wrote, spans are in order, within the text, and apart."""
    found = find(text)

    assert all(one.entity in ENTITIES and 0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_nothing_heavy_is_loaded_for_a_text_without_numbers() -> None:
    """Neither a plan of telephone numbers nor a checker of digits is imported before a text calls for one."""
    code = (
        "import sys; from tone_rules.personal import find; find('Sorry, no news yet @ana, in 3 days at most.');"
        "print([one for one in ('phonenumbers', 'stdnum') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
