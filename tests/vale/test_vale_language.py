import subprocess
import sys
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from tone_rules import Pack, check
from tone_rules.vale import Vocabulary, lint, lint_fully


@pytest.fixture(scope="module")
def tagged() -> Callable[..., Callable[[str], Doc]]:
    """A pipeline that gives the tags it was told, to any text with these words."""
    vocab = spacy.blank("en").vocab

    def make(words: str, tags: str) -> Callable[[str], Doc]:
        return lambda _: Doc(vocab, words=words.split(), tags=tags.split())

    return make


def sequence(*tokens: dict[str, object], **more: object) -> Pack:
    """A pack with one rule that shows the first three words it found."""
    return Pack.of("T", {"R": {"extends": "sequence", "message": "%s|%s|%s", "tokens": list(tokens)} | more})


def test_words_and_tags_in_a_row(tagged) -> None:
    """A word and a tag that follow each other are found where they stand; the arguments are the words."""
    nlp = tagged("We was told twice", "PRP VBD VBN RB")
    pack = sequence({"tag": "PRP"}, {"pattern": "was"}, {"tag": "VBN|VBD"})
    (found,) = check("We was told twice", pack, nlp=nlp).findings
    assert (found.start, found.end, found.message) == (0, 11, "We|was|told")


def test_other_words_may_stand_between(tagged) -> None:
    """`skip` lets so many words pass and no more, on both sides of the word that the search starts from."""
    nlp = tagged("they have all been so very told", "PRP VBP DT VBN RB RB VBN")
    text = "they have all been so very told"
    after = {"tag": "VBN", "skip": 2}
    (found,) = check(text, sequence({"pattern": "been"}, after), nlp=nlp).findings
    assert found.match == "been so very told"
    assert not check(text, sequence({"pattern": "been"}, {"tag": "VBN", "skip": 1}), nlp=nlp).findings
    before = sequence({"tag": "PRP", "skip": 2}, {"pattern": "been"}, {"tag": "RB"})
    assert [one.match for one in check(text, before, nlp=nlp).findings] == ["they have all been so"]


def test_what_must_not_stand_there(tagged) -> None:
    """A negated token is another word, or the sentence's edge."""
    pack = sequence({"pattern": "very", "negate": True}, {"pattern": "good"})
    assert [one.match for one in check("good", pack, nlp=tagged("good", "JJ")).findings] == ["good"]
    assert not check("very good", pack, nlp=tagged("very good", "RB JJ")).findings


def test_a_pattern_names_the_whole_word(tagged) -> None:
    """`self` is not found in `self-worth`."""
    pack = sequence({"pattern": "your"}, {"pattern": "self"})
    assert not check("your self-worth", pack, nlp=tagged("your self-worth", "PRP$ NN")).findings


def test_without_a_pipeline_the_own_one_tags() -> None:
    """A rule that names tags runs where no pipeline is given; one that has no tags is told."""
    pack = sequence({"pattern": "was"}, {"tag": "VBN"})
    (found,) = check("Hi Ana. It was told twice, and was nice.", pack).findings
    assert (found.start, found.match) == (11, "was told")
    (not_run,) = check("It was told.", pack, nlp=spacy.blank("en")).not_run
    assert "parts of speech" in not_run.reason
    (found,) = check("Hello. Well it was told so.", sequence({"pattern": "was"}, {"pattern": "told"})).findings
    assert found.match == "was told"


@pytest.mark.parametrize(
    ("tokens", "text", "found"),
    [
        (
            [{"tag": "MD"}, {"pattern": "be"}, {"tag": "VBN"}],
            "Your order will be shipped soon. It can be seen.",
            ["will be shipped", "can be seen"],
        ),
        ([{"tag": "MD"}, {"pattern": "be"}, {"tag": "VBN"}], "We will ship it, and will be quick.", []),
        ([{"pattern": "(?i)please"}, {"tag": "VB"}], "Please send the number. We aim to please.", ["Please send"]),
        ([{"tag": "PRP"}, {"tag": "MD"}, {"tag": "RB"}], "we cant help and it may rain", ["we cant"]),
        ([{"tag": "NNP", "negate": True}, {"pattern": "refund"}], "Your refund is on its way.", ["Your refund"]),
    ],
)
def test_rows_of_tags_are_found_by_the_own_pipeline(tokens, text, found) -> None:
    """Rules as writers of styles make them find what they are about in replies and posts."""
    assert [one.match for one in check(text, sequence(*tokens)).findings] == found


def test_only_a_rule_with_tags_loads_the_pipeline() -> None:
    """A check whose rules name no tags does not load spaCy."""
    code = (
        "import sys; from tone_rules import Pack, check;"
        "rule = {'extends': 'existence', 'message': 'm', 'tokens': ['told']};"
        "assert check('It was told.', Pack.of('T', {'R': rule})).findings; sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_sequence_stays_in_its_sentence_and_scope() -> None:
    """It runs on sentences, those of its scope where it names one."""
    pack = sequence({"pattern": "one"}, {"pattern": "two"}, scope="list", ignorecase=True)
    text = "One two.\n\n- one. Two\n- so one two\n"
    assert [(one.line, one.column) for one in lint(text, "a.md", pack)] == [(4, 6)]


def test_spelling_by_hunspell(styles) -> None:
    """Words that the dictionary has not are found; those of its affixes, of filters, of word lists are fine."""
    pytest.importorskip("spylls")
    rule = "extends: spelling\nmessage: \"'%s'\"\ndictionaries: [house]\nignore: words.txt\nfilters: ['^zz']\n"
    folder = styles(
        {
            "S/Spelling.yml": rule + "action:\n  name: suggest\n  params: [spellings]\n",
            "config/dictionaries/house.aff": "SET UTF-8\nTRY abcdehilnorstuy\nSFX S Y 1\nSFX S 0 s .\n",
            "config/dictionaries/house.dic": "3\ncable/S\nthe\nend's\n",
            "words.txt": "Halyard\n",
        }
    )
    from tone_rules.vale import load_style

    text = "The cables, the cabel; halyard zzx USB x2 iPhone camelCase\n"
    pack = load_style(folder / "S")
    found = lint(text, "a.md", pack, vocabulary=Vocabulary(accept=("[Cc]amel.*", "iPhone")))
    assert [(one.column, one.message) for one in found] == [(17, "'cabel'")]


def test_a_dictionary_that_is_not_there_did_not_run() -> None:
    """Without its dictionary, or the library that reads it, the rule says so."""
    pack = Pack.of("T", {"R": {"extends": "spelling", "message": "%s", "dictionaries": ["xx_XX"]}})
    (not_run,) = lint_fully("Some text.", "a.md", pack).not_run
    assert "xx_XX" in not_run.reason or "spylls" in not_run.reason
