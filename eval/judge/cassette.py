"""Cassettes: a model's answers, recorded once into a file and replayed without a network.

A line an answer, sorted, so that a change shows as the lines that changed. Each is known by all that it depends on:
model, settings, prompt, shape and what was asked. A cassette holds no key, no header and no prompt; what a prompt
holds masked was never in an answer.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ValidationError

from assistant.models.answer import Answer, Problem
from assistant.models.client import ChatModel, OnText, strict
from assistant.settings import ModelSettings
from eval.errors import StaleCassette
from prompts import Prompt, digest, names
from tone_rules.errors import ConfigurationError
from tone_rules.value import Value

T = TypeVar("T", bound=BaseModel)
Mode = Literal["replay", "record"]

LASTING = frozenset({Problem.refused, Problem.cut, Problem.length, Problem.shape, Problem.empty, Problem.too_big})
"""Problems that are the model's answer: they are recorded. A server's trouble is not, so that it is asked again."""
_FENCE = re.compile(r"Marks with another number than ([0-9a-f]{12}) are")
_SHOWN = 8
"""Characters of a digest in a message."""


class Entry(Value):
    """One answer."""

    prompt: str
    """Its name and version: `judge_reply.v1`."""
    prompt_sha256: str
    model: str
    settings: Mapping[str, str | int | float | None]
    shape: str
    shape_sha256: str
    key: str
    """The sha256 of all of that and of what was asked."""
    answer: Mapping[str, object] | None
    problem: Problem | None = None

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands in its file."""
        return self.prompt, self.model, self.key


