"""Rows are handed over by place, so each class of them names the columns of its type, in their order."""

from __future__ import annotations

import inspect
import re

import asyncpg

from service.store import rows

CLASSES = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): list(inspect.get_annotations(one))
    for name, one in inspect.getmembers(rows, inspect.isclass)
    if one.__module__ == rows.__name__
}


WRITTEN_BEFORE = {"event_row", "counted_event_row", "checkpoint_row"}
"""Types that releases before write, and this one does not."""


async def test_each_class_of_rows_is_a_type_with_its_columns_in_its_order(own_database: str) -> None:
    """Two columns of one type that changed places would be written into each other in silence."""
    connection = await asyncpg.connect(own_database)
    try:
        found = await connection.fetch("""
            select c.relname, array_agg(a.attname::text order by a.attnum) as columns
            from pg_class as c inner join pg_attribute as a on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'c'
            group by c.relname
        """)
    finally:
        await connection.close()
    assert len(CLASSES) >= 6
    types = {row["relname"]: row["columns"] for row in found}
    assert {name: types[name] for name in types.keys() - WRITTEN_BEFORE} == CLASSES
