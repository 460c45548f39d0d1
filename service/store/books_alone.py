"""Who was on the staff when, under what rules, read for `rewards verify`."""

from typing import cast

from msgspec.structs import fields

from schemas.people import Role
from schemas.second_looks import SecondPersonRules
from service.core.verify.staffing import Became, Setting, Staffing
from service.store import persons, second_looks
from service.store.database.pool import Tx

_names = [field.name for field in fields(SecondPersonRules)]


async def staffing(tx: Tx) -> Staffing:
    """Everybody on the staff, every key, and every setting of the second person's rules."""
    settings = [
        Setting(
            row["seq"],
            SecondPersonRules(
                **{name: row[name] for name in _names if name != "roles"},
                roles=tuple(cast("Role", one) for one in row["roles"]),
            ),
        )
        for row in await tx.rows("books_alone/settings")
    ]
    return Staffing(
        await persons.on_record(tx),
        {row["key_id"]: row["role"] for row in await tx.rows("books_alone/keys")},
        [Became(*row.values()) for row in await tx.rows("books_alone/staff")],
        settings,
        await second_looks.managers_asked_since(tx),
    )
