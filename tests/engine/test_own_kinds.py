import pytest

from tone_rules import Fact, Pack, Situation, Source, Turn, check
from tone_rules.judging import Breach, Judge

REPLY = "Sorry about the wait, Ana. The kettle left our depot today and is with you on Friday. ^MR"
AGAIN = "@bo Sorry about the wait, Bo. The kettle left our depot today and is with you on Friday. ^JT"


def pack(kind: str, *, required: bool = False, **keys: object) -> Pack:
    return Pack.of("own", {"Rule": {"extends": kind, "message": "%s", **keys}}, required=required)


def rules_of(report) -> list[str]:
    return [one.rule for one in report.findings]


def test_a_reply_nearly_the_same_as_a_recent_one_is_a_repeat():
    """Another name, handle and signature make no other reply; another answer does."""
    assert rules_of(check(REPLY, pack("repeat"), Situation(recent_replies=["Something else entirely.", AGAIN])))
    other = Situation(recent_replies=["That is a long wait, Bo. Which size was it, so that we can look on the shelf?"])
    assert not check(REPLY, pack("repeat"), other).findings
    assert not check(REPLY, pack("repeat")).findings
    assert not check("Thank you, Ana!", pack("repeat"), Situation(recent_replies=["Thank you, Ana!"])).findings


@pytest.mark.parametrize("kind", ["wording", "notice"])
def test_cleared_wording_may_be_said_again(kind):
    """What is to be used word for word is no repeat, alone or with a few words around it."""
    source = Source(id="K1", kind=kind, text="The kettle left our depot today and is with you on Friday.")
    known = Situation(recent_replies=[AGAIN], sources=[source])
    assert not check(REPLY, pack("repeat"), known).findings
    help_article = source.model_copy(update={"kind": "help"})
    assert check(REPLY, pack("repeat"), Situation(recent_replies=[AGAIN], sources=[help_article])).findings


class Reader:
    """A judge that minds one word."""

    def __init__(self, *breaches: Breach) -> None:
        self.breaches = breaches

    def judge(self, rule: str, text: str, situation: Situation) -> tuple[Breach, ...]:
        assert rule == "Blame nobody."
        assert (text, situation) != ("", None)
        return self.breaches


def test_a_judge_s_breaches_are_findings_where_they_stand():
    """The quoted words are the place; without a quote it is the whole text; nothing is no finding."""
    rule = pack("judge", rule="Blame nobody.")
    assert isinstance(Reader(), Judge)
    (one,) = check("That was the courier.", rule, judge=Reader(Breach(quote="the courier"))).findings
    assert (one.start, one.match) == (9, "the courier")
    (one,) = check("They did it.", rule, judge=Reader(Breach(quote=""))).findings
    assert one.match == "They did it."
    assert not check("Ours to mend.", rule, judge=Reader()).findings


class Broken:
    def judge(self, *_: object) -> tuple[Breach, ...]:
        raise ConnectionError("secret address")


@pytest.mark.parametrize("judge", [None, Broken(), Reader(Breach(quote="never said"))])
def test_a_rule_without_an_answer_is_not_run(judge):
    """No judge, one that fails, one that makes words up: not run, with a reason that gives nothing away."""
    report = check("That was the courier.", pack("judge", rule="Blame nobody.", required=True), judge=judge)
    assert report.verdict == "incomplete"
    assert report.not_run[0].rule == "own.Rule"
    assert "secret" not in report.not_run[0].reason


def test_density_lets_a_few_pass():
    """A rule with a density fires beyond so many in 100 words, and then at every place."""
    rule = pack("existence", tokens=["sadly"], ignorecase=True, density=5)
    once = "Sadly the van is late, so your kettle comes on Friday and not on Thursday as we said it would today."
    assert not check(once, rule).findings
    assert len(check("Sadly no. Sadly never.", rule).findings) == 2


@pytest.mark.parametrize(
    "quote", ["“rip off merchants”", '"Rip-off merchants"', "‘rip off merchants’", "«rip off merchants»"]
)
def test_what_the_reply_quotes_of_the_customer_is_left_alone(quote):
    """A tone rule is silent on the customer's own words in quotation marks, and not on the same words said plainly."""
    rule = pack("existence", tokens=["rip[- ]off"], ignorecase=True)
    known = Situation(message="What rip off merchants! Rip-off merchants, all of you.")
    assert not check(f"You called us {quote}, and we see why.", rule, known).findings
    assert check("We are rip off merchants.", rule, known).findings
    assert check(f"You called us {quote}.", rule).findings
    assert check(f"You called us {quote}.", rule, Situation(message="You rip off people.")).findings


def test_a_thread_may_be_quoted_and_compliance_still_looks():
    """What stands in the thread may be quoted; a required rule and the leak rule look at quotes as well."""
    known = Situation(
        thread=[Turn(role="other", text="they said call 07700 900573 mate")],
        facts=[Fact(name="phone", value="07700 900573")],
    )
    text = "You wrote “call 07700 900573”, thanks."
    assert not check(text, pack("existence", tokens=["call"]), known).findings
    assert check(text, pack("existence", tokens=["call"], required=True), known).findings
    assert check(text, pack("leak", sensitive=True), known).findings
