"""Service lines for billing: what was done in some days, as a page and a file, and the clinic's codes."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, Literal

from msgspec import Struct

from schemas.billing import BillingRule, BillingRulePage, NewBillingRule, ServiceLine, ServiceLinePage
from schemas.program import Program, Title
from service.core.calendar import local_day
from service.core.cursors import LIMIT_MAX, Page
from service.core.naming import target_titles
from service.core.outcomes import outcomes_of, titles_of
from service.core.refusals import Refused
from service.flows.ledger.billing import list_billing_rules, list_service_lines, set_billing_rule
from service.flows.people.accounting import release_file
from service.flows.programs.programs import list_programs
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import as_csv
from service.web.pages.framework.forms import day_in, faults_of, word_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.pages.manage.reports import PAGES_MAX, Word

PATH: Final = "/manage/billing"
LINES_MAX: Final = 100
"""How many lines one page shows."""
HEAD: Final[list[object]] = [
    "date",
    "event",
    "reference",
    "code",
    "program",
    "target",
    "procedure",
    "result",
    "minutes",
    "staff",
    "status",
    "changed_at",
]


class BillingQuery(Struct, frozen=True):
    """Which days are asked for, from where a page goes on, and what was just done."""

    since: Word = ""
    until: Word = ""
    cursor: Word = ""
    done: Literal["set"] | None = None


class RuleForm(Struct, frozen=True):
    """A rule as the form says it: a program and a target of it are one choice, `program target`."""

    of: str = ""


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: BillingQuery) -> Answer:
    """Show what was done in some days, and the codes."""
    return await _show(call, asked)


@page("GET", PATH + ".csv", who=SEEING)
async def file(call: PageCall, asked: BillingQuery) -> Answer:
    """Give what was done in some days as a file; whom it tells of is accounted for."""
    lines: list[ServiceLine] = []
    cursor: str | None = None
    for _ in range(PAGES_MAX):
        found = await _lines(call, asked, Page(LIMIT_MAX, cursor))
        if isinstance(found, Refused):
            return call.refuse(found)
        lines += found.items
        cursor = found.next_cursor
        if cursor is None:
            break
    people = list(dict.fromkeys(one.participant for one in lines))
    purpose = call.voice.plain("manage.acc.for_billing")
    told = await call.do(partial(release_file, people=people, what="service_lines", purpose=purpose))
    if isinstance(told, Refused):
        return call.refuse(told)
    rows: list[list[object]] = [
        [
            one.on,
            one.event,
            one.reference,
            one.display_code,
            one.program,
            one.target,
            one.procedure,
            one.result,
            one.minutes,
            one.staff,
            one.status,
            None if one.changed_at is None else one.changed_at.isoformat(),
        ]
        for one in sorted(lines, key=lambda one: (one.on, one.event.bytes))
    ]
    return as_csv("service-lines.csv", [HEAD, *rows], tells_of_people=True)


@page("POST", PATH, who=MANAGING)
async def add(call: PageCall) -> Answer:
    """Set by which codes a target's events are billed."""
    form = call.form.read(RuleForm)
    program, _, target = ("" if isinstance(form, Refused) else form.of).partition(" ")
    new = call.form.read(NewBillingRule, program=program, target=target)
    if isinstance(new, Refused):
        return await _show(call, BillingQuery(), new)
    done = await call.do(partial(set_billing_rule, new=new), call.form.once, BillingRule)
    return (
        await _show(call, BillingQuery(), done) if isinstance(done, Refused) else call.go(f"{PATH}?done=set")
    )


def _outcomes(call: PageCall, documents: Sequence[Program]) -> list[tuple[str, str]]:
    """Every outcome that a target of these programs has, with its word, in the order of the words."""
    found: dict[str, Title | None] = {}
    for target in (target for one in documents for target in one.targets):
        found |= dict.fromkeys((*outcomes_of(target.behavior), *target.outcomes)) | titles_of(target)
    said = ((outcome, call.voice.outcome(outcome, title)) for outcome, title in found.items())
    return sorted(said, key=lambda one: one[1].casefold())


async def _lines(call: PageCall, asked: BillingQuery, wanted: Page) -> ServiceLinePage | Refused:
    since, until = day_in(asked.since), day_in(asked.until)
    return await call.do(partial(list_service_lines, page=wanted, since=since, until=until))


async def _show(call: PageCall, asked: BillingQuery, refusal: Refused | None = None) -> Answer:
    found = await _lines(call, asked, Page(LINES_MAX, asked.cursor or None))
    if isinstance(found, Refused):
        refusal, asked = refusal or found, BillingQuery()
        found = await _lines(call, asked, Page(LINES_MAX))
    rules = await call.do(partial(list_billing_rules, page=Page(LIMIT_MAX)))
    for each in (found, rules):
        if isinstance(each, Refused):
            return call.refuse(each)
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    documents = () if isinstance(programs, Refused) else tuple(one.document for one in programs.items)
    assert isinstance(rules, BillingRulePage)  # noqa: S101  said above, which the checker cannot follow
    assert isinstance(found, ServiceLinePage)  # noqa: S101
    titled = call.voice.titled
    values: dict[str, Any] = {
        "lines": found.items,
        "more": found.next_cursor,
        "rules": rules.items,
        "asked": asked,
        "done": asked.done,
        "targets": {
            f"{one.name} {name}": f"{titled(one.title)}: {titled(title)}"
            for one in documents
            for name, title in target_titles(one).items()
        },
        "outcome_choices": _outcomes(call, documents),
        "faults": faults_of(call, refusal),
        "once": word_of(call),
        "today": local_day(call.now, call.voice.zone),
    }
    return call.show_refused("manage/billing.html", refusal, **values)
