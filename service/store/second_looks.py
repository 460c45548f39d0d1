"""Second looks at what one person did alone, and the rules that say when one is asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import msgspec

from schemas.currencies import Currency
from schemas.people import Role
from schemas.program import Unit
from schemas.second_looks import SecondLook, SecondPersonRules
from service.core.actors import SYSTEM
from service.core.second_looks import Opened, Recorded
from service.store.database.pool import Tx
from service.store.reports import earliest_id

NOTE = "second_looks.note"
ASKED_BEFORE = timedelta(days=60)
"""How long something is set aside at most before it is handed out, as far as is looked."""
_earned = msgspec.json.Decoder(dict[Unit, int])


async def rules(tx: Tx) -> SecondPersonRules:
    """The rules that hold: those set last, or those of a new clinic."""
    row = await tx.row("second_looks/rules")
    return SecondPersonRules() if row is None else _rules(row)


async def settings(tx: Tx) -> list[SecondPersonRules]:
    """Every setting of the rules, newest first."""
    return [_rules(row) for row in await tx.rows("second_looks/settings")]


async def managers_asked_since(tx: Tx) -> datetime | None:
    """Since when managers are asked about as anybody; none in a clinic of which they always were."""
    found: datetime | None = await tx.value("second_looks/managers_asked_since")
    return found


def _rules(row: Any) -> SecondPersonRules:  # noqa: ANN401  a row
    roles = tuple(cast("Role", one) for one in row["roles"])
    return SecondPersonRules(**{**dict(row), "roles": roles})


async def set_rules(tx: Tx, new: SecondPersonRules) -> UUID:
    """Write rules, which hold from now on, and return the id that they go under."""
    made = tx.new_id()
    values = {name: getattr(new, name) for name in new.__struct_fields__ if name not in {"roles", "set_at"}}
    await tx.run("second_looks/set_rules", second_person_rules_id=made, roles=list(new.roles), **values)
    return made


async def recorded(tx: Tx, charts: Sequence[UUID]) -> list[Recorded]:
    """The visits and corrections of somebody that nobody else has looked at; none of an import."""
    return [
        Recorded(
            row["deed_id"],
            row["done_by"],
            row["role"],
            row["effect"] == "success",
            row["occurred_at"],
            row["recorded_at"],
            {} if row["earned"] is None else _earned.decode(row["earned"]),
            {} if row["spent"] is None else _earned.decode(row["spent"]),
        )
        for row in await tx.rows("second_looks/recorded", charts=list(charts))
    ]


async def opened(tx: Tx, charts: Sequence[UUID]) -> list[Opened]:
    """The enrollments of somebody that nobody else has looked at."""
    return [
        Opened(
            row["enrollment_id"],
            row["opened_by"],
            row["role"],
            row["starts_on"],
            row["opened_at"],
            row["is_again"],
            {} if row["welcome"] is None else _earned.decode(row["welcome"]),
        )
        for row in await tx.rows("second_looks/opened", charts=list(charts))
    ]


async def welcomes(tx: Tx, enrollment: UUID, since: datetime) -> dict[UUID, dict[Unit, int]]:
    """What the welcomes came to of enrollments that each person opened since a moment, up to one of them."""
    rows = await tx.rows(
        "second_looks/welcomes", enrollment_id=enrollment, since=since, earliest_id=earliest_id(since)
    )
    found: dict[UUID, dict[Unit, int]] = {}
    for row in rows:
        found.setdefault(row["done_by"], {})[row["unit"]] = row["amount"]
    return found


async def given_since(tx: Tx, charts: Sequence[UUID], unit: Unit, since: datetime) -> dict[UUID, int]:
    """How much each person handed out to a participant since a moment, in minor units of a unit.

    What was taken back again was handed out, and what was given in place of something too.
    """
    rows = await tx.rows("second_looks/given", charts=list(charts), unit=unit, since=since)
    return {row["done_by"]: row["amount"] for row in rows}


async def given_worth_since(
    tx: Tx, charts: Sequence[UUID], since: datetime
) -> dict[Currency, dict[UUID, int]]:
    """How much the rewards and prizes are worth, by currency, that each person handed out since a moment.

    What was taken back again, and what was given in place of something, counts as in `given_since`.
    """
    rows = await tx.rows("second_looks/given_worth", charts=list(charts), since=since)
    found: dict[Currency, dict[UUID, int]] = {}
    for row in rows:
        found.setdefault(row["currency"], {})[row["done_by"]] = row["amount"]
    return found


async def known_by(tx: Tx, charts: Sequence[UUID]) -> dict[UUID, str | None]:
    """Everybody who has had to do with a participant, each with the role that they have now."""
    rows = await tx.rows("second_looks/known_by", charts=list(charts), system=SYSTEM)
    return {row["done_by"]: row["role"] for row in rows}


async def lock_bound_of_many(tx: Tx) -> None:
    """Hold a bound over many participants until the transaction ends, so that each sees what others did.

    It is taken after the locks of the participant and the reward.
    """
    await tx.run("second_looks/bound_of_many")


async def unseen_since(tx: Tx, hands: Sequence[UUID], since: datetime, currency: Currency) -> int:
    """What went out since a moment, by worth in a currency, to people whom only these accounts and keys know.

    What was asked for long before, and set aside until then, is not looked at.
    """
    earliest = earliest_id(since - ASKED_BEFORE)
    found = await tx.value(
        "second_looks/unseen",
        hands=list(hands),
        since=since,
        earliest_id=earliest,
        system=SYSTEM,
        currency=currency,
    )
    return int(found)


async def insert(tx: Tx, new: SecondLook, charts: Sequence[UUID]) -> None:
    """Write a look at all that is on record of a participant, whom the caller has locked."""
    await tx.run(
        "second_looks/insert",
        second_look_id=new.id,
        participant_id=new.participant,
        charts=list(charts),
        looked_by=new.looked_by,
        deeds=new.deeds,
        note=None if new.note is None else tx.cipher.seal(tx.clinic, NOTE, new.note),
    )


async def of_person(tx: Tx, charts: Sequence[UUID], rows_max: int) -> list[SecondLook]:
    """The looks at what was done for somebody, newest first."""
    return [
        SecondLook(
            row["second_look_id"],
            row["participant_id"],
            row["looked_at"],
            row["looked_by"],
            row["deeds"],
            tx.cipher.open_text(tx.clinic, NOTE, row["note"]),
        )
        for row in await tx.rows("second_looks/of_person", charts=list(charts), limit=rows_max)
    ]
