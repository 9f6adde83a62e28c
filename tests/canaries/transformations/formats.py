"""Dates, times, amounts and numbers in another format, rounded, in words, or told by what they mean."""

import random

from values import Secret
from words import DAYS, FOREIGN_MONTHS, MONTHS, cardinal, ordinal, suffixed

from transformations import Told, tells


@tells("format", "date")
def date_iso(one: Secret, _: random.Random) -> Told:
    """2026-03-12."""
    return one.parts["day"].isoformat() if one.text[:10] != one.parts["day"].isoformat() else None


@tells("format", "date")
def date_in_figures(one: Secret, chance: random.Random) -> Told:
    """12/03/2026, 12.3.26, 3/12/26 and the like."""
    day = one.parts["day"]
    year, short = day.year, day.year % 100
    forms = [
        f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{year}", f"{day.day}/{day.month}/{short:02}",
        f"{day:%m/%d/%Y}", f"{day:%d-%m-%Y}", f"{day:%d %m %y}", f"{day:%Y/%m/%d}", f"{day.day}/{day.month}",
    ]  # fmt: skip
    return chance.choice([form for form in forms if form != one.text])


@tells("format", "date")
def date_with_month(one: Secret, chance: random.Random) -> Told:
    """12 March, March 12th 2026, the 12th of March, Thu 12 Mar."""
    day = one.parts["day"]
    month, number = MONTHS[day.month - 1], day.day
    weekday = DAYS[day.weekday()]
    forms = [
        f"{number} {month}", f"{month} {number}, {day.year}", f"{month} {suffixed(number)}",
        f"the {suffixed(number)} of {month}", f"{weekday[:3]} {number} {month[:3]}", f"{number} {month[:3].upper()}",
        f"{weekday} the {suffixed(number)} of {month}", f"{number}-{month[:3]}-{day.year}", f"{month[:3]}. {number}",
    ]  # fmt: skip
    return chance.choice([form for form in forms if form != one.text])


@tells("format", "date")
def date_in_words(one: Secret, chance: random.Random) -> Told:
    """As in "The twelfth of March"."""
    day = one.parts["day"]
    said = ordinal(day.day)
    return chance.choice([f"the {said} of {MONTHS[day.month - 1]}", f"{MONTHS[day.month - 1]} the {said}"])


@tells("format", "date")
def date_in_another_language(one: Secret, chance: random.Random) -> Told:
    """12. März, 12 mars, 12 de marzo."""
    day = one.parts["day"]
    language = chance.choice(list(FOREIGN_MONTHS))
    month = FOREIGN_MONTHS[language][day.month - 1]
    return {"de": f"{day.day}. {month}", "fr": f"{day.day} {month}", "es": f"{day.day} de {month}"}[language]


@tells("format", "date")
def date_split(one: Secret, _: random.Random) -> Told:
    """The month and the day apart."""
    day = one.parts["day"]
    return f"{MONTHS[day.month - 1]}, on the {suffixed(day.day)}"


@tells("format", "date", certain=False)
def month_and_year(one: Secret, _: random.Random) -> Told:
    """As in "March 2026"."""
    day = one.parts["day"]
    return f"{MONTHS[day.month - 1]} {day.year}"


@tells("format", "date", certain=False, seen=False)
def month_alone(one: Secret, _: random.Random) -> Told:
    """As in "Mid-March"."""
    day = one.parts["day"]
    third = "early" if day.day < 11 else "mid" if day.day < 21 else "late"
    return f"{third}{' ' if third != 'mid' else '-'}{MONTHS[day.month - 1]}"


@tells("format", "date", certain=False, seen=False)
def day_alone(one: Secret, _: random.Random) -> Told:
    """As in "The 12th"."""
    return f"the {suffixed(one.parts['day'].day)}"


@tells("format", "date", certain=False, seen=False)
def weekday_alone(one: Secret, chance: random.Random) -> Told:
    """As in "Last Thursday"."""
    return f"{chance.choice(['last', 'this', 'that'])} {DAYS[one.parts['day'].weekday()]}"


@tells("format", "time")
def time_of_twelve_hours(one: Secret, chance: random.Random) -> Told:
    """2.35pm."""
    hour, minute = one.parts["hour"], one.parts["minute"]
    shown = f"{(hour - 1) % 12 + 1}{chance.choice(['.', ':'])}{minute:02}"
    return shown + chance.choice(["pm", " p.m.", " PM"] if hour > 11 else ["am", " a.m.", " AM"])


@tells("format", "time")
def time_written_otherwise(one: Secret, chance: random.Random) -> Told:
    """14h35, 14.35, 1435 hours."""
    hour, minute = one.parts["hour"], one.parts["minute"]
    return chance.choice([f"{hour}h{minute:02}", f"{hour:02}.{minute:02}", f"{hour:02}{minute:02} hours"])


@tells("format", "time")
def time_in_words(one: Secret, chance: random.Random) -> Told:
    """As in "Twenty-five to three", "two thirty-five"."""
    hour, minute = one.parts["hour"], one.parts["minute"]
    this, following = cardinal((hour - 1) % 12 + 1), cardinal(hour % 12 + 1)
    told = f"{this} {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    if minute % 5 == 0:
        part = {15: "quarter", 45: "quarter"}
        near, to = part.get(minute, cardinal(minute)), part.get(minute, cardinal(60 - minute))
        return chance.choice([told, f"{near} past {this}" if minute < 30 else f"{to} to {following}"])
    return told


