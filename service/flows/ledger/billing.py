"""Service lines for billing: the clinic's codes by target and outcome, and what was done in some days."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from schemas.billing import BillingRule, BillingRulePage, NewBillingRule, ServiceLine, ServiceLinePage
from service.core.billing import LINES_MAX, Said, codes_of, line_of
from service.core.calendar import day_end, local_day
from service.core.corrections import minutes_stand, stands
from service.core.cursors import LAST_ID, Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.ledger.reports import ReportFilter, days_of
from service.flows.perform import Act, Done
from service.store import actors, billing_rules, charts, clinics, corrections, names, programs
from service.store.billing_rules import Service
from service.store.episodes import rules_of


async def set_billing_rule(act: Act, new: NewBillingRule) -> Done[BillingRule] | Refused:
    """Say by which codes a target's events are billed from a day on; nothing is overwritten."""
    if new.result is not None and new.procedure is None:
        return refused("invalid.billing_result_alone", "$.result")
    latest = await programs.latest(act, new.program)
    if latest is None:
        return refused("unknown_program.unpublished", "$.program", program=new.program)
    rules = await rules_of(act, new.program, latest.version)
    if new.target not in rules.place_of:
        known = tuple(one.name for one in rules.program.targets)
        return refused("unknown_target", "$.target", known=known)
    effects = rules.targets[rules.place_of[new.target]].effects
    if new.outcome is not None and new.outcome not in effects:
        known = tuple(sorted(effects))
        return refused("outcome_not_allowed.billed", "$.outcome", outcome=new.outcome, known=known)
    if await billing_rules.count(act) >= LINES_MAX:
        return refused("invalid.billing_rules_many", "$", most=LINES_MAX)
    made = BillingRule(
        act.new_id(),
        new.program,
        new.target,
        new.starts_on,
        act.now,
        act.actor.id,
        new.outcome,
        new.procedure,
        new.result,
    )
    await billing_rules.insert(act, made)
    act.audit(
        "billing_rule.set",
        made.id,
        program=made.program,
        target=made.target,
        outcome=made.outcome or "",
        procedure=made.procedure or "",
        result=made.result or "",
        starts_on=made.starts_on.isoformat(),
    )
    return Done(made, "created")


async def list_billing_rules(act: Act, page: Page) -> Done[BillingRulePage] | Refused:
    """The rules, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    shown, more = cut(await billing_rules.before(act, last, page.limit + 1), page, lambda one: one.id.bytes)
    act.audit("billing_rule.listed", count=len(shown))
    return Done(BillingRulePage(shown, more))


async def list_service_lines(
    act: Act, page: Page, since: date | None, until: date | None, participant: UUID | None = None
) -> Done[ServiceLinePage] | Refused:
    """What was done in some days and has codes, as it stands now, newest recorded first.

    The days are bounded as a report's are. Each person shown is told.
    """
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    zone = await clinics.zone(act)
    days = days_of(ReportFilter(since, until), local_day(act.now, zone))
    if isinstance(days, Refused):
        return days
    who = None
    if participant is not None:
        who = (await charts.leads_to(act, [participant])).get(participant)
        if who is None:
            return refused("not_found.participant")
    rules = await billing_rules.before(act, LAST_ID, LINES_MAX)
    within = (day_end(days[0] - timedelta(days=1), zone), day_end(days[1], zone))
    of = sorted({(one.program, one.target) for one in rules if one.procedure is not None})
    found = await billing_rules.services(act, of, within, last, page.limit + 1, who) if of else []
    looked_at, more = cut(found, page, lambda one: one.event.bytes)
    lines = await _lines(act, rules, looked_at)
    act.audit("service_line.listed", since=days[0].isoformat(), until=days[1].isoformat(), count=len(lines))
    for one in dict.fromkeys(line.participant for line in lines):
        act.audit("service_line.read", one, one)
    return Done(ServiceLinePage(tuple(lines), more))


async def _lines(act: Act, rules: Sequence[BillingRule], services: Sequence[Service]) -> list[ServiceLine]:
    zone = await clinics.zone(act)
    changes = await corrections.of_events(act, [one.event for one in services])
    called = await names.of(act, list(dict.fromkeys(one.participant for one in services)))
    staff = await actors.names(act, list(dict.fromkeys(one.recorded_by for one in services)))
    lines: list[ServiceLine] = []
    for one in services:
        own = changes.get(one.event, [])
        past = [each.past for each in own]
        outcome = stands(one.event, one.outcome, past)
        now = Said(outcome, minutes_stand(one.event, one.minutes, outcome, past))
        day = local_day(one.occurred_at, zone)
        before, after = (
            codes_of(rules, one.program, one.target, said, day) for said in (one.outcome, outcome)
        )
        line = line_of(before, after, Said(one.outcome, one.minutes), now)
        if line is None or one.participant not in called:
            continue
        lines.append(
            ServiceLine(
                one.event,
                day,
                one.participant,
                called[one.participant].reference,
                called[one.participant].display_code,
                one.program,
                one.target,
                line.codes.procedure,
                line.status,
                one.recorded_by,
                staff.get(one.recorded_by),
                line.minutes,
                line.codes.result,
                max((each.recorded_at for each in own), default=None),
            )
        )
    return lines
