import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tone_rules import Pack, check, load_pack
from tone_rules.patterns import compiled
from tone_rules.screen import PatternSet, Screen, screen_of, warm

SLOW = {"extends": "existence", "message": "slow", "nonword": True, "tokens": [r"(?:a|a|aa)+(?:a|b)+x"]}
TEXT = "a" * 60 + "\v"


def found(*tokens: str, **keys: object) -> dict[str, object]:
    return {"extends": "existence", "message": "'%s'", "tokens": list(tokens), **keys}


def sets_of(pack: Pack) -> list[PatternSet]:
    return [found for part in screen_of((pack,))._parts[1] for _, found in part.sets]


def test_eight_threads_find_what_one_finds(shipped_packs, odd_pack, monkeypatch):
    """Threads that share a screen, its set and its patterns from the first moment report what one thread reports."""
    # eight threads that compile everything at once wait for each other, and that is not what is asked here
    monkeypatch.setattr("tone_rules.engine.TIMEOUT", 60.0)
    monkeypatch.setattr("tone_rules.engine.BUDGET", 60.0)
    texts = [
        test.input + tail
        for pack in shipped_packs
        for rule in pack.rules
        for test in rule.definition.tests[:1]
        for tail in ("", " é")
    ]
    packs = (*shipped_packs, odd_pack)
    screen_of.__globals__["_screens"].clear()
    compiled.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: check(text, packs), texts))
    assert together == [check(text, packs) for text in texts]


def test_many_runaway_rules_share_one_budget(monkeypatch):
    """However many rules run away, a check ends; each of them is named, and what was cheap is found."""
    monkeypatch.setattr("tone_rules.engine.BUDGET", 0.3)
    monkeypatch.setattr("tone_rules.engine.TIMEOUT", 0.1)
    pack = Pack.of("s", {"Cheap": found("a{60}")} | {f"Slow{n:02}": SLOW for n in range(40)}, required=True)
    began = time.monotonic()
    report = check(TEXT, pack)
    assert time.monotonic() - began < 10
    assert [one.rule for one in report.not_run] == [f"s.Slow{n:02}" for n in range(40)]
    assert [one.rule for one in report.findings] == ["s.Cheap"]
    assert report.verdict == "incomplete"


def test_a_runaway_exception_or_replacement_is_cut_off_too(monkeypatch):
    """Not only tokens: an exception that runs away on a match leaves its rule not run."""
    monkeypatch.setattr("tone_rules.engine.TIMEOUT", 0.1)
    rule = found(r".+", nonword=True, exceptions=[r"(?:a|a|aa)+(?:a|b)+x"])
    began = time.monotonic()
    assert [one.rule for one in check("é " + "a" * 60, Pack.of("s", {"R": rule})).not_run] == ["s.R"]
    assert time.monotonic() - began < 10


def test_rules_with_the_same_patterns_share_a_set_and_not_their_rules():
    """A set is built once for the same patterns; each pack still speaks for itself."""
    one, other = (Pack.of("s", {"R": found("tea", message=message)}) for message in ("one", "other"))
    assert screen_of((one,)) is screen_of((one,)) is not screen_of((other,))
    assert sets_of(one)[0] is sets_of(other)[0]
    assert [check("tea", pack).findings[0].message for pack in (one, other)] == ["one", "other"]


def test_a_set_that_does_not_fit_its_memory_lets_everything_through(monkeypatch):
    """RE2 finds nothing and says nothing where a set is too large for its memory: then every rule is looked at."""
    monkeypatch.setattr("tone_rules.screen._MEMORY", 200_000)
    patterns = [rf"(?i)\b(?:w{n}\w{{1,9}}|v{n}.{{1,9}}z)\b" for n in range(2_000)]
    try:
        large = PatternSet(patterns)
    except Exception:  # noqa: BLE001  # refused at once is as good
        return
    hits = large.hits("w7abc")
    assert hits is None or 7 in {*hits, *large.refused}


def test_a_pattern_that_re2_refuses_is_still_looked_for():
    """Backreferences and lookarounds go the other path and find what they should."""
    pack = Pack.of("s", {"Twice": found(r"(\w+) \1"), "Behind": found(r"(?<=no )tea"), "Plain": found("milk")})
    assert [one.rule for one in check("no tea tea with milk", pack).findings] == ["s.Behind", "s.Twice", "s.Plain"]
    assert Screen(pack.rules).candidates.__self__.rules == pack.rules


def test_the_exact_engine_compiles_at_a_first_hit_that_only_it_can_judge_or_when_asked(tmp_path):
    """A rule that never fires, or that RE2 alone can settle, costs no exact pattern; `warm` pays for all at once."""
    (tmp_path / "R.yml").write_text("extends: existence\nmessage: m\ntokens: ['quokka(?!s)', wombat]\n")
    pack = load_pack(tmp_path)
    compiled.cache_clear()
    check("nothing of the sort", pack)
    assert compiled.cache_info().currsize == 0
    check("a wombat", pack)
    assert compiled.cache_info().currsize == 1
    compiled.cache_clear()
    assert check("a wombat", Pack.of("s", {"R": found("wombat")})).findings
    assert compiled.cache_info().currsize == 0
    load_pack(tmp_path, warm=True)
    warm((pack,))
    assert compiled.cache_info().currsize == 1


@pytest.mark.parametrize("text", ["", "\ud800 tea", "tea\x00tea", "tea " * 50_000])
def test_any_text_is_checked(text):
    """Nothing, half a character, a null, a very long text: each is checked and each tea found."""
    report = check(text, Pack.of("s", {"R": found("tea"), "W": found("tea", scope="sentence")}))
    assert len(report.findings) == 2 * text.count("tea") or report.not_run