class Cassette:
    """Answers by key, in a file of JSON Lines."""

    def __init__(self, path: Path, mode: Mode = "replay") -> None:
        """Read the file; to record, it need not be there.

        Raises:
            ConfigurationError: it is missing, or a line of it is no answer.
        """
        self.path = path
        self.mode = mode
        self._kept = {one.key: one for one in _read(path, mode)}
        self._new = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All answers, in the order of the file."""
        return tuple(sorted(self._kept.values(), key=lambda one: one.order))

    @property
    def settings(self) -> ModelSettings | None:
        """The model and settings that it was recorded with, where all answers name the same."""
        found = {json.dumps([one.model, dict(one.settings)], sort_keys=True) for one in self._kept.values()}
        if len(found) != 1:
            return None
        model, settings = json.loads(found.pop())
        return ModelSettings(model=model, **settings)

    def find(self, key: str) -> Entry | None:
        """The answer of a key."""
        return self._kept.get(key)

    def keep(self, entry: Entry) -> None:
        """Add an answer, on the disk at once: a killed recording loses none.

        Raises:
            ConfigurationError: it can't be written.
        """
        self._kept[entry.key] = entry
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # the first time all of it, without what is left of a line that a killed recording began
            with self.path.open("a" if self._new else "w", encoding="utf-8") as file:
                file.writelines(map(_line, [entry] if self._new else self.entries))
        except OSError as error:
            raise ConfigurationError.at(self.path, f"the cassette can't be written: {error.strerror}") from None
        self._new = True

    def save(self) -> None:
        """Put the file in order, without answers to prompts that have changed since: nobody can ask for those again.

        Raises:
            ConfigurationError: it can't be written.
        """
        if self.mode == "replay" or not self._new:
            return
        known = set(names())
        lasting = [one for one in self.entries if one.prompt not in known or one.prompt_sha256 == digest(one.prompt)]
        draft = self.path.with_name(f".{self.path.name}.new")
        try:
            draft.write_text("".join(_line(one) for one in lasting), encoding="utf-8")
            os.replace(draft, self.path)
        except OSError as error:
            raise ConfigurationError.at(self.path, f"the cassette can't be written: {error.strerror}") from None
        self._kept = {one.key: one for one in lasting}
        self._new = False

    def why_not(self, wanted: Entry) -> str:
        """Why there is no answer to what is asked, in words: what has changed since it was recorded."""
        entries = [one for one in self._kept.values() if one.prompt == wanted.prompt]
        if not entries:
            return "nothing was recorded for this prompt"
        same = [one for one in entries if one.prompt_sha256 == wanted.prompt_sha256]
        if not same:
            old = sorted({one.prompt_sha256[:_SHOWN] for one in entries})
            return f"the prompt has changed (recorded {', '.join(old)}, now {wanted.prompt_sha256[:_SHOWN]})"
        if all(one.model != wanted.model for one in same):
            return f"it was recorded with the model {same[0].model}, and {wanted.model} is asked"
        if all(dict(one.settings) != dict(wanted.settings) for one in same if one.model == wanted.model):
            before, now = dict(same[0].settings), dict(wanted.settings)
            changed = [
                f"{name} {before.get(name)!r}, now {now[name]!r}" for name in now if before.get(name) != now[name]
            ]
            return f"the model's settings have changed (recorded {'; '.join(changed)})"
        if all(one.shape_sha256 != wanted.shape_sha256 for one in same):
            return f"the shape {wanted.shape} of the answer has changed"
        return "what is asked about has changed: a message, a reply, a rubric, or the number of votes or epochs"


class RecordedModel(ChatModel):
    """A chat model whose answers come from a cassette, or go into one.

    Where it replays nothing is ever sent: an answer that is missing raises, because it must fail and not be worked
    around. A problem that was the model's answer is replayed as one.
    """

    def __init__(self, settings: ModelSettings, cassette: Cassette, *, epoch: int = 1) -> None:
        """Take the settings as they are asked with, and where the answers are.

        Args:
            settings: of the model.
            cassette: what it answers from, or records to.
            epoch: of a run; the same question in another epoch is another question.

        Raises:
            ConfigurationError: it is to record prompts that hold private values.
        """
        if cassette.mode == "record" and settings.private_values:
            told = "answers to prompts with private values are not recorded: set private_values = false"
            raise ConfigurationError.at(cassette.path, told)
        super().__init__(settings)
        self.cassette = cassette
        self.epoch = epoch

    async def aask(
        self,
        prompt: Prompt,
        shape: type[T],
        *,
        key: str | None = None,
        seconds: float | None = None,
        on_text: OnText | None = None,
    ) -> Answer[T]:
        """As `ChatModel.aask`, from the cassette where it is there.

        Raises:
            StaleCassette: it replays, and the answer is not there.
        """
        wanted = self._entry(prompt, shape, key)
        found = self.cassette.find(wanted.key)
        if found is not None:
            value = None if found.answer is None else shape.model_validate(dict(found.answer))
            return Answer(value, found.problem, cached=True)
        if self.cassette.mode == "replay":
            raise StaleCassette(
                f"{self.cassette.path} holds no answer to {prompt.name}: {self.cassette.why_not(wanted)}; "
                "record it anew with --record"
            )
        answer = await super().aask(prompt, shape, key=key, seconds=seconds, on_text=on_text)
        if answer.value is not None or answer.problem in LASTING:
            given = None if answer.value is None else answer.value.model_dump(mode="json")
            self.cassette.keep(wanted.model_copy(update={"answer": given, "problem": answer.problem}))
        return answer

    def _entry(self, prompt: Prompt, shape: type[BaseModel], key: str | None) -> Entry:
        """What is asked, without an answer."""
        told = self.settings
        address = urlsplit(told.base_url)
        plain = urlunsplit((address.scheme, address.netloc.rpartition("@")[2], address.path, "", ""))
        settings: dict[str, str | int | float | None] = {
            "provider": told.provider,
            "base_url": plain,
            "api_version": told.api_version,
            "temperature": told.temperature,
            "max_tokens": told.max_tokens,
        }
        form = hashlib.sha256(json.dumps(strict(shape)).encode()).hexdigest()
        about = [self.epoch, _numberless(prompt) if key is None else key]
        parts = json.dumps([told.model, settings, prompt.name, prompt.sha256, form, about])
        return Entry(
            prompt=prompt.name,
            prompt_sha256=prompt.sha256,
            model=told.model,
            settings=settings,
            shape=shape.__name__,
            shape_sha256=form,
            key=hashlib.sha256(parts.encode()).hexdigest(),
            answer=None,
        )


def _numberless(prompt: Prompt) -> list[str]:
    """What a prompt says, without the number of its fences, which is another each time."""
    number = _FENCE.search(prompt.system)
    texts = [prompt.system, prompt.user]
    return [one.replace(number[1], "") for one in texts] if number else texts


def _line(entry: Entry) -> str:
    return json.dumps(entry.model_dump(mode="json"), ensure_ascii=True, sort_keys=False) + "\n"


def _read(path: Path, mode: Mode) -> list[Entry]:
    if not path.exists():
        if mode == "record":
            return []
        raise ConfigurationError.at(path, "there is no such cassette; make one with --record, which asks the model")
    try:
        lines = path.read_bytes().split(b"\n")[:-1]  # a half line at the end is of a recording that was killed
    except OSError as error:
        raise ConfigurationError.at(path, f"the cassette can't be read: {error.strerror}") from None
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(Entry.model_validate_json(line))
        except ValidationError:
            raise ConfigurationError.at(path, "this is no answer of a cassette; record it anew", number) from None
    return found
