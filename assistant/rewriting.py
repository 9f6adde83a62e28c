"""A reply rewritten as its agent asks: shorter, warmer, another question answered. Nothing new is stated."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import BaseModel, Field

from assistant.brand import Brand
from assistant.checking import length_of, situation_of
from assistant.context import CustomerContext, PublicView
from assistant.drafting import Draft
from assistant.drafting.material import in_words as in_words
from assistant.errors import ReplywrightError
from assistant.models.answer import Answer, Usage
from assistant.models.asking import asked
from assistant.models.client import ChatModel
from assistant.sources import sources_for
from prompts import neutral
from tone_rules.channels import UNITS, load_channel
from tone_rules.situation import Situation, Source

PROMPT = "rewrite.v1"
TRIES = 2
"""Once, and once more told what can't stand."""
LONGEST_WISH = 500
"""Characters."""
OnUsage = Callable[[Usage], None]


class NotRewritten(ReplywrightError):
    """The reply stays as it was; the message says why."""


class Rewritten(BaseModel):
    """What the model answers."""

    text: str = Field(description="the rewritten reply, whole, ready to be published")
    sources: list[str] = Field(description="ids of the sources that it stands on")
    left_out: str = Field(description="what of the wish can't be met and why; empty where all of it was")


def rewrite(
    model: ChatModel,
    draft: Draft,
    context: CustomerContext,
    brand: Brand,
    wish: str,
    *,
    on_usage: OnUsage | None = None,
) -> Draft:
    """A draft as the agent wishes it: unchecked and unmeasured, which its caller does next.

    What it states beyond the draft stands in a source; cleared wording and the signature stay as they were. A text
    that breaks this is sent back once.

    Args:
        model: who writes.
        draft: the reply as it is.
        context: what it answers.
        brand: whose voice and sources hold.
        wish: the agent's own words; of a long one the first 500 characters.
        on_usage: told what each call took.

    Raises:
        NotRewritten: the wish is empty, the model failed, or what it wrote states something that nothing backs.
    """
    wish = neutral(wish).strip()[:LONGEST_WISH]
    if not wish:
        raise NotRewritten("nothing was asked for; say how the reply should be rewritten")
    situation = situation_of(context, brand)
    cleared = tuple(_cleared(draft.text, situation))
    sources = _sources(draft, situation, wish)
    attempt, wrong = "", tuple[str, ...]()
    for _ in range(TRIES):
        answer = _ask(
            model, draft, context, brand, wish, sources=sources, cleared=cleared, attempt=attempt, wrong=wrong
        )
        if on_usage is not None and answer.usage != Usage():
            on_usage(answer.usage)
        if answer.value is None:
            raise NotRewritten(f"the reply was not rewritten: {answer.problem}")
        attempt = _signed(answer.value.text.strip(), draft.text, context, brand)
        wrong = tuple(unbacked(attempt, draft.text, situation, cleared))
        if not wrong:
            return _made(draft, answer.value, attempt, situation, wish, model.settings.model)
    raise NotRewritten(f"the reply was not rewritten: {wrong[0]}")


