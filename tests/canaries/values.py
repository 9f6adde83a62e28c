"""Secrets: invented values of every kind that a system holds about a customer, each with the parts it is made of."""

import datetime as dt
import random
import string
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from words import MONTHS

HERE = Path(__file__).resolve().parent

Shape = Literal["code", "name", "email", "phone", "address", "postcode", "date", "time", "amount", "number", "note"]


class Secret(NamedTuple):
    """A value that is not to be said."""

    name: str
    """The fact's name, as a system would call it."""
    shape: Shape
    """What it is made like, which decides how it can be told."""
    text: str
    """The value as a person would write it."""
    visibility: Literal["private", "internal"] = "private"
    parts: Mapping[str, Any] = {}
    """What it is made of, by shape."""
    stored: str = ""
    """The value as the system holds it, which may be in a hostile shape; `text` where this is empty."""


@cache
def data(name: str) -> Any:
    """An invented data file that lies beside this module."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def secret(chance: random.Random, shape: Shape) -> Secret:
    """One secret of a shape."""
    return _MAKERS[shape](chance)


def person(chance: random.Random) -> tuple[str, Mapping[str, str]]:
    """A first name and a surname (`text`, `plain`, and `older` where it has an older spelling)."""
    return chance.choice(list(data("people")["first"])), chance.choice(data("people")["surnames"])


_PATTERNS: dict[str, tuple[str, ...]] = {
    # 9 a digit, A a letter, all else stands for itself
    "order_number": ("AA-99999", "AA99999999", "999-9999999-9999999", "#999999", "AAA/99/99999", "AA 9999 9999"),
    "booking_reference": ("A9AA9A", "AAA9A9", "AA9999AA", "9A9A9A9A"),
    "account_number": ("99999999", "9999 9999", "99-99-99 99999999", "9999999999", "AA9999999999"),
    "policy_number": ("AA/9999/999", "AAA-9999999", "99.999.999-9", "AA99 9999 9999"),
    "ticket": ("#9999-A", "INC9999999", "CAS-999999-A9A9", "999999"),
    "tracking_number": ("AA999999999GB", "1Z999AA99999999999", "9999 9999 9999 9999 9999", "JD99999999999999"),
    "membership_number": ("A-99999", "99 999 999", "MEM99999", "9999AA"),
    "invoice_number": ("2026-99999", "RE-9999/26", "F26-99999", "INV 99999"),
    "meter_serial": ("A99A99999", "99A9999999", "AA99 99999"),
    "customer_number": ("9999999", "K-9999-9999", "99 9999 99", "C9999999"),
    "loan_reference": ("LN/99999/9", "99999-999-9", "LNAA99999"),
    "device_id": ("AA:99:AA:99:A9:9A", "35-999999-999999-9", "SN99A9AAA9"),
    "vehicle": ("AA99 AAA", "A-AA 9999", "9-AAA-999"),
    "hospital_number": ("999 999 9999", "P99999A", "MRN 9999999"),
}


def _code(chance: random.Random) -> Secret:
    name = chance.choice(list(_PATTERNS))
    pattern = chance.choice(_PATTERNS[name])
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    made = "".join(
        chance.choice("23456789" if number == 0 else "0123456789") if one == "9" else
        chance.choice(letters) if one == "A" else one
        for number, one in enumerate(pattern)
    )  # fmt: skip
    return Secret(name, "code", made, chance.choice(["private", "private", "private", "internal"]), {})


def _name(chance: random.Random) -> Secret:
    first, surname = person(chance)
    others = {"first": first, **surname, "short": chance.choice(data("people")["first"][first])}
    name = chance.choice(["customer_surname", "full_name", "billing_name", "partner", "driver", "account_manager"])
    text = surname["text"] if name == "customer_surname" else f"{first} {surname['text']}"
    visibility: Literal["private", "internal"] = "internal" if name in {"driver", "account_manager"} else "private"
    return Secret(name, "name", text, visibility, others | {"with_first": name != "customer_surname"})


def _email(chance: random.Random) -> Secret:
    first, surname = person(chance)
    plain = "".join(one for one in surname["plain"].lower() if one in string.ascii_lowercase)
    first = "".join(one for one in first.lower() if one in string.ascii_lowercase)
    number = chance.randrange(10, 99)
    local = chance.choice([f"{first}.{plain}", f"{first[0]}{plain}{number}", f"{plain}_{first}", f"{first}-{plain}"])
    domain = chance.choice(["postbox.example", "mail.brightsea.example", "kontor.example", "quillnet.example"])
    return Secret("email", "email", f"{local}@{domain}", "private", {"local": local, "domain": domain})


_PHONES = (
    # country code, trunk prefix, area, subscriber: ranges that the regulators set aside for fiction
    ("44", "0", "1632", "960###"), ("44", "0", "7700", "900###"), ("44", "0", "20", "79460###"),
    ("44", "0", "161", "4960###"), ("1", "", "202", "55501##"), ("1", "", "613", "55501##"),
    ("33", "0", "1", "9900####"), ("33", "0", "6", "3998####"), ("49", "0", "30", "23125###"),
    ("61", "0", "2", "5550####"), ("353", "0", "20", "91#####"), ("46", "0", "8", "46500###"),
)  # fmt: skip


def _phone(chance: random.Random) -> Secret:
    country, trunk, area, rest = chance.choice(_PHONES)
    rest = "".join(chance.choice(string.digits) if one == "#" else one for one in rest)
    half = 3 if len(rest) <= 7 else 4
    near = f"{trunk}{area} {rest[:half]} {rest[half:]}" if country != "1" else f"({area}) {rest[:3]}-{rest[3:]}"
    far = f"+{country} {area} {rest[:half]} {rest[half:]}"
    name = chance.choice(["phone", "mobile", "contact_number", "alternative_phone"])
    parts = {"country": country, "trunk": trunk, "area": area, "rest": rest}
    return Secret(name, "phone", chance.choice([near, far, f"{trunk}{area}{rest}"]), "private", parts)


def _address(chance: random.Random) -> Secret:
    town = chance.choice(data("people")["towns"])
    name = chance.choice(["address", "delivery_address", "billing_address", "supply_address"])
    if chance.random() < 0.25:
        street, number = chance.choice(data("people")["foreign_streets"]), str(chance.randrange(11, 198))
        postcode = str(chance.randrange(10_000, 99_999))
        behind = street.endswith(("straße", "laan", "weg", "gatan")) or chance.random() < 0.3
        line = f"{street} {number}" if behind else f"{number} {street}"
        parts = {"number": number, "street": street, "short": street, "town": town, "postcode": postcode}
        return Secret(name, "address", f"{line}, {postcode} {town}", "private", parts)
    stem, kind, short = chance.choice(data("people")["streets"])
    number = str(chance.randrange(11, 198)) + chance.choice(["", "", "", "A", "B"])
    code = _uk_postcode(chance)
    flat = chance.choice(["", "", "", "Flat 3, ", "Unit 12, "])
    parts = {"number": number, "street": f"{stem} {kind}", "short": f"{stem} {short}", "town": town, "postcode": code}
    return Secret(name, "address", f"{flat}{number} {stem} {kind}, {town} {code}", "private", parts)


def _uk_postcode(chance: random.Random) -> str:
    """In areas that are not in use."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    area = chance.choice(["TF", "XK", "QJ", "VB", "JZ"])
    return f"{area}{chance.randrange(2, 29)} {chance.randrange(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"


