"""One rule on one page: what it looks for, why, how much it weighs, when it applies, both sides of it, the mend."""

import inspect
from collections.abc import Iterator, Sequence
from typing import Literal

from tone_rules.engine import check
from tone_rules.examples import fires
from tone_rules.finding import Finding, Level
from tone_rules.fix import apply_fixes
from tone_rules.masking import Masked
from tone_rules.pack import Pack
from tone_rules.rule import Between, Dimension, Example, Rule, When, said
from tone_rules.value import Value

_SPACE = "…"


class Shown(Value):
    """One of a rule's own tests, as an example."""

    name: str
    text: str
    """The input; where the rule is sensitive, what it matches is blotted out."""
    spans: tuple[tuple[int, int], ...] = ()
    """What the rule flags in it."""
    messages: tuple[str, ...] = ()
    fixed: str | None = None
    """The text with the rule's safe fixes, where it has any."""
    suggestions: tuple[str, ...] = ()


class Explanation(Value):
    """What one rule is about."""

    rule: str
    what: str
    """In one line: its message, with a gap for what it finds."""
    kind: str
    does: str
    """What rules of this kind do."""
    why: str | None
    reference: str | None
    """The law, study or practice that it rests on."""
    status: Literal["verified", "unverified"]
    """Whether that was read at its source."""
    level: Level
    required: bool
    blocking: bool
    override: Literal["allowed", "never"]
    sensitive: bool
    applies: tuple[str, ...]
    """The conditions, all of which must hold; none where it applies everywhere."""
    fix: str
    """What can be done about a finding, and whether it may be done without asking."""
    fires: tuple[Shown, ...]
    silent: tuple[Shown, ...]
    link: str | None
    path: str | None


def what(rule: Rule) -> str:
    """A rule in one line: its description's first sentence, else its message with a gap for what it finds."""
    definition = rule.definition
    if definition.description:
        return definition.description.strip().splitlines()[0]
    return said(definition.template, (_SPACE,) * 9)


def explain(rule: Rule) -> Explanation:
    """Everything about a rule that its file says, and what its own tests show of it."""
    definition = rule.definition
    alone = Pack(rule.id.partition(".")[0], (rule,), rule.required)
    shown = [_shown(alone, one) for one in definition.tests]
    return Explanation(
        rule=rule.id,
        what=said(definition.template, (_SPACE,) * 9),
        kind=definition.extends,
        does=(inspect.getdoc(type(definition)) or "").partition("\n")[0],
        why=definition.description.strip() if definition.description else None,
        reference=definition.reference,
        status=definition.status,
        level=definition.level,
        required=rule.required,
        blocking=rule.blocking,
        override=definition.override,
        sensitive=definition.sensitive,
        applies=tuple(conditions(definition.when)),
        fix=_fix(rule, shown),
        fires=tuple(one for one, example in zip(shown, definition.tests, strict=True) if fires(example)),
        silent=tuple(one for one, example in zip(shown, definition.tests, strict=True) if not fires(example)),
        link=definition.link,
        path=rule.path,
    )


def conditions(when: When) -> Iterator[str]:
    """A `when` in words, one for each of its keys."""
    if when.channel:
        yield f"on {_either(when.channel)}"
    if when.audience:
        yield f"in {when.audience}"
    if when.industry:
        yield f"in the industry {_either(when.industry)}"
    if when.compliance:
        yield f"where the brand stands under {_either(when.compliance)}"
    if when.first_reply is not None:
        yield "in the first reply of a thread" if when.first_reply else "after the first reply of a thread"
    if when.brand_turns is not None:
        yield f"where the brand has answered {_times(when.brand_turns)} in this thread"
    if when.agent is not None:
        yield "where a named person signs" if when.agent else "where nobody signs by name"
    for dimension, between in when.voice.items():
        yield f"where the brand's voice is {_side(dimension, between)}"
    if when.message:
        yield f"where the customer's message matches {_either(when.message)}"
    if when.sentiment:
        yield f"where the customer's message is {_either(when.sentiment)}"
    if when.intent:
        yield f"where the customer's message is about {_either(_spoken(when.intent))}"
    if when.escalation:
        wanted = "anything that a specialist must take over"
        shown = wanted if "any" in when.escalation else _either(_spoken(when.escalation))
        yield f"where the customer's message shows {shown}"
    if when.sarcasm is not None:
        yield f"where the customer's message is {'sarcastic' if when.sarcasm else 'not sarcastic'}"
    # a key that is newer than this list is shown as it stands in the file
    for name in sorted(when.model_fields_set - _SAID):
        yield f"where {name} is {getattr(when, name)}"


def _times(between: Between) -> str:
    """A range of a count in words."""
    least = f"at least {between.at_least:g} times" if between.at_least is not None else ""
    most = f"at most {between.at_most:g} times" if between.at_most is not None else ""
    return " and ".join(one for one in (least, most) if one)


def _side(dimension: Dimension, between: Between) -> str:
    """One end of a dimension in words: "formal (formal_casual at most 0.3)"."""
    first, second = _ENDS[dimension]
    if between.at_least is None:
        return f"{first} ({dimension} at most {between.at_most:g})"
    if between.at_most is None:
        return f"{second} ({dimension} at least {between.at_least:g})"
    return f"between {first} and {second} ({dimension} from {between.at_least:g} to {between.at_most:g})"


_ENDS: dict[Dimension, tuple[str, str]] = {
    "funny_serious": ("funny", "serious"),
    "formal_casual": ("formal", "casual"),
    "respectful_irreverent": ("respectful", "irreverent"),
    "enthusiastic_matter_of_fact": ("enthusiastic", "matter of fact"),
}
_SAID = {
    "brand_turns",
    "voice",
    "channel",
    "audience",
    "industry",
    "compliance",
    "first_reply",
    "agent",
    "message",
    "sentiment",
    "intent",
    "escalation",
    "sarcasm",
}


def _spoken(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.replace("_", " ") for one in names)


def _either(words: Sequence[str]) -> str:
    quoted = [f"'{one}'" for one in words]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]


def _shown(alone: Pack, example: Example) -> Shown:
    findings: tuple[Finding, ...] = check(example.input, alone, example.situation).findings
    masked = Masked(example.input, findings)
    fixed = apply_fixes(example.input, findings)
    suggestions = dict.fromkeys(one for finding in findings for one in finding.suggestions)
    return Shown(
        name=example.name,
        text=masked.text.rstrip("\n"),
        spans=tuple((one.start, one.end) for one in findings),
        messages=tuple(dict.fromkeys(one.message for one in findings)),
        fixed=fixed.rstrip("\n") if fixed != example.input else None,
        suggestions=tuple(suggestions),
    )


def _fix(rule: Rule, shown: list[Shown]) -> str:
    if any(one.fixed is not None for one in shown):
        return "it mends what it finds by itself, where that is safe"
    if any(one.suggestions for one in shown):
        return "it suggests wordings; a person chooses"
    if rule.definition.sensitive:
        return "a person takes it out; what it finds is a secret and is shown as a mask"
    return "a person rewrites it"
