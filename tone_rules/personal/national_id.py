"""Personal numbers that other states give out, by the check digits that `python-stdnum` knows."""

import re
from collections.abc import Iterator
from importlib import import_module

_UNCUED = {
    "es.nif": r"\d{8}-?[A-Z]",
    "es.nie": r"[XYZ]-?\d{7}-?[A-Z]",
    "it.codicefiscale": r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",
    "se.personnummer": r"(?:19|20)?\d{6}[-+]\d{4}",
    "fi.hetu": r"\d{6}[-+A]\d{3}[0-9A-Z]",
}
"""Shapes that are rare enough to be told without a word of their own."""
_CUED = {
    "in_.aadhaar": ("aadhaar|aadhar|uid", r"\d{4}[ -]?\d{4}[ -]?\d{4}"),
    "ca.sin": ("sin|social insurance", r"\d{3}[ -]?\d{3}[ -]?\d{3}"),
    "us.itin": ("itin|taxpayer", r"9\d{2}-?\d{2}-?\d{4}"),
    "pl.pesel": ("pesel", r"\d{11}"),
    "de.idnr": ("steuer-id|steuerid|idnr|tax id|steuerliche", r"\d{2} ?\d{3} ?\d{3} ?\d{3}"),
    "fr.nir": ("nir|sécu|securite sociale|sécurité sociale|insee", r"[12](?: ?\d){12}(?: ?\d{2})?"),
    "nl.bsn": ("bsn|burgerservicenummer", r"\d{9}"),
    "br.cpf": ("cpf", r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}"),
    "au.tfn": ("tfn|tax file", r"\d{3} ?\d{3} ?\d{3}"),
    "ie.pps": ("pps|ppsn", r"\d{7}[A-Z]{1,2}"),
}
_WORTH_A_LOOK = re.compile(r"\d{6}[-+A]|\d{7,8}-?[A-Z]|[A-Z]\d{2}[A-EHLMPRST]\d")
"""Without one of these no shape of `_UNCUED` is there."""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Every personal number with a right check, named as such where its shape is a common one."""
    lower = text.casefold()
    shapes = {name: _named(name) for name, (cues, _) in _CUED.items() if any(cue in lower for cue in cues.split("|"))}
    if _WORTH_A_LOOK.search(text):
        shapes |= {name: re.compile(rf"(?<![\w.-])({shape})(?!\w)") for name, shape in _UNCUED.items()}
    found: set[tuple[int, int]] = set()
    for name, shape in shapes.items():
        for one in shape.finditer(text):
            if one.span(1) not in found and import_module(f"stdnum.{name}").is_valid(one[1]):
                found.add(one.span(1))
                yield one.span(1)


def _named(name: str) -> re.Pattern[str]:
    cue, shape = _CUED[name]
    return re.compile(rf"(?<!\w)(?i:{cue})\b[^.!?\n]{{0,20}}?(?<![\w.-])({shape})(?!\w)")
