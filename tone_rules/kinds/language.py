"""`language`: the reply is in another language than the customer's message."""

from collections.abc import Iterable
from typing import Literal

from typing_extensions import override

from tone_rules.rule import Blockwise, Hit, Strings
from tone_rules.situation import Situation

_SHORT = 20
"""Characters below which a reply is in no language in particular: "OK!", a name, a link."""


class Language(Blockwise):
    """Flags a reply in another language than the message's. The arguments are the message's and the reply's language.

    Where either can't be told it is silent, and so it is where the brand doesn't speak the message's language and the
    reply is in one that it does.
    """

    extends: Literal["language"]
    languages: Strings = ()
    """ISO 639-1 codes of the languages that the brand speaks; any where none is given."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit for the whole text."""
        if not situation.message or len(text) < _SHORT:
            return
        from tone_rules.readings.language import UNKNOWN, language, profiles

        spoken = {one.partition("-")[0] for one in self.languages}
        ours, theirs = language(text), language(situation.message)
        if UNKNOWN in (ours, theirs) or ours == theirs:
            return
        if spoken and theirs not in spoken and ours in spoken:
            return
        names = profiles().names
        yield Hit(0, 0, (names.get(theirs, theirs), names.get(ours, ours)), whole=True)