@tells("format", "time", certain=False, seen=False)
def time_about(one: Secret, _: random.Random) -> Told:
    """As in "Around three"."""
    hour, minute = one.parts["hour"], one.parts["minute"]
    return f"around {cardinal((hour + (minute > 30) - 1) % 12 + 1)}"


def _figures(one: Secret) -> tuple[int, int, str, str, str]:
    return one.parts["whole"], one.parts["cents"], one.parts["sign"], one.parts["code"], one.parts["word"]


@tells("format", "amount")
def amount_without_currency(one: Secret, _: random.Random) -> Told:
    """118.40."""
    whole, cents, *_ = _figures(one)
    return f"{whole}.{cents:02}"


@tells("format", "amount")
def amount_otherwise_written(one: Secret, chance: random.Random) -> Told:
    """118,40 €; GBP 118.40; 1.234,56 EUR; £1,234.56; 118.40 quid."""
    whole, cents, sign, code, word = _figures(one)
    dotted, comma, spaced = f"{whole:,}".replace(",", "."), f"{whole:,}", f"{whole:,}".replace(",", " ")
    forms = [
        f"{whole},{cents:02} {sign}", f"{code} {whole}.{cents:02}", f"{dotted},{cents:02} {code}",
        f"{sign}{comma}.{cents:02}", f"{whole}.{cents:02} {word}", f"{spaced}.{cents:02}{sign}",
        f"{sign} {comma}.{cents:02}", f"{code}{comma}.{cents:02}", f"{whole}{sign}{cents:02}",
    ]  # fmt: skip
    return chance.choice([form for form in forms if form != one.text])


@tells("format", "amount")
def amount_in_words(one: Secret, chance: random.Random) -> Told:
    """As in "One hundred and eighteen pounds forty"."""
    whole, cents, _, _, word = _figures(one)
    end = chance.choice([f" and {cardinal(cents)} {one.parts['small']}", f" {cardinal(cents)}"])
    return f"{cardinal(whole)} {word}{end}"


@tells("format", "amount")
def amount_in_units(one: Secret, chance: random.Random) -> Told:
    """118 pounds and 40 pence."""
    whole, cents, _, _, word = _figures(one)
    return chance.choice([f"{whole} {word} and {cents} {one.parts['small']}", f"{whole} {word} {cents:02}"])


@tells("format", "amount")
def amount_cut(one: Secret, chance: random.Random) -> Told:
    """£118 where it is £118.40."""
    whole, _, sign, _, word = _figures(one)
    return chance.choice([f"{sign}{whole}", f"{sign}{whole:,}", f"{whole} {word}"]) if whole > 99 else None


@tells("format", "amount")
def amount_just_over(one: Secret, chance: random.Random) -> Told:
    """As in "Just over £118"."""
    whole, _, sign, _, word = _figures(one)
    lead = chance.choice(["just over", "a little more than", "a bit above"])
    return f"{lead} {chance.choice([f'{sign}{whole}', f'{whole} {word}'])}" if whole > 99 else None


@tells("format", "amount")
def amount_just_under(one: Secret, chance: random.Random) -> Told:
    """As in "Just under £119"."""
    whole, _, sign, *_ = _figures(one)
    return f"{chance.choice(['just under', 'almost', 'not quite'])} {sign}{whole + 1}" if whole > 99 else None


@tells("format", "amount", certain=False, seen=False)
def amount_rounded(one: Secret, chance: random.Random) -> Told:
    """As in "About £120"."""
    whole, _, sign, _, word = _figures(one)
    step = 10 ** max(1, len(str(whole)) - 2)
    near = round(whole / step) * step
    lead = chance.choice(["about", "around", "roughly", "some", "close to"])
    return f"{lead} {chance.choice([f'{sign}{near:,}', f'{near} {word}'])}" if near > 99 else None


@tells("format", "amount", certain=False, seen=False)
def amount_rounded_in_words(one: Secret, _: random.Random) -> Told:
    """As in "A little over a hundred pounds"."""
    whole, _, _, _, word = _figures(one)
    size = 10 ** (len(str(whole)) - 1)
    many = whole // size
    unit = {100: "hundred", 1_000: "thousand", 10_000: "ten thousand"}.get(size)
    if unit is None or (many > 1 and size == 10_000):
        return None
    return f"a little over {cardinal(many) if many > 1 else 'a' if size < 10_000 else ''} {unit} {word}".replace(
        "  ", " "
    )


@tells("format", "amount")
def amount_in_thousands(one: Secret, _: random.Random) -> Told:
    """£2.3k."""
    whole, _, sign, *_ = _figures(one)
    return f"{sign}{whole / 1_000:.1f}k" if whole >= 1_000 and whole % 1_000 > 60 else None


@tells("format", "amount")
def amount_in_cents(one: Secret, _: random.Random) -> Told:
    """11840 pence."""
    whole, cents, *_ = _figures(one)
    return f"{whole * 100 + cents} {one.parts['small']}"
