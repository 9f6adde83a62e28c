import subprocess
import sys

HEAVY = (
    "spacy",
    "openai",
    "langchain",
    "langchain_core",
    "gradio",
    "sqlalchemy",
    "fastapi",
    "markdownify",
    "rapidfuzz",
)


def loaded(program: str) -> set[str]:
    """The modules that a program has loaded at its end, in a new interpreter."""
    shown = f"{program}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_tone_rules_loads_next_to_nothing() -> None:
    """The bare import loads no heavy library, not even pydantic or regex."""
    assert not loaded("import tone_rules") & {*HEAVY, "pydantic", "regex", "yaml"}


def test_a_whole_check_loads_nothing_heavy() -> None:
    """A check with all shipped packs and a private fact loads no model, web or store library."""
    program = """
from tone_rules import Fact, Situation, check, load_pack
from tone_rules.pack import shipped
situation = Situation(channel="x", facts=[Fact(name="order", value="HL-59317")])
check("Order HL 59317!", [load_pack(name) for name in shipped()], situation)
"""
    assert not loaded(program) & set(HEAVY)


def test_every_public_name_is_there() -> None:
    """Each name in `__all__` can be imported, and a wrong one is refused by name."""
    import pytest

    import tone_rules

    for name in tone_rules.__all__:
        assert getattr(tone_rules, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        _ = tone_rules.chek
