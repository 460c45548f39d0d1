"""Reports are saved with their days, seen by whom they are for, and mailed as a link, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.people import Role
from schemas.saved_reports import NewReportMail, NewSavedReport, SavedReport
from schemas.staff import StaffChange
from service.core.access.messages import Message
from service.core.cursors import Page
from service.core.report_periods import days_beside, days_of_period, next_mail
from service.flows.access.staff import change_staff
from service.flows.ledger.report_mails import mail_reports
from service.flows.ledger.saved_reports import (
    end_report_mail,
    forget_saved_report,
    list_saved_reports,
    mail_report,
    read_saved_report,
    save_report,
)
from service.flows.screens.audit import AuditFilter, read_audit
from service.outbound.messages import NotSentError
from tests.flows.conftest import MONDAY

if TYPE_CHECKING:
    from uuid import UUID

    from tests.flows.conftest import Scene

URL = "https://rewards.example"


class Mailbox:
    """A mail server that keeps what it is given, or says why not."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.fault: Exception | None = None

    async def __call__(self, message: Message) -> None:
        """Take a message, or raise the fault that is set."""
        if self.fault is not None:
            raise self.fault
        self.got.append(message)


async def saved(scene: Scene, role: Role = "manager", **more: object) -> SavedReport:
    """Save a report as somebody of a role."""
    new = NewSavedReport(**{"name": "Monthly", "period": "last_month", **more})  # type: ignore[arg-type]
    return await scene.value(partial(save_report, new=new), role)


async def test_what_is_told_of_a_saved_report_can_be_read(scene: Scene) -> None:
    """The trail says whether it is shared as a number, like everything that is true or not."""
    await saved(scene, shared=True)
    said = (await scene.value(lambda act: read_audit(act, AuditFilter(deed="report.saved"), Page(10)))).items
    assert [one.detail["shared"] for one in said] == [1]


async def mailed(scene: Scene, role: Role = "manager", every: str = "week", **more: object) -> UUID:
    """Save a report, and ask to be told of it by mail."""
    made = await saved(scene, role, **more)
    asked = partial(mail_report, saved_report=made.id, new=NewReportMail(every))  # type: ignore[arg-type]
    await scene.value(asked, role)
    return made.id


async def sent(scene: Scene, box: Mailbox) -> int:
    """Let the worker send what is due."""
    return await mail_reports(scene.database, {"email": box}, URL, scene.clinic)


