import json
import tracemalloc

import pytest

from tone_rules import Fact, Pack, PastReply, Situation, backtest, load_rules
from tone_rules.backtesting import BadReply
from tone_rules.share import Share

COFFEE = {"extends": "existence", "message": "no '%s'", "tokens": ["coffee"], "ignorecase": True}
TEA_TOO = COFFEE | {"tokens": ["coffee", "tea"]}
CASE = "QX-771940"
REPLIES = ["Coffee is on.", "Tea is on.", "Water.", "Tea and coffee."]


def house(**rules) -> Pack:
    return Pack.of("House", rules)


def test_a_rate_with_its_interval():
    """How many replies are flagged, of how many, with the interval that Wilson's formula gives."""
    report = backtest(house(Coffee=COFFEE), REPLIES, others=())
    share = report.rules[0].flagged
    assert (share.count, share.of, share.rate) == (2, 4, 0.5)
    # (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n) at p = 1/2, n = 4, z = 1.96
    assert share.low == pytest.approx(0.150, abs=0.001)
    assert share.high == pytest.approx(0.850, abs=0.001)
    assert report.flagged == share


def test_nothing_flagged_still_has_an_upper_bound():
    """No hit in few replies does not prove that there will be none."""
    share = Share.among(0, 10)
    assert share.low == 0
    assert 0.25 < share.high < 0.35
    assert Share.among(0, 0).rate is None


def test_examples_show_the_words_at_their_place():
    """An example names the line, the offsets in the reply and the words around the match."""
    example = backtest(house(Coffee=COFFEE), REPLIES, others=()).rules[0].examples[1]
    assert (example.line, example.start, example.end) == (4, 8, 14)
    assert (example.before, example.match, example.after) == ("Tea and ", "coffee", ".")


def test_examples_are_bounded_spread_and_the_same_each_time():
    """As many examples as asked for, not only the first, and the same ones for the same replies."""
    replies = [f"Coffee number {number}." for number in range(500)]
    first, again = (backtest(house(Coffee=COFFEE), replies, others=(), examples=5).rules[0] for _ in range(2))
    assert first == again
    assert first.flagged.count == 500
    assert len(first.examples) == 5
    assert max(one.line for one in first.examples) > 50
    assert backtest(house(Coffee=COFFEE), replies, others=(), examples=0).rules[0].examples == ()


def test_overlap_says_which_rules_flag_the_same_replies():
    """The share of a rule's replies that another flags too, in the pack and among the others."""
    pack = house(Coffee=COFFEE, Either=TEA_TOO)
    other = Pack.of("Other", {"On": COFFEE | {"tokens": ["on"]}})
    by_rule = {one.rule: one for one in backtest(pack, REPLIES, others=[other]).rules}
    overlap = {one.rule: (one.share.count, one.share.of) for one in by_rule["House.Either"].overlap}
    assert overlap == {"House.Coffee": (2, 3), "Other.On": (2, 3)}


def test_a_rule_that_ships_is_not_its_own_overlap():
    """A pack tried against those that ship is not compared with itself."""
    report = backtest("tone.PlainWords", ["Please utilise the form."])
    assert report.rules[0].flagged.count == 1
    assert report.rules[0].overlap == ()


def test_against_an_older_version():
    """Newly, no longer, and elsewhere flagged replies are counted and shown."""
    report = backtest(house(Drinks=TEA_TOO), REPLIES, house(Drinks=COFFEE), others=())
    everything, rule = report.changes
    assert everything.rule == "*"
    assert rule.rule == "House.Drinks"
    assert (rule.older, rule.newer, rule.newly, rule.no_longer, rule.elsewhere) == (2, 3, 1, 0, 1)
    assert [one.match for one in rule.newly_examples] == ["Tea"]
    back = backtest(house(Drinks=COFFEE), REPLIES, house(Drinks=TEA_TOO), others=()).changes[1]
    assert (back.newly, back.no_longer) == (0, 1)
    assert [one.match for one in back.no_longer_examples] == ["Tea"]