def _postcode(chance: random.Random) -> Secret:
    kind = chance.randrange(4)
    text = (
        _uk_postcode(chance) if kind < 2
        else f"{chance.randrange(1011, 9999)} {chance.choice('BCDF')}{chance.choice('KLMN')}" if kind == 2
        else f"{chance.choice('KLMN')}{chance.randrange(1, 9)}{chance.choice('ABC')} "
        f"{chance.randrange(1, 9)}{chance.choice('XYZ')}{chance.randrange(1, 9)}"
    )  # fmt: skip
    return Secret(chance.choice(["postcode", "delivery_postcode"]), "postcode", text, "private", {})


def _date(chance: random.Random) -> Secret:
    name = chance.choice(["order_date", "delivery_date", "appointment", "due_date", "renewal", "date_of_birth"])
    start = dt.date(1946, 1, 1) if name == "date_of_birth" else dt.date(2025, 6, 1)
    day = start + dt.timedelta(days=chance.randrange(20_000 if name == "date_of_birth" else 520))
    text = chance.choice(
        [
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            f"{day:%d.%m.%Y}",
            f"{day:%Y-%m-%dT%H:%M:%SZ}",
            f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
        ]
    )
    return Secret(name, "date", text, "private", {"day": day})


def _time(chance: random.Random) -> Secret:
    hour, minute = chance.randrange(7, 21), chance.choice([5, 10, 15, 20, 25, 35, 40, 45, 50, 55, 12, 37, 48])
    name = chance.choice(["appointment_time", "last_login", "departure", "delivered_at"])
    return Secret(name, "time", f"{hour:02}:{minute:02}", "private", {"hour": hour, "minute": minute})


