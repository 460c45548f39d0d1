"""Examples of caps, tax thresholds and the tax report, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.caps import ClinicCap, EndCap, NewCap, NewTaxThreshold, TaxLine, TaxReport, TaxThreshold
from service.web.contract.samples import AT, PARTICIPANT, sample_id

CAP, THRESHOLD, MANAGER = map(sample_id, (40, 41, 7))

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_cap": {
        "a funder's year": NewCap(
            "year", "usd", 75_000, date(2026, 1, 1), "What the county allows.", funding="county"
        ),
        "the clinic's week": NewCap("week", "points", 500, date(2026, 3, 2), "Agreed with the board."),
    },
    "end_cap": {"at a year's end": EndCap(date(2099, 12, 31))},
    "set_tax_threshold": {"a new law": NewTaxThreshold(2030, 250_000)},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    ClinicCap: ClinicCap(
        CAP, "year", "usd", 75_000, date(2026, 1, 1), "What the county allows.", AT, MANAGER, funding="county"
    ),
    TaxThreshold: TaxThreshold(THRESHOLD, 2026, 200_000, AT, MANAGER),
    TaxReport: TaxReport(
        2026,
        200_000,
        (TaxLine(PARTICIPANT, "A-1042", "K7MQ", 61_000, 1_000, 60_000, 45_000, 200_000, reached=False),),
    ),
}
"""Answers, by their shape."""
