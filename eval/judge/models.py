"""Which models a run asks: those that are set up, or a cassette in their place."""

from importlib.util import find_spec
from pathlib import Path

from assistant.errors import ConfigurationError, InputError
from assistant.models.client import ChatModel
from assistant.settings import FILE, ModelSettings, load_settings
from eval.judge.cassette import Cassette, RecordedModel


class Models:
    """Makes models, and closes them. To replay a cassette nothing has to be set up: it names its own model."""

    def __init__(self, cassette: Path | None = None, *, record: bool = False) -> None:
        """Open the cassette, if there is one.

        Args:
            cassette: answers that were recorded.
            record: ask for what it does not hold, and add it.

        Raises:
            ConfigurationError: the cassette is missing or none.
            InputError: it is to record, and nothing says where.
        """
        if record and cassette is None:
            raise InputError("there is nowhere to record; name a cassette")
        self.cassette = Cassette(cassette, "record" if record else "replay") if cassette is not None else None
        self._made: list[ChatModel] = []

    def make(self, name: str | None = None, *, epoch: int = 1) -> ChatModel:
        """A model; nothing is sent yet.

        Args:
            name: another one than is set up, at the same server.
            epoch: of a run: what was answered in one is never told again in the next.

        Raises:
            ConfigurationError: none is set up, or a setting is wrong.
        """
        settings = self._settings(name)
        tape = self.cassette
        sends = tape is None or tape.mode == "record"
        if sends and not all(find_spec(one) for one in ("openai", "langchain_openai")):
            raise ConfigurationError.at(FILE, "a model needs more than is installed: pip install 'replywright[model]'")
        self._made.append(ChatModel(settings) if tape is None else RecordedModel(settings, tape, epoch=epoch))
        return self._made[-1]

    def close(self) -> None:
        """Hang up, and put what was recorded in order.

        Raises:
            ConfigurationError: the cassette can't be written.
        """
        for one in self._made:
            one.close()
        self._made.clear()
        if self.cassette is not None:
            self.cassette.save()

    def _settings(self, name: str | None) -> ModelSettings:
        found = load_settings()
        if found is None and self.cassette is not None and self.cassette.mode == "replay":
            found = self.cassette.settings
        if found is None:
            raise ConfigurationError.at(FILE, "no model is set up; name one in [model] here, or set REPLYWRIGHT_MODEL")
        return found if name is None else found.model_copy(update={"model": name})
