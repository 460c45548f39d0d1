"""Tax thresholds by calendar year of payment, and the report of a year."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from schemas.caps import NewTaxThreshold, TaxLine, TaxReport, TaxThreshold, TaxThresholdPage
from service.core.calendar import local_day
from service.core.cursors import (
    LIMIT_MAX,
    Page,
    after_id,
    before_id,
    before_number,
    cursor_of,
    cut,
    number_key,
)
from service.core.refusals import Refused
from service.core.tax import Threshold, threshold_of, year_of_payment
from service.flows.perform import Act, Done
from service.store import clinics, tax
from service.store.tax import PaidInYear

PEOPLE_MAX = LIMIT_MAX
"""How many participants one page of a report looks at, whether they were paid anything or not."""


async def list_thresholds(act: Act, page: Page) -> Done[TaxThresholdPage] | Refused:
    """The threshold that holds from each year on, the latest year first."""
    last = before_number(page)
    if isinstance(last, Refused):
        return last
    found = await tax.thresholds(act, last, page.limit + 1)
    return Done(TaxThresholdPage(*cut(found, page, lambda one: number_key(one.from_year))))


async def tax_report(
    act: Act, page: Page, year: int | None = None, *, is_reached: bool | None = None
) -> Done[TaxReport] | Refused:
    """Payments to participants in a calendar year of payment, by participant id; each one shown is audited.

    Without `year` it is the running one. With `is_reached`, only those who came to the threshold or did not.
    """
    after = after_id(page)
    if isinstance(after, Refused):
        return after
    asked = await _asked(act, year)
    looked_at = await tax.paid(act, after, PEOPLE_MAX, *asked.bounds)
    found = asked.lines(looked_at)
    if is_reached is not None:
        found = [line for line in found if line.reached is is_reached]
    return _report(act, asked, page, found, looked_at)


async def newest_tax_lines(act: Act, page: Page, year: int | None = None) -> Done[TaxReport] | Refused:
    """The same report as a page shows it: those who were registered last come first, for most is theirs."""
    before = before_id(page)
    if isinstance(before, Refused):
        return before
    asked = await _asked(act, year)
    looked_at = await tax.paid_newest(act, before, PEOPLE_MAX, *asked.bounds)
    return _report(act, asked, page, asked.lines(looked_at), looked_at)


class _Asked(Struct, frozen=True):
    """A year of payment, its bounds on the clinic's clock, and the threshold that holds in it."""

    year: int
    threshold: int
    within: tuple[datetime, datetime]
    zone: str

    @property
    def bounds(self) -> tuple[int, tuple[datetime, datetime], str]:
        return self.year, self.within, self.zone

    def lines(self, looked_at: Sequence[PaidInYear]) -> list[TaxLine]:
        """What is said of those who were paid anything, in their order."""
        return [
            TaxLine(
                one.participant,
                one.reference,
                one.display_code,
                one.credited,
                one.taken_back,
                net := one.credited - one.taken_back + one.in_kind,
                one.given + one.in_kind,
                self.threshold,
                net >= self.threshold,
                one.in_kind,
                one.unvalued,
                one.brought_over,
            )
            for one in looked_at
            if one.credited or one.taken_back or one.given or one.in_kind or one.unvalued
        ]


async def _asked(act: Act, year: int | None) -> _Asked:
    zone = await clinics.zone(act)
    wanted = local_day(act.now, zone).year if year is None else year
    threshold = threshold_of(
        wanted,
        (Threshold(one.from_year, one.amount) for one in await tax.thresholds(act, wanted + 1, 1)),
    )
    return _Asked(wanted, threshold, year_of_payment(wanted, zone), zone.key)


def _report(
    act: Act, asked: _Asked, page: Page, found: Sequence[TaxLine], looked_at: Sequence[PaidInYear]
) -> Done[TaxReport]:
    """One page of what was found among those who were looked at; each line shown is audited."""
    shown, more = cut(found, page, lambda line: line.participant.bytes)
    if more is None and len(looked_at) == PEOPLE_MAX:
        more = cursor_of(looked_at[-1].participant.bytes)
    act.audit("tax_report.read", year=asked.year, count=len(shown))
    for line in shown:
        act.audit("tax_line.read", line.participant, line.participant, year=asked.year)
    return Done(TaxReport(asked.year, asked.threshold, shown, more))


async def set_tax_threshold(act: Act, new: NewTaxThreshold) -> Done[TaxThreshold]:
    """Set what is to be reported from a year on; of several for one year the newest holds."""
    made = TaxThreshold(act.new_id(), new.from_year, new.amount, act.now, act.actor.id)
    await tax.insert(act, act.actor.id, [made])
    act.audit("tax_threshold.set", made.id, from_year=made.from_year, amount=made.amount)
    return Done(made, "created")
