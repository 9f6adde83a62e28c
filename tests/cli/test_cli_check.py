import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

GOOD = {
    "id": "good",
    "channel": "x",
    "message": "My kettle came with a dent, what now?",
    "reply": "A dented kettle is no way to start. Send us a photo by DM and we'll sort it out from there.",
}
FACT = {"name": "case_number", "value": "QX-771940", "visibility": "private"}
LEAKING = {**GOOD, "id": "leaking", "reply": "Your case QX-771940 is with our team.", "facts": [FACT]}
UNSURE = {**GOOD, "id": "unsure", "compliance": ["a-regime-that-does-not-ship"]}
HEAVY = {"openai", "langchain", "langchain_core", "gradio", "spacy", "sqlalchemy", "fastapi", "markdownify", "rich"}


def test_a_reply_that_passes(replywright):
    """A good reply gives one line that says so, and exit code 0."""
    done = replywright("check", "-", "--format", "json", stdin=[GOOD])
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["pass"]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reply_that_blocks(replywright):
    """A private fact in a public reply blocks it: exit code 1, the finding at its place."""
    done = replywright("check", "-", "--format", "json", stdin=[GOOD, LEAKING])
    result = json.loads(done.stdout.splitlines()[1])
    start = LEAKING["reply"].index(FACT["value"])
    assert done.returncode == 1
    assert result["verdict"] == "block"
    assert any(one["blocking"] and one["start"] == start for one in result["findings"])


def test_a_pack_that_does_not_ship_is_incomplete(replywright):
    """What did not run is said and never counts as passed; incomplete comes before blocked."""
    done = replywright("check", "-", "--format", "json", stdin=[LEAKING, UNSURE])
    result = json.loads(done.stdout.splitlines()[1])
    assert done.returncode == 3
    assert result["verdict"] == "incomplete"
    assert [one["rule"].split(".")[0] for one in result["not_run"]] == ["a-regime-that-does-not-ship"]


BAD_LINES = {
    b"not json": "not JSON",
    b'{"channel": "x"': "not JSON",
    b'["a list"]': "JSON object",
    b'{"channel": "xx", "reply": "Hello"}': "unknown channel 'xx'",
    b'{"channel": "x", "reply": "  "}': "empty",
    b'{"channel": "x", "replly": "Hello"}': "did you mean 'reply'?",
    b'{"channel": "x", "reply": "nul \\u0000 byte"}': "NUL",
    b'{"channel": "x", "reply": "raw \x00 byte"}': "not JSON",
    b'{"channel": "x", "reply": "\xff\xfe"}': "not UTF-8",
    json.dumps({"channel": "x", "reply": "a" * 200_000}).encode(): "50000 characters",
    b"[" * 100_000: "nested",
}
"""What is wrong with a line, in words."""


def test_a_bad_line_costs_only_itself(replywright):
    """A bad line is told by its number on standard error, leaves nothing on standard output, and the rest goes on."""
    good = json.dumps(GOOD).encode()
    done = replywright("check", "-", "--format", "json", stdin=b"\n\n".join([good, *BAD_LINES, good]))
    assert done.returncode == 3
    assert [json.loads(one)["verdict"] for one in done.stdout.splitlines()] == ["pass", "pass"]
    told = done.stderr.splitlines()
    assert len(told) == len(BAD_LINES)
    for number, (line, said) in enumerate(zip(told, BAD_LINES.values(), strict=True)):
        assert line.startswith(f"standard input:{3 + 2 * number}: ")
        assert said in line
        assert len(line) < 500


def test_a_line_too_long_to_hold(command, environment, tmp_path):
    """A line of 40 MB is refused without being held, and the line after it keeps its number."""
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'{"reply": "' + b"a" * 40_000_000 + b'"}\n{"channel": "nowhere", "reply": "Hello"}\n')
    done = subprocess.run([*command, "check", path], capture_output=True, text=True, env=environment)
    assert done.returncode == 3
    assert [line.split(": ")[0] for line in done.stderr.splitlines()[:2]] == [f"{path}:1", f"{path}:2"]


