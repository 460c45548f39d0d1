"""Files of named queries: how they are taken apart, and what is refused in them."""

from __future__ import annotations

import pytest

from service.store.database.queries import Query, QueryError, numbered, query, split


def test_a_block_keeps_its_comments_and_loses_its_semicolon() -> None:
    """What PostgreSQL is sent is what stands below the name, blank lines inside it too."""
    text = "-- Notes.\n\n-- name: find\n-- The one.\nselect 1\n\nfrom notes;\n\n-- name: list\nselect 2;\n"
    assert split(text, "notes") == {"find": "-- The one.\nselect 1\n\nfrom notes", "list": "select 2"}


def test_a_part_stands_once_and_is_put_in_where_it_is_named() -> None:
    """Its comments are for the file's readers; a literal of an empty array is no part."""
    text = "-- part: columns\n-- All.\na, b;\n\n-- name: find\nselect {columns}, '{}' as c from t;\n"
    assert split(text, "notes") == {"find": "select a, b, '{}' as c from t"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-- name: find\nselect 1;\n-- name: find\nselect 2;\n", "two of a kind are named find"),
        ("select 1;\n-- name: find\nselect 2;\n", "SQL stands above the first name"),
        ("-- name: find\nselect 1\n\n-- name: list\nselect 2;\n", "find does not end with a semicolon"),
        ("-- name: find\nselect 1;\n\n-- name: List\nselect 2;\n", "-- name: List names nothing"),
        ("-- name:find\nselect 1;\n", "-- name:find names nothing"),
        ("-- name: find\nselect {columns};\n", "columns is either not there or not used"),
        ("-- part: columns\na, b;\n-- name: find\nselect a, b;\n", "columns is either not there or not used"),
    ],
)
def test_a_file_that_cannot_be_read_one_way_is_refused(text: str, why: str) -> None:
    """No query is lost silently in another's text."""
    with pytest.raises(QueryError, match=rf"^notes\.sql: {why}$"):
        split(text, "notes")


@pytest.mark.parametrize("name", ["participants/lokc", "nobody/find", "participants", "participants/"])
def test_an_unknown_name_is_refused_by_that_name(name: str) -> None:
    """The name as it was asked for is what one searches the code for."""
    with pytest.raises(QueryError, match=rf"^there is no query {name}$"):
        query(name)


def test_values_are_numbered_in_the_order_in_which_they_are_first_named() -> None:
    """A value that is named twice is one value; a cast, a string and a comment name none."""
    text = "-- From :b on.\nselect ':c', a::text from t where b >= :b and (:a::text is null or a = :a)"
    assert numbered(text) == Query(
        "-- From :b on.\nselect ':c', a::text from t where b >= $1 and ($2::text is null or a = $2)",
        ("b", "a"),
    )


def test_values_are_given_in_the_order_of_their_numbers() -> None:
    """The order in which a call names them does not matter."""
    assert numbered("select :a, :b, :a").values({"b": 2, "a": 1}) == [1, 2]


@pytest.mark.parametrize("given", [{"a": 1}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "c": 3}, {}])
def test_a_missing_value_and_one_left_over_are_refused(given: dict[str, object]) -> None:
    """No value goes silently into another's place."""
    with pytest.raises(QueryError, match=r"^a query of a, b was given "):
        numbered("select :a, :b").values(given)
