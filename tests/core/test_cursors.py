"""A cursor leads on exactly where its list stopped, and anything else is refused."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from service.core.access.display_codes import ALPHABET, display_code, display_code_spelling
from service.core.cursors import (
    ID_CURSOR,
    NAME_CURSOR,
    NUMBER_CURSOR,
    Page,
    after_name,
    before_id,
    before_number,
    cursor_of,
    cut,
    number_key,
)
from service.core.refusals import Refused
from service.core.spellings import email_spelling, name_spelling, phone_spelling


@given(st.uuids(), st.integers(0, 2**63 - 1), st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_cursors_round_trip(key: UUID, number: int, name: str) -> None:
    """Ids, numbers and names alike."""
    assert before_id(Page(1, cursor_of(key.bytes))) == key
    assert before_number(Page(1, cursor_of(number_key(number)))) == number
    assert after_name(Page(1, cursor_of(name))) == name


@given(st.text())
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    """Nothing that is sent as a cursor breaks anything."""
    for read in (before_id, before_number, after_name):
        answer = read(Page(1, text))
        if isinstance(answer, Refused):
            assert (answer.code, answer.faults[0].pointer) == ("invalid", "cursor")


@given(
    st.from_regex(ID_CURSOR, alphabet=st.characters(codec="ascii")),
    st.from_regex(NUMBER_CURSOR, alphabet=st.characters(codec="ascii")),
    st.from_regex(NAME_CURSOR, alphabet=st.characters(codec="ascii")),
)
def test_every_text_of_a_cursor_s_form_is_one(of_id: str, of_number: str, of_name: str) -> None:
    """The contract tells the form, and what has it is taken; each is written in one way only."""
    id_, number, name = (
        before_id(Page(1, of_id)),
        before_number(Page(1, of_number)),
        after_name(Page(1, of_name)),
    )
    assert isinstance(id_, UUID)
    assert isinstance(number, int)
    assert isinstance(name, str)
    assert (cursor_of(id_.bytes), cursor_of(number_key(number)), cursor_of(name)) == (
        of_id,
        of_number,
        of_name,
    )


@given(st.lists(st.integers(0, 1000), unique=True), st.integers(1, 10))
def test_pages_put_together_are_the_list(numbers: list[int], limit: int) -> None:
    """Every item stands on one page, and the last page says that it is the last."""
    items = sorted(numbers, reverse=True)
    seen: list[int] = []
    page = Page(limit)
    while True:
        last = before_number(page)
        assert isinstance(last, int)
        found = [item for item in items if item < last][: limit + 1]
        shown, cursor = cut(found, page, number_key)
        seen += shown
        if cursor is None:
            break
        page = Page(limit, cursor)
    assert seen == items


@given(st.binary(min_size=16, max_size=16))
def test_a_display_code_has_six_letters_that_nobody_mistakes(chance: bytes) -> None:
    """It is found again as it is said, without its dash and in small letters."""
    code = display_code(chance)
    assert len(code) == 7
    assert set(code) <= set(ALPHABET) | {"-"}
    assert display_code_spelling(code.lower().replace("-", " ")) == code
    assert not set("0O1IL5S8B2ZAEU") & set(ALPHABET)


def test_one_person_typed_in_many_ways_has_one_spelling() -> None:
    """Accents, capitals, blanks and the country's prefix do not matter; other digits do."""
    assert {name_spelling(name) for name in ("José Pérez", " jose  PEREZ", "JOSÉ\tPÉREZ")} == {"jose perez"}
    assert {phone_spelling(phone) for phone in ("(555) 010-2030", "+1 555.010.2030", "15550102030")} == {
        "5550102030"
    }
    assert phone_spelling("+34 612 34 56 78") == "34612345678"
    assert email_spelling(" Ann@Example.ORG ") == "ann@example.org"
