import json
from random import Random

import pytest
import spacy

from tone_rules.language.lemmas import EndingLemmatizer
from tone_rules.language.posts import as_post, posted
from tone_rules.language.train import part
from tone_rules.language.treebank import Word, documents, gold, sentences

CONLLU = """# newdoc id = one
# sent_id = 1
# text = It doesn't work, Ana.
1\tIt\tit\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\tVBZ\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\twork\twork\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tghost\tghost\tVERB\tVB\t_\t_\t_\t_\t_
5\t,\t,\tPUNCT\t,\t_\t6\tpunct\t_\t_
6\tAna\tAna\tPROPN\tNNP\t_\t4\tvocative\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newdoc id = two
# sent_id = 2
1\tThanks\tthanks\tNOUN\tNN\t_\t0\troot\t_\t_

"""


@pytest.fixture
def treebank(tmp_path):
    """Two sentences of two documents."""
    path = tmp_path / "en_ewt-train.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_sentences_of_the_treebank_are_read(treebank):
    """Contractions are their parts with the space of the whole; empty nodes are left out; documents stay apart."""
    found = list(sentences(treebank))
    doc = gold(spacy.blank("en").vocab, [found[0].words])
    assert doc.text == "It doesn't work, Ana. "
    assert [(one.text, one.tag_, one.head.text, one.dep_) for one in doc][1:4] == [
        ("does", "VBZ", "work", "aux"),
        ("n't", "RB", "work", "advmod"),
        ("work", "VB", "work", "ROOT"),
    ]
    assert [len(one) for one in documents(found)] == [1, 1]


def test_a_missing_part_is_named(tmp_path):
    """The error names the file and where to get it."""
    with pytest.raises(FileNotFoundError, match=r"en_ewt-dev\.conllu.*UD_English-EWT"):
        part(tmp_path, "dev")


def test_posted_sentences_stay_trees(treebank):
    """However a text is changed, each sentence has one root, each head is in it, and links keep their tag."""
    text = [one.words for one in sentences(treebank)]
    seen = set()
    for seed in range(400):
        for words in posted(text, Random(seed)):  # noqa: S311
            assert [one.relation for one in words].count("ROOT") == 1
            assert all(0 <= one.head < len(words) for one in words)
            assert all((one.head == index) == (one.relation == "ROOT") for index, one in enumerate(words))
            for one in words:
                if one.text.startswith(("@", "http", "#")) and len(one.text) > 1:
                    assert one.tag == "ADD"
            seen |= {one.text for one in words}
    assert {"doesn't", "doesnt"} & seen == set(), "words are never joined"
    assert {"nt", "n’t", "NT", "it", "IT"} <= seen


def test_the_same_seed_writes_the_same_post(treebank):
    """What is drawn depends on the seed alone."""
    text = [one.words for one in sentences(treebank)]
    assert posted(text, Random(3)) == posted(text, Random(3))  # noqa: S311


def test_as_post_draws_nothing(treebank):
    """Lower case, without apostrophes, the annotation unchanged."""
    (first, _) = (one.words for one in sentences(treebank))
    assert "".join(one.text + " " * one.space for one in as_post(first)) == "it doesnt work, ana. "
    assert [one.tag for one in as_post(first)] == [one.tag for one in first]


def test_lemmas_go_by_tag_and_ending(tmp_path):
    """Known words have their lemma, unknown ones that of their ending; both come back from a file."""
    words = [("tried", "VBD", "try"), ("cried", "VBD", "cry"), ("fried", "VBD", "fry"), ("went", "VBD", "go")]
    words += [("cats", "NNS", "cat"), ("dogs", "NNS", "dog"), ("Anas", "NNP", "Anas"), ("walked", "VBD", "walk")]
    learnt = EndingLemmatizer(spacy.blank("en").vocab)
    learnt.learn([*words, ("talked", "VBD", "talk"), ("I", "PRP", "I")])
    learnt.to_disk(tmp_path / "tables")
    again = EndingLemmatizer(spacy.blank("en").vocab).from_disk(tmp_path / "tables")
    for one in (learnt, again):
        assert [one.lemma(form, tag) for form, tag, _ in words] == [lemma for *_, lemma in words]
        assert one.lemma("Dried", "VBD") == "dry"
        assert one.lemma("balked", "VBD") == "balk"
        assert one.lemma("Spots", "NNS") == "spot"
        assert one.lemma("Spots", "NNP") == "Spots"
    assert json.loads((tmp_path / "tables").read_text(encoding="utf-8"))["exceptions"]


def test_a_word_is_a_frozen_value():
    """A changed word is a new one."""
    with pytest.raises(AttributeError):
        Word("a", True, "DT", "DET", "a", 0, "det").text = "b"  # type: ignore[misc]
