"""`ChatModelDrafter`: a chat model writes, held to what it was given; where it fails, the embedded drafter does."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, Field
from pydantic_core import from_json
from rapidfuzz.fuzz import ratio

from assistant.brand import Brand
from assistant.context import PublicView
from assistant.drafting import Account, Draft, Drafter, Request, Written
from assistant.drafting.examples import Examples
from assistant.drafting.material import Material, gather
from assistant.drafting.orders import gives_orders
from assistant.models import bridge
from assistant.models.answer import Answer, Problem
from assistant.models.asking import asked
from assistant.models.budget import Budget
from assistant.models.client import ChatModel
from assistant.triage import Triage
from prompts import digest, neutral
from tone_rules.readings.language import UNKNOWN, language

REPLY, REPAIR = "reply.v1", "repair.v1"
OFFLINE = "written offline"
"""How the `why` of a draft begins that the embedded drafter wrote in the model's place."""
LONGEST_WHY = 120
"""Characters of what a model says of a draft, or of what it does not know."""
MOST_UNKNOWN = 4
_SHORT = 20
"""Characters below which a text is in no language in particular."""
_ALIKE, _SAME_SENSE = 80.0, 0.97
"""From here on two variants are one: rapidfuzz's ratio (0-100), and the cosine of their vectors."""
_GUIDING = ("error", "warning")
"""Levels of findings that a draft is sent back with."""


class ModelReply(BaseModel):
    """One reply as the model gives it; its text comes first, so that it shows while it streams."""

    text: str = Field(description="the reply, whole, ready to be published, without a signature")
    why: str = Field(description="in a few words: what this one does that the others don't")
    sources: list[str] = Field(description="ids of the facts and sources that it stands on")


class ModelReplies(BaseModel):
    """What the model answers."""

    replies: list[ModelReply] = Field(description="the best first; none to abstain")
    unknown: list[str] = Field(description="what you would need to know and don't, each in a few words")
    abstained: str = Field(description="why nothing can be said safely; empty where there is a reply")


class MendedReply(BaseModel):
    """What the model answers to a draft that is sent back."""

    text: str = Field(description="the mended reply, whole, ready to be published, without a signature")
    sources: list[str] = Field(description="ids of what it stands on")


