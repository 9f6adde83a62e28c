import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tone_rules import ConfigurationError
from tone_rules.language import SETTING, Tagged, analysed, pipeline, tagged

POSTS = (
    "@TarnSupport my #wifi wont connect since monday & im sooo annoyed 😡😡 https://t.co/abc",
    "WHY DOES NOBODY ANSWER??? I'VE BEEN WAITING 9 DAYS",
    "Hi! My parcel hasn’t arrived. Can you check it, please? Thanks :)",
    "its not working and you dont even care",
    "The courier who delivered the lamp was very kind to my children.",
)


@pytest.fixture(scope="module")
def read():
    """What the pipeline says of a text, as plain values."""

    def run(text):
        with analysed(text) as doc:
            return [(one.text, one.tag_, one.lemma_, one.dep_, one.head.text) for one in doc]

    return run


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@AcmeCare my #wifi wont", ["@AcmeCare", "my", "#wifi", "wo", "nt"]),
        ("dont im youre ive thats", ["do", "nt", "i", "m", "you", "re", "i", "ve", "that", "s"]),
        ("DON'T CANT", ["DO", "N'T", "CA", "NT"]),
        ("can’t it’s cannot gonna wanna", ["ca", "n’t", "it", "’s", "can", "not", "gon", "na", "wan", "na"]),
        ("so bad😡😡👍🏽❤️ ok", ["so", "bad", "😡", "😡", "👍🏽", "❤️", "ok"]),
        ("what?! no!!! see https://t.co/a-b.", ["what", "?!", "no", "!!!", "see", "https://t.co/a-b", "."]),
        ("its not here, its lid is", ["it", "s", "not", "here", ",", "its", "lid", "is"]),
        ("my ID on 5G, really?#fail", ["my", "ID", "on", "5G", ",", "really", "?", "#fail"]),
        ("order #1 and/or two :(", ["order", "#", "1", "and", "/", "or", "two", ":("]),
    ],
)
def test_posts_are_cut_into_useful_words(text, words):
    """Contractions as the treebank has them, with or without apostrophes; a handle, tag, link or emoji is one word."""
    with analysed(text) as doc:
        assert [one.text for one in doc] == words


@pytest.mark.parametrize("text", POSTS)
def test_every_word_has_its_annotation(text):
    """Tags, lemmas, parts of speech, relations and sentences are all there, and words stand where they are said to."""
    with analysed(text) as doc:
        assert all(doc.has_annotation(one) for one in ("TAG", "LEMMA", "POS", "DEP", "SENT_START"))
        assert doc.text == text
        assert all(text[one.idx : one.idx + len(one)] == one.text for one in doc)


@pytest.mark.parametrize(
    ("text", "word", "tag", "lemma"),
    [
        ("my parcels never arrived", "arrived", "VBD", "arrive"),
        ("My parcels never arrived.", "parcels", "NNS", "parcel"),
        ("MY PARCELS NEVER ARRIVED", "PARCELS", "NNS", "parcel"),
        ("the app doesnt load on my phone", "nt", "RB", "not"),
        ("the app doesnt load on my phone", "load", "VB", "load"),
        ("i was charged twice", "charged", "VBN", "charge"),
        ("your agents were rude", "were", "VBD", "be"),
        ("We’ll refund it", "’ll", "MD", "will"),
        ("this is soooo slow", "soooo", "RB", "so"),
        ("@brixtonlights hello", "@brixtonlights", "ADD", "@brixtonlights"),
        ("it broke 😡", "😡", "NFP", "😡"),
        ("see https://tarn.example/help", "https://tarn.example/help", "ADD", "https://tarn.example/help"),
    ],
)
def test_words_of_posts_get_their_tag_and_lemma(read, text, word, tag, lemma):
    """Lower case, capitals, missing apostrophes and stretched words do not lead the tagger astray."""
    assert (word, tag, lemma) in [one[:3] for one in read(text)]


@pytest.mark.parametrize(
    ("text", "word", "relation", "head"),
    [
        ("my xbox wont connect to wifi", "xbox", "nsubj", "connect"),
        ("my xbox wont connect to wifi", "connect", "ROOT", "connect"),
        ("my xbox wont connect to wifi", "nt", "advmod", "connect"),
        ("The courier left my parcel in the rain.", "parcel", "obj", "left"),
        ("the courier left my parcel in the rain", "courier", "nsubj", "left"),
        ("i was charged twice", "i", "nsubj:pass", "charged"),
    ],
)
def test_clauses_are_found_in_posts(read, text, word, relation, head):
    """Subject, verb and object of a plain clause are read, also as posted."""
    assert (word, relation, head) in [(one[0], one[3], one[4]) for one in read(text)]


