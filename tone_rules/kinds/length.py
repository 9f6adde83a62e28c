"""`length`: more than the channel takes, by the channel's own counting."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from tone_rules.rule import Blockwise, Hit
from tone_rules.situation import Situation


class Length(Blockwise):
    """Flags a text over the limit of the situation's channel. The arguments are the count, the limit and the unit."""

    extends: Literal["length"]
    limits: Mapping[str, Annotated[int, Field(gt=0)]] = {}
    """Other limits than the channels' own, by the channel's name and in its unit."""

    @override
    def find(self, text: str, situation: Situation) -> Iterable[Hit]:
        """One hit for each bound of the channel that the text exceeds, from the first character that is too many."""
        from tone_rules.channels import load_channel

        if situation.channel is None:
            return
        for measured in load_channel(situation.channel).measured(text, self.limits.get(situation.channel)):
            if measured.limit is not None and measured.counted > measured.limit:
                arguments = (f"{measured.counted:,}", f"{measured.limit:,}", measured.unit)
                yield Hit(measured.fits(text), len(text), arguments)
