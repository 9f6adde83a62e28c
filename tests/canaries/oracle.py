"""Whether a text holds a secret: an own way of reading, which shares nothing with the rules it is held against.

It reads generously (it sees through disguises), since what it looks at was built to hold the secret or not to.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from reading import LEET, MONTH, SKELETON, Read, plain, read
from values import Secret
from words import ORDINARY


def distinguishes(one: Secret | str) -> bool:
    """Whether a value tells one customer from others: a digit, a tier or a yes alone doesn't."""
    text = one if isinstance(one, str) else one.text
    words = [word for word in re.findall(r"[^\W_]+", plain(text)) if word not in ORDINARY]
    return sum(3.3 * len(word) if word.isdigit() else 2.0 * len(word) for word in words) >= 6.5


def present(one: Secret, text: str) -> bool:
    """Whether a text holds a secret or a part of it that tells it apart."""
    return _LOOKS[one.shape](one, read(text))


def holds(text: str, wanted: str) -> bool:
    """Whether all words and numbers of one text stand in another, in any order; of nothing, never."""
    words = set(read(wanted).tokens) - {"the", "a", "it", "that", "this", "on", "of", "at"}
    return bool(words) and words <= set(read(text).tokens)


def _squeezed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", plain(text)))


def _aligned(wanted: str, tokens: Sequence[str], gap: int = 5) -> bool:
    """Whether tokens, put together, make the wanted characters, with at most `gap` other words at each joint."""
    wanted = wanted.translate(SKELETON)
    plainly = [one.translate(SKELETON) for one in tokens]
    words = [one.isalpha() for one in tokens]
    for start, first in enumerate(plainly):
        if not wanted.startswith(first) and not (len(first) > len(wanted) and wanted in first):
            continue
        rest, skipped = wanted, 0
        for one, word in zip(plainly[start:], words[start:], strict=True):
            if rest.startswith(one) or (len(rest) >= 4 and one.startswith(rest)):
                rest, skipped = rest[len(one) :], 0
            elif len(rest) < len(wanted) and skipped < gap and word:
                skipped += 1
            else:
                break
            if not rest:
                return True
        if not rest:
            return True
    return False


def _code(one: Secret, text: Read, wanted: Sequence[str] = ()) -> bool:
    wanted = wanted or (_squeezed(one.text),)
    for tokens in (text.tokens, text.spelled, tuple(map(str, text.counted))):
        if any(_aligned(whole, tokens) for whole in wanted):
            return True
    whole = wanted[0].translate(SKELETON)
    digits = re.sub(r"\D", "", wanted[0])
    squeezed = "".join(text.tokens).translate(SKELETON)
    if len(whole) >= 6 and (whole in squeezed or whole[:-2] in squeezed):
        return True
    shown = [part for token in text.spelled for part in re.split(r"x{2,}", token) if part]
    parts = [part if part.isalpha() else part.translate(SKELETON) for part in shown]
    tails = {whole[-4:], whole[-3:], digits if len(digits) > 3 else whole}
    heads = {whole[:size] for size in range(5, len(whole))}
    if any(part in tails | heads for part in parts):
        return True
    if any(_aligned(tail, text.spelled, 0) for tail in tails if len(tail) > 3):
        return True
    return any(a == whole[:3] and b == whole[-3:] for a, b in itertools.pairwise(parts))


def _phone(one: Secret, text: Read) -> bool:
    country, trunk, area, rest = (one.parts[name] for name in ("country", "trunk", "area", "rest"))
    return _code(one, text, (area + rest, trunk + area + rest, country + area + rest, rest))


def _near(word: str, token: str) -> bool:
    """Whether two words differ by one letter more, less, other or swapped."""
    if word == token or token.startswith(word):
        return True
    if abs(len(word) - len(token)) > 1 or len(word) < 5:
        return False
    return bool(_without_one(word) & _without_one(token))


@lru_cache(maxsize=20_000)
def _without_one(word: str) -> frozenset[str]:
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def _word(wanted: str, text: Read) -> bool:
    """Whether a telling word of at least five letters stands in a text, in whatever dress."""
    wanted = _squeezed(wanted)
    if wanted in text.squeezed or wanted in text.squeezed.translate(LEET):
        return True
    unleet = wanted.translate(str.maketrans("l", "i"))
    if unleet in text.squeezed.translate(LEET).translate(str.maketrans("l", "i")):
        return True
    starred = [re.sub(r"[^\w*]|_", "", token) for token in re.findall(r"[\w*]+", text.raw)]
    return any(
        _near(wanted, token) for token in (*text.tokens, *starred, *map("".join, itertools.pairwise(text.tokens)))
    )


def _name(one: Secret, text: Read) -> bool:
    forms = {one.parts[name] for name in ("text", "plain", "older") if one.parts.get(name)}
    return any(_word(form, text) for form in forms)


def _email(one: Secret, text: Read) -> bool:
    shown = "".join(token for token in text.tokens if token not in {"dot", "at", "underscore", "dash"})
    wanted = _squeezed(one.parts["local"])
    return wanted in shown or wanted in shown.translate(LEET) or wanted.translate(LEET) in shown.translate(LEET)


