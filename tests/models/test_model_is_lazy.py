import subprocess
import sys

import pytest

HEAVY = {"openai", "langchain", "langchain_core", "langchain_openai", "langsmith", "httpx2", "jinja2"}
CHECK = (
    "import sys; sys.argv[1:] = ['check', '-']; from assistant.cli import main\ntry: main()\nexcept SystemExit: pass"
)
TRIAGE = CHECK.replace("'check'", "'triage'")


@pytest.mark.parametrize(
    "program",
    [
        "import assistant; assistant.Assistant; assistant.Brand",
        CHECK,
        TRIAGE,
        "import assistant.judging, assistant.rewriting, assistant.triage_model, assistant.cli.doctor, assistant.models",
        "from assistant.models import ChatModel; from assistant.settings import ModelSettings; "
        "ChatModel(ModelSettings(model='x'))",
    ],
)
def test_a_model_costs_nothing_until_it_is_asked(program):
    """Importing, checking and triage without a model, and even making one, load no library that speaks to models."""
    line = '{"channel": "x", "message": "Where is it?", "reply": "We are on it."}\n'
    if "triage" in program and "argv" in program:
        line = '{"channel": "x", "message": "Where is it?"}\n'
    shown = f"{program}\nimport sys\nprint('\\n' + '\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", shown], input=line, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.split()) & HEAVY
