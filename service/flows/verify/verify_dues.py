"""Causes of transfers besides awards and redemptions, read for `rewards verify`, cause by cause."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Final
from uuid import UUID

from service.core.verify.books import Due
from service.flows.verify.verify_draws import draw_dues
from service.flows.verify.verify_hats import hat_dues
from service.flows.verify.verify_openings import opening_dues
from service.flows.verify.verify_people import departure_dues
from service.flows.verify.verify_second_persons import manual_dues
from service.store.database.pool import Tx

Reading = Callable[[Tx, Sequence[UUID], tzinfo], Awaitable[Mapping[UUID, Sequence[Due]]]]
"""Reads what some participants are due by one cause, in the clinic's time zone."""

READINGS: Final[tuple[Reading, ...]] = (manual_dues, draw_dues, hat_dues, opening_dues, departure_dues)
"""One reading a cause, each in a file of its own."""


async def dues_of(tx: Tx, people: Sequence[UUID], zone: tzinfo) -> dict[UUID, list[Due]]:
    """All that some participants are due by causes other than awards and redemptions."""
    dues: dict[UUID, list[Due]] = {}
    for reading in READINGS:
        for person, found in (await reading(tx, people, zone)).items():
            dues.setdefault(person, []).extend(found)
    return dues
