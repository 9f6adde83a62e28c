"""The path from a context to a proposal: triage, draft, check, repair, rank."""

from collections.abc import Callable, Generator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from assistant import checking
from assistant.brand import Brand
from assistant.brief import Brief
from assistant.context import CustomerContext, PublicView
from assistant.drafting import Account, Draft, Drafter, ModelDrafter, Request, Written
from assistant.drafting.rank import apart, in_steps, rank
from assistant.models.answer import Problem, Usage
from assistant.repair import mend, merit, passing, repair
from assistant.triage import Triage, triage
from tone_rules.finding import Report
from tone_rules.value import Value

if TYPE_CHECKING:
    from assistant.drafting.examples import Examples
    from assistant.judging import ModelJudge
    from assistant.models import ChatModel
    from assistant.streaming import Growing

Status = Literal["ready", "needs_edit", "escalate", "no_reply"]


class Proposal(Value):
    """What the pipeline returns for one message; nothing in it is published before a person approves."""

    id: str
    status: Status
    triage: Triage
    brief: tuple[str, ...] = ()
    """What an agent should know before answering, each with its source."""
    drafts: tuple[Draft, ...] = ()
    """Best first; with `escalate` holding replies only, with `no_reply` none."""
    provenance: Mapping[str, Any] = {}
    """What made it: versions and digests of brand, packs, playbook and drafter."""


