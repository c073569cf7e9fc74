"""The chain: whatever is done to a row or a link leaves a fault, found where it was done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingzhuang.domain.audit import GENESIS, FaultKind, Link, Published, Row, link_hash, verify_chain

Chain = list[tuple[Link, Row | None]]


def _chain(count: int) -> Chain:
    before, chain = GENESIS, []
    for position in range(1, count + 1):
        row = Row(position * 3, "2026-03-25T08:00:00.000000+00:00", "a.b", None, "a.b", "1", ("x",), "0")
        before = link_hash(before, position, row)
        chain.append((Link(position, row.entry, before), row))
    return chain


@given(st.integers(0, 12))
def test_a_chain_as_it_was_written_verifies(count: int) -> None:
    assert list(verify_chain(_chain(count))) == []


@given(st.integers(1, 12), st.data())
def test_a_changed_row_is_found_once_where_it_is(count: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, count - 1))
    field, value = data.draw(
        st.sampled_from(
            [("at", "x"), ("action", "x"), ("by", 9), ("on_kind", "x"), ("on_id", "x"), ("fields", ()), ("digest", "x")]
        )
    )
    chain = _chain(count)
    link, row = chain[at]
    assert row
    chain[at] = link, replace(row, **{field: value})
    assert [(fault.kind, fault.position) for fault in verify_chain(chain)] == [(FaultKind.CHANGED, at + 1)]


@given(st.integers(2, 12), st.data())
def test_two_rows_in_each_others_place_are_found(count: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, count - 2))
    chain = _chain(count)
    chain[at], chain[at + 1] = (chain[at][0], chain[at + 1][1]), (chain[at + 1][0], chain[at][1])
    assert [fault.position for fault in verify_chain(chain)] == [at + 1, at + 2]


def test_a_link_that_is_gone_leaves_a_gap_and_what_stands_behind_it_is_not_blamed() -> None:
    chain = _chain(4)
    del chain[1]
    assert [(fault.kind, fault.position) for fault in verify_chain(chain)] == [(FaultKind.GAP, 2)]


def test_the_end_cut_off_is_found_by_what_was_published() -> None:
    chain = _chain(4)
    published = Published(4, chain[-1][0].hash)
    assert list(verify_chain(chain, published)) == []
    assert [fault.kind for fault in verify_chain(chain[:3], published)] == [FaultKind.REWRITTEN]


def test_a_published_link_is_read_as_it_is_written() -> None:
    published = Published(7, GENESIS)
    assert Published.read(str(published)) == published
    for wrong in ("7", f"x:{GENESIS}", "7:abc", f"7:{GENESIS[:-1]}x"):
        with pytest.raises(ValueError, match=r"\w"):
            Published.read(wrong)
