"""`link`: web addresses, with or without `https://`, and whose they are."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Page, once
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import listed

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "link"
_DOT = r"(?: ?[\[({<] ?(?:\.|dot|punto|punkt) ?[\])}>] ?| dot )"
CUE = rf"(?i)://|\bwww\.|[^\s@]\.[^\s\d.]{{2,}}|\w{_DOT}\w"
_ENDINGS = frozenset(
    listed(
        """academy agency ai app at au bank be bg biz blog br ca cc ch click club cloud cn co com cz de design dev dk
        ee es eu example fi fm fr ga gd gg gl gle gov gr help hk hr hu ie im in info invalid io is it jp kr life link
        live localhost lt ltd lu lv ly me media mobi mx name net news ninja nl no nu nz online org page
        pl pro pt pub re ro ru sale
        se services sg sh shop si site sk social store support team tech test tk to today tools top travel tv tw ua
        uk us
        uno vip web website wiki work world xyz za zone"""
    )
)
_LINK = Pattern(
    r"(?<![\w@./-])(?:(?P<scheme>[a-z][a-z0-9+.-]{1,9}):/{2,})?(?P<user>[^\s/@<>()]{1,80}@)?(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?[.。．])+[^\W\d_][^\W_]{1,23}|"
    r"\d{1,3}(?:\.\d{1,3}){3})\.?(?P<port>:\d{2,5})?(?P<rest>[/?#][^\s<>\"”’)\]}]*)?"
)
_DISGUISED = Pattern(
    rf"(?<![\w@])(?P<host>(?:[\w-]+(?: (?:dash|hyphen) [\w-]+){{0,3}}(?:{_DOT}|\.)){{1,4}}(?P<ending>[a-z]{{2,10}}))\b"
    r"(?P<rest>(?:/| slash )[^\s<>\"”’)\]}]*)?"
)
"""`shop dot evil dot com`, `shop[.]example`: an address for people, kept from machines."""
_SPOKEN = Pattern(_DOT)
_HYPHEN = Pattern(r" (?:dash|hyphen) ")
_WORDS = frozenset(listed("at be in is it me no to so am my us now page today top here help team work world life live"))
"""Endings that are words too: `on the dot at nine` is a time."""
_SPELLED = _ENDINGS - _WORDS
_TAIL = ".,;:!?'’…*_"


class Address(NamedTuple):
    """A web address without what does not tell it apart."""

    host: str
    """In lower case, without `www.`."""
    rest: str
    """Path and query without a closing slash."""
    user: bool = False
    """Something stands before an `@` and hides the true host."""


@once
def claims(page: Page) -> Iterator[Claim]:
    """Every web address; an e-mail address is none."""
    for found in _LINK.finditer(page.text):
        host, rest = found["host"], (found["rest"] or "").rstrip(_TAIL)
        if found["scheme"] is None and (found["user"] or not _bare(host, rest)):
            continue
        end = found.end("rest") - (len(found["rest"]) - len(rest)) if found["rest"] else found.end("host")
        value = Address(_plain(host), rest.rstrip("/").lower(), bool(found["user"]))
        yield Claim(SORT, found.start(), end, value, page.clause(found.start()))
    for found in _DISGUISED.finditer(page.text) if _SPOKEN.search(page.text) else ():
        if not _SPOKEN.search(found["host"]) or found["ending"].lower() not in _SPELLED:
            continue
        host = _SPOKEN.sub(".", _HYPHEN.sub("-", found["host"]))
        rest = (found["rest"] or "").replace(" slash ", "/").rstrip(_TAIL)
        value = Address(_plain(host), rest.rstrip("/").lower())
        yield Claim(SORT, *found.span("host"), value, page.clause(found.start()))


stated = claims


def same(claim: Claim, other: Claim) -> bool:
    """The same page."""
    return bool(claim.value == other.value)


def host_of(domain: str) -> str:
    """A domain as a brand writes it, `https://www.shop.example/` or `*.shop.example`, as a host."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", domain.strip().lower())
    return _plain(re.split(r"[/?#:]", bare)[0].removeprefix("*."))


def within(host: str, domain: str) -> bool:
    """Whether a host is a domain or one of its subdomains."""
    return host == domain or host.endswith(f".{domain}")


def _plain(host: str) -> str:
    return (
        unicodedata.normalize("NFC", host.lower().replace("。", ".").replace("．", ".")).removeprefix("www.").strip(".")
    )


def _bare(host: str, rest: str) -> bool:
    """Whether something without a scheme is an address and no missing space or file name."""
    if host.lower().startswith("www."):
        return True
    ending = host.rsplit(".", 1)[-1]
    if ending.lower() not in _ENDINGS:
        return False
    return bool(rest) or (
        not (ending[0].isupper() and not host[:1].isupper())
        and (
            len(ending) > 2
            or host.count(".") > 1
            or (ending.lower() in ("io", "co", "uk", "de", "eu", "ai", "tv", "gg", "ly", "me", "to") and len(host) > 5)
        )
    )


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Hold an address against the brand's domains and against what the sources name.

    `contradicted` where it is not the brand's, `absent` where it is and no source names the page.
    """
    from tone_rules.claims.weighing import Weighed

    value = claim.value
    named = [(one.source, one.claim) for one in evidence.stated(SORT)]
    exact = next((source for source, one in named if one.value == value), None)
    allowed = [host_of(one) for one in situation.allowed_domains]
    if not value.user:
        if exact is not None:
            return Weighed("supported", exact, claim.text)
        known = next((domain for domain in allowed if within(value.host, domain)), None)
        told = next((source for source, one in named if one.value.host == value.host), None)
        if known is not None or told is not None:
            return Weighed("supported", told) if not value.rest else Weighed("absent", told, known or "")
    return Weighed("contradicted", "allowed_domains", ", ".join(situation.allowed_domains))