def test_the_days_of_a_period_move_with_today() -> None:
    """Whole weeks, months, quarters and years that are over; also across a year and a leap day."""
    assert days_of_period("last_week", date(2026, 3, 2)) == (date(2026, 2, 23), date(2026, 3, 1))
    assert days_of_period("last_week", date(2026, 3, 8)) == (date(2026, 2, 23), date(2026, 3, 1))
    assert days_of_period("last_month", date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert days_of_period("last_month", date(2028, 3, 1)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert days_of_period("last_quarter", date(2026, 2, 14)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert days_of_period("last_year", date(2026, 7, 1)) == (date(2025, 1, 1), date(2025, 12, 31))
    assert days_of_period("this_year", date(2026, 1, 1)) == (date(2026, 1, 1), date(2026, 1, 1))
    assert days_of_period("eight_weeks", date(2026, 3, 2)) == (date(2026, 1, 6), date(2026, 3, 2))
    assert days_beside((date(2026, 2, 1), date(2026, 2, 28)), "before") == (
        date(2026, 1, 4),
        date(2026, 1, 31),
    )
    assert days_beside((date(2028, 2, 29), date(2028, 2, 29)), "year_before") == (date(2027, 2, 28),) * 2
    assert next_mail("week", date(2026, 3, 2)) == date(2026, 3, 9)
    assert next_mail("week", date(2026, 3, 8)) == date(2026, 3, 9)
    assert next_mail("month", date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_mail("quarter", date(2026, 12, 31)) == date(2027, 1, 1)


async def test_a_saved_report_is_seen_by_its_owner_or_by_all_who_read_reports(scene: Scene) -> None:
    """One's own is no other's; what is shared may be forgotten by its owner or a manager."""
    own = await saved(scene, "auditor")
    shared = await saved(scene, "auditor", name="Shared", shared=True)
    listed = await scene.value(list_saved_reports)
    assert [one.id for one in listed.items] == [shared.id]
    assert (await scene.refusal(partial(read_saved_report, saved_report=own.id)))[0] == "not_found"
    assert (await scene.refusal(partial(forget_saved_report, saved_report=own.id)))[0] == "not_found"
    assert own.since == date(2026, 2, 1)
    assert own.than_until == date(2026, 1, 31)
    mine = await saved(scene, "manager", name="Mine", shared=True)
    code, _ = await scene.refusal(partial(forget_saved_report, saved_report=mine.id), "auditor")
    assert code == "forbidden"
    await scene.value(partial(forget_saved_report, saved_report=shared.id))
    both = await scene.value(list_saved_reports, "auditor")
    assert [one.id for one in both.items] == [mine.id, own.id]
    deeds = await scene.deeds()
    assert deeds.count("report.saved") == 3
    assert deeds.count("report.forgotten") == 1


async def test_days_and_programs_that_are_none_are_refused(scene: Scene) -> None:
    """Two days with `days` alone, in order, and not too many; a program that was published."""
    for given, place in (
        ({"period": "days"}, "$.since"),
        ({"period": "last_week", "since": date(2026, 1, 1), "until": date(2026, 1, 2)}, "$.since"),
        ({"period": "days", "since": date(2026, 1, 2), "until": date(2026, 1, 1)}, "$.since"),
        ({"period": "days", "since": date(2020, 1, 2), "until": date(2026, 1, 1)}, "$.since"),
        ({"program": "nobodys"}, "$.program"),
    ):
        new = NewSavedReport(**{"name": "X", **given})  # type: ignore[arg-type]
        assert (await scene.refusal(partial(save_report, new=new)))[1] == (place,)


async def test_a_mail_has_a_link_and_goes_out_once(scene: Scene) -> None:
    """Not before its day; once, whoever asks again; with no name, no figure and not the report's own name."""
    report = await mailed(scene, name="Grant of Doe County")
    box = Mailbox()
    assert await sent(scene, box) == 0
    scene.clock.now = datetime(2026, 3, 9, 13, 59, tzinfo=UTC)
    assert await sent(scene, box) == 0
    scene.clock.now = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
    assert [await sent(scene, box) for _ in range(3)] == [1, 0, 0]
    (mail,) = box.got
    assert mail.channel == "email"
    assert mail.to.endswith("@harbor.example")
    assert f"{URL}/manage/reports/saved/{report}" in mail.text
    said = mail.text.replace(str(report), "")
    assert "Doe" not in mail.subject + said
    assert not any(letter.isdigit() for letter in mail.subject + said)
    shown = await scene.value(partial(read_saved_report, saved_report=report))
    assert (shown.mail, shown.mail_on) == ("week", date(2026, 3, 16))
    # A worker that was away for long sends one, and no more for the days between.
    scene.clock.now += timedelta(days=40)
    assert [await sent(scene, box), await sent(scene, box)] == [1, 0]


async def test_what_may_be_on_its_way_is_not_sent_again(scene: Scene) -> None:
    """An answer that is missing is no refusal; what was surely not taken is tried again, some times."""
    await mailed(scene)
    box = Mailbox()
    scene.clock.now = MONDAY + timedelta(days=7)
    box.fault = NotSentError("SMTPServerDisconnected")
    assert await sent(scene, box) == 0
    box.fault = None
    assert await sent(scene, box) == 0
    scene.clock.now += timedelta(days=7)
    box.fault = NotSentError("SMTPConnectError", surely=True)
    assert await sent(scene, box) == 0
    box.fault = None
    assert await sent(scene, box) == 0
    scene.clock.now += timedelta(minutes=11)
    assert [await sent(scene, box), await sent(scene, box)] == [1, 0]
    scene.clock.now += timedelta(days=7)
    box.fault = NotSentError("SMTPConnectError", surely=True)
    for _ in range(9):
        await sent(scene, box)
        scene.clock.now += timedelta(hours=2)
    box.fault = None
    assert await sent(scene, box) == 0
    assert len(box.got) == 1


async def test_nothing_is_in_hand_where_nothing_can_be_sent(scene: Scene) -> None:
    """Without a mail server, or an address for the link, the mail waits; it is not lost."""
    await mailed(scene)
    box = Mailbox()
    scene.clock.now = MONDAY + timedelta(days=7)
    assert await mail_reports(scene.database, {}, URL, scene.clinic) == 0
    assert await mail_reports(scene.database, {"email": box}, None, scene.clinic) == 0
    assert await sent(scene, box) == 1


@pytest.mark.parametrize("change", [StaffChange(disabled=True), StaffChange(role="front_desk")])
async def test_mails_end_with_the_account_or_the_right_to_read(scene: Scene, change: StaffChange) -> None:
    """Whoever left is told no more, also after they come back."""
    await mailed(scene, "auditor")
    box = Mailbox()
    who = scene.actor("auditor").id
    await scene.value(partial(change_staff, staff_id=who, change=change, revision=None))
    back = StaffChange(disabled=False) if change.disabled is True else StaffChange(role="auditor")
    await scene.value(partial(change_staff, staff_id=who, change=back, revision=None))
    scene.clock.now = MONDAY + timedelta(days=14)
    assert await sent(scene, box) == 0
    assert box.got == []
    assert "report.mail_ended" in await scene.deeds()


async def test_mails_end_with_the_report_and_with_a_press(scene: Scene) -> None:
    """A shared report that is forgotten is nobody's; a press ends one's own mails, twice as well as once."""
    shared = await saved(scene, "auditor", shared=True)
    await scene.value(partial(mail_report, saved_report=shared.id, new=NewReportMail("week")))
    other = await mailed(scene, name="Other")
    for _ in range(2):
        await scene.value(partial(end_report_mail, saved_report=other))
    await scene.value(partial(forget_saved_report, saved_report=shared.id), "auditor")
    box = Mailbox()
    scene.clock.now = MONDAY + timedelta(days=14)
    assert await sent(scene, box) == 0


async def test_a_key_is_told_nothing_by_mail(scene: Scene) -> None:
    """It may save a report, and has no address."""
    made = await scene.value(
        partial(save_report, new=NewSavedReport("By a program", shared=True)), "integration"
    )
    code, _ = await scene.refusal(
        partial(mail_report, saved_report=made.id, new=NewReportMail("week")), "integration"
    )
    assert code == "forbidden"
