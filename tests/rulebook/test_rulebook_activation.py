import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant import demo
from assistant.brand import Brand
from assistant.checking import packs_of
from assistant.errors import InputError, MovedOn, NotPermitted, StoreError
from assistant.rulebook.activation import activate, kept_out, proposed
from assistant.rulebook.changes import Removed, Setting, Written, change_of
from assistant.rulebook.listing import entries, page
from assistant.rulebook.staging import find
from assistant.store import Store, rule_changes, verify
from assistant.store.records import each
from tone_rules.errors import ConfigurationError


def _yaml(brand: Brand) -> str:
    return (brand.folder or Path()).joinpath("brand.yaml").read_text(encoding="utf-8")


def test_a_rule_holds_once_it_is_activated(own_brand: Brand, store: Store, worries: Written) -> None:
    """Proposed it changes no file; activated it is in the folder, is checked, and the log says who did what."""
    made = proposed(store, own_brand, worries, "Ana", "People asked")
    assert not (own_brand.folder or Path()).joinpath("rules").exists()
    after = activate(store, own_brand, made.number, "Olu")
    assert find(packs_of(after), "House.Worries") is not None
    assert page(after, "House.Worries", {}).text == worries.text  # type: ignore[union-attr]
    kept = rule_changes.change(store, made.number)
    assert (kept.state, kept.by, kept.settled_by, kept.note) == ("active", "Ana", "Olu", "People asked")
    with store.reading() as connection:
        (record,) = list(each(connection))
    payload = json.loads(record.payload)
    assert record.kind == "rules"
    assert (payload["proposed_by"], payload["activated_by"]) == ("Ana", "Olu")
    assert (payload["brand_before"], payload["brand_after"]) == (own_brand.sha256, after.sha256)
    assert verify(store).ok


def test_a_setting_goes_into_the_description_and_comes_out_again(own_brand: Brand, store: Store) -> None:
    """A rule is switched off in brand.yaml with its reason; what stood before can be proposed and restores the file."""
    before = _yaml(own_brand)
    off = Setting(rule="tone.Filler", level="off", reason="We like: it")
    made = proposed(store, own_brand, off, "Ana")
    after = activate(store, own_brand, made.number, "Ana")
    assert find(packs_of(after), "tone.Filler") is None
    assert next(one.level for one in entries(after, {}) if one.rule == "tone.Filler") == "off"
    assert before in _yaml(after)
    undo = change_of.validate_python(rule_changes.change(store, made.number).before)
    again = activate(store, after, proposed(store, after, undo, "Ana").number, "Ana")
    assert _yaml(again) == before
    assert again.sha256 == own_brand.sha256


def test_four_eyes_are_two_people(own_brand: Brand, store: Store, worries: Written) -> None:
    """Where the brand asks for it, who proposed can't activate, and somebody else can."""
    description = (own_brand.folder or Path()) / "brand.yaml"
    description.write_text(_yaml(own_brand).replace("four_eyes: false", "four_eyes: true"), encoding="utf-8")
    careful = Brand.load(description.parent)
    made = proposed(store, careful, worries, "Ana")
    with pytest.raises(NotPermitted, match="four eyes"):
        activate(store, careful, made.number, "Ana")
    assert activate(store, careful, made.number, "Olu").sha256 != careful.sha256


def test_what_a_required_rule_does_not_allow_is_refused(own_brand: Brand, store: Store) -> None:
    """A compliance rule is lowered only with a reason, and one that protects people by nobody."""
    for change, why in (
        (Setting(rule="general.Placeholder", level="off", reason="please"), "can't be lowered by anybody"),
        (Setting(rule="general.LiabilityAdmission", level="warning"), "needs a reason"),
        (Setting(rule="general.NoSuch", level="off"), "unknown rule"),
        (Written(rule="House.Bad", text="extends: existence\nmessage: no\ntokens: ['(']\n"), "House/Bad.yml:3:10"),
    ):
        with pytest.raises(ConfigurationError, match=why):
            proposed(store, own_brand, change, "Ana")
    with pytest.raises(InputError, match="a pack that ships"):
        proposed(store, own_brand, Written(rule="Tone.Mine", text="extends: existence\n"), "Ana")
    with pytest.raises(InputError, match="changes nothing"):
        proposed(store, own_brand, Setting(rule="tone.Filler"), "Ana")
    assert rule_changes.changes(store) == ()


def test_a_change_that_was_overtaken_is_not_activated(own_brand: Brand, store: Store, worries: Written) -> None:
    """Two proposals for one rule: the second was made without knowing the first, so it must be looked at again."""
    first = proposed(store, own_brand, worries, "Ana")
    second = proposed(
        store, own_brand, Written(rule=worries.rule, text=worries.text.replace("- no worries", "- nay")), "Lee"
    )
    after = activate(store, own_brand, first.number, "Ana")
    with pytest.raises(MovedOn, match="changed otherwise"):
        activate(store, after, second.number, "Lee")
    with pytest.raises(InputError, match="is active already"):
        activate(store, after, first.number, "Ana")
    rule_changes.withdraw(store, second.number, "Lee")
    with pytest.raises(InputError, match="was withdrawn"):
        activate(store, after, second.number, "Lee")


def test_an_own_rule_can_be_taken_out(own_brand: Brand, store: Store, worries: Written) -> None:
    """Its file goes and the brand is what it was; a rule that ships can't be taken out."""
    after = activate(store, own_brand, proposed(store, own_brand, worries, "Ana").number, "Ana")
    gone = activate(store, after, proposed(store, after, Removed(rule=worries.rule), "Ana").number, "Ana")
    assert gone.sha256 == own_brand.sha256
    with pytest.raises(InputError, match="switch it off instead"):
        proposed(store, own_brand, Removed(rule="tone.Filler"), "Ana")


def test_a_required_style_blocks(own_brand: Brand, store: Store, worries: Written) -> None:
    """The first rule of a style says whether it is compliance."""
    required = worries.model_copy(update={"required": True})
    after = activate(store, own_brand, proposed(store, own_brand, required, "Ana").number, "Ana")
    rule = find(packs_of(after), worries.rule)
    assert rule is not None
    assert rule.blocking


def test_what_can_not_be_recorded_is_not_written(
    own_brand: Brand, store: Store, worries: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the log can't be written, the folder is as it was."""
    made = proposed(store, own_brand, worries, "Ana")

    def fail(*_: Any) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("assistant.rulebook.activation.activated", fail)
    with pytest.raises(StoreError):
        activate(store, own_brand, made.number, "Ana")
    assert Brand.load(own_brand.folder or "").sha256 == own_brand.sha256
    assert rule_changes.change(store, made.number).state == "proposed"


def test_a_folder_that_is_not_ours_is_left_alone(
    own_brand: Brand, store: Store, worries: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo brand, a brand without a folder and one that can't be written say so; a change can still be proposed."""
    for brand in (demo.brand(), Brand(name="Tern")):
        assert kept_out(brand)
        made = proposed(store, brand, worries, "Ana")
        with pytest.raises(InputError, match="by hand"):
            activate(store, brand, made.number, "Ana")
    assert kept_out(own_brand) is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert kept_out(own_brand)


@pytest.mark.parametrize("rule", ["../x.Y", "a/b.C", "House.", ".Y", "House.A.B", "House.A\n", "Häuser.A"])
def test_no_name_leads_out_of_the_folder(rule: str) -> None:
    """The halves of an id are names of files: nothing else is taken."""
    with pytest.raises(ValueError, match="rule"):
        Written(rule=rule, text="")
