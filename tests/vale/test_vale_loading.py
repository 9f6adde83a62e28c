import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tone_rules import ConfigurationError, Pack, check, load_pack
from tone_rules.kinds import KINDS
from tone_rules.vale import load_style

PARENT = "extends: existence\nmessage: \"'%s'\"\ntokens: [foo, bar]\ntests:\n  - {name: n, input: foo, want: ''}\n"


def test_a_rule_may_start_from_another(styles) -> None:
    """`tokens+` adds, `tokens-` takes away, a bare key replaces; the other rule's examples stay its own."""
    folder = styles(
        {
            "A/Base.yml": PARENT,
            "B/Child.yml": "extends: A.Base\nlevel: error\ntokens+: [baz]\ntokens-: bar\n",
            "B/Grandchild.yml": "extends: B.Child\nmessage: no %s\nTokens+:\n  - quux\n",
        }
    )
    # both edits of one key are made in their order
    child = load_pack(folder / "B").rule("Child").definition
    assert child.model_dump()["tokens"] == ("foo", "baz")
    assert (child.level, child.tests) == ("error", ())
    grandchild = load_pack(folder / "B").rule("Grandchild").definition
    assert grandchild.model_dump()["tokens"] == ("foo", "baz", "quux")
    assert grandchild.message == "no %s"


def test_a_rule_may_start_from_one_that_ships() -> None:
    """A brand changes a rule of a shipped pack without a copy of it."""
    pack = Pack.of("house", {"Words": {"extends": "tone.PlainWords", "swap+": {"purchase": "buy"}}})
    assert [one.match for one in check("Purchase or utilise it", pack).findings] == ["Purchase", "utilise"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("extends: A.Nope\n", "R.yml:1:1: there is no rule 'A.Nope'"),
        ("extends: B.R\n", "is in its own chain"),
        ("extends: A.Base\ntokens-: [nope]\n", "R.yml:2:1: the other rule has no entry 'nope'"),
        ("extends: A.Base\ntokens+: [a]\ntokens: [b]\n", "R.yml:2:1: 'tokens+' changes what 'tokens' replaces"),
        ("extends: A.Base\nswap+: {a: b}\n", "R.yml:2:1: the other rule has no list or mapping 'swap'"),
        ("extends: existence\nmessage: m\ntokens+: [a]\n", "R.yml:3:1: 'tokens+' needs a rule to change"),
        ("extends: A.Base\ntokens+: ['(']\n", "R.yml:2:1: this is not a regular expression"),
        ("extends: ../../etc.passwd\n", "there is no rule"),
    ],
)
def test_a_wrong_inheritance_is_told_with_its_place(styles, text, problem) -> None:
    """Each mistake at its line and column."""
    folder = styles({"A/Base.yml": PARENT, "B/R.yml": text})
    with pytest.raises(ConfigurationError) as caught:
        load_pack(folder / "B")
    assert problem in str(caught.value)


def test_a_published_style_loads_with_warnings(styles) -> None:
    """What can't be read or run is named with its place, and the rest of the style works."""
    folder = styles(
        {
            "S/Good.yml": "extends: existence\nmessage: m\ntokens: [foo]\n",
            "S/Script.yml": "extends: script\nmessage: m\nscript: 'x := 1'\n",
            "S/Unknown.yml": "extends: existence\nmessage: m\ntokn: [foo]\n",
            "S/Twice.yml": "extends: substitution\nmessage: m\nswap:\n  foo: one\n  foo: two\n",
            "S/Loose.yml": "extends: consistency\nmessage: m\neither: {a: b}\nrange: file\n",
            "S/Empty.yml": "extends: existence\nmessage: m\nname: Empty\nscope:\nlevel:\ntokens: [bar]\n",
            "S/notes.txt": "not a rule",
        }
    )
    pack = load_style(folder / "S")
    assert [one.id for one in pack.rules] == ["S.Empty", "S.Good", "S.Loose", "S.Script", "S.Twice"]
    said = [str(one).removeprefix(f"{folder}/S/") for one in pack.warnings]
    assert said.pop(0) == "Empty.yml:3:1: unknown key 'name' of 'existence' is passed over"
    assert [(one.rule, one.level) for one in check("bar", pack).findings] == [("S.Empty", "warning")]
    assert said[0] == "Loose.yml:4:1: unknown key 'range' of 'consistency' is passed over"
    assert said[1].startswith("Script.yml:1:10: S.Script does not run: ")
    assert said[2] == "Twice.yml:5:3: 'foo' is named twice (first on line 4); keep one of them"
    assert said[3] == "Unknown.yml:3:1: unknown key 'tokn'; did you mean 'tokens'?"
    assert [one.suggestions for one in check("foo", pack).findings if one.rule == "S.Twice"] == [("two",)]


def test_a_pack_of_ones_own_is_held_to_more(styles) -> None:
    """What a published style may do, such as naming a key twice, a brand's own rules may not."""
    folder = styles({"S/Twice.yml": "extends: substitution\nmessage: m\nswap:\n  foo: one\n  foo: two\n"})
    with pytest.raises(ConfigurationError, match="named twice"):
        load_pack(folder / "S")


def test_a_scope_that_reaches_nothing_is_told(styles) -> None:
    """A rule that could never fire is an error of a brand's own pack, and a warning of a published style."""
    text = "extends: existence\nmessage: m\nscope: [text & ~headin, comment.line]\ntokens: [foo]\n"
    folder = styles({"S/R.yml": text})
    with pytest.raises(ConfigurationError) as caught:
        load_pack(folder / "S")
    assert "R.yml:3:8: the scope 'headin' reaches nothing here; did you mean 'heading'?" in str(caught.value)
    assert len(load_style(folder / "S").warnings) == 2


KEYS = sorted({name for kind in KINDS.values() for name in kind.model_fields} | {"Tokens", "tokens+", "swap-", "nope"})
SCALARS = st.sampled_from(["a", "(", "(?i)b", "no", "1:30", "$title", "existence", "x{e}", "[", "%s %[9]d", "", "\\"])
VALUES = st.recursive(
    SCALARS | st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCALARS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([*KINDS, "T.R", "general.Threat"]),
    keys=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5),
    text=st.sampled_from(["A b. A a!", "", "# x\n\n- a"]),
)
def test_any_rule_loads_and_runs_or_is_refused(tmp_path, kind, keys, text) -> None:
    """Whatever stands in a rule's file, it either loads, and then runs on any text, or is refused with its place."""
    folder = tmp_path / "T"
    folder.mkdir(exist_ok=True)
    (folder / "R.yml").write_text(yaml.safe_dump({"extends": kind, "message": "%s"} | keys, allow_unicode=True))
    for load in (load_pack, load_style):
        pack, problems = loaded(load, folder)
        assert all(one.path and one.line >= 1 for one in problems)
        for one in check(text, pack).findings:
            assert 0 <= one.start <= one.end <= len(text)


def loaded(load, folder):
    """A pack, empty where it is refused, and the problems."""
    try:
        return load(folder), ()
    except ConfigurationError as error:
        return Pack("T", ()), error.problems
