"""Tax thresholds by calendar year of payment, and the report of a year."""

from schemas.caps import NewTaxThreshold, TaxLine, TaxReport, TaxThreshold, TaxThresholdPage
from service.core.calendar import local_day
from service.core.cursors import LIMIT_MAX, Page, after_id, before_number, cursor_of, cut, number_key
from service.core.refusals import Refused
from service.core.tax import Threshold, threshold_of, year_of_payment
from service.flows.perform import Act, Done
from service.store import clinics, tax

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
    zone = await clinics.zone(act)
    wanted = local_day(act.now, zone).year if year is None else year
    threshold = threshold_of(
        wanted,
        (Threshold(one.from_year, one.amount) for one in await tax.thresholds(act, wanted + 1, 1)),
    )
    looked_at = await tax.paid(act, after, PEOPLE_MAX, wanted, year_of_payment(wanted, zone), zone.key)
    found = [
        TaxLine(
            one.participant,
            one.reference,
            one.display_code,
            one.credited,
            one.taken_back,
            net := one.credited - one.taken_back + one.in_kind,
            one.given + one.in_kind,
            threshold,
            net >= threshold,
            one.in_kind,
            one.unvalued,
            one.brought_over,
        )
        for one in looked_at
        if one.credited or one.taken_back or one.given or one.in_kind or one.unvalued
    ]
    if is_reached is not None:
        found = [line for line in found if line.reached is is_reached]
    shown, more = cut(found, page, lambda line: line.participant.bytes)
    if more is None and len(looked_at) == PEOPLE_MAX:
        more = cursor_of(looked_at[-1].participant.bytes)
    act.audit("tax_report.read", year=wanted, count=len(shown))
    for line in shown:
        act.audit("tax_line.read", line.participant, line.participant, year=wanted)
    return Done(TaxReport(wanted, threshold, shown, more))


async def set_tax_threshold(act: Act, new: NewTaxThreshold) -> Done[TaxThreshold]:
    """Set what is to be reported from a year on; of several for one year the newest holds."""
    made = TaxThreshold(act.new_id(), new.from_year, new.amount, act.now, act.actor.id)
    await tax.insert(act, act.actor.id, [made])
    act.audit("tax_threshold.set", made.id, from_year=made.from_year, amount=made.amount)
    return Done(made, "created")
