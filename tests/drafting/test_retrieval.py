import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.context import CustomerContext, PublicView
from assistant.drafting.answer import Asked, Library
from assistant.drafting.asking import asks_of, is_wish
from assistant.passages import passages_of
from assistant.product_names import Names
from assistant.retrieval import Index
from assistant.words import synonyms, terms_of

WORLDS = Path(__file__).parents[1] / "worlds"
DAY = date(2026, 11, 20)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (WORLDS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def library(name: str) -> Library:
    brand = demo.brand() if name == "demo" else Brand.load(WORLDS / name)
    return Library(brand.knowledge, DAY)


def asked(name: str, message: str) -> list[Asked]:
    return library(name).asked(PublicView.of(CustomerContext(channel="x", message=message)), message)


def said(name: str, message: str) -> list[str]:
    return [one.answer.passage.article for one in asked(name, message) if one.answer is not None and one.sure]


@pytest.mark.parametrize("name", ["questions", "training"])
def test_every_answer_of_the_questions_stands_in_its_article(name: str) -> None:
    """The words that are said to answer a question occur in exactly the article that is named."""
    for row in rows(name):
        for answer in row["answers"]:
            texts = [one.text for one in library(row["brand"]).index.passages if one.article == answer["article"]]
            assert any(answer["says"] in text for text in texts), (row["id"], answer)


def test_the_questions_are_many_and_half_are_held_out() -> None:
    """At least 150, 30 of them without an answer, none of them in the training set too."""
    questions = rows("questions")
    assert len(questions) >= 150
    assert sum(not row["answers"] for row in questions) >= 30
    assert 0.4 < sum(row["held_out"] for row in questions) / len(questions) < 0.6
    assert not {row["message"] for row in questions} & {row["message"] for row in rows("training")}


def test_what_is_said_is_right_and_nothing_is_said_where_nothing_answers() -> None:
    """Of what is said at least 85% comes from the right article, and at most one in ten null questions gets any."""
    right, wrong, spoken = 0, 0, 0
    for row in rows("questions"):
        found, wanted = said(row["brand"], row["message"]), {one["article"] for one in row["answers"]}
        right += sum(one in wanted for one in found)
        wrong += sum(one not in wanted for one in found) if wanted else 0
        spoken += bool(found and not wanted)
    nulls = sum(not row["answers"] for row in rows("questions"))
    assert right / (right + wrong) >= 0.85
    assert right >= 50
    assert spoken <= nulls * 0.1


def test_other_words_for_the_same_thing_find_the_passage() -> None:
    """A question that shares hardly a word with the page is answered by it."""
    assert said("hallmere", "it won't recognise a genuine cartridge I bought from you yesterday, 35 quid") == [
        "cartridges"
    ]
    assert said("demo", "it says my account is locked, I only got the password wrong a few times") == ["account"]


def test_a_product_alone_is_no_answer() -> None:
    """What merely speaks of the same boots is not said about something unknown."""
    assert said("demo", "will B1 crampons stay on a pair of Causeways?") == []


def test_each_ask_gets_its_own_answer_or_none() -> None:
    """Two questions give two entries, and an unknown one stays in the list without an answer."""
    found = asked("pixelroost", "how do I end Plus, and can I use my old Novastation headset with it?")
    assert [one.answer.passage.article if one.answer else None for one in found] == ["plus", None]


def test_a_step_is_said_with_its_list() -> None:
    """An answer inside a numbered list comes with all its steps, in order."""
    found = next(one for one in asked("hallmere", "why is my printer showing as offline all the time?") if one.answer)
    assert len(found.said) == 3
    assert [one.order for one in found.said] == sorted(one.order for one in found.said)


def test_a_notice_stands_alone_and_whole() -> None:
    """An incident's words are one passage, and nothing is said beside them."""
    found = asked("pixelroost", "party chat won't connect, is it down? and how much is Plus?")
    assert len(found) == 1
    assert found[0].answer is not None
    assert found[0].answer.notice
    assert found[0].said[0].text.startswith("Party chat cuts out")


def test_a_notice_is_not_said_to_somebody_who_only_shares_its_words() -> None:
    """Who asks how to limit a child's chat is not told that chat is down."""
    message = "How can I stop my 9yo from playing past bedtime and chatting to strangers"
    assert "voice-notice" not in said("pixelroost", message)


def test_a_thin_ask_takes_what_it_is_about_from_before() -> None:
    """A bare "what do I do" is about what was told, "how long does it take" about the question before it."""
    assert asks_of("My tv app is stuck on the logo. What do I do?") == ["My tv app is stuck on the logo. What do I do?"]
    assert asks_of("Do you deliver to Orkney? How long does it take?")[1].startswith("Do you deliver to Orkney?")
    assert asks_of("how much is Roost Plus these days") == ["how much is Roost Plus these days"]
    assert asks_of("Open on Sundays till six? And is there parking?")[1] == "And is there parking?"


def test_a_wish_is_told_from_a_question() -> None:
    """What asks for something new is a wish."""
    assert is_wish("please do the Tidewater in a long fit")
    assert not is_wish("how do I swap my boots")


def test_phrases_stand_for_the_word_that_pages_use() -> None:
    """A thing that is "coming back" is stock, and its own words are not looked for as well."""
    assert "stock" in terms_of("is the moss one coming back?")
    assert "coming" not in terms_of("is the moss one coming back?")
    assert "refunded" in synonyms("refund")


def test_a_long_paragraph_is_cut_where_a_sentence_stands_by_itself() -> None:
    """Pieces are a few sentences, one that leans on the one before stays with it, and a notice is never cut."""
    text = (
        "The club costs £29 a year and gives free Express on all orders. It runs to the end of the paid year. "
        "Large things such as sofas, wardrobes and beds are not covered by it, and neither are the Islands."
    )
    assert len(passages_of("c", "Club", text)) == 2
    assert "It runs" in passages_of("c", "Club", text)[0].text
    assert len(passages_of("c", "Club", text, kind="notice")) == 1


def test_names_are_words_that_are_never_small() -> None:
    """A product's name is known by its capital, an ordinary word at a sentence's start is not."""
    names = Names(passages_of("b", "Boots", "- Brush the Causeway boots.\n- Boots need the Slipway cream."))
    assert names.names == {"causeway", "slipway"}
    assert list(names.other("my causeways leak")) == [0.0, 1.0]


def test_an_empty_index_finds_nothing() -> None:
    """A brand without knowledge answers nothing and fails nowhere."""
    index = Index(())
    assert index.search("where is my lamp?") == []
    assert not index.holds("lamp")
    index.close()