def test_a_lone_rule_is_compared_with_a_lone_rule_of_another_name():
    """A renamed rule is still the same rule's newer version."""
    report = backtest(house(New=COFFEE), REPLIES, house(Old=COFFEE), others=())
    assert [(one.rule, one.newly, one.no_longer) for one in report.changes] == [("*", 0, 0)]


def test_a_when_that_fits_nothing_is_seen():
    """A rule that was looked at nowhere says so, and does not pass for a rule that finds nothing."""
    rule = house(Coffee=COFFEE | {"when": {"channel": "email"}})
    report = backtest(rule, [PastReply(text="Coffee!", situation=Situation(channel="x"))], others=())
    assert (report.rules[0].applies, report.rules[0].flagged.count) == (0, 0)


def test_a_secret_shows_in_no_example():
    """What one rule masks is blotted out in every other rule's match, surroundings and message."""
    fact = Fact(name="case", value=CASE)
    rule = house(Case=COFFEE | {"tokens": [r"case \S+"]}, Hello=COFFEE | {"tokens": ["hello"]})
    reply = PastReply(text=f"Hello, your case {CASE} is open.", situation=Situation(facts=[fact]))
    report = backtest(rule, [reply], house(Old=COFFEE | {"tokens": ["open"]}))
    assert len(report.rules[0].examples) == 1
    assert "771940" not in report.model_dump_json()
    sensitive = house(Case=COFFEE | {"tokens": [r"QX-\d+"], "sensitive": True})
    shown = backtest(sensitive, [reply], others=()).rules[0].examples[0]
    assert "771940" not in shown.model_dump_json()


def test_a_rule_that_is_cut_off_is_told():
    """A pattern that runs away makes the report incomplete and is named, with the replies it missed."""
    slow = house(Slow=COFFEE | {"tokens": [r"(a|aa)+\1(?<=b)"], "nonword": True})
    report = backtest(slow, ["a" * 60 + "!", "Water."], others=())
    assert [(one.rule, one.replies) for one in report.not_run] == [("House.Slow", 1)]
    assert not report.complete


def test_bad_replies_are_counted_and_passed_on():
    """A line that holds no reply is in the report with its number, and the rest is counted."""
    report = backtest(house(Coffee=COFFEE), ["Coffee", BadReply(line=2, reason="torn"), "Tea"], others=())
    assert (report.replies, report.bad_lines, report.bad[0].line, report.complete) == (2, 1, 2, False)


def test_replies_are_read_one_at_a_time():
    """Memory does not grow with the replies: twenty times as many take no more."""

    def peak(count: int) -> int:
        tracemalloc.start()
        backtest(pack, (f"Coffee and a long tail of words {number}" * 20 for number in range(count)), others=())
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    pack = house(Coffee=COFFEE)
    peak(100)
    assert peak(4_000) < peak(200) + 300_000


def test_rules_go_by_name_id_folder_or_file(house):
    """The same rule by its folder and by its file; by id one that ships; a wrong name gets the nearest."""
    from tone_rules import ConfigurationError

    assert [one.id for one in load_rules(house).rules] == ["House.Tea"]
    assert [one.id for one in load_rules(house / "Tea.yml").rules] == ["House.Tea"]
    assert [one.id for one in load_rules("tone.Filler").rules] == ["tone.Filler"]
    assert load_rules("privacy").required
    for wrong, said in (("tone.Fillr", "tone.Filler"), ("ton", "tone"), ("no/such/place", "no such file")):
        with pytest.raises(ConfigurationError, match=said):
            load_rules(wrong)


CSV = 'Channel;Reply;Ticket\nx;"Coffee, now;\nat once";1\nx;Tea;2\nx;only two\nemail;"Coffee ""black""";3\n'


