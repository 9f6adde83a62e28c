import json
import re
from pathlib import Path
from typing import Any

from assistant.settings import ModelSettings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
REPLY = "Nine days is a long wait. Send us its number in a direct message and we can look for the parcel."


def test_the_python_example_runs(stub, tmp_path, monkeypatch, capsys):
    """The example of docs/models.md runs as it stands: a draft, its account, a rewrite, a stream."""
    replies = [{"text": REPLY, "why": "", "sources": []}]
    answer: dict[str, Any] = {"replies": replies, "unknown": [], "abstained": ""}
    answer |= {"text": "Send us its number in a direct message.", "sources": [], "left_out": ""}
    stub.reply = lambda _: json.dumps(answer)
    (tmp_path / "my-brand").mkdir()
    (tmp_path / "my-brand" / "brand.yaml").write_text("name: Brindle\n")
    (tmp_path / "replywright.toml").write_text(f'[model]\nmodel = "gpt-4o-mini"\nbase_url = "{stub.url}"\n')
    monkeypatch.chdir(tmp_path)
    for name in ("REPLYWRIGHT_MODEL", "REPLYWRIGHT_MODEL_URL", "REPLYWRIGHT_MODEL_KEY"):
        monkeypatch.delenv(name, raising=False)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    seen: dict[str, Any] = {}
    exec(compile(example, "docs/models.md", "exec"), seen)  # noqa: S102  # the page is ours
    assert "'calls': 1" in capsys.readouterr().out
    assert seen["shorter"].text == "Send us its number in a direct message."
    assert seen["one"].drafts[0].text == REPLY
    seen["assistant"].model.close()


def test_every_setting_is_in_the_page():
    """Each setting of a model but the key stands in the table with its default."""
    table = dict(re.findall(r"^\| (`[^|]*`) \|([^|]*)\|", PAGE, re.MULTILINE))
    told = {name for names in table for name in re.findall(r"`(\w+)`", names)}
    assert set(ModelSettings.model_fields) - {"key"} <= told
    for name, field in ModelSettings.model_fields.items():
        shown = table.get(f"`{name}`", "").strip().replace(",", "").strip("`").lower()
        if shown.replace(".", "").isdigit() or shown in ("true", "false"):
            assert float(field.default) == float({"true": 1, "false": 0}.get(shown, shown)), name
