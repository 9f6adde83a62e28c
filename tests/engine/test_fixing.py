from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tone_rules import Pack, apply_fixes, check

WORDS = ["tea", "milk", "cup", "pot", "tea pot", "cup of tea", "jug"]
SWAP = st.dictionaries(st.sampled_from(WORDS), st.sampled_from([*WORDS, "mug", ""]), min_size=1, max_size=3)
RULES = st.lists(
    st.builds(lambda swap: {"extends": "substitution", "action": {"name": "replace"}, "swap": swap}, SWAP)
    | st.builds(
        lambda token: {"extends": "existence", "action": {"name": "remove"}, "tokens": [token]}, st.sampled_from(WORDS)
    )
    | st.builds(lambda token: {"extends": "existence", "level": "error", "tokens": [token]}, st.sampled_from(WORDS)),
    min_size=1,
    max_size=5,
)
TEXTS = st.lists(st.sampled_from([*WORDS, "Tea", "MILK", "the", "a", "."]), max_size=10).map(" ".join)
RELAXED = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def pack_of(rules: list[dict[str, object]]) -> Pack:
    return Pack.of(
        "s", {f"R{n}": {"message": "m", "ignorecase": True, **one} for n, one in enumerate(rules)}, required=True
    )


@RELAXED
@given(rules=RULES, text=TEXTS)
def test_fixes_are_idempotent_and_block_nothing_new(rules, text):
    """Checked after each step, fixes leave no more blocking findings, and doing it again changes nothing."""
    pack = pack_of(rules)

    def again(one: str) -> object:
        return check(one, pack)

    before = check(text, pack)
    fixed = apply_fixes(text, before.findings, again)
    after = check(fixed, pack)
    assert sum(one.blocking for one in after.findings) <= sum(one.blocking for one in before.findings)
    assert len(after.findings) <= len(before.findings)
    assert apply_fixes(fixed, after.findings, again) == fixed


@RELAXED
@given(rules=RULES, text=TEXTS)
def test_fixes_change_only_what_was_found(rules, text):
    """What stands between the places of fixes stands there afterwards, in its order: no two fixes overlap."""
    findings = check(text, pack_of(rules)).findings
    fixed = apply_fixes(text, findings)
    places = {at for one in findings if one.fix for at in range(one.fix.start, one.fix.end)}
    rest = iter(fixed)
    assert all(letter in rest for at, letter in enumerate(text) if at not in places)


def test_a_fix_that_would_block_is_left_undone():
    """A drop-in that another rule forbids is not put in; the harmless one beside it is."""
    rules = [
        {"extends": "substitution", "action": {"name": "replace"}, "swap": {"tea": "gin"}},
        {"extends": "existence", "level": "error", "tokens": ["gin"]},
        {"extends": "substitution", "action": {"name": "replace"}, "swap": {"mug": "cup"}},
    ]
    pack = pack_of(rules)
    text = "a mug of tea"
    assert apply_fixes(text, check(text, pack).findings, lambda one: check(one, pack)) == "a cup of tea"