class ChatModelDrafter:
    """Writes by a chat model: one call a message, and one for each draft that is sent back.

    A message that escalates is answered from the playbook's holding replies alone, and one that may give orders to its
    reader by the embedded drafter, which can't be talked to. Whatever the model does, something
    comes back: its replies where they keep to what was given, else the embedded drafter's, which say why. It holds no
    state of a message and may be shared by threads.
    """

    def __init__(
        self, brand: Brand, model: ChatModel, offline: Drafter | None = None, examples: Examples | None = None
    ) -> None:
        """Write for a brand.

        Args:
            brand: whose voice, rules and knowledge hold.
            model: who writes.
            offline: who writes where the model fails; the playbook drafter unless another is given.
            examples: replies that the brand approved, to hear how it sounds.

        Raises:
            ConfigurationError: a play of the brand is wrong.
        """
        if offline is None:
            from assistant.drafting.playbook import PlaybookDrafter

            offline = PlaybookDrafter(brand)
        self.name = model.settings.model
        self.private_values = model.settings.private_values
        self._brand, self._model, self._offline, self._examples = brand, model, offline, examples

    def provenance(self) -> Mapping[str, Any]:
        """The model, the digests of its prompts, and what explains the drafter that stands in for it."""
        return {
            "name": self.name,
            "prompts": {one: digest(one) for one in (REPLY, REPAIR)},
            "examples": len(self._examples) if self._examples else 0,
            "offline": dict(self._offline.provenance()),
        }

    def budget(self) -> Budget:
        """What a message that begins now may take, by the model's settings."""
        return Budget.of(self._model.settings)

    def draft(self, view: PublicView, triage: Triage, variants: int = 3) -> Sequence[Draft]:
        """What `write` gives, without the account of it."""
        return self.write(Request(view, triage, variants, self.budget())).drafts

    def write(self, request: Request) -> Written:
        """Up to `variants` replies by the model, as they come: unchecked. None where no reply is due."""
        view, triage = request.view, request.triage
        nothing = Account(name=self.name)
        if not triage.reply:
            return Written(account=nothing)
        if triage.escalation is not None:
            return Written(drafts=tuple(self._offline.draft(view, triage, request.variants)), account=nothing)
        if gives_orders(view, triage):
            return self._instead(request, Problem.orders, nothing)
        material = gather(self._brand, view, triage, request.private, self._examples)
        wanted = max(1, request.variants - len(request.beside))
        prompt, key = asked(REPLY, **{**material.values, "variants": wanted, "beside": request.beside})
        shown = _shown(request.on_text) if request.on_text is not None else None
        answer = self._model.ask(prompt, ModelReplies, key=key, seconds=request.budget.seconds, on_text=shown)
        account = self._account(answer, REPLY, prompt.sha256)
        if answer.value is None:
            return self._instead(request, answer.problem or Problem.empty, account, answer.detail)
        held = [self._held(one.text, one.sources, one.why, material) for one in answer.value.replies]
        fit = [one.draft for one in held if one.draft is not None]
        drafts = tuple(_different(fit, request.beside))[:wanted]
        notes = tuple(self._unknown(answer.value))
        if fit:
            dropped = tuple(str(one.problem) for one in held if one.problem is not None)
            return Written(drafts=drafts, account=_told(account, *dropped), notes=notes)
        problem = next((one.problem for one in held if one.problem), None)
        abstained = _line(answer.value.abstained)
        if problem is None:
            problem = Problem.abstained if abstained else Problem.empty
        return self._instead(request, problem, account, abstained, notes)

    def rewrite(self, drafts: Sequence[Draft], request: Request) -> Written:
        """New versions of those drafts that the model could mend, all at once; unchecked."""
        material = gather(self._brand, request.view, request.triage, request.private)
        answers = bridge.run(self._mended(drafts, material, request.budget.seconds))
        account = Account(name=self.name)
        found: dict[int, Draft] = {}
        for place, (draft, answer) in enumerate(zip(drafts, answers, strict=True)):
            account += self._account(answer, REPAIR, digest(REPAIR), rewrites=1)
            if answer.value is None:
                account = _told(account, str(answer.problem))
                continue
            held = self._held(answer.value.text, answer.value.sources, draft.why, material)
            if held.problem is not None:
                account = _told(account, str(held.problem))
            if held.draft is not None and held.draft.text != draft.text:
                found[place] = held.draft
        return Written(drafts=tuple(found.values()), places=tuple(found), account=account)

    def instead(self, request: Request, why: str) -> Written:
        """The embedded drafter's drafts; the reason stands in each of them, in the account and in the notes."""
        drafts = tuple(
            one.model_copy(update={"why": f"{OFFLINE}: {why}" + (f"; {one.why}" if one.why else "")})
            for one in self._offline.draft(request.view, request.triage, request.variants)
        )
        said = f"The embedded drafter wrote: {why}." if drafts else f"No draft of the playbook either: {why}."
        account = Account(name=self.name, offline=why, problems=(why,))
        return Written(drafts=drafts, account=account, notes=(f"{said} ({self.name})",))

    def _instead(
        self, request: Request, problem: Problem, account: Account, detail: str = "", notes: tuple[str, ...] = ()
    ) -> Written:
        found = self.instead(request, str(problem))
        abstained = problem is Problem.abstained
        said = (f"The model abstained: {detail}. ({self.name})",) if abstained and detail else ()
        # what a model says may hold a customer's words, which an account, kept for ever, may not
        exactly = (f"{problem} ({detail})" if detail and not abstained else str(problem),)
        told = account + found.account.model_copy(update={"problems": exactly})
        return found.model_copy(update={"account": told, "notes": (*found.notes, *said, *notes)})

    async def _mended(
        self, drafts: Sequence[Draft], material: Material, seconds: float
    ) -> "Sequence[Answer[MendedReply]]":
        async def one(draft: Draft) -> Answer[MendedReply]:
            findings = [
                finding.model_copy(update={"message": _line(finding.message, 400)})
                for finding in draft.findings
                if finding.level in _GUIDING
            ]
            reply = _unsigned(draft.text, material.signature)
            prompt, key = asked(REPAIR, **{**material.values, "reply": reply, "findings": findings})
            return await self._model.aask(prompt, MendedReply, key=key, seconds=seconds)

        return await asyncio.gather(*map(one, drafts))

    def _held(self, text: str, sources: Sequence[str], why: str, material: Material) -> "_Held":
        """A text of the model as a draft, or why it can't be one."""
        text = neutral(text).strip()
        if not text:
            return _Held(None, Problem.empty)
        read = language(text) if len(text) >= _SHORT else UNKNOWN
        if read not in (UNKNOWN, material.language):
            return _Held(None, Problem.language)
        stands_on = tuple(dict.fromkeys(one for one in sources if one in material.offered))
        cleared = [material.cleared[one] for one in stands_on if one in material.cleared]
        if material.wording is not None:
            cleared.append(material.wording)
        if any(_flat(one) not in _flat(text) for one in cleared):
            return _Held(None, Problem.wording)
        text = _signed(text, material.signature)
        return _Held(Draft(text=text, drafter=self.name, why=_line(why), sources=stands_on), None)

    def _unknown(self, value: ModelReplies) -> Iterator[str]:
        for one in value.unknown[:MOST_UNKNOWN]:
            if said := _line(one).rstrip("."):
                yield f"The model would need to know: {said}. ({self.name})"

    def _account(self, answer: Answer[Any], name: str, sha256: str, rewrites: int = 0) -> Account:
        return Account(
            name=self.name,
            prompts={name: sha256},
            usage=answer.usage,
            cached=int(answer.cached),
            rewrites=rewrites,
        )


