"""Programs tried before anybody is in them: read for a forecast or a review, and on the clinic's own past."""

from collections import defaultdict
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.forecasts import BehaviorModel
from schemas.program import Program
from schemas.trials import BackTest, BackTested, NewBackTest
from service.core.authoring.back_test import earned, refitted, together
from service.core.authoring.habits import Chain, Stay, model_of
from service.core.authoring.programs import check
from service.core.calendar import local_day, program_week
from service.core.compiled import Rules, compile_rules
from service.core.refusals import Refused, refused
from service.core.state import Fact
from service.flows.perform import Act, Done
from service.flows.programs.programs import read_program
from service.store import clinics, episodes, versions, worth
from service.store.versions import Episode

HISTORY_MAX: Final = 500
"""From how many enrollments a clinic's own figures are counted, the newest first."""
GONE_DAYS: Final = 14
"""Who was last there so many days before an enrollment's end has stopped coming."""


class Past(Struct, frozen=True):
    """One enrollment of a program with its rules and its facts as they stand."""

    episode: Episode
    rules: Rules
    facts: tuple[Fact, ...]


async def sound_program(act: Act, asked: str | Program) -> Done[Program] | Refused:
    """A program that was sent, if it has no faults, or the latest published one of a name."""
    if isinstance(asked, Program):
        faults = check(asked)
        return Refused("program_faulty.table", faults=faults) if faults else Done(asked)
    published = await read_program(act, asked)
    if isinstance(published, Refused):
        return refused("unknown_program.unpublished", program=asked)
    return Done(published.value.document)


async def point_cents(act: Act) -> int | None:
    """What a point is worth today, in cents, where the clinic has said it."""
    held = await worth.holding(act, local_day(act.now, await clinics.zone(act)))
    return None if held is None else held.amount


async def own_model(act: Act, name: str) -> BehaviorModel | None:
    """How people came and succeeded in a program here; none where there is too little of it."""
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    chains: list[Chain] = []
    stays: list[Stay] = []
    for past in await _pasts(act, name, HISTORY_MAX, zone):
        by_target: dict[int, list[tuple[Fact, bool]]] = defaultdict(list)
        for fact in sorted(past.facts, key=lambda one: (one.at, one.no)):
            effect = past.rules.targets[fact.target].effects[fact.outcome]
            if effect != "neutral":
                by_target[fact.target].append((fact, effect == "success"))
        came = [fact.day for fact in past.facts if fact.expected_on is None]
        if not came:
            continue
        stays.append(_stay(past, max(came), today))
        for place, told in by_target.items():
            target = past.rules.program.targets[place]
            went = tuple(is_good for fact, is_good in told if fact.day <= max(came))
            chains.append(Chain(target.behavior, went))
    return model_of(chains, stays)


def _stay(past: Past, last: date, today: date) -> Stay:
    one = past.episode
    planned = one.closed_on or one.ends_on or today
    end = min(planned, today)
    weeks = max(1, min(program_week(last, one.starts_on), past.rules.program.weeks))
    whole = program_week(end, one.starts_on) <= past.rules.program.weeks
    return Stay(weeks, is_gone=whole and (end - last).days > GONE_DAYS)


async def back_test(act: Act, asked: NewBackTest, program: Program) -> Done[BackTest] | Refused:
    """Fold the facts of a program's enrollments by the rules of another; nothing is posted.

    Each enrollment is told in the audit trail, for what is shown of it is somebody's.
    """
    zone = await clinics.zone(act)
    name = asked.of or program.name
    pasts = await _pasts(act, name, asked.people + 1, zone)
    if not pasts:
        return refused("not_found.past", program=name)
    tried = compile_rules(program)
    items: list[BackTested] = []
    for past in pasts[: asked.people]:
        one = past.episode
        facts = refitted(past.facts, past.rules, tried)
        before, now = (
            earned(past.rules, one.starts_on, past.facts),
            earned(tried, one.starts_on, facts),
        )
        left_out = len(past.facts) - len(facts)
        items.append(
            BackTested(one.enrollment, one.participant, one.version, one.starts_on, before, now, left_out)
        )
        act.audit("enrollment.back_tested", one.enrollment, one.participant)
    return Done(
        BackTest(
            len(items),
            len(pasts) <= asked.people,
            sum(one.earned != one.would_earn for one in items),
            together(one.earned for one in items),
            together(one.would_earn for one in items),
            tuple(items),
        )
    )


async def _pasts(act: Act, name: str, rows_max: int, zone: ZoneInfo) -> list[Past]:
    found = await versions.newest(act, name, rows_max)
    ruled = await episodes.ruled(act, found)
    rules = {one.id: one.rules for one in ruled}
    standing = await episodes.standing_facts(act, ruled, zone)
    facts: dict[UUID, tuple[Fact, ...]] = {
        enrollment: tuple(one.fact for one in past) for enrollment, past in standing.items()
    }
    return [Past(one, rules[one.enrollment], facts[one.enrollment]) for one in found]
