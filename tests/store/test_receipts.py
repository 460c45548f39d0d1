"""Receipts as they are kept: byte for byte what was answered, in a fourth of its size, for ever."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.store.receipts import DICTIONARIES, UnknownReceiptError, pack, unpack

RECEIPT = (
    b'{"event":{"id":"01a31111-0000-7000-8000-000000000001","enrollment":"01a32222-0000-7000-8000-000000000002",'
    b'"participant":"01a33333-0000-7000-8000-000000000003","target":"cocaine","behavior":"test","outcome":'
    b'"negative","effect":"success","occurred_at":"2026-03-04T15:30:00Z","recorded_at":'
    b'"2026-03-04T15:31:07.812Z","recorded_by":"01a34444-0000-7000-8000-000000000004","week":3,"reference":'
    b'"lab-771"},"awards":[{"id":"01a35555-0000-7000-8000-000000000005","kind":"base","unit":"usd","amount":'
    b'1750,"clipped":0,"reasons":[{"code":"step","text":"Negative test, step 6: $17.50.","amount":1750,'
    b'"count":6}],"event":"01a31111-0000-7000-8000-000000000001","overpaid":0,"unrecovered":0}],"total":'
    b'[{"unit":"usd","amount":1750}],"balances":[{"unit":"usd","available":7200,"held":0,"given":2000,'
    b'"earned":9200}],"outlook":[{"target":"cocaine","next":[{"unit":"usd","amount":1900}],"after_a_miss":'
    b'[{"unit":"usd","amount":1000}],"successes_to_recover":null,"sentence":"Your next negative test is '
    b'worth $19.00."}],"adjustments":[]}'
)


def test_a_receipt_is_kept_in_a_fourth_of_its_bytes() -> None:
    """And comes back as it was."""
    assert unpack(pack(RECEIPT)) == RECEIPT
    assert len(pack(RECEIPT)) < len(RECEIPT) / 4


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.text(max_size=6000))
def test_whatever_is_answered_comes_back_byte_for_byte(text: str) -> None:
    """Longer than the packer looks back, and in any letters."""
    receipt = b'{"event":' + text.encode() + b"}"
    assert unpack(pack(receipt)) == receipt


def test_a_receipt_of_before_is_read_as_it_is() -> None:
    """Those were kept as JSON."""
    assert unpack(RECEIPT) == RECEIPT


def test_what_was_packed_with_a_dictionary_is_unpacked_with_it_for_ever() -> None:
    """A dictionary that changes by a byte would spoil every receipt on record."""
    known = {1: "17b7c7cbc9666b0b4bde3ebc651acfa4e2f9136fbe97873a89c3a10e50e9aa88"}
    assert {no: hashlib.sha256(one).hexdigest() for no, one in DICTIONARIES.items()} == known
    for no, dictionary in DICTIONARIES.items():
        packer = zlib.compressobj(1, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, dictionary)
        assert unpack(bytes((no,)) + packer.compress(RECEIPT) + packer.flush()) == RECEIPT


@pytest.mark.parametrize("kept", [b"", b"\x07abc", b"\x01\xff\xff", b"[1]"])
def test_what_is_no_receipt_is_refused(kept: bytes) -> None:
    """An empty value, a dictionary that nobody knows, and bytes that were packed by nobody."""
    with pytest.raises(UnknownReceiptError):
        unpack(kept)
