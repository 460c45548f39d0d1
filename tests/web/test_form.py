"""Forms of the pages: how a body becomes fields, fields a shape, and a form its idempotency key."""

from __future__ import annotations

from hashlib import sha256

import pytest
from msgspec import Struct

from service.core.refusals import Refused
from service.flows.perform import Once
from service.web.pages.framework.form import FIELDS_MAX, Form, parse_form

KEY = "7d3f0a52-9f2c-4c0e-8f4e-0d9f4d2b7c11"


class Wanted(Struct, frozen=True):
    """A shape of a number, a list and something that may be left out."""

    count: int
    types: tuple[str, ...] = ()
    note: str | None = None


def form(body: str) -> Form:
    """Parse a body that can be read."""
    parsed = parse_form("/manage/x", body.encode())
    assert parsed is not None
    return parsed


def test_form_is_read_into_a_shape() -> None:
    """Numbers from their text, lists from every text, and an empty field is one that was left out."""
    sent = form("count=+3+&types=a&types=b&note=++")
    assert sent.read(Wanted) == Wanted(3, ("a", "b"))
    assert sent.read(Wanted, note="given") == Wanted(3, ("a", "b"), "given")


def test_fault_of_a_form_points_at_its_field() -> None:
    """So a page can say it there."""
    refusal = form("count=many").read(Wanted)
    assert isinstance(refusal, Refused)
    assert [fault.pointer for fault in refusal.faults] == ["$.count"]


def test_password_keeps_its_blanks() -> None:
    """What was typed is what is proved; other fields are read without blanks around them."""
    sent = form("password=+secret+&name=+Ann+")
    assert (sent.typed("password"), sent.value("name"), sent.value("missing")) == (" secret ", "Ann", "")


@pytest.mark.parametrize("body", [b"name=\xff", b"name=%00", b"a=1&" * (FIELDS_MAX + 1)])
def test_unreadable_body_is_no_form(body: bytes) -> None:
    """Bytes that are no text, a character that PostgreSQL cannot keep, and more fields than any form has."""
    assert parse_form("/manage/x", body) is None


def test_key_of_a_form_digests_its_address_and_fields() -> None:
    """Keys on record hold digests made this way; the CSRF token is no part of what is asked."""
    sent = form(f"once={KEY}&name=Ann&csrf=abc")
    said = f"/manage/x\n[('name', ['Ann']), ('once', ['{KEY}'])]"
    assert sent.once == Once(f"page {KEY}", sha256(said.encode()).digest())
    assert sent.having("name", "Ann").once == sent.once
    assert form("once=word&name=Ann").once is None
