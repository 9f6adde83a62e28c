"""The names and patterns a brand writes, each as a type that refuses what it can't be and names the mend."""

import re
from typing import Annotated

from pydantic import AfterValidator

from tone_rules.channels import channel_names
from tone_rules.located import nearest

PLACEHOLDERS = ("initials", "name", "first_name")
"""What a signature may name, in braces: all of them are the agent's."""

_HOST = re.compile(r"((?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z][a-z0-9-]{1,62}(?<!-)")


def _domain(value: str) -> str:
    try:
        travels = value.lower().encode("idna").decode("ascii")
    except UnicodeError:
        travels = ""
    if len(travels) > 253 or not _HOST.fullmatch(travels):
        raise ValueError(f"'{value}' is not a domain; write it bare, without https://, path or *: 'help.shop.example'")
    return value.lower()


def _signature(value: str) -> str:
    for name in re.findall(r"\{([^{}]*)\}", value):
        if name not in PLACEHOLDERS:
            raise ValueError(f"unknown placeholder '{{{name}}}'; {nearest(name, PLACEHOLDERS)}")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", value)):
        raise ValueError(f"'{value}' has a brace without its partner; write placeholders as {{initials}}")
    return value


def _channel(value: str) -> str:
    if value not in channel_names():
        raise ValueError(f"unknown channel '{value}'; {nearest(value, channel_names())}")
    return value


def _compliance(value: str) -> str:
    from tone_rules.pack import shipped

    if value not in shipped():
        raise ValueError(f"unknown compliance pack '{value}'; {nearest(value, shipped())}")
    return value


def _rule(value: str) -> str:
    if not re.fullmatch(r"[^\s.]+\.[^\s.]+", value):
        raise ValueError(
            f"'{value}' is not the name of a rule; write it as Style.Rule, for example general.Placeholder"
        )
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"'{value}' is not a language code; write it as 'en', 'de' or 'pt-BR'")
    return value


Domain = Annotated[str, AfterValidator(_domain)]
"""A bare domain in lower case; a domain stands for its subdomains too."""
Signature = Annotated[str, AfterValidator(_signature)]
"""A pattern with `PLACEHOLDERS` in braces."""
ChannelName = Annotated[str, AfterValidator(_channel)]
ComplianceName = Annotated[str, AfterValidator(_compliance)]
RuleName = Annotated[str, AfterValidator(_rule)]
LanguageCode = Annotated[str, AfterValidator(_language)]
