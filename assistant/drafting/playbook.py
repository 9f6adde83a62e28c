"""The embedded drafter: plays, the customer's issue, passages of the brand's knowledge. No model, no network."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from assistant.brand import Brand
from assistant.context import PublicView
from assistant.drafting import Draft
from assistant.drafting.answer import library_of
from assistant.drafting.asking import without_instructions
from assistant.drafting.plays import load_playbook
from assistant.drafting.writing import Writing
from assistant.saved_replies import load_saved_replies
from assistant.triage import Triage

SPOKEN = ("en", "und")
"""Languages of a message that the playbook answers: it is written in English; "und" is too short to tell."""


class PlaybookDrafter:
    """Writes from playbooks and knowledge. Same brand, context and seed: same drafts."""

    name = "playbook"

    def __init__(self, brand: Brand, seed: int = 0) -> None:
        """Read the plays (the brand's own beside the shipped ones).

        Args:
            brand: whose voice, knowledge and contacts are used.
            seed: another one chooses other phrasings.

        Raises:
            ConfigurationError: a play of the brand is wrong.
        """
        self._brand = brand
        self._seed = seed
        self.book = load_playbook(brand.folder / "playbooks" if brand.folder else None)
        self._saved = load_saved_replies(brand.folder) if brand.folder else ()

    def provenance(self) -> Mapping[str, Any]:
        """The drafter's name, the playbook's digest and the seed."""
        return {"name": self.name, "playbook": self.book.sha256, "seed": self._seed}

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:
        """Drafts, some more than `variants`; none in a language other than English, or where no reply is due."""
        if not triage.reply or triage.language not in SPOKEN:
            return ()
        writing = self.writing(view, triage)
        return writing.drafts(variants) if triage.escalation is None else writing.holding(variants)

    def writing(self, view: PublicView, triage: Triage) -> Writing:
        """One message as it would be answered: what `draft` writes from."""
        library = library_of(self._brand.knowledge, _day(view))
        message = without_instructions(view.message, triage)
        return Writing(self._brand, self.book, library, view, triage, message, self._seed, self._saved)


def _day(view: PublicView) -> date:
    return (view.created_at or datetime.now(UTC)).date()
