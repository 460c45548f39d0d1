"""Every route there is, in the order of the contract."""

from typing import Final

from service.web import (
    audit,
    balances,
    batches,
    caps,
    closures,
    corrections,
    draws,
    enrollments,
    events,
    hats,
    health,
    keys,
    manual_awards,
    pages,
    participants,
    prizes,
    programs,
    redemptions,
    rewards,
    seeds,
    streams,
    tax,
    visits,
    write_offs,
)  # fmt: skip
from service.web.route import Route

ROUTES: Final[tuple[Route, ...]] = (
    participants.register, participants.find, participants.read, participants.change,
    programs.publish, programs.list_, programs.tabulate, programs.read, programs.read_version,
    enrollments.enroll, enrollments.find, enrollments.read, enrollments.look_ahead, enrollments.close,
    enrollments.transfer, corrections.move,
    visits.of_enrollment, visits.find, closures.enter, closures.find, closures.remove,
    events.record, batches.record, events.find, events.read, corrections.correct,
    balances.read_balance, balances.statement, streams.of_participant, streams.of_clinic,
    rewards.add, rewards.find, rewards.read, rewards.change, rewards.stock, rewards.codes,
    redemptions.ask, redemptions.find, redemptions.read, redemptions.give, redemptions.cancel,
    manual_awards.propose, manual_awards.find, manual_awards.read,
    manual_awards.approve, manual_awards.refuse,
    write_offs.find, write_offs.read, write_offs.approve, write_offs.refuse,
    draws.draw, draws.find, draws.read, seeds.find, seeds.rotate, prizes.find, prizes.read, prizes.give,
    hats.draw, hats.find, hats.read,
    caps.add, caps.find, caps.read, caps.end, caps.warnings,
    tax.add, tax.find, tax.report,
    keys.issue, keys.list_, keys.revoke,
    audit.find,
    health.alive, health.ready, health.metrics,
    pages.contract, pages.shown, pages.front, pages.problem, pages.style,
)  # fmt: skip
