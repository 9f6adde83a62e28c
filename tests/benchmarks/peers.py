"""Other checkers of prose, where they are installed. None is needed, so none is among the project's extras."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

Peer = tuple[str, Callable[[str], object] | str]


def peers() -> Iterator[Peer]:
    """Each peer with what checks one text, or with the command that installs it."""
    for name, make in (("proselint", _proselint), ("vaderSentiment", _vader), ("presidio-analyzer", _presidio)):
        try:
            yield make()
        except ImportError:
            yield name, f"python -m pip install {name}"


def _proselint() -> Peer:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return f"proselint ({len(__register__)} checks)", lambda text: LintFile("reply", text).lint()


def _vader() -> Peer:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return "vaderSentiment", SentimentIntensityAnalyzer().polarity_scores


def _presidio() -> Peer:
    logging.disable(logging.WARNING)
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    # Its own list of domains would be fetched from the network.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())

    class Blank(SpacyNlpEngine):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp: Any = {"en": spacy.blank("en")}

        def load(self) -> None:
            pass

    everything = RecognizerRegistry()
    everything.load_predefined_recognizers(languages=["en"])
    patterns = [one for one in everything.recognizers if isinstance(one, PatternRecognizer)]
    registry = RecognizerRegistry(recognizers=patterns, supported_languages=["en"])
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    return f"presidio (blank, {len(patterns)} pattern recognizers)", lambda text: analyzer.analyze(text, "en")