def test_sentences_of_a_reply_are_split():
    """Each sentence begins where it begins, with the parser and without it."""
    text = "Hi Ana, sorry about this. We’re looking into it now. Can you send us the order number by DM? Thank you!"
    for parsed in (True, False):
        with analysed(text, parsed=parsed) as doc:
            assert [one.text.split()[0] for one in doc.sents] == ["Hi", "We’re", "Can", "Thank"]


def test_without_the_parser_the_rest_is_the_same(read):
    """Leaving the parser out changes no tag and no lemma."""
    for text in POSTS:
        with analysed(text, parsed=False) as doc:
            assert [(one.text, one.tag_, one.lemma_) for one in doc] == [one[:3] for one in read(text)]
            assert not doc.has_annotation("DEP")


def test_tagged_words_are_plain_values():
    """Words with their tags and places, white space left out."""
    assert tagged("We  shipped it") == (Tagged("We", "PRP", 0), Tagged("shipped", "VBD", 4), Tagged("it", "PRP", 12))


def test_eight_threads_agree_with_one(read):
    """Each thread has a pipeline of its own, and all find the same."""
    alone = [read(text) for text in POSTS]
    gate = threading.Barrier(8)

    def work(_):
        gate.wait()
        return id(pipeline()), [read(text) for text in POSTS * 3]

    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(work, range(8)))
    assert len({one for one, _ in done}) == 8
    assert all(found == alone * 3 for _, found in done)


def test_texts_leave_nothing_behind():
    """Words that were never seen do not stay in the pipeline's store of strings."""
    nlp = pipeline()
    before = len(nlp.vocab.strings)
    for number in range(200):
        with analysed(f"zq{number}x wont{number} connect to vx{number * 31}"):
            pass
    assert len(nlp.vocab.strings) == before


def test_inside_a_zone_of_the_caller_it_stays_open():
    """A zone that the caller opened is used, not closed."""
    nlp = pipeline()
    with nlp.memory_zone():
        with analysed("the first text") as doc:
            first = doc
        with analysed("another one"):
            pass
        assert first.text == "the first text"
        assert nlp.vocab.in_memory_zone


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😡", "a" * 5000, "!" * 3000, "its", "its not", "@", "#", "‍"])
def test_odd_texts_are_read(read, text):
    """Nothing at all, or one endless word, is a text too."""
    assert "".join(one[0] for one in read(text)).replace(" ", "") == text.replace(" ", "")


def test_another_pipeline_by_the_setting(tmp_path, monkeypatch):
    """The setting names a folder or package; it is loaded anew where the setting changes."""
    nlp = pipeline()
    nlp.to_disk(tmp_path / "theirs")
    monkeypatch.setenv(SETTING, str(tmp_path / "theirs"))
    theirs = pipeline()
    assert theirs is not nlp
    assert theirs is pipeline()
    monkeypatch.delenv(SETTING)
    assert pipeline() is nlp


def test_a_pipeline_that_is_not_there_is_named(monkeypatch, tmp_path):
    """The error names the setting, what it says, and the mend."""
    monkeypatch.setenv(SETTING, "en_core_web_nowhere")
    with pytest.raises(ConfigurationError, match=r"REPLYWRIGHT_PIPELINE.*'en_core_web_nowhere'.*install it"):
        pipeline()
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    monkeypatch.setenv(SETTING, str(tmp_path / "blank"))
    with pytest.raises(ConfigurationError, match="no tagger"):
        pipeline()


def test_it_names_its_source_and_licence():
    """The treebank's and the vectors' names and licences are in the pipeline's meta."""
    meta = pipeline().meta
    assert "CC BY-SA 4.0" in meta["license"]
    assert {one["license"] for one in meta["sources"]} == {"CC BY-SA 4.0", "Apache-2.0"}


def test_to_import_it_is_light():
    """SpaCy is loaded with the first text, not before."""
    code = "import sys, tone_rules.language; sys.exit('spacy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
