"""Examples of caps, tax thresholds and the tax report, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.caps import ClinicCap, EndCap, NewCap, NewTaxThreshold, TaxLine, TaxReport, TaxThreshold
from schemas.worth import NewPointsWorth, PointsWorth
from service.web.contract.samples import AT, PARTICIPANT, sample_id

CAP, THRESHOLD, WORTH, MANAGER = map(sample_id, (40, 41, 42, 7))

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_cap": {
        "a funder's year": NewCap(
            "year", "usd", 75_000, date(2026, 1, 1), "What the county allows.", funding="county"
        ),
        "the clinic's week": NewCap("week", "points", 500, date(2026, 3, 2), "Agreed with the board."),
    },
    "end_cap": {"at a year's end": EndCap(date(2099, 12, 31))},
    "set_points_worth": {"ten cents a point": NewPointsWorth(10, starts_on=date(2026, 1, 1))},
    "set_tax_threshold": {"a new law": NewTaxThreshold(2030, 250_000)},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    ClinicCap: ClinicCap(
        CAP, "year", "usd", 75_000, date(2026, 1, 1), "What the county allows.", AT, MANAGER, funding="county"
    ),
    PointsWorth: PointsWorth(WORTH, 10, date(2026, 1, 1), AT, MANAGER, "Ten points buy a dollar's worth."),
    TaxThreshold: TaxThreshold(THRESHOLD, 2026, 200_000, AT, MANAGER),
    TaxReport: TaxReport(
        2026,
        200_000,
        (
            TaxLine(
                PARTICIPANT,
                "A-1042",
                "K7MQ",
                61_000,
                1_000,
                62_500,
                47_500,
                200_000,
                reached=False,
                in_kind=2_500,
            ),
        ),
    ),
}
"""Answers, by their shape."""
