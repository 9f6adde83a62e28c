"""Train the pipeline: `python -m tone_rules.language.train UD_FOLDER OUT`.

`UD_FOLDER` holds `en_ewt-train.conllu` and `en_ewt-dev.conllu` (Universal Dependencies, English Web Treebank), gzipped
or not; `OUT` is written anew. How is said in `train.cfg`; the same seed gives the same pipeline on the same machine.
A part of the texts is learnt as written, the rest as they would be posted, drawn anew in every round.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from thinc.api import Adam, Config, fix_random_seed
from thinc.schedules import warmup_linear

from tone_rules.language import components
from tone_rules.language.lemmas import EndingLemmatizer
from tone_rules.language.posts import posted
from tone_rules.language.tokens import customize, split_its
from tone_rules.language.treebank import Word, documents, gold, sentences, spaced_at_end

Text = list[tuple[Word, ...]]

_RULES = ["tone_rules_its", "tone_rules_lemmas"]
_SHOWN = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f")
_META = {
    "name": "ewt_posts",
    "version": "1.0.0",
    "description": "English of posts and replies: words, tags, parts of speech, sentences, dependencies, lemmas.",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "Universal Dependencies English EWT",
            "url": "https://github.com/UniversalDependencies/UD_English-EWT",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "all-MiniLM-L6-v2, distilled with model2vec (vectors of word pieces, read from tone_rules.vectors)",
            "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
            "license": "Apache-2.0",
        },
    ],
}


def train(folder: Path, config: Config) -> Language:
    """A pipeline trained on the treebank in `folder`.

    Raises:
        FileNotFoundError: a part of the treebank is not there.
    """
    settings = config["training"]
    fix_random_seed(settings["seed"])
    random = Random(settings["seed"])  # noqa: S311  # nothing secret is drawn
    components.register()
    nlp = load_model_from_config(Config({key: config[key] for key in ("nlp", "components")}), auto_fill=True)
    customize(nlp.tokenizer)
    learnt = [[one.words for one in found] for found in documents(list(sentences(part(folder, "train"))))]
    held = [[one.words for one in found] for found in documents(list(sentences(part(folder, "dev"))))]
    optimizer = Adam(
        learn_rate=settings["learn_rate"], grad_clip=1.0, use_averages=True, L2=0.01, L2_is_weight_decay=True
    )
    examples = [example(nlp, found) for found in learnt]
    nlp.initialize(lambda: examples, sgd=optimizer)
    lemmas = nlp.get_pipe("tone_rules_lemmas")
    assert isinstance(lemmas, EndingLemmatizer)  # noqa: S101  # spaCy types it as any callable
    lemmas.learn((one.text, one.tag, one.lemma) for found in learnt for words in found for one in words)
    drawn = _drawn(nlp, learnt, settings, random)
    checks = [example(nlp, found) for found in held]
    best: tuple[float, bytes] = (0.0, b"")
    began = time.monotonic()
    rates = iter(warmup_linear(settings["learn_rate"], settings["warm_up"], settings["steps"]))
    for step in range(1, settings["steps"] + 1):
        optimizer.learn_rate = next(rates)
        nlp.update(next(drawn), sgd=optimizer, drop=settings["dropout"], exclude=_RULES)
        if step % settings["check_every"] == 0 or step == settings["steps"]:
            with nlp.use_params(optimizer.averages):
                found = nlp.evaluate(checks)
                shown = " ".join(f"{name} {100 * found[name]:.2f}" for name in _SHOWN)
                sys.stderr.write(f"{step} {time.monotonic() - began:.0f} s {shown}\n")
                best = max(best, (found["tag_acc"] + found["dep_las"], nlp.to_bytes()))
    nlp.from_bytes(best[1])
    nlp.meta.update(_META)
    return nlp


def part(folder: Path, name: str) -> Path:
    """The file of the treebank's part: train, dev or test.

    Raises:
        FileNotFoundError: it is not there.
    """
    for ending in (".gz", ""):
        path = folder / f"en_ewt-{name}.conllu{ending}"
        if path.is_file():
            return path
    raise FileNotFoundError(f"no en_ewt-{name}.conllu in {folder}; get the treebank UD_English-EWT")


def example(nlp: Language, found: Sequence[Sequence[Word]]) -> Example:
    """Sentences as the pipeline would cut them into words, beside their annotation."""
    reference = gold(nlp.vocab, found)
    return Example(split_its(nlp.make_doc(reference.text)), reference)


def _cut(texts: Iterable[Text], longest: int, random: Random) -> Iterator[Text]:
    """Texts of one to `longest` neighbouring sentences."""
    for text in texts:
        at = 0
        while at < len(text):
            count = random.randint(1, longest)
            yield [spaced_at_end(one) for one in text[at : at + count]]
            at += count


def _drawn(nlp: Language, learnt: list[Text], settings: dict[str, Any], random: Random) -> Iterator[list[Example]]:
    """Batches of examples without end, of about so many words each."""
    batch, words = list[Example](), 0
    while True:
        texts = list(_cut(learnt, settings["sentences"], random))
        random.shuffle(texts)
        for text in texts:
            found = text if random.random() < settings["as_written"] else posted(text, random)
            batch.append(example(nlp, found))
            words += sum(map(len, found))
            if words >= settings["words"]:
                yield batch
                batch, words = [], 0


def write(nlp: Language, out: Path) -> None:
    """Write a pipeline; of its store of strings, a megabyte of words seen in training, only what its parts name."""
    nlp.to_disk(out)
    parts = (nlp.get_pipe(name) for name in nlp.pipe_names)
    named = sorted({label for part in parts for label in getattr(part, "labels", ())})
    (out / "vocab" / "strings.json").write_text(json.dumps(named, ensure_ascii=False, indent=0), encoding="utf-8")


def main() -> None:
    """Train and write."""
    options = argparse.ArgumentParser(description=__doc__, prog="python -m tone_rules.language.train")
    options.add_argument("folder", type=Path, metavar="UD_FOLDER")
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--config", type=Path, default=Path(__file__).with_name("train.cfg"))
    options.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="such as training.steps=500")
    stated = options.parse_args()
    overrides = {key: yaml.safe_load(value) for key, _, value in (one.partition("=") for one in stated.set)}
    write(train(stated.folder, load_config(stated.config, overrides=overrides)), stated.out)


if __name__ == "__main__":
    main()