def test_nothing_to_check(replywright):
    """No lines are no error."""
    done = replywright("check", "-", "--format", "json", stdin="\n\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_text_for_people(replywright):
    """The text form names verdict, rule and fact found, and sums up on standard error."""
    done = replywright("check", "-", stdin=[GOOD, LEAKING, UNSURE])
    assert "leaking  block" in done.stdout
    assert "not run" in done.stdout
    assert "3 checked: 1 pass, 1 block, 1 incomplete" in done.stderr


def test_what_a_customer_wrote_is_only_text(replywright):
    """Escape codes and bidi overrides are taken out, markup is shown as it stands, and a line end fakes no result."""
    reply = "Sorry \x1b[2J\x9b31m\u202egnp.exe\u2066 [bold red]hi[/bold red] {first_name}\n1  pass"
    done = replywright("check", "-", stdin=[{**GOOD, "id": "\x1b]0;owned\x07[blink]id", "reply": reply}])
    assert not set(done.stdout) & set("\x1b\x9b\x07\u202e\u2066")
    assert "[blink]id" in done.stdout
    assert not any(line.startswith("1  pass") for line in done.stdout.splitlines())


def test_on_a_terminal_the_colours_are_ours_alone(command, environment):
    """On a real terminal there is colour, but no escape code, bidi override or markup of a customer takes effect."""
    ours, theirs = os.openpty()
    settings = {name: value for name, value in environment.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    line = {**GOOD, "reply": "Your {first_name} \x1b[2J\x1b]0;owned\x07\u202e[b]hi[/b] :x:"}
    called = [*command, "check", "-"]
    subprocess.run(called, input=json.dumps(line).encode(), stdout=theirs, env=settings, check=False)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "\x1b[1;31mblock" in shown
    assert "[b]hi[/b] :x:" in shown
    assert not set(shown) & set("\x07\u202e")
    assert "\x1b[2J" not in shown
    assert "\x1b]" not in shown


def test_json_hides_nothing_and_fools_no_terminal(replywright):
    """In JSON a control or bidi character is escaped, so its value is kept and the terminal is safe."""
    done = replywright("check", "-", "--format", "json", stdin=[{**GOOD, "id": "a\u202eb\x1b\x9b"}])
    assert json.loads(done.stdout)["id"] == "a\u202eb\x1b\x9b"
    assert not set(done.stdout) & set("\x1b\x9b\u202e")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_is_shown_nowhere(replywright, form):
    """Of a private fact found in a reply not even the surroundings of another finding show it."""
    reply = "Your case QX-771940 {first_name} is with us."
    done = replywright("check", "-", "--format", form, stdin=[{**LEAKING, "reply": reply}])
    assert done.returncode == 1
    assert "771940" not in done.stdout + done.stderr


def test_results_come_as_they_are_ready(command, environment):
    """The first result is there before the second line is."""
    with subprocess.Popen(
        [*command, "check", "-", "--format", "json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        process.stdin.write(json.dumps(GOOD).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "good"
        process.stdin.close()
        assert process.wait(60) == 0


def test_ctrl_c_says_what_was_done(command, environment):
    """Ctrl-C ends it with 130 and a line that says how far it came."""
    with subprocess.Popen(
        [*command, "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        # a suite that a shell runs in the background hands down that Ctrl-C is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        process.stdin.write(json.dumps(GOOD).encode() + b"\nnot json\n")
        process.stdin.flush()
        process.stdout.readline()
        assert b"standard input:2" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b"stopped after line 2: 1 checked, 1 bad\n"


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_closed_pipe_ends_it_quietly(command, environment, tmp_path, form):
    """`| head -1` gets its line, and nobody a traceback."""
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps(GOOD) + "\n") * 5_000)
    with subprocess.Popen(
        [*command, "check", path, "--format", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""


def test_a_full_disk_is_said(command, environment):
    """Results that can't be written end in a clear line and exit code 3."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("wb") as out:
        lines = json.dumps(GOOD).encode() + b"\n"
        done = subprocess.run(
            [*command, "check", "-"], input=lines, stdout=out, stderr=subprocess.PIPE, env=environment, check=False
        )
    assert done.returncode == 3
    assert done.stderr.decode().strip() == "No space left on device"


def test_memory_does_not_grow_with_the_input(command, environment, tmp_path):
    """A thousand lines take hardly more memory than sixty: less than five kilobytes each."""
    peaks = []
    for count in (60, 1_000):
        path = tmp_path / f"{count}.jsonl"
        path.write_text((json.dumps(GOOD) + "\n") * count)
        called = [*command, "check", str(path), "--format", "json"]
        program = f"""
            import resource, subprocess
            subprocess.run({called!r}, stdout=subprocess.DEVNULL, check=True)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        """
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, env=environment, check=True
        )
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 4_700  # kilobytes


def test_a_cold_check_imports_nothing_heavy(environment):
    """One reply is checked without a model, the page, the store, spaCy or Rich being imported."""
    program = f"""
        import sys
        from assistant.cli import main
        sys.argv = ["replywright", "check", "-", "--format", "json"]
        try:
            main()
        except SystemExit as stop:
            assert stop.code == 0, stop.code
        print(*(set({sorted(HEAVY)!r}) & set(sys.modules)), file=sys.stderr)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        input=json.dumps(GOOD).encode(),
        capture_output=True,
        env=environment,
    )
    assert json.loads(done.stdout)["verdict"] == "pass"
    assert done.stderr.decode().strip() == ""


def test_a_progress_bar_where_a_person_watches(command, environment):
    """With results going to a file and a person at the terminal, a long input shows how far it is."""
    ours, theirs = os.openpty()
    settings = {**environment, "TERM": "xterm"}
    with subprocess.Popen(
        [*command, "check", "-", "--format", "json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=settings,
    ) as process:
        os.close(theirs)
        for wait in (1.1, 0.4):
            process.stdin.write(json.dumps(GOOD).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
            time.sleep(wait)
        process.stdin.close()
        process.wait(60)
        shown = os.read(ours, 100_000).decode()
        os.close(ours)
    assert "2 lines" in shown


def test_with_a_brand_its_words_count(replywright, tmp_path):
    """A brand's own word to avoid is found with --brand, and not without."""
    (tmp_path / "brand.yaml").write_text("name: Brindle & Co\nwords_to_avoid:\n  - {word: kettle, instead: say pot}\n")
    with_brand = replywright("check", "-", "--brand", tmp_path, "--format", "json", stdin=[GOOD])
    without = replywright("check", "-", "--format", "json", stdin=[GOOD])
    assert "kettle" in [one["match"] for one in json.loads(with_brand.stdout)["findings"]]
    assert "kettle" not in [one["match"] for one in json.loads(without.stdout)["findings"]]
