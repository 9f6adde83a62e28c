import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc

import tone_rules.spacy
from tone_rules import ConfigurationError, Situation, check, load_pack

TEXT = "Hi [NAME] 😀, we apologise for any inconvenience. Please utilise the form."


def pipeline(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("tone_rules", config=config)
    return nlp


def test_a_doc_has_the_report_and_the_spans():
    """The report is that of `check`; a span covers each finding and is labelled with its rule."""
    doc = pipeline(packs=["general", "tone"])(TEXT)
    assert doc._.tone_report == check(TEXT, [load_pack("general"), load_pack("tone")])
    spans = [(one.label_, one.text) for one in doc.spans["tone_rules"]]
    assert ("general.Placeholder", "[NAME]") in spans
    assert ("tone.PlainWords", "utilise") in spans
    assert len(spans) == len(doc._.tone_report.findings)


def test_something_missing_has_no_span(tmp_path):
    """A finding without characters is in the report only."""
    folder = tmp_path / "House"
    folder.mkdir()
    (folder / "Sign.yml").write_text("extends: required\nmessage: sign\ntokens: ['\\^MR']\nnonword: yes\n")
    doc = pipeline(packs=[str(folder)])("Hello.")
    assert [one.rule for one in doc._.tone_report.findings] == ["House.Sign"]
    assert len(doc.spans["tone_rules"]) == 0


def test_what_is_known_around_a_text():
    """The configuration holds for every text, `tone_situation` for one; it does not stay on the Doc."""
    nlp = pipeline(packs=["privacy"], situation={"channel": "x"})
    doc = nlp.make_doc("Your case QX-771940 is open.")
    doc._.tone_situation = Situation(facts=[{"name": "case", "value": "QX-771940"}])
    doc = nlp(doc)
    assert [one.rule for one in doc._.tone_report.findings] == ["privacy.Leak"]
    assert doc._.tone_situation is None
    assert "771940" not in str(doc.user_data)
    assert nlp("Your case QX-771940 is open.")._.tone_report.verdict == "pass"


def test_a_saved_pipeline_brings_its_rules_along(tmp_path):
    """What is loaded again finds the same, also where the folder of the rules is gone."""
    folder = tmp_path / "rules" / "House"
    folder.mkdir(parents=True)
    (folder / "Tea.yml").write_text("extends: existence\nmessage: \"no '%s'\"\ntokens: [coffee]\n")
    nlp = pipeline(packs=["general", "tone.Filler", str(folder)], situation={"channel": "x"})
    text = "Coffee or coffee, [NAME]? Please note that we are shut."
    before = nlp(text)._.tone_report
    assert {one.rule for one in before.findings} >= {"House.Tea", "general.Placeholder", "tone.Filler"}
    nlp.to_disk(tmp_path / "saved")
    (folder / "Tea.yml").unlink()
    folder.rmdir()
    loaded = spacy.load(tmp_path / "saved")
    assert loaded(text)._.tone_report == before
    assert loaded.get_pipe("tone_rules").situation == Situation(channel="x")
    with pytest.raises(ConfigurationError, match="no such file or folder"):
        pipeline(packs=[str(folder)])("Coffee")


def test_a_wrong_name_is_told_at_once():
    """A pack that there is not is an error where it is named, with the nearest."""
    with pytest.raises(ConfigurationError, match="did you mean 'tone'"):
        pipeline(packs=["tonne"])


def test_a_doc_can_be_saved_and_sent():
    """The report survives bytes and other processes; nothing on the Doc holds on to the pipeline."""
    nlp = pipeline(packs=["general"])
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.tone_report == doc._.tone_report
    assert [one.label_ for one in again.spans["tone_rules"]] == [one.label_ for one in doc.spans["tone_rules"]]


def test_it_runs_inside_a_memory_zone():
    """A long-running service can let go of each text; the report is a plain value and stays."""
    nlp = pipeline(packs=["general"])
    with nlp.memory_zone():
        report = nlp(TEXT)._.tone_report
    assert report.verdict == "block"


def test_the_factory_is_published():
    """The distribution names the factory, so that `add_pipe` finds it without an import."""
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    module, _, name = project["entry-points"]["spacy_factories"]["tone_rules"].partition(":")
    assert (module, getattr(tone_rules.spacy, name)) == ("tone_rules.spacy", tone_rules.spacy.make_tone_rules)


def test_nothing_else_imports_spacy():
    """Neither `import tone_rules` with a check nor the command's `check` loads it."""
    code = (
        "import sys, tone_rules as t; t.check('Hello', t.load_pack('tone')); import assistant.cli.check;"
        "import assistant.cli.rules; import assistant.past_replies; sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
