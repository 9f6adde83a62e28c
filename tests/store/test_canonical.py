import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.store.canonical import canonical, sha256, timestamp

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_means_the_same_and_is_stable(value: object) -> None:
    """Reading gives the value back, writing that again gives the same bytes, and all of them are ASCII."""
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written
    assert written.isascii()
    assert "\x00" not in written


@given(st.dictionaries(st.text(), st.integers()))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    """A mapping built in another order is written the same."""
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(VALUES, VALUES)
def test_different_values_are_written_differently(one: object, other: object) -> None:
    """Two values that JSON tells apart never share their canonical form, so never a digest."""
    if json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
        assert canonical(one) != canonical(other)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_does_not_know_is_refused(value: float) -> None:
    """No record can hold a number that another program could not read."""
    with pytest.raises(ValueError, match="JSON"):
        canonical({"value": value})


@given(st.text(st.characters(exclude_categories=["Cs"])), st.binary(min_size=32, max_size=32))
def test_a_digest_is_of_salt_then_text(text: str, salt: bytes) -> None:
    """Anybody can compute it with a standard tool."""
    assert sha256(text, salt) == hashlib.sha256(salt + text.encode()).hexdigest()


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9000, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_times_are_written_in_utc_and_sort_as_text(moment: datetime, hours: int) -> None:
    """The zone of the clock does not matter, and each time has the same width."""
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    written = timestamp(aware)
    assert datetime.fromisoformat(written) == aware
    assert written.endswith("Z")
    assert len(written) == len(timestamp(datetime(2026, 11, 22, tzinfo=UTC)))
