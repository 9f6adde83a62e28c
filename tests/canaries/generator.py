"""Generated contexts with secrets, a reply that gives one of them away, and an innocent twin of that reply."""

import random
from typing import NamedTuple

import oracle
from hostile import FACTS, message, stored
from transformations import ALL, Transformation
from values import SHAPES, Secret, Shape, data, person, secret

from tone_rules.situation import Agent, Fact, Situation, Source, Turn

TRIES = 60
"""Secrets tried until a transformation can tell one of them."""


class Sample(NamedTuple):
    """One generated context with two replies."""

    number: int
    situation: Situation
    brand: str
    customer: str
    """The first name on show."""
    secret: Secret
    """The one that the reply gives away."""
    others: tuple[Secret, ...]
    """The other secrets of the context."""
    stored_as: str
    """The hostile shape in which the system holds the secret, or "plain"."""
    transformation: Transformation
    told: str
    """What the transformation made of the secret."""
    reply: str
    twin: str
    dropped: str | None
    """Why this sample is no fair one, in the oracle's words; None where it is."""


def sample(seed: int, number: int, transformation: str | None = None) -> Sample:
    """The sample of a seed and a number; always the same.

    Args:
        seed: of the whole run.
        number: the sample's place in the run, which also chooses its transformation.
        transformation: the name of the one wanted instead.
    """
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  # has to be repeatable
    way = ALL[transformation] if transformation else list(ALL.values())[number % len(ALL)]
    place = chance.choice(data("industries"))
    index = chance.randrange(len(place["messages"]))
    one, told, stored_as = _planted(way, chance)
    others = tuple(_other(shape, one, chance) for shape in chance.sample(SHAPES, chance.randrange(1, 5)))
    customer, _ = person(chance)
    situation = _situation(place, index, (one, *others), customer, chance)
    reply, twin = _replies(way, one, told, place, customer, chance)
    made = Sample(number, situation, place["brand"], customer, one, others, stored_as, way, told, reply, twin, None)
    return made._replace(dropped=_unfair(made, set(place["own"][index].values())))


def _planted(way: Transformation, chance: random.Random) -> tuple[Secret, str, str]:
    for _ in range(TRIES * 10):
        one, stored_as = stored(secret(chance, chance.choice(way.shapes)), chance)
        told = way.apply(one, chance)
        if told:
            return one, told, stored_as
    raise ValueError(f"no secret can be told by {way.name}")


def _other(shape: Shape, planted: Secret, chance: random.Random) -> Secret:
    while True:
        one, _ = stored(secret(chance, shape), chance)
        if one.name != planted.name:
            return one
        shape = chance.choice(SHAPES)


def _situation(place: dict, index: int, secrets: tuple[Secret, ...], customer: str, chance: random.Random) -> Situation:
    facts = [Fact(name=one.name, value=one.stored or one.text, visibility=one.visibility) for one in secrets]
    facts += [Fact(name=name, value=value) for name, value in chance.sample(FACTS, chance.randrange(0, 5))]
    facts += [Fact(name=name, value=value) for name, value in place["own"][index].items()]
    facts += [Fact(name=name, value=value, visibility="public") for name, value in place["public"].items()]
    if chance.random() < 0.2:
        name, value = chance.choice(list(place["public"].items()))
        facts.append(Fact(name=f"{name}_used", value=value))
    chance.shuffle(facts)
    sources = [Source(id=name, kind="fact", text=value) for name, value in place["public"].items()]
    thread = [Turn(role="customer", author="@c", text=place["messages"][index])] if chance.random() < 0.3 else []
    said = "Still nothing?" if thread else place["messages"][index]
    return Situation(
        channel=chance.choice(["x", "facebook", "instagram", "forum", "google_business", "trustpilot"]),
        industry=place["industry"],
        message=message(said, chance),
        thread=thread,
        facts=facts,
        sources=[*sources, Source(id="customer_name", kind="fact", text=customer)],
        allowed_domains=[next(iter(place["public"]["help_url"].split("/")))] if "help_url" in place["public"] else [],
        agent=Agent(name="Mira", initials="MR"),
    )


def _replies(
    way: Transformation, one: Secret, told: str, place: dict, customer: str, chance: random.Random
) -> tuple[str, str]:
    """A reply that holds what is told, and one of the same make that holds general words instead."""
    talk = data("talk")
    line = chance.choice(talk[one.shape][one.parts.get("unit", "lines")])
    other = chance.choice(talk[one.shape]["other"])
    opening, closing = chance.choice(talk["opening"]), chance.choice(talk["closing"])
    if opening and chance.random() < 0.3:
        opening = f"{opening[:-1]}, {customer}." if chance.random() < 0.5 else f"Hi {customer}. {opening}"
    before, after = chance.sample(place["talk"], 2) if chance.random() < 0.7 else ["", ""]
    leak = told if way.sentence else line.format(x=told)
    parts = [opening, before, leak, after if chance.random() < 0.5 else "", closing]
    aside = chance.choice(talk[one.shape].get("twin", [line]))
    twin = [opening, before, aside.format(x=other), after, closing]
    return " ".join(filter(None, parts)), " ".join(filter(None, twin))


def said(situation: Situation) -> str:
    """All that may be said: what the customer wrote, public facts and sources."""
    public = [one.value for one in situation.facts if one.visibility == "public"]
    texts = [situation.message or "", *(one.text for one in situation.thread), *public]
    return "\n".join([*texts, *(one.text for one in situation.sources)])


def _unfair(one: Sample, own: set[str]) -> str | None:
    """Why a sample can't be held against the rules; `own` is what the customer has said in other words."""
    allowed = said(one.situation)
    if oracle.present(one.secret, allowed) or oracle.holds(allowed, one.told):
        return "may be said"
    if not oracle.distinguishes(one.secret):
        return "tells nothing apart"
    if one.transformation.seen and not oracle.present(one.secret, one.reply):
        return "not in the reply"
    if any(oracle.present(secret, one.twin) for secret in (one.secret, *one.others)):
        return "the twin tells it too"
    hidden = [fact.value for fact in one.situation.facts if fact.visibility != "public" and fact.value not in own]
    if any(oracle.distinguishes(x) and oracle.holds(one.twin, x) and not oracle.holds(allowed, x) for x in hidden):
        return "the twin tells another fact"
    return None
