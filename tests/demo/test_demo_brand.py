import re
from datetime import date
from pathlib import Path

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.brand_check import check_brand
from assistant.knowledge import Article
from tone_rules.channels import load_channel

DAY = date(2026, 11, 20)
FOLDER = Path(demo.__file__).parent / "brand"
URL = re.compile(r"https?://((?:[\w-]+\.)+\w+)")


@pytest.fixture(scope="module")
def halyard() -> Brand:
    return demo.brand()


def lines(article: Article) -> list[str]:
    """What a reply would quote: bullets and paragraphs, without the headings."""
    return [line.removeprefix("- ") for line in article.text.splitlines() if line.strip() and not line.startswith("#")]


def said_in_public(brand: Brand) -> list[tuple[str, str]]:
    return [(one.id, line) for one in brand.knowledge.articles if one.visibility == "public" for line in lines(one)]


def test_the_only_warning_is_the_expired_article() -> None:
    """`check_brand` finds no error, and warns of nothing but last year's campaign."""
    report = check_brand(FOLDER, on=DAY)
    assert report.errors == ()
    assert [Path(problem.path).stem for problem in report.warnings] == ["winter-watch-2025"]


def test_the_knowledge_holds_every_kind(halyard: Brand) -> None:
    """There is help and policy enough to answer from, and one of each special kind."""
    articles = {one.id: one for one in halyard.knowledge.articles}
    usable = [one for one in articles.values() if one.usable(DAY)]
    assert len(usable) >= 15
    assert {"help", "policy", "notice", "wording"} == {one.kind for one in usable}
    assert articles["goodwill-guide"].visibility == "internal"
    assert not articles["winter-watch-2025"].usable(DAY)
    assert articles["app-photos-notice"].usable(date(2027, 6, 1))


def test_every_article_can_be_linked_to(halyard: Brand) -> None:
    """Each article has an address, and every address in the folder is one a reply may hold."""
    assert all(one.url for one in halyard.knowledge.articles)
    texts = [(one.id, f"{one.url} {one.text}") for one in halyard.knowledge.articles]
    texts += [("brand.yaml", (FOLDER / "brand.yaml").read_text(encoding="utf-8"))]
    hosts = {(place, host) for place, text in texts for host in URL.findall(text)}
    assert {host for _, host in hosts} <= set(halyard.allowed_domains), hosts


def test_every_line_is_a_whole_sentence(halyard: Brand) -> None:
    """A line of an article can stand in a reply by itself: it starts like a sentence and ends like one."""
    odd = [(place, line) for place, line in said_in_public(halyard) if not re.match(r'["A-Z].*[.?]$', line)]
    assert odd == []


def test_every_line_fits_a_post(halyard: Brand) -> None:
    """With a signature, each line fits the tightest of the channels that give it room: 280 as X counts them."""
    x = load_channel("x")
    assert x.limit == 280
    long = [(place, x.count(line)) for place, line in said_in_public(halyard) if x.count(f"{line} ^MR") > x.limit]
    assert long == []


def test_the_brand_keeps_to_its_own_words(halyard: Brand) -> None:
    """No public article uses a word that the brand avoids, and none shouts."""
    avoided = [one.word for one in halyard.words_to_avoid]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, avoided))})s?\b|!", re.IGNORECASE)
    assert [(place, line) for place, line in said_in_public(halyard) if pattern.search(line)] == []


def test_cleared_wording_is_one_paragraph(halyard: Brand) -> None:
    """Text to be used word for word stands alone in its article, so that nobody has to guess where it ends."""
    cleared = [one for one in halyard.knowledge.articles if one.kind in ("wording", "notice")]
    assert {one.id: len(lines(one)) for one in cleared} == {"safety-wording": 1, "app-photos-notice": 1}


@pytest.mark.parametrize(
    ("subject", "figures"),
    [
        (r"working days? .*returns desk|within \d+ working days of the return reaching", {"3"}),
        (r"days (?:from|of) delivery to send|can come back within \d+ days|swap .* within \d+ days", {"60"}),
        (r"free for \d+ years|Five-Year Mend covers", {"5"}),
        (r"re-waxes? (?:a|the) coat for £\d+", {"38"}),
        (r"cancel an order for \d+ minutes", {"45"}),
    ],
)
def test_figures_agree(halyard: Brand, subject: str, figures: set[str]) -> None:
    """The articles and the policies give the same number for the same thing."""
    said = [*said_in_public(halyard), *((one.id, one.text) for one in halyard.policies)]
    found = [(place, line) for place, line in said if re.search(subject, line) and re.search(r"\d", line)]
    assert found
    for place, line in found:
        assert figures & set(re.findall(r"\d+", line)), (place, line)


def test_telephone_numbers_are_fiction(halyard: Brand) -> None:
    """Every number is from the range that Ofcom keeps for drama."""
    everything = " ".join(line for _, line in said_in_public(halyard)) + halyard.model_dump_json(exclude={"knowledge"})
    numbers = set(re.findall(r"\b0\d{3,4} \d{3} \d{4}\b", everything))
    assert numbers
    assert all(number.startswith("0808 157 0") for number in numbers)