class Assistant:
    """One brand's assistant. It holds no state between messages and may be shared by threads."""

    def __init__(
        self,
        brand: Brand,
        drafter: Drafter | None = None,
        *,
        model: "ChatModel | None" = None,
        examples: "Examples | None" = None,
    ) -> None:
        """Work for `brand`.

        Args:
            brand: whose voice, knowledge and rules hold.
            drafter: who writes; a chat model's drafter where there is a model, else the embedded playbook drafter.
            model: who writes, rewrites, helps triage where its rules are unsure, and reads rules in plain words where
                its settings say so. Without one nothing leaves this machine.
            examples: replies that the brand approved, for the model's drafter.

        Raises:
            ConfigurationError: a rule, pack or play of the brand is wrong.
        """
        if drafter is None and model is not None:
            from assistant.drafting.chat_model import ChatModelDrafter

            drafter = ChatModelDrafter(brand, model, examples=examples)
        elif drafter is None:
            from assistant.drafting.playbook import PlaybookDrafter

            drafter = PlaybookDrafter(brand)
        self.brand = brand
        self.drafter = drafter
        self.model = model
        self._brief = Brief(brand)
        self._provenance = {
            "replywright": version("replywright"),
            "brand": brand.sha256,
            "packs": {pack.name: pack.sha256 for pack in checking.packs_of(brand)},
            "drafter": dict(drafter.provenance()),
        }

    def triage(self, context: CustomerContext) -> Triage:
        """What the message is, with the words that led to each answer."""
        return self._triaged(context)[0]

    def draft(
        self,
        context: CustomerContext,
        variants: int = 3,
        corrected: Triage | None = None,
        beside: Sequence[str] = (),
    ) -> Proposal:
        """Triage a message and propose up to `variants` checked replies, best first.

        Where one of them may be published, those that may not are left out.

        Args:
            context: the message and its surroundings.
            variants: how many replies to choose from, those `beside` counted.
            corrected: a triage that a person has corrected; it holds instead of the computed one.
            beside: replies that are there already: a chat model is asked for others.
        """
        return self._proposed(context, variants, corrected, beside)

    def stream(
        self,
        context: CustomerContext,
        variants: int = 3,
        corrected: Triage | None = None,
        beside: Sequence[str] = (),
    ) -> "Generator[Growing | Proposal]":
        """What `draft` gives, as its last item; before it the first reply as it grows, checked as far as it stands.

        Only the proposal can be approved. A drafter that does not stream gives the proposal alone. Who reads no
        further stops the drafting.
        """
        if not isinstance(self.drafter, ModelDrafter):
            yield self._proposed(context, variants, corrected, beside)
            return
        from assistant.streaming import streamed

        def proposed(on_text: Callable[[str], None]) -> Proposal:
            return self._proposed(context, variants, corrected, beside, on_text)

        yield from streamed(proposed, lambda text: self.check(text, context))

    def check(self, text: str, context: CustomerContext) -> Report:
        """Check an exact text as a reply to a message."""
        return checking.check(text, context, self.brand)

    def rewrite(
        self, draft: Draft, context: CustomerContext, wish: str, *, on_usage: Callable[[Usage], None] | None = None
    ) -> Draft:
        """A draft as the agent wishes it ("shorter", "answer the second question"), checked and measured.

        Args:
            draft: the reply as it is.
            context: what it answers.
            wish: the agent's own words.
            on_usage: told what each call took.

        Raises:
            NotRewritten: no model is set up, it failed, or what it wrote states something that nothing backs.
        """
        from assistant.rewriting import NotRewritten, rewrite

        if self.model is None:
            raise NotRewritten("no model is set up to rewrite with; name one in [model] of replywright.toml")
        found = rewrite(self.model, draft, context, self.brand, wish, on_usage=on_usage)
        return repair(found, context, self.brand)

    def _triaged(self, context: CustomerContext, seconds: float | None = None) -> tuple[Triage, Usage]:
        seen = triage(context, self.brand)
        if self.model is None or not self.model.settings.triage:
            return seen, Usage()
        from assistant.triage_model import triage_with

        took = [Usage()]
        seen = triage_with(self.model, context, self.brand, seen, seconds=seconds, on_usage=took.append)
        return seen, took[-1]

    def _proposed(
        self,
        context: CustomerContext,
        variants: int,
        corrected: Triage | None,
        beside: Sequence[str],
        on_text: Callable[[str], None] | None = None,
    ) -> Proposal:
        """What was drafted; where a person corrected the triage, a record has both.

        `provenance["computed"]` is the triage as it was, unless a chat model had a say in it.
        """
        found = self._drafted(context, variants, corrected, beside, on_text)
        if corrected is None or (self.model is not None and self.model.settings.triage):
            return found
        from assistant.triage import triage

        computed = triage(context, self.brand).model_dump(mode="json")
        return found.model_copy(update={"provenance": {**found.provenance, "computed": computed}})

    def _drafted(
        self,
        context: CustomerContext,
        variants: int,
        corrected: Triage | None,
        beside: Sequence[str],
        on_text: Callable[[str], None] | None,
    ) -> Proposal:
        drafter = self.drafter
        view = PublicView.of(context)
        if not isinstance(drafter, ModelDrafter):
            seen = corrected or self.triage(context)
            drafts, alike = apart(_said(tuple(drafter.draft(view, seen, variants)) if seen.reply else ()))
            mended = [repair(one, context, self.brand) for one in drafts]
            if not passing(mended):
                mended += [repair(one, context, self.brand) for one in alike]
            return self._ranked(context, seen, variants, mended)
        budget = drafter.budget()
        seen, took = (corrected, Usage()) if corrected else self._triaged(context, budget.seconds)
        private = tuple(one for one in context.facts if one.visibility != "public") if drafter.private_values else ()
        request = Request(view, seen, variants, budget, private, tuple(beside), on_text)
        judge = self._judge(budget.until)
        written = self._written(drafter, request, context, judge)
        account = written.account + Account(
            name=drafter.name, usage=took + (judge.usage if judge is not None else Usage())
        )
        return self._ranked(context, seen, variants, written.drafts, account, written.notes)

    def _written(
        self, drafter: ModelDrafter, request: Request, context: CustomerContext, judge: "ModelJudge | None"
    ) -> Written:
        """The model's drafts, mended; beside them the embedded drafter's where none of them may be published."""
        written = drafter.write(request)
        written = written.model_copy(update={"drafts": _said(written.drafts)})
        written = mend(written, drafter, request, context, self.brand, judge)
        if any(one.verdict != "block" for one in written.drafts) or written.account.offline or not written.drafts:
            return written
        other = drafter.instead(request, str(Problem.broken))
        safe = tuple(repair(one, context, self.brand, judge) for one in _said(other.drafts))
        return Written(
            drafts=(*written.drafts, *safe),
            account=written.account + other.account,
            notes=(*written.notes, *other.notes),
        )

    def _judge(self, until: float) -> "ModelJudge | None":
        if self.model is None or not self.model.settings.judge:
            return None
        from assistant.judging import ModelJudge

        return ModelJudge(self.model, until)

    def _ranked(
        self,
        context: CustomerContext,
        seen: Triage,
        variants: int,
        drafts: "list[Draft] | tuple[Draft, ...]",
        account: Account | None = None,
        notes: tuple[str, ...] = (),
    ) -> Proposal:
        ranked = rank(drafts, in_steps(merit))
        ranked = (passing(ranked) or ranked)[:variants]
        return Proposal(
            id=context.id,
            status=_status(seen, ranked),
            triage=seen,
            brief=(*self._brief.lines(context, seen, ranked), *notes),
            drafts=ranked,
            provenance=self._provenance if account is None else with_account(self._provenance, account),
        )


def with_account(provenance: Mapping[str, Any], account: Account) -> Mapping[str, Any]:
    """What made a proposal, with what a chat model had to do with it."""
    told = account.model_dump(mode="json")
    return {**provenance, "model": told, "usage": told["usage"]}


def _said(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    return tuple(one for one in drafts if one.text.strip())


def _status(seen: Triage, drafts: tuple[Draft, ...]) -> Status:
    if not seen.reply:
        return "no_reply"
    if seen.escalation is not None:
        return "escalate"
    return "ready" if drafts and drafts[0].verdict == "pass" and seen.review is None else "needs_edit"
