"""The front desk: what is due today, and recording it."""

from typing import Final

from service.web.pages.desk import (
    admitting,
    asking,
    details,
    drawing,
    emergency,
    enrolling,
    groups,
    guardians,
    handover,
    hats,
    live,
    lost,
    merging,
    person,
    planning,
    receipts,
    record,
    reminders,
    screening,
    submissions,
    today,
    undecided,
    unmerging,
    week,
    work,
)
from service.web.pages.framework.page import Page

PAGES: Final[tuple[Page, ...]] = (
    today.today, today.rows, today.panel, today.find, record.record, record.undo, receipts.show, live.stream,
    undecided.listed, undecided.ask,
    handover.waiting, handover.give, handover.undo, handover.cancel, handover.give_owed, handover.card,
    admitting.form, admitting.admit,
    drawing.before, drawing.draw, drawing.slips, person.whole, person.close, person.correct, person.look,
    details.whole, details.change, details.status, details.add, details.end, details.withdraw,
    details.confirm, enrolling.form, enrolling.enroll, enrolling.move_form, enrolling.move,
    lost.given, lost.paid_back, lost.replace, lost.take_back, lost.replace_won, lost.take_back_won,
    asking.show, asking.ask,
    merging.find, merging.search, merging.preview, merging.merge,
    unmerging.listed, unmerging.preview, unmerging.unmerge,
    groups.listed, groups.session, groups.roster, groups.record, groups.undo, groups.hat,
    hats.before, hats.draw, hats.record, emergency.show, emergency.break_glass, work.show, week.show,
    planning.form, planning.plan, reminders.show, reminders.say,
    guardians.show, guardians.add, guardians.withdraw,
    screening.show, screening.answer, screening.approve,
    submissions.listed, submissions.picture, submissions.verify, submissions.again, submissions.save,
)  # fmt: skip  # table: a line for each file of pages
