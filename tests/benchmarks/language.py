"""The English pipeline, measured: `python tests/benchmarks/language.py [UD_FOLDER] [--pipeline FOLDER]`.

Printed: accuracy on the treebank's test part with its own words and sentences ("gold words") and from its text alone
("raw text"), the same as a post would be written in lower case without apostrophes, accuracy on posts that were tagged
by hand where they are there, speed, size and memory.

Published for the same test set (their releases of it: 2.5 of 2019; ours is later, so a point is not a measurement):

- UDPipe 1.2, english-ewt-ud-2.5-191206 (16 MB), from the README of its models: gold words XPOS 93.9, lemmas 96.4,
  UAS 84.4, LAS 81.1; raw text words 98.9, sentences 77.4, XPOS 92.8, lemmas 95.5, UAS 80.2, LAS 77.0.
- spaCy's en_udv25_englishewt_trf 0.0.1 (RoBERTa, 125 million parameters), from its model card: raw text XPOS 96.4,
  lemmas 97.4, UAS 91.9, LAS 89.4, sentences 90.6.
- spaCy's en_core_web_sm reports tags 97.3, UAS 91.8 on OntoNotes, another corpus with other relations: no comparison.

Raw text is scored as the CoNLL shared tasks do: F1 over words that stand at the same characters. An attachment is right
where word and head are; text is the treebank's paragraphs, one document at a time.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from tone_rules.language import components
from tone_rules.language.posts import as_post
from tone_rules.language.train import part
from tone_rules.language.treebank import Sentence, documents, gold, sentences, spaced_at_end

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "data"
TAGGED = HERE.parent / "language" / "posts.jsonl"
SHIPPED = HERE.parents[1] / "tone_rules" / "language" / "english"
REPLY = (
    "Sorry your parcel is this late, Ana. It left our depot on Tuesday and the courier hasn’t scanned it since, so "
    "I’ve asked them to look for it today. You don’t need to do anything: we’ll message you here by 5 pm with what "
    "they say, and if it’s lost we’ll send a new one at once. ^MR"
)
NAMES = ("words", "sentences", "tags", "lemmas", "UAS", "LAS")

out = partial(print, file=sys.stdout, flush=True)


def accuracy(nlp: Language, texts: Iterable[Sequence[Sentence]], *, given: bool) -> dict[str, float]:
    """F1 of each annotation in percent; with `given` the words and sentences are those of the treebank."""
    right: dict[str, int] = defaultdict(int)
    theirs: dict[str, int] = defaultdict(int)
    ours: dict[str, int] = defaultdict(int)
    for text in texts:
        pieces = [[one] for one in text] if given else [text]
        for piece in pieces:
            want = gold(nlp.vocab, [spaced_at_end(one.words) for one in piece])
            made = _bare(want) if given else nlp.make_doc(want.text)
            with nlp.select_pipes(disable=["senter", "tone_rules_its"] if given else []):
                found = nlp(made)
            expected, got = _annotations(want), _annotations(found)
            for name in NAMES:
                right[name] += len(expected[name] & got[name])
                theirs[name] += len(expected[name])
                ours[name] += len(got[name])
    return {name: 200 * right[name] / (theirs[name] + ours[name]) for name in NAMES}


def _bare(want: Doc) -> Doc:
    starts = [index == 0 for index in range(len(want))]
    spaces = [bool(one.whitespace_) for one in want]
    return Doc(want.vocab, words=[one.text for one in want], spaces=spaces, sent_starts=starts)


def _annotations(doc: Doc) -> dict[str, set[tuple[Any, ...]]]:
    words = [one for one in doc if not one.is_space]
    at = {one.i: (one.idx, one.idx + len(one)) for one in words}
    heads = {one.i: at.get(one.head.i, (-1, -1)) if one.head.i != one.i else (0, 0) for one in words}
    return {
        "words": set(at.values()),
        "sentences": {(one.start_char, one.end_char) for one in doc.sents},
        "tags": {(*at[one.i], one.tag_) for one in words},
        "lemmas": {(*at[one.i], one.lemma_) for one in words},
        "UAS": {(*at[one.i], *heads[one.i]) for one in words},
        "LAS": {(*at[one.i], *heads[one.i], one.dep_) for one in words},
    }


def by_hand(nlp: Language, posts: Path, rows: Path) -> tuple[Counter[str], list[tuple[str, int]]]:
    """Words of posts tagged by hand: all, found as words, right tags, and of those that are no handle or hashtag.

    The hand tagged handles NNP and hashtags by what the word is; the treebank, and so the pipeline, tags both ADD.
    """
    loaded = map(json.loads, rows.read_text(encoding="utf-8").splitlines())
    texts = {one.get("id", one["conversation_id"]): one["customer"] for one in loaded}
    counted, wrong = Counter[str](), Counter[str]()
    for line in posts.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = texts[row["id"]]
        tags = {(one.idx, one.idx + len(one)): one.tag_ for one in nlp(text)}
        for start, end, tag in row["tokens"]:
            got = tags.get((start, end))
            plain = text[start] not in "@#"
            counted.update(all=1, found=got is not None, right=got == tag)
            counted.update(plain=plain, plain_right=plain and got == tag)
            if plain and got != tag:
                wrong[f"{tag} as {got or 'no word'}"] += 1
    return counted, wrong.most_common(12)


def _speed(nlp: Language, texts: Sequence[str]) -> None:
    words = sum(len(nlp.make_doc(one)) for one in texts)
    for name, off in (("tags, sentences, lemmas", ["parser"]), ("all", [])):
        took = []
        began = time.thread_time()
        for text in texts:
            with nlp.memory_zone():
                nlp(text, disable=off)
        every = words / (time.thread_time() - began)
        for _ in range(200):
            before = time.thread_time()
            with nlp.memory_zone():
                nlp(REPLY, disable=off)
            took.append(1000 * (time.thread_time() - before))
        once = statistics.median(took)
        out(f"{name:<26}{every:>9,.0f} words/s, one text at a time; {len(REPLY)} characters: {once:.2f} ms")


def _resident() -> float:
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _memory(nlp: Language, texts: Sequence[str], count: int = 20_000) -> None:
    grown = []
    for number in range(count):
        if number % (count // 4) == count // 10:
            grown.append(_resident())
        with nlp.memory_zone():
            nlp(f"{texts[number % len(texts)][:160]} {number}x{number * 7919 % 10007}", disable=["parser"])
    grown.append(_resident())
    out(f"memory over {count:,} texts: " + " ".join(f"{one:.0f}" for one in grown) + " MB resident")


def _row(name: str, numbers: dict[str, float]) -> None:
    out(f"{name:<34}" + "".join(f"{numbers[one]:>10.2f}" for one in NAMES))


def main() -> None:
    """Print all figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", type=Path, nargs="?", default=SHARED / "ud_ewt", metavar="UD_FOLDER")
    options.add_argument("--pipeline", type=Path, default=SHIPPED)
    options.add_argument("--part", default="test", choices=["dev", "test"])
    options.add_argument("--quick", action="store_true", help="accuracy alone")
    stated = options.parse_args()
    components.register()
    before, began = _resident(), time.perf_counter()
    nlp = spacy.load(stated.pipeline)
    nlp("Hello there, this is loaded.")
    loading = time.perf_counter() - began
    size = sum(one.stat().st_size for one in stated.pipeline.rglob("*") if one.is_file()) / 1e6
    grown = _resident() - before
    out(f"shipped {size:.1f} MB; loaded in {loading:.2f} s; {grown:.0f} MB more resident, {_resident():.0f} in all")
    texts = list(documents(list(sentences(part(stated.folder, stated.part)))))
    out(f"\n{'EWT ' + stated.part:<34}" + "".join(f"{one:>10}" for one in NAMES))
    _row("gold words and sentences", accuracy(nlp, texts, given=True))
    _row("raw text", accuracy(nlp, texts, given=False))
    posts = [[Sentence(one.document, as_post(one.words)) for one in text] for text in texts]
    _row("raw, lower case, no apostrophes", accuracy(nlp, posts, given=False))
    rows = SHARED / "care_tweets.jsonl"
    if TAGGED.is_file() and rows.is_file():
        counted, wrong = by_hand(nlp, TAGGED, rows)
        found, right = (100 * counted[one] / counted["all"] for one in ("found", "right"))
        plain = 100 * counted["plain_right"] / counted["plain"]
        out(f"\nposts tagged by hand, {counted['all']} words: {found:.2f}% are words, {right:.2f}% tagged the same;")
        out(f"without handles and hashtags, {counted['plain']} words: {plain:.2f}%; most often: {wrong}")
    if stated.quick:
        return
    real = [" ".join(word.text for one in text for word in one.words) for text in posts]
    out()
    _speed(nlp, real[:150])
    _memory(nlp, real)


if __name__ == "__main__":
    main()
