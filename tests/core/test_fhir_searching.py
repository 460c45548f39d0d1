"""FHIR's dates and tokens mean what its page on searching says: prefixes, precisions, alternatives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import fhir
from service.core.fhir.moments import Bound, bound_of
from service.core.fhir.searching import Search, Token, read_search
from service.core.fhir.systems import system_named, system_uri
from service.core.refusals import Refused

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2026", "2026-01-01T05:00", "2027-01-01T05:00"),
        ("2026-12", "2026-12-01T05:00", "2027-01-01T05:00"),
        ("2026-03-08", "2026-03-08T05:00", "2026-03-09T04:00"),
        ("2026-11-20T10:30", "2026-11-20T15:30", "2026-11-20T15:31"),
        ("2026-11-20T10:30:15", "2026-11-20T15:30:15", "2026-11-20T15:30:16"),
        ("2026-11-20T10:30:15.5Z", "2026-11-20T10:30:15.5", "2026-11-20T10:30:15.6"),
        ("2026-11-20T10:30:15.123456789+01:00", "2026-11-20T09:30:15.123456", "2026-11-20T09:30:15.123457"),
    ],
)
def test_a_date_is_as_long_as_it_is_written(text: str, low: str, high: str) -> None:
    """A year, a month, a day of the clinic whatever its clocks do, a minute, a second, or a part of one."""
    bound = bound_of(text, NEW_YORK)
    assert bound is not None
    assert (bound.prefix, bound.low, bound.high) == (
        "eq",
        datetime.fromisoformat(f"{low}+00:00"),
        datetime.fromisoformat(f"{high}+00:00"),
    )


@pytest.mark.parametrize(
    "text",
    ["", "gt", "2026-13", "2026-02-30", "26", "2026-11-20T25:00Z", "2026-11-20 10:30", "ap2026", "now"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert bound_of(text, UTC) is None


@pytest.mark.parametrize("year", ["0001", "1899", "2201", "9999"])
@pytest.mark.parametrize("prefix", ["gt", "le"])
def test_a_year_far_off_is_before_or_after_all(prefix: str, year: str) -> None:
    """And breaks no calendar."""
    bound = bound_of(f"{prefix}{year}", UTC)
    assert bound is not None
    assert bound.holds(AT, AT) is ((prefix == "gt") is (year < "2000"))


@given(st.integers(-3, 3), st.sampled_from(["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"]))
def test_prefixes_compare_a_moment_with_a_minute(minutes: int, prefix: str) -> None:
    """Against a plain reading: before the minute, in it, or after it."""
    bound = Bound(prefix, AT, AT + timedelta(minutes=1))
    at = AT + timedelta(minutes=minutes)
    where = "before" if at < bound.low else "in" if at < bound.high else "after"
    wanted = {
        "eq": where == "in",
        "ne": where != "in",
        "gt": where == "after",
        "ge": where != "before",
        "lt": where == "before",
        "le": where != "after",
        "sa": where == "after",
        "eb": where == "before",
    }
    assert bound.holds(at, at) is wanted[prefix]


@given(st.text(min_size=1, max_size=40))
def test_a_system_s_address_leads_back_to_its_name(name: str) -> None:
    """Whatever it is called; a surrogate alone is no name."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return
    assert system_named(system_uri(name)) == name


@pytest.mark.parametrize(
    ("token", "fits"),
    [
        (Token(None, "A-1"), True),
        (Token("urn:x", "A-1"), True),
        (Token("urn:y", "A-1"), False),
        (Token("", "A-1"), False),
        (Token("urn:x", ""), True),
        (Token(None, "A-2"), False),
    ],
)
def test_a_token_fits_by_its_code_and_by_its_system_where_that_is_said(token: Token, fits: bool) -> None:
    """`code`, `system|code`, `|code` for codes without a system, `system|` for any of one."""
    assert token.fits(fhir.Number("A-1", "urn:x")) is fits
    assert token.fits(fhir.Coding("urn:x", "A-1")) is fits


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=6), st.booleans())
def test_any_query_is_read_or_refused_at_a_place(pairs: list[tuple[str, str]], lenient: bool) -> None:
    """Nothing that somebody types breaks anything."""
    read = read_search("Observation", pairs, NEW_YORK, lenient=lenient)
    if isinstance(read, Refused):
        assert len(read.faults) == 1
    else:
        assert isinstance(read, Search)
        assert len(read.applied) <= len(pairs)
