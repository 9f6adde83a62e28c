"""Rules as a component of a spaCy pipeline.

```python
import spacy

nlp = spacy.blank("en")
nlp.add_pipe("tone_rules", config={"packs": ["general", "tone"]})
doc = nlp("We apologise for any inconvenience.")
print(doc._.tone_report.verdict, [(span.label_, span.text) for span in doc.spans["tone_rules"]])
```

The factory is published in the entry-point group `spacy_factories`, so nothing of this package need be imported.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from tone_rules.engine import check
from tone_rules.errors import ConfigurationError
from tone_rules.finding import Report
from tone_rules.loading import load_rules
from tone_rules.pack import Pack
from tone_rules.situation import Situation

NAME = "tone_rules"
_REPORT = "tone_report"
_SITUATION = "tone_situation"
_REPORT_KEY = "tone_rules_report"
_SITUATION_KEY = ("._.", _SITUATION, None, None)
"""Where spaCy keeps the value of an extension."""
_FILE = "packs.json"


class ToneRules:
    """Checks each `Doc` and leaves it two things: `doc._.tone_report` and the spans `doc.spans["tone_rules"]`.

    A span is labelled with its rule and covers the tokens that a finding touches; where something is missing rather
    than wrong there is no span. `doc._.tone_situation` may hold, before the component runs, a `Situation` for that one
    text; it is taken off the `Doc` as it is read, so that nothing private is written with it.
    """

    def __init__(
        self, nlp: Language, name: str, packs: Iterable[str | Path | Pack], situation: Mapping[str, Any] | Situation
    ) -> None:
        """Make the component.

        Args:
            nlp: the pipeline that it is part of.
            name: of the component, also the key of its spans.
            packs: as `load_rules` takes them, or packs.
            situation: what holds for every text, such as `{"channel": "x"}`.

        Raises:
            ConfigurationError: there is no such pack, or it does not load. A folder that is missing is an error only
                when the component is used: a pipeline that was saved brings its rules along.
            pydantic.ValidationError: this is no situation.
        """
        del nlp
        self.name = name
        self.situation = Situation.model_validate(situation)
        self._packs: tuple[Pack, ...] = ()
        self._missing: ConfigurationError | None = None
        try:
            self._packs = tuple(one if isinstance(one, Pack) else load_rules(one) for one in packs)
        except ConfigurationError as error:
            if not any(_is_place(one) for one in packs):
                raise
            self._missing = error
        for extension in (_REPORT, _SITUATION):
            if not Doc.has_extension(extension):
                _register(extension)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The rules.

        Raises:
            ConfigurationError: a folder of the configuration is not there.
        """
        if self._missing is not None:
            raise self._missing
        return self._packs

    def __call__(self, doc: Doc) -> Doc:
        """Check a text."""
        data: dict[Any, Any] = doc.user_data
        situation = data.pop(_SITUATION_KEY, None)
        around = self.situation if situation is None else Situation.model_validate(situation)
        report = check(doc.text, self.packs, around)
        # plain values, so that a Doc can be saved, pickled and sent to another process
        data[_REPORT_KEY] = report.model_dump_json()
        spans = [_span(doc, one.start, one.end, one.rule) for one in report.findings if one.start < one.end]
        doc.spans[self.name] = SpanGroup(doc, name=self.name, spans=[one for one in spans if one is not None])
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The rules themselves, so that they work where their folder is not."""
        del exclude
        saved = [
            {
                "name": pack.name,
                "required": pack.required,
                "rules": [
                    [rule.id, rule.required, rule.definition.model_dump(mode="json", exclude_unset=True)]
                    for rule in pack.rules
                ],
            }
            for pack in self.packs
        ]
        return json.dumps(
            {"packs": saved, "situation": self.situation.model_dump(mode="json", exclude_unset=True)}
        ).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "ToneRules":
        """Take the rules that were saved in place of those that were configured."""
        del exclude
        saved = json.loads(data)
        self._packs = tuple(_restored(one) for one in saved["packs"])
        self.situation = Situation.model_validate(saved["situation"])
        self._missing = None
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the rules into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _FILE).write_bytes(self.to_bytes(exclude=exclude))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "ToneRules":
        """Read them again."""
        return self.from_bytes((Path(path) / _FILE).read_bytes(), exclude=exclude)


@Language.factory(
    NAME,
    default_config={"packs": ["general", "privacy", "channels", "tone"], "situation": {}},
    assigns=[f"doc._.{_REPORT}", "doc.spans"],
)
def make_tone_rules(nlp: Language, name: str, packs: list[str], situation: dict[str, Any]) -> ToneRules:
    """The factory of `nlp.add_pipe("tone_rules")`."""
    return ToneRules(nlp, name, packs, situation)


def _register(extension: str) -> None:
    if extension == _SITUATION:
        Doc.set_extension(extension, default=None)
    else:
        Doc.set_extension(extension, getter=_report_of)


def _report_of(doc: Doc) -> Report | None:
    saved = doc.user_data.get(_REPORT_KEY)
    return None if saved is None else Report.model_validate_json(saved)


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    span: Span | None = doc.char_span(start, end, label=label, alignment_mode="expand")
    return span


def _is_place(pack: str | Path | Pack) -> bool:
    """Whether a pack is named by where it is, and is not there."""
    return not isinstance(pack, Pack) and ("/" in str(pack) or "\\" in str(pack)) and not Path(pack).exists()


def _restored(saved: Mapping[str, Any]) -> Pack:
    from tone_rules.rule import Rule

    name = str(saved["name"])
    built = Pack.of(
        name, {rule: definition for rule, _, definition in saved["rules"]}, required=bool(saved["required"])
    )
    by_id = {one.id.removeprefix(f"{name}."): one for one in built.rules}
    rules = tuple(Rule(rule, by_id[rule].definition, required) for rule, required, _ in saved["rules"])
    return Pack(name, rules, built.required)
