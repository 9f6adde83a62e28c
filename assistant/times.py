"""Numbers and spans of time as people write them: "nine", "2.5", "a"; "hrs", "weeks"."""

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""The numbers that are written out, each at its own place."""
NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"
"""A pattern of whole numbers, in figures or in words."""
_MINUTES = {"m": 1, "h": 60, "d": 1_440, "n": 1_440, "w": 10_080, "mo": 43_200}


def number_of(words: str) -> float:
    """The number that some words name: "nine", "9", "2.5", "2,5"; "a" and "an" are one."""
    words = words.lower().replace(",", ".")
    if words in ("a", "an"):
        return 1.0
    return float(NUMBERS.index(words) if words in NUMBERS else words)


def minutes(number: str, unit: str) -> int:
    """How many minutes a number of a unit are; a unit is a minute, hour, day, night, week or month, in any form."""
    unit = unit.lower()
    return int(number_of(number) * _MINUTES["mo" if unit.startswith("mo") else unit[0]])


def written(number: int) -> str:
    """A whole number in words up to twelve, else in figures."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
