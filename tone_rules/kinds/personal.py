"""`personal`: personal data that is not the brand's own stands in the reply."""

from collections.abc import Iterable
from typing import Literal

from pydantic import field_validator
from typing_extensions import override

from tone_rules.formats.lazy import Lazy
from tone_rules.kinds.leak import Leak
from tone_rules.personal import ENTITIES, WORTH_A_LOOK, Personal, find
from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation

_NAMES = {
    "BANK_ACCOUNT": "a bank account",
    "CREDIT_CARD": "a card number",
    "EMAIL_ADDRESS": "an e-mail address",
    "IBAN_CODE": "an IBAN",
    "NATIONAL_ID": "a personal number",
    "PASSPORT": "the number of an identity document",
    "PHONE_NUMBER": "a telephone number",
    "STREET_ADDRESS": "an address",
    "UK_NHS": "an NHS number",
    "UK_NINO": "a National Insurance number",
    "US_SSN": "a social security number",
    "ZIP_CODE": "a postal code",
}
_ROLE = Lazy(
    r"(?i)help|support|care|info|contact|hello|service|customer|press|media|team|sales|feedback|complain|social|enquir"
    r"|inquir|legal|privacy|dpo|gdpr|booking|order|return|refund|billing|account|office|admin|mail|news|job|safety"
    r"|accessib|security|abuse|reply|claims|care|desk|store|shop|reservation|guest|member|community|relations|concierge"
)
"""A mailbox with such a word in its name is read by whoever is on duty."""
_MAIL_PROVIDERS = Lazy(
    r"(?i)(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton|protonmail|pm|zoho"
    r"|yandex|mail|btinternet|sky|virginmedia|talktalk|orange|wanadoo|free|laposte|libero|t-online|comcast|verizon|att)\."
)
_PERSONS_MAILBOX = Lazy(r"[^\W\d_]+[._-][^\W\d_]+\d{0,4}$|[^\W\d_]{3,}\d{2,4}$")


class PersonalData(Blockwise):
    """Flags personal data, whoever's it is, by what `tone_rules.personal` finds. The message's argument names it.

    What sources, public facts or the brand's own posts hold is the brand's, and so is a mailbox at an allowed domain.
    A street without a number, a mailbox of a role and a line that only organisations have are nobody's.
    """

    extends: Literal["personal"]
    entities: Strings = ENTITIES
    """Names of entities, Presidio's where it has one."""
    whose: Literal["person", "unknown"] | None = None
    """Only what the words around it, or the customer's posts, tie to a person; only what nothing tells about; None is
    all that the brand hasn't published."""
    leaks: bool = True
    """Whether what a rule of kind `leak` finds, in facts and in the customer's posts, counts too."""

    @field_validator("entities")
    @classmethod
    def _known(cls, entities: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(entities) - set(ENTITIES))
        if unknown or not entities:
            raise ValueError(f"no entity {', '.join(unknown) or 'is named'}: choose from {', '.join(ENTITIES)}")
        return entities

    @property
    @override
    def pattern(self) -> str | None:
        """A digit or an @, without which there is nothing to find."""
        return WORTH_A_LOOK

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """Each piece of personal data that isn't the brand's."""
        for one in find(text, self.entities):
            if self._counts(one, text, situation) and (self.leaks or not _leaks(one, text, situation)):
                yield Hit(one.start, one.end, (_NAMES[one.entity],))

    def _counts(self, one: Personal, text: str, situation: Situation) -> bool:
        from tone_rules.personal.whose import is_published, whose

        value = text[one.start : one.end]
        if self.whose is None:
            return not (is_published(one.entity, value, situation) or _is_nobodys(one.entity, value))
        return (
            whose(one, text, situation) == self.whose
            and not _is_nobodys(one.entity, value)
            and (self.whose == "person" or _looks_personal(one.entity, value))
        )


def _is_nobodys(entity: str, value: str) -> bool:
    """Whether it is of a kind that no person has for themselves."""
    if entity == "STREET_ADDRESS":
        return not any(map(str.isdigit, value)) or not any(map(str.isalpha, value))
    if entity == "EMAIL_ADDRESS":
        return bool(_ROLE.search(value.partition("@")[0]))
    if entity == "PHONE_NUMBER":
        from tone_rules.personal.phone_number import is_service_line

        return is_service_line(value)
    return False


def _looks_personal(entity: str, value: str) -> bool:
    """Whether, with nothing told about it, it is more likely a person's than an organisation's."""
    if entity == "EMAIL_ADDRESS":
        mailbox, _, domain = value.partition("@")
        return bool(_MAIL_PROVIDERS.match(domain)) or bool(_PERSONS_MAILBOX.match(mailbox))
    if entity == "PHONE_NUMBER":
        from tone_rules.personal.phone_number import is_mobile

        return is_mobile(value)
    return True


def _leaks(one: Personal, text: str, situation: Situation) -> bool:
    """Whether a rule of kind `leak` finds it, or a part of it."""
    return any(hit.start < one.end and one.start < hit.end for hit in _LEAK.find(text, situation))


_LEAK = Leak(extends="leak", message="", said=True)
