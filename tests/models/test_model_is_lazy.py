import subprocess
import sys

HEAVY = {"openai", "langchain", "langchain_core", "langchain_openai", "langsmith", "httpx2", "jinja2"}
STEPS = (
    "import assistant; assistant.Assistant; assistant.Brand",
    "run('check')",
    "run('triage')",
    "import assistant.judging, assistant.rewriting, assistant.triage_model, assistant.cli.doctor, assistant.models",
    "from assistant.models import ChatModel; from assistant.settings import ModelSettings; "
    "ChatModel(ModelSettings(model='x'))",
)
PROGRAM = f"""
import io, sys

LINES = {{
    "check": b'{{"channel": "x", "message": "Where is it?", "reply": "We are on it."}}\\n',
    "triage": b'{{"channel": "x", "message": "Where is it?"}}\\n',
}}


def run(verb):
    from assistant.cli import main

    sys.argv, sys.stdin = ["replywright", verb, "-"], io.TextIOWrapper(io.BytesIO(LINES[verb]))
    try:
        main()
    except SystemExit as ended:
        assert ended.code in (0, None), ended.code


for step in {STEPS!r}:
    exec(step)
    loaded = {HEAVY!r} & set(sys.modules)
    assert not loaded, (step, loaded)
"""


def test_a_model_costs_nothing_until_it_is_asked():
    """Importing, checking and triage without a model, and even making one, load no library that speaks to models."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1, "a check and a triage were shown"