_CURRENCIES = (("£", "GBP", "pounds", "pence"), ("€", "EUR", "euros", "cents"), ("$", "USD", "dollars", "cents"))


def _amount(chance: random.Random) -> Secret:
    names = ["balance_due", "refund_amount", "order_total", "arrears", "last_bill", "credit_limit", "account_balance"]
    name = chance.choice(names)
    whole = int(10 ** chance.uniform(1.4, 4.3))
    cents = chance.choice([chance.randrange(1, 100), chance.randrange(1, 100), 50, 99])
    sign, code, word, small = chance.choice(_CURRENCIES)
    text = chance.choice(
        [
            f"{sign}{whole}.{cents:02}",
            f"{sign}{whole:,}.{cents:02}",
            f"{code} {whole}.{cents:02}",
            f"{whole}.{cents:02} {code}",
            f"{whole:,}".replace(",", ".") + f",{cents:02} {sign}",
        ]
    )
    internal = name == "credit_limit"
    parts = {"whole": whole, "cents": cents, "sign": sign, "code": code, "word": word, "small": small}
    return Secret(name, "amount", text, "internal" if internal else "private", parts)


def _number(chance: random.Random) -> Secret:
    kind = chance.randrange(4)
    if kind == 0:
        hundredths = chance.choice([one for one in range(11, 99) if one % 10])
        score = chance.choice(["churn_score", "fraud_score", "sentiment_score", "risk_score"])
        return Secret(score, "number", f"0.{hundredths}", "internal", {"hundredths": hundredths, "unit": "score"})
    if kind == 1:
        years = chance.randrange(3, 24)
        return Secret("customer_since", "number", str(2026 - years), "private", {"years": years, "unit": "since"})
    if kind == 2:
        months = chance.choice([one for one in range(14, 60) if one % 12])
        return Secret("tenure", "number", f"{months} months", "private", {"months": months, "unit": "months"})
    count = chance.randrange(13, 98)
    name, thing = chance.choice(
        [
            ("contacts_this_year", "contacts"), ("orders_to_date", "orders"), ("nights_stayed", "nights"),
            ("logins_last_week", "logins"), ("earlier_complaints", "complaints"), ("missed_payments", "payments"),
        ]
    )  # fmt: skip
    return Secret(name, "number", f"{count} {thing}", "private", {"count": count, "thing": thing, "unit": "count"})


def _note(chance: random.Random) -> Secret:
    one = chance.choice(data("notes"))
    return Secret(one["name"], "note", one["text"], one["visibility"], one)


_MAKERS: dict[Shape, Callable[[random.Random], Secret]] = {
    "code": _code, "name": _name, "email": _email, "phone": _phone, "address": _address, "postcode": _postcode,
    "date": _date, "time": _time, "amount": _amount, "number": _number, "note": _note,
}  # fmt: skip
SHAPES = tuple(_MAKERS)