class _Held(NamedTuple):
    draft: Draft | None
    problem: Problem | None


def _told(account: Account, *problems: str) -> Account:
    return account + Account(name=account.name, problems=problems) if problems else account


def _different(drafts: Iterable[Draft], beside: Iterable[str]) -> Iterator[Draft]:
    """Drafts less those that say what an earlier one says, or a text beside them."""
    from tone_rules.vectors import likeness

    kept = list(beside)
    for draft in drafts:
        if all(ratio(draft.text, one) < _ALIKE and likeness(draft.text, one) < _SAME_SENSE for one in kept):
            kept.append(draft.text)
            yield draft


def _shown(on_text: Any) -> Any:
    """What turns JSON that grows into the first reply's text as it grows."""

    def growing(so_far: str) -> None:
        text = first_text(so_far)
        if text:
            on_text(text)

    return growing


def first_text(so_far: str) -> str:
    """The first reply's text in an answer that is still coming; empty where there is none yet."""
    start = so_far.find("{")
    if start < 0:
        return ""
    try:
        found = from_json(so_far[start:], allow_partial="trailing-strings")
        text = found["replies"][0]["text"]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    return neutral(text).strip() if isinstance(text, str) else ""


def _signed(text: str, signature: str | None) -> str:
    text = _unsigned(text, signature)
    return f"{text} {signature}" if signature else text


def _unsigned(text: str, signature: str | None) -> str:
    """The text without the signature, as often as it ends in it."""
    text = text.rstrip()
    while signature and text.endswith(signature):
        text = text.removesuffix(signature).rstrip()
    return text


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _line(text: str, most: int = LONGEST_WHY) -> str:
    """Words of a model as one short line."""
    said = " ".join(neutral(text).split())
    return said if len(said) <= most else said[: most - 1] + "…"
