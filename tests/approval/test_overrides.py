from pathlib import Path

import pytest

from assistant.approval import approve, decisions
from assistant.brand import Brand
from assistant.context import CustomerContext
from assistant.errors import Blocked, NotPermitted
from assistant.pipeline import Proposal
from assistant.store import Store, head, verify
from tone_rules.finding import Finding, NotRun, Report

RULE = """\
extends: existence
message: "Leave '%s' to the lawyers"
level: error
ignorecase: true
tokens:
  - lawsuit
"""
BLOCKED = "A lawsuit won't be needed, Ana."
WHY = {"House.NoLawsuit": "Cleared by the legal desk"}


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """A brand with one required rule of its own, which may be overridden, and the required packs that ship."""
    folder = tmp_path / "brand"
    (folder / "rules" / "House").mkdir(parents=True)
    (folder / "brand.yaml").write_text("name: Fernhill Kettles\n")
    (folder / "rules" / "House" / "pack.yaml").write_text("name: House\nrequired: true\n")
    (folder / "rules" / "House" / "NoLawsuit.yml").write_text(RULE)
    return Brand.load(folder)


def test_a_blocking_finding_refuses(store: Store, brand: Brand, context: CustomerContext, proposal: Proposal) -> None:
    """The brand's real rules are asked; the error holds the report and nothing is recorded."""
    before = head(store)
    with pytest.raises(Blocked, match=r"House\.NoLawsuit") as caught:
        approve(store, brand, proposal, context, decision="edit", reviewer="Mira", text=BLOCKED)
    assert caught.value.report.verdict == "block"
    assert [one.rule for one in caught.value.report.findings if one.blocking] == ["House.NoLawsuit"]
    assert (store.message("m1").status, head(store)) == ("open", before)


def test_a_clean_text_passes_the_real_rules(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """Without anything injected, a harmless reply is approved."""
    text = proposal.drafts[0].text
    made = approve(store, brand, proposal, context, decision="approve", reviewer="Mira", text=text)
    assert (made.verdict, made.overrides) == ("pass", ())


@pytest.mark.parametrize("override", [{}, {"House.NoLawsuit": "  "}, {"Another.Rule": "Cleared"}])
def test_an_override_needs_the_rule_and_a_reason(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal, override: dict[str, str]
) -> None:
    """An empty reason, or one for another rule, is none."""
    with pytest.raises(Blocked):
        approve(
            store,
            brand,
            proposal,
            context,
            decision="edit",
            reviewer="Mira",
            text=BLOCKED,
            override=override,
            may_override=True,
        )


def test_an_override_needs_the_right(store: Store, brand: Brand, context: CustomerContext, proposal: Proposal) -> None:
    """A good reason by somebody without the right is refused, and nothing is recorded."""
    before = head(store)
    with pytest.raises(NotPermitted, match="right to override"):
        approve(store, brand, proposal, context, decision="edit", reviewer="Mira", text=BLOCKED, override=WHY)
    assert head(store) == before


def test_an_override_is_recorded_with_who_and_why(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """It has a record of its own before the approval's; the reason is among the texts and not in the log."""
    made = approve(
        store,
        brand,
        proposal,
        context,
        decision="edit",
        reviewer="Mira",
        text=BLOCKED,
        override={**WHY, "House.Needless": "not asked for"},
        may_override=True,
    )
    assert made.verdict == "block"
    assert [(one.rule, one.reason, one.by) for one in made.overrides] == [(*next(iter(WHY.items())), "Mira")]
    assert decisions(store, "m1") == (made,)
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT kind, payload FROM replywright_records ORDER BY seq").all()
    assert [kind for kind, _ in rows] == ["import", "override", "approval"]
    assert "House.NoLawsuit" in rows[1][1]
    assert all("legal desk" not in payload for _, payload in rows)
    assert verify(store).ok


def test_nobody_overrides_a_rule_that_says_never(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """A placeholder that was never filled in stays blocked, with right and reason."""
    with pytest.raises(NotPermitted, match=r"nobody may override general\.Placeholder"):
        approve(
            store,
            brand,
            proposal,
            context,
            decision="edit",
            reviewer="Mira",
            text="Hello {first_name}, we are on it.",
            override={"general.Placeholder": "It looks fine"},
            may_override=True,
        )


def test_every_blocking_rule_needs_its_own_override(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """One override does not let a second rule through."""
    with pytest.raises(Blocked, match=r"general\.Placeholder"):
        approve(
            store,
            brand,
            proposal,
            context,
            decision="edit",
            reviewer="Mira",
            text="A lawsuit won't be needed, {first_name}.",
            override=WHY,
            may_override=True,
        )


def incomplete(rule: str, *, required: bool = True) -> Report:
    """A report of a rule that did not run."""
    return Report.of((), (NotRun(rule=rule, reason="it took too long", required=required),))


def test_a_required_rule_that_did_not_run_refuses(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """What was not checked is not passed; a person with the right may answer for it, and that is recorded."""
    given = {"decision": "edit", "reviewer": "Mira", "text": "Hello", "check": lambda *_: incomplete("finance.*")}
    with pytest.raises(Blocked, match=r"not fully checked: finance\.\*"):
        approve(store, brand, proposal, context, **given)
    made = approve(store, brand, proposal, context, **given, override={"finance.*": "Read by Jo"}, may_override=True)
    assert (made.verdict, [one.rule for one in made.overrides]) == ("incomplete", ["finance.*"])
    assert made.not_run[0].rule == "finance.*"


def test_a_never_rule_that_did_not_run_can_not_be_waved_through(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """A leak check that timed out is not replaced by anybody's word."""
    with pytest.raises(NotPermitted, match=r"nobody may override privacy\.Leak"):
        approve(
            store,
            brand,
            proposal,
            context,
            decision="edit",
            reviewer="Mira",
            text="Hello",
            override={"privacy.Leak": "Looks fine"},
            may_override=True,
            check=lambda *_: incomplete("privacy.Leak"),
        )


def test_a_recommended_rule_that_did_not_run_does_not_stop(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """It is recorded as not run."""
    made = approve(
        store,
        brand,
        proposal,
        context,
        decision="edit",
        reviewer="Mira",
        text="Hello",
        check=lambda *_: incomplete("tone.Slow", required=False),
    )
    assert (made.verdict, made.not_run[0].rule) == ("pass", "tone.Slow")


def test_a_blocking_finding_of_an_unknown_rule_can_not_be_overridden(
    store: Store, brand: Brand, context: CustomerContext, proposal: Proposal
) -> None:
    """Whether it may be is nowhere to be read, so it may not."""
    finding = Finding(rule="Lost.Rule", level="error", blocking=True, start=0, end=1, match="H", message="No")
    with pytest.raises(NotPermitted):
        approve(
            store,
            brand,
            proposal,
            context,
            decision="edit",
            reviewer="Mira",
            text="Hello",
            override={"Lost.Rule": "Fine"},
            may_override=True,
            check=lambda *_: Report.of((finding,)),
        )
