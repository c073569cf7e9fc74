"""Control numbers: read back as they were typed, and no slip of a finger makes another valid one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.demands.control_number import BadNumber, ControlNumber

NUMBERS = st.builds(
    ControlNumber, st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True), st.integers(2020, 2099), st.integers(1, 10**6)
)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(NUMBERS)
def test_a_number_is_read_as_it_is_written(number: ControlNumber) -> None:
    assert ControlNumber.read(str(number)) == number
    typed = str(number).lower().replace("-", "—").translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert ControlNumber.read(f" {typed} ") == number


@given(NUMBERS, st.data())
def test_one_wrong_character_is_found(number: ControlNumber, data: st.DataObject) -> None:
    text = str(number)
    at = data.draw(st.sampled_from([i for i, c in enumerate(text) if c != "-"]))
    other = data.draw(st.sampled_from([c for c in LETTERS if c != text[at]]))
    with pytest.raises(BadNumber):
        ControlNumber.read(text[:at] + other + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "D1", "D1-2026-7-A", "D1-2026-0001", "D1-2026-0001-", "水-2026-0001-A"])
def test_what_has_not_the_form_is_no_number(text: str) -> None:
    with pytest.raises(BadNumber):
        ControlNumber.read(text)
