"""The books can be read again: statements, events with all that was posted, and the audit chain."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
import pytest

from schemas.books import AuditPage, Statement
from schemas.people import Language, ParticipantChange
from schemas.program import Unit
from schemas.receipts import Money, Receipt
from schemas.shelf import NewRedemption
from service.core.audit_chain import Said, keyed
from service.core.cursors import Page
from service.flows.ledger.statements import read_statement
from service.flows.people.participants import change_participant, read_participant
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, redeem
from service.flows.visits.read_events import EventFilter, list_events, read_event

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = Page(200)
NO_FILTER = EventFilter()


def stating(
    participant: UUID, page: Page = ALL, unit: Unit | None = None, language: Language | None = None
) -> Operation[Statement]:
    """Read a statement."""
    return lambda act: read_statement(act, participant, page, unit=unit, language=language)


def event_of(event: UUID) -> Operation[Receipt]:
    """Read an event."""
    return lambda act: read_event(act, event)


async def listed(scene: Scene, wanted: EventFilter = NO_FILTER, page: Page = ALL) -> list[UUID]:
    """List the ids of events."""
    return [item.id for item in (await scene.value(lambda act: list_events(act, wanted, page))).items]


async def test_a_statement_says_each_movement_in_one_sentence(scene: Scene) -> None:
    """Welcome, award, set aside, handed over, canceled: newest first, each with its cause."""
    enrollment = await scene.enrolled(welcome=2000)
    who = enrollment.participant
    receipt = await scene.record(enrollment.id, "negative")
    reward = await scene.reward(500)
    kept = await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    await scene.value(lambda act: give_redemption(act, kept.id))
    undone = await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    await scene.value(lambda act: cancel_redemption(act, undone.id))
    lines = (await scene.value(stating(who))).items
    assert [(line.source, line.destination, line.amount, line.sentence) for line in lines] == [
        ("held", "available", 500, "Movie ticket was canceled. You have $5.00 back."),
        ("available", "held", 500, "$5.00 set aside for Movie ticket."),
        ("held", "given", 500, "Movie ticket handed over: $5.00."),
        ("available", "held", 500, "$5.00 set aside for Movie ticket."),
        ("issued", "available", 100, "$1.00 earned."),
        ("issued", "available", 2000, "$20.00 earned."),
    ]
    award, welcome = lines[4], lines[5]
    assert (award.cause, award.cause_id, award.event) == ("award", receipt.awards[0].id, receipt.event.id)
    assert [reason.text for reason in award.reasons] == ["Negative test, step 1: $1.00."]
    assert (welcome.event, [reason.text for reason in welcome.reasons]) == (None, ["Welcome gift: $20.00."])
    assert (lines[0].cause, lines[0].cause_id, lines[0].reasons) == ("redemption", undone.id, ())


async def test_a_statement_is_read_page_by_page_and_by_unit(scene: Scene) -> None:
    """Each transfer stands on one page; a unit without transfers has an empty statement."""
    enrollment = await scene.enrolled(welcome=2000)
    for hour in range(4):
        await scene.record(enrollment.id, "negative", MONDAY - (4 - hour) * HOUR)
    whole = await scene.value(stating(enrollment.participant))
    first = await scene.value(stating(enrollment.participant, Page(3)))
    rest = await scene.value(stating(enrollment.participant, Page(3, first.next_cursor)))
    assert first.items + rest.items == whole.items
    assert (len(first.items), rest.next_cursor) == (3, None)
    assert (await scene.value(stating(enrollment.participant, unit="usd"))).items == whole.items
    assert (await scene.value(stating(enrollment.participant, unit="points"))).items == ()


async def test_a_statement_speaks_the_participant_s_language(scene: Scene) -> None:
    """Another one can be asked for."""
    who = (await scene.enrolled(welcome=2000)).participant
    await scene.value(lambda act: change_participant(act, who, ParticipantChange(language="es"), 1))
    assert (await scene.value(stating(who))).items[0].sentence == "Ganaste $20.00."
    assert (await scene.value(stating(who, language="en"))).items[0].sentence == "$20.00 earned."


async def test_a_statement_of_nobody_is_not_found(scene: Scene) -> None:
    """A participant of another clinic is as unknown as one that there never was."""
    theirs = await (await scene.elsewhere()).participant()
    for unknown in (uuid4(), theirs):
        assert await scene.refusal(stating(unknown)) == ("not_found", ())
    who = await scene.participant()
    assert await scene.refusal(stating(who, Page(3, "?"))) == ("invalid", ("cursor",))


async def test_an_event_read_again_is_its_receipt_and_what_became_of_it(scene: Scene) -> None:
    """A failure that is recorded late lowers a later award; the event shows both postings."""
    enrollment = await scene.enrolled()
    first = await scene.record(enrollment.id, "negative", MONDAY - 3 * HOUR)
    second = await scene.record(enrollment.id, "negative", MONDAY - HOUR)
    assert await scene.value(event_of(second.event.id)) == second
    await scene.record(enrollment.id, "positive", MONDAY - 2 * HOUR)
    read = await scene.value(event_of(second.event.id))
    assert read.event == second.event
    assert read.awards[0] == second.awards[0]
    assert [(award.kind, award.amount, award.overpaid) for award in read.awards] == [
        ("base", 200, 0),
        ("adjustment", 0, 100),
    ]
    assert read.total == (Money("usd", 200),)
    assert read.balances[0].available == 300
    assert (await scene.value(event_of(first.event.id))).awards == first.awards


async def test_events_are_listed_by_participant_enrollment_and_time(scene: Scene) -> None:
    """Newest recorded first, whenever they happened; since is included and until is not."""
    one = await scene.enrolled("P-1")
    two = await scene.enrolled("P-2")
    made = [
        (await scene.record(enrollment.id, "negative", at)).event.id
        for enrollment, at in ((one, MONDAY), (two, MONDAY - HOUR), (one, MONDAY - 2 * HOUR))
    ]
    assert await listed(scene) == made[::-1]
    assert await listed(scene, EventFilter(participant=one.participant)) == [made[2], made[0]]
    assert await listed(scene, EventFilter(enrollment=two.id)) == [made[1]]
    assert await listed(scene, EventFilter(enrollment=two.id, participant=one.participant)) == []
    assert await listed(scene, EventFilter(since=MONDAY - HOUR)) == [made[1], made[0]]
    assert await listed(scene, EventFilter(until=MONDAY - HOUR)) == [made[2]]
    first = await scene.value(lambda act: list_events(act, EventFilter(), Page(2)))
    assert await listed(scene, page=Page(2, first.next_cursor)) == [made[0]]
    bad = scene.refusal(lambda act: list_events(act, EventFilter(), Page(2, "?")))
    assert await bad == ("invalid", ("cursor",))
    assert (first.items[0].behavior, first.items[0].effect, first.items[0].week) == ("test", "success", 1)


async def test_a_list_is_one_entry_a_participant_in_the_trail(scene: Scene) -> None:
    """It names the row where there is one, and says how many there were otherwise."""
    one, two = await scene.enrolled("P-1"), await scene.enrolled("P-2")
    recorded = [
        await scene.record(enrollment.id, "negative", MONDAY - HOUR * no)
        for no, enrollment in enumerate((one, two, one))
    ]
    assert len(await listed(scene)) == 3
    entries = (await scene.value(lambda act: read_audit(act, AuditFilter(deed="event.listed"), ALL))).items
    assert {entry.participant: (entry.subject, entry.detail) for entry in entries} == {
        one.participant: (None, {"count": 2}),
        two.participant: (recorded[1].event.id, {}),
    }
    assert len(entries) == 2


async def test_an_event_of_another_clinic_is_not_found(scene: Scene) -> None:
    """It is as unknown as one that there never was, and stands in no list of ours."""
    elsewhere = await scene.elsewhere()
    theirs = await elsewhere.enrolled()
    receipt = await elsewhere.record(theirs.id, "negative")
    for unknown in (uuid4(), receipt.event.id):
        assert await scene.refusal(event_of(unknown)) == ("not_found", ())
    assert await listed(scene, EventFilter(enrollment=theirs.id)) == []
    assert await listed(scene) == []


async def test_the_audit_trail_is_a_chain_that_whoever_has_the_key_can_follow(scene: Scene) -> None:
    """Each hash follows from the hash before it and the entry; the first follows zeros."""
    enrollment = await scene.enrolled(welcome=500)
    await scene.record(enrollment.id, "negative")
    page = await scene.value(lambda act: read_audit(act, AuditFilter(), ALL), "auditor")
    assert [entry.seq for entry in page.items] == list(range(len(page.items), 0, -1))
    assert page.items[-1].previous == "00" * 32
    key = scene.database.cipher.trail.of(scene.clinic)
    for entry in page.items:
        detail = msgspec.json.encode(entry.detail, order="deterministic").decode()
        said = Said(entry.at, entry.actor, entry.role, entry.deed, entry.subject, entry.participant, detail)
        both = keyed(key, said.content())
        assert both[:32].hex() == entry.digest
        assert hashlib.sha256(bytes.fromhex(entry.previous) + both).hexdigest() == entry.hash
    for later, entry in zip(page.items, page.items[1:], strict=False):
        assert later.previous == entry.hash


async def test_reading_the_filtered_trail_is_audited(scene: Scene) -> None:
    """Who saw this record, what did this person do, and when."""
    who = await scene.participant()
    await scene.participant("P-2")
    scene.clock.now += HOUR
    await scene.value(lambda act: read_participant(act, who), "front_desk")
    desk = scene.actor("front_desk").id
    filters = [
        (AuditFilter(participant=who), ["participant.read", "participant.registered"]),
        (AuditFilter(actor=desk), ["participant.read"]),
        (AuditFilter(deed="participant.registered"), ["participant.registered"] * 2),
        (AuditFilter(participant=who, deed="participant.registered"), ["participant.registered"]),
        (AuditFilter(since=scene.clock.now, actor=desk), ["participant.read"]),
        (AuditFilter(until=scene.clock.now, participant=who), ["participant.registered"]),
    ]
    for wanted, deeds in filters:
        page = await scene.value(reading_audit(wanted), "auditor")
        assert [entry.deed for entry in page.items if entry.deed != "audit.read"] == deeds
    assert (await scene.deeds())[-1] == "audit.read"


async def test_the_audit_trail_is_read_page_by_page(scene: Scene) -> None:
    """What is added meanwhile does not shift the pages that follow."""
    for number in range(4):
        await scene.participant(f"P-{number}")
    first = await scene.value(reading_audit(AuditFilter(), Page(6)))
    rest = await scene.value(reading_audit(AuditFilter(), Page(6, first.next_cursor)))
    # The clinic, its five members of staff, and the four participants.
    assert [entry.seq for entry in (*first.items, *rest.items)] == [*range(10, 0, -1)]
    assert rest.items[0].hash == first.items[-1].previous


@pytest.mark.parametrize("cursor", ["", "AAAA", "__________8", "?"])
async def test_a_cursor_that_the_trail_never_gave_is_refused(scene: Scene, cursor: str) -> None:
    """A number with its sign bit set is none of ours."""
    assert await scene.refusal(reading_audit(AuditFilter(), Page(3, cursor))) == ("invalid", ("cursor",))


def reading_audit(wanted: AuditFilter, page: Page = ALL) -> Operation[AuditPage]:
    """Read the audit trail."""
    return lambda act: read_audit(act, wanted, page)