def unbacked(text: str, before: str, situation: Situation, cleared: Iterable[str]) -> Iterator[str]:
    """What a rewritten reply may not be: each thing as a sentence that names it.

    Args:
        text: the rewritten reply.
        before: the reply as it was, which backs whatever it says.
        situation: whose sources, message and thread back what they say.
        cleared: sentences that must stand in it word for word.
    """
    from tone_rules.claims import SORTS, claims_of, ungrounded

    if not text:
        yield "it is empty"
        return
    there = Source(id="reply", kind="fact", text=before)
    known = situation.model_copy(update={"sources": (*situation.sources, there)})
    said = {(one.sort, one.value) for one in claims_of(before, SORTS)}
    named: set[str] = set()
    for one in ungrounded(text, known, SORTS):
        claim = one.claim
        doubtful = one.weighed.outcome == "doubtful" and not one.nothing_known
        if not doubtful and (claim.sort, claim.value) not in said and claim.text not in named:
            named.add(claim.text)
            yield _new(claim.text)
    published = "\n".join(one.text if one.url is None else f"{one.text}\n{one.url}" for one in known.sources)
    links = {one.value for one in claims_of(published, ("link",))}
    theirs = "\n".join([published, situation.message or "", *(turn.text for turn in situation.thread)])
    for found in (
        *(one.text for one in claims_of(text, ("link",)) if one.value not in links),
        *_figures(text, theirs),
    ):
        if not any(found in one for one in named):
            named.add(found)
            yield _new(found)
    flat = _flat(text)
    for sentence in cleared:
        if _flat(sentence) not in flat:
            yield f"the cleared text “{sentence}” does not stand in it word for word"


def _new(words: str) -> str:
    return f"“{words}” stands neither in the reply nor in a source"


def _figures(text: str, known: str) -> Iterator[str]:
    """Figures written in digits that stand nowhere else."""
    from tone_rules.formats.atoms import atoms

    there = {one.text for one in atoms(known) if one.number}
    yield from (
        text[one.start : one.end] for one in atoms(text) if one.number and not one.spelled if one.text not in there
    )


def _cleared(text: str, situation: Situation) -> Iterator[str]:
    """The sentences of cleared texts that stand in a reply."""
    from tone_rules.sentences import sentence_spans

    flat = _flat(text)
    for source in situation.sources:
        if source.kind == "wording":
            for start, end in sentence_spans(source.text):
                if _flat(source.text[start:end]) in flat:
                    yield source.text[start:end]


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _sources(draft: Draft, situation: Situation, wish: str) -> tuple[Source, ...]:
    """What the draft stands on, and what else may answer the message."""
    near = sources_for(f"{situation.message or ''}\n{wish}", situation)
    own = tuple(one for one in situation.sources if one.id in draft.sources and one.kind != "goodwill")
    return tuple({one.id: one for one in (*own, *near)}.values())


def _ask(
    model: ChatModel,
    draft: Draft,
    context: CustomerContext,
    brand: Brand,
    wish: str,
    *,
    sources: tuple[Source, ...],
    cleared: tuple[str, ...],
    attempt: str,
    wrong: tuple[str, ...],
) -> Answer[Rewritten]:
    length = length_of(draft.text, context, brand)
    prompt, key = asked(
        PROMPT,
        brand=brand.name,
        voice=in_words(brand.voice),
        limit=length.limit,
        unit=UNITS[load_channel(context.channel).counting],
        languages="in the language of the reply",
        message=context.message,
        sources=sources,
        wording=cleared,
        reply=draft.text,
        wish=wish,
        attempt=attempt,
        wrong=wrong,
    )
    return model.ask(prompt, Rewritten, key=key)


def _signed(text: str, before: str, context: CustomerContext, brand: Brand) -> str:
    """The text with the signature that the reply ended in."""
    from assistant.drafting.signing import signed

    settings = brand.channels.get(context.channel)
    signature = signed((settings.signature if settings else None) or brand.signature, PublicView.of(context))
    if not signature or not before.rstrip().endswith(signature) or text.endswith(signature):
        return text
    between = before.rstrip().removesuffix(signature)
    return f"{text}{between[len(between.rstrip()) :] or ' '}{signature}"


def _made(draft: Draft, found: Rewritten, text: str, situation: Situation, wish: str, name: str) -> Draft:
    known = {one.id for one in situation.sources}
    left_out = " ".join(neutral(found.left_out).split())
    return Draft(
        text=text,
        drafter=name,
        why=f"as asked: {' '.join(wish.split())}" + (f"; left out: {left_out}" if left_out else ""),
        sources=tuple(dict.fromkeys((*draft.sources, *(one for one in found.sources if one in known)))),
    )