@pytest.mark.parametrize(
    ("name", "content", "flagged", "replies", "bad"),
    [
        ("a.csv", CSV, 2, 3, [5]),
        ("a.tsv", "text\tid\nCoffee\t1\nTea\t2\n", 1, 2, []),
        ("a.jsonl", '{"channel": "x", "reply": "Coffee"}\n{"text": "Tea"}\n"coffee"\n[]\n{}\nnope\n', 2, 3, [4, 5, 6]),
        ("a.jsonl", '{"channel": "nowhere", "reply": "Coffee"}\n{"reply": "Coffee", "ticket": 1}\n', 1, 1, [1]),
        ("a.jsonl", b'{"text": "Coffee"}\n{"text": "\xff"}\n\n{"text": " "}\n{"text": 3}\n', 1, 1, [2, 4, 5]),
        ("a.csv", b"text\nCoffee\n\xff\xfe\nTea\n", 1, 2, [3]),
        ("a.csv", b"\xef\xbb\xbftext\r\nCoffee\r\n", 1, 1, []),
        ("export", "text,id\nCoffee,1\n", 1, 1, []),
        ("export", '"Coffee"\n', 1, 1, []),
        ("a.csv", 'text,id\nCoffee,1\n"never closed,2\n', 1, 1, [3]),
        ("a.jsonl", "", 0, 0, []),
    ],
)
def test_replies_come_from_any_export(replywright, house, tmp_path, name, content, flagged, replies, bad):
    """Check lines, other JSON Lines and CSV are read; a bad line is told by its number, and the exit code says so."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    done = replywright("rules", "backtest", house, path, "--format", "json")
    report = json.loads(done.stdout)
    assert (report["flagged"]["count"], report["replies"]) == (flagged, replies)
    assert [one["line"] for one in report["bad"]] == bad
    assert all(f"{path}:{number}: " in done.stderr for number in bad)
    assert done.returncode == (3 if bad else 0)


def test_columns_can_be_named(replywright):
    """The reply and the customer's message may stand in any column; what is not used is said."""
    rows = [{"answer_text": "Thanks for your feedback!", "asked": "my kettle is broken", "ticket": 7}]
    arguments = ("rules", "backtest", "tone.CheerAtAComplaint", "-", "--format", "json", "--column", "answer_text")
    without = json.loads(replywright(*arguments, stdin=rows).stdout)
    assert without["flagged"]["count"] == 0
    done = replywright(*arguments, "--message", "asked", stdin=rows)
    assert json.loads(done.stdout)["flagged"]["count"] == 1
    assert done.stderr == "not used of the replies' columns: ticket\n"
    assert replywright("rules", "backtest", "tone", "-", "--column", "nope", stdin="text,id\nA,1\n").returncode == 2


def test_a_check_line_brings_what_it_knows(replywright):
    """Facts of a check line are known to a leak rule, and the fact shows nowhere in the output."""
    line = {"channel": "x", "reply": f"Your case {CASE} is open.", "facts": [{"name": "case", "value": CASE}]}
    for form in ("text", "json"):
        done = replywright("rules", "backtest", "privacy", "-", "--format", form, stdin=[line])
        assert done.returncode == 0
        assert "privacy.Leak" in done.stdout
        assert "771940" not in done.stdout + done.stderr


def test_for_people(replywright, house, tmp_path):
    """The text form names rate, interval, marked words, overlap and what changed."""
    old = tmp_path / "old"
    old.mkdir()
    (old / "Tea.yml").write_text((house / "Tea.yml").read_text().replace("[coffee]", "[water]"))
    rows = ["Coffee \x1b[2Jis on; please utilise it.", "Water."]
    done = replywright("rules", "backtest", house / "Tea.yml", "-", "--against", old / "Tea.yml", stdin=rows)
    assert done.returncode == 0
    assert "1 of 2 (50.0%; 9.5% to 90.5%)" in done.stdout
    assert "[Coffee] [2Jis on" in done.stdout
    assert "tone.PlainWords: 1 of 1, 100%" in done.stdout
    assert "1 newly, 1 no longer" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.shared
def test_real_replies(replywright, shared_data):
    """The recommended pack on real replies: each is read, some are flagged, far from all."""
    done = replywright("rules", "backtest", "tone", shared_data / "care_tweets.jsonl", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["replies"] > 200
    assert 0.05 < report["flagged"]["rate"] < 0.6