def _address(one: Secret, text: Read) -> bool:
    parts = one.parts
    street = parts["street"]
    stem = street.rsplit(" ", 1)[0] if parts["short"] != street else street
    return _word(stem, text) or _word(parts["town"], text) or _code(one, text, (_squeezed(parts["postcode"]),))


def _postcode(one: Secret, text: Read) -> bool:
    whole = _squeezed(one.text)
    return any(_aligned(whole, tokens) for tokens in (text.tokens, text.spelled, tuple(map(str, text.counted)))) or (
        whole in text.squeezed
    )


def _within(
    items: Sequence[int | str], first: Callable[[object], bool], second: Callable[[object], bool], far: int
) -> bool:
    places = [at for at, item in enumerate(items) if first(item)]
    return any(second(item) for place in places for item in items[max(0, place - far) : place + far + 1])


def _month(item: object, wanted: int) -> bool:
    return isinstance(item, str) and any(
        item.startswith(stem) and number == wanted and len(item) >= 3 for stem, number in MONTH.items()
    )


def _date(one: Secret, text: Read) -> bool:
    day = one.parts["day"]
    items = text.counted
    named = _within(items, lambda item: _month(item, day.month), lambda item: item in {day.day, day.year}, 3)
    pairs = {(day.day, day.month), (day.month, day.day)}
    figures = re.findall(r"(?<!\d)(\d{1,4})(?=[/.\- ](\d{1,2})(?!\d))", text.raw)
    return named or any((int(a), int(b)) in pairs for a, b in figures)


def _time(one: Secret, text: Read) -> bool:
    hour, minute = one.parts["hour"], one.parts["minute"]
    hours = {hour, (hour - 1) % 12 + 1}
    items = [15 if item == "quarter" else item for item in text.counted]
    for at, item in enumerate(items):
        after = items[at + 1 : at + 3]
        if item in hours and (after[:1] == [minute] or after == [0, minute] or after[:1] == [f"h{minute:02}"]):
            return True
        if item == minute and len(after) == 2 and after[0] == "past" and after[1] in hours:
            return True
        if item == 60 - minute and len(after) == 2 and after[0] == "to" and after[1] == hour % 12 + 1:
            return True
    return bool(re.search(rf"(?<!\d)0?{hour}h?{minute:02}(?!\d)", text.raw))


def _amount(one: Secret, text: Read) -> bool:
    whole, cents = one.parts["whole"], one.parts["cents"]
    raw = re.sub(r"(?<=\d)[,. \u00a0](?=\d{3}(?!\d))", "", text.raw)
    values = {int(found) for found in re.findall(r"\d{1,12}", raw)} | {x for x in text.counted if isinstance(x, int)}
    if whole * 100 + cents in values or (whole > 99 and {whole, whole + 1} & values):
        return True
    if whole >= 1_000 and f"{whole / 1_000:.1f}k" in raw:
        return True
    for items in (text.counted, [int(found) for found in re.findall(r"\d{1,12}", raw)]):
        if _within(items, lambda item: item == whole, lambda item: item == cents, 3):
            return True
    return False


def _number(one: Secret, text: Read) -> bool:
    parts, items = one.parts, text.counted
    match parts["unit"]:
        case "score":
            tens, ones = divmod(parts["hundredths"], 10)
            spoken = any(items[at : at + 3] == ("point", tens, ones) for at in range(len(items)))
            shown = rf"[.,·]{tens}{ones}(?!\d)|(?<!\d){tens}{ones} ?(?:%|per|/|out of)"
            return spoken or bool(re.search(shown, text.raw))
        case "since":
            return int(one.text) in items
        case "months":
            years, months = divmod(parts["months"], 12)
            both = _within(items, lambda item: item == years, lambda item: item == months, 4) and "months" in items
            return (parts["months"] in items and "months" in items) or both
        case _:
            thing = parts["thing"]
            if str(parts["count"]) + thing in text.squeezed:
                return True
            return _within(items, lambda item: item == parts["count"], lambda item: item == thing, 4)


def _note(one: Secret, text: Read) -> bool:
    wholes = [_squeezed(one.parts["half"]), _squeezed(one.text)]
    leet = [text.squeezed, text.squeezed.translate(LEET)]
    if any(whole in shown or whole.translate(LEET) in shown for whole in wholes for shown in leet):
        return True
    starred = [re.sub(r"[^\w*]|_", "", token) for token in re.findall(r"[\w*]+", text.raw)]
    tokens = {*text.tokens, *starred, *(token.translate(LEET) for token in text.tokens)}
    found = 0
    for key in map(_squeezed, one.parts["keys"]):
        stem = key[:-1] if len(key) > 5 else key
        found += any(token.startswith(stem) or _near(key, token) or token + "s" == key for token in tokens)
    return found > 1


_LOOKS: dict[str, Callable[[Secret, Read], bool]] = {
    "code": _code, "name": _name, "email": _email, "phone": _phone, "address": _address, "postcode": _postcode,
    "date": _date, "time": _time, "amount": _amount, "number": _number, "note": _note,
}  # fmt: skip
