# long: one of everything that a clinic can have stands in one place
"""Nothing crosses clinics: every table that there is or will be is closed by row-level security."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from schemas.billing import NewBillingRule
from schemas.brand_rules import NewBrandRule
from schemas.budgets import NewBudget
from schemas.caps import NewCap
from schemas.consents import NewConsent
from schemas.corrections import NewCorrection
from schemas.draws import NewDraws, NewHat
from schemas.erasures import NewErasure
from schemas.events import NewAddition, NewEvent
from schemas.groups import GroupName, GroupPlace, NewGroup
from schemas.guardians import NewGuardianConsent, NewGuardianRule
from schemas.keys import NewKey
from schemas.merges import NewMerge, NewUnmerge
from schemas.openings import NewOpening
from schemas.people import Enrollment, MoveEnrollment, NewEnrollment, ParticipantChange
from schemas.program import Bowl, Flat, Hat, Phase, Program, Target, Tier
from schemas.proposals import NewManualAward
from schemas.redemption_changes import NewSecondPersonLimit, NewTakeBack
from schemas.restrictions import NewEmergency, NewRestriction
from schemas.screening import Asked, NewScreening, NewScreeningQuestions, Question, ScreeningAnswer
from schemas.second_looks import NewSecondLook, SecondPersonRulesChange
from schemas.shelf import NewCodes, NewRedemption, NewReward, StockChange
from schemas.staff import Staff
from schemas.visits import NewClosure, NewVisitPlan
from schemas.worth import NewPointsWorth
from service.core.access.messages import code_message
from service.flows.access.codes import issue_code
from service.flows.access.keys import issue_key
from service.flows.access.sessions import open_session
from service.flows.draws.days import draw_days
from service.flows.draws.draws import draw_prizes
from service.flows.draws.hats import draw_names
from service.flows.groups.groups import add_member, create_group
from service.flows.ledger.billing import set_billing_rule
from service.flows.ledger.budgets import set_budget, watch_budgets
from service.flows.ledger.caps import set_cap
from service.flows.ledger.manual_awards import propose_manual_award
from service.flows.ledger.openings import propose_opening
from service.flows.ledger.points_worth import state_points_worth
from service.flows.notices.subscribers import ping_subscriber
from service.flows.people.accounting import release_file
from service.flows.people.consents import give_consent
from service.flows.people.emergencies import open_emergency
from service.flows.people.enrollments import open_enrollment
from service.flows.people.erasures import propose_erasure
from service.flows.people.guardians import record_guardian_consent, set_guardian_rule
from service.flows.people.merges import merge_participants
from service.flows.people.near_charts import tell_apart
from service.flows.people.participants import change_participant
from service.flows.people.restrictions import ask_restriction
from service.flows.people.screening import screen, set_questions
from service.flows.people.transfers import move_enrollment
from service.flows.people.unmerges import unmerge_participants
from service.flows.perform import Act, Done, Once
from service.flows.programs.programs import publish_program
from service.flows.shelf.brands import set_brand_rule
from service.flows.shelf.lost_rewards import take_back_redemption
from service.flows.shelf.redemptions import give_redemption, redeem
from service.flows.shelf.rewards import add_codes, add_reward, change_stock
from service.flows.shelf.second_looks import take_second_look
from service.flows.shelf.second_person_limits import set_second_person_limit
from service.flows.shelf.second_person_rules import set_rules
from service.flows.trail.checkpoints import make_checkpoint
from service.flows.trail.denials import Denials
from service.flows.visits.additions import add_to_event
from service.flows.visits.closures import enter_closure
from service.flows.visits.corrections import correct_event
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.record_events import Recorder, ToRecord
from service.store import audit_keyings, clinics, inbound, messages_out, passkeys, pins, staff
from service.store.passkeys import Passkey
from tests.flows.conftest import program
from tests.flows.entering import own_passkey
from tests.flows.listening import attempted, listening, queued
from tests.flows.ordering import provided
from tests.flows.sending import sender
from tests.flows.test_drawn_days import enrolled as drawing_days

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)

LEFT = ParticipantChange(status="left", phone="619 555 0101")

# A clinic with a row in `clinic_moves` is served nowhere here: tests/flows/test_moves.py is about it.
TABLES = """
select c.relname from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname not in ('schema_migrations', 'sign_in_tries', 'clinic_moves') and not c.relispartition
order by c.relname
"""


CODE_AND_IMPORT = (
    "insert into rescue_codes (clinic_id, staff_id, code_index, made_at) values ($1, $1, '', now())",
    "insert into drafts values ($1, $1, '/desk/new', '', now())",
    """
    insert into fhir_exports (clinic_id, export_id, asked_at, asked_by, role, request, kinds, expires_at)
    values ($1, $1, now(), $1, 'manager', '', '{Patient}', now() + interval '1 day')
    """,
    "insert into fhir_export_files values ($1, $1, 1, 'Patient', 1, '{}', '')",
    """
    insert into smart_clients (clinic_id, key_id, jwks, scopes, created_at, mark)
    select $1, key_id, '{}', '{system/*.rs}', now(), '' from keys limit 1
    """,
    """
    insert into smart_tokens
    select $1, sha256('a'), key_id, '{system/*.rs}', now(), now(), '' from smart_clients
    """,
    "insert into smart_assertions select $1, key_id, sha256('a'), now() from smart_clients",
    """
    insert into source_pulls (
        clinic_id, source_id, base_url, kind, every_minutes, private_key, public_key, since, due_at,
        made_at, made_by
    )
    select $1, source_id, 'https://ehr.example.org', 'Observation', 15, '', '{}', now(), now(), now(), $1
    from sources limit 1
    """,
    "insert into calendar_feeds select $1, participant_id, sha256('a'), now() from participants limit 1",
    "insert into reminder_settings values ($1, '{}', 24, '20:00', '08:00', '09:00', null, false, now(), $1)",
    """
    insert into reminder_leaves
    select $1, participant_id, 'text', 'staff', now(), $1 from participants limit 1
    """,
    """
    insert into reminders (
        clinic_id, reminder_id, participant_id, kind, occasion, channel, status, made_at, next_at
    )
    select $1, participant_id, participant_id, 'waiting', 'a', 'text', 'unsure', now(), now()
    from participants limit 1
    """,
    "insert into submission_settings values ($1, '{}', 30, now(), $1)",
    """
    insert into submissions (
        clinic_id, submission_id, participant_id, enrollment_id, target, status, submitted_at, submitted_by,
        had_picture
    )
    select $1, enrollment_id, participant_id, enrollment_id, 'test', 'waiting', now(), $1, true
    from enrollments limit 1
    """,
    "insert into readers (clinic_id, staff_id, reader_id, since) values ($1, $1, gen_random_uuid(), now())",
    """
    insert into invitations (clinic_id, invitation_id, staff_id, token_hash, made_at, made_by, ends_at, mark)
    values ($1, $1, $1, sha256('a'), now(), $1, now() + interval '1 day', '')
    """,
    """
    insert into imports (
        clinic_id, import_id, created_at, created_by, role, is_csv, enrolls, lines, body, found, status
    )
    values ($1, $1, now(), $1, 'manager', true, false, 0, '', '', 'ended')
    """,
    """
    insert into saved_reports (
        clinic_id, saved_report_id, name, report, period, compared_with, shared, made_at, made_by
    )
    values ($1, $1, 'A', 'progress', 'last_month', 'before', true, now(), $1)
    """,
    "insert into report_mails values ($1, $1, $1, 'week', '2026-03-09', now(), 0, null, now())",
    """
    insert into import_lines (clinic_id, import_id, line_no, said, state) values ($1, $1, 2, '', 'refused')
    """,
)


async def rekeyed(scene: Scene) -> None:
    """Write a change of the audit key to the one that there is, so that every process has it still."""
    async with scene.database.transaction(scene.clinic) as tx:
        trail = tx.cipher.trail
        await tx.run(
            "audit_keyings/insert",
            audit_keying_id=tx.new_id(),
            key=tx.cipher.seal(tx.clinic, audit_keyings.KEY, trail.of(tx.clinic) + trail.public_key()),
            audit_check=clinics.audit_check(trail, tx.clinic),
        )


async def tell_effect(scene: Scene) -> None:
    """Send a message, and write what it did."""
    message = (await (await sender(scene)).send({"outcome": "negative"})).message.id

    async def operation(act: Act) -> Done[None]:
        await inbound.insert_effects(act, message, [inbound.Effect("known", message, message)])
        return Done(None)

    await scene.value(operation)


async def expect(scene: Scene) -> None:
    """Enroll somebody who is expected on Mondays, and somebody whose first day has its turn."""
    await scene.expecting()
    await drawing_days(scene, "L-1")
    as_it_was, scene.clock.now = scene.clock.now, MONDAY - timedelta(hours=2)
    assert await draw_days(scene.database, scene.clinic) == 1
    scene.clock.now = as_it_was


async def fill(scene: Scene) -> None:
    """Do one of everything in a clinic, so that it has a row in every table."""
    cap = NewCap("year", "usd", 5050, TODAY, "The county allows no more")
    await scene.value(lambda act: set_cap(act, cap))
    enrollment = await scene.enrolled(welcome=5000)
    await scene.value(lambda act: state_points_worth(act, NewPointsWorth(10)))
    dear = NewReward("Book", "usd", 100, "item", "books", fair_value=150)
    book = await scene.value(lambda act: add_reward(act, dear))
    await scene.value(lambda act: redeem(act, NewRedemption(enrollment.participant, book.id)))
    await listen(scene, enrollment)
    await expect(scene)
    await scene.value(lambda act: enter_closure(act, NewClosure(TODAY, TODAY, "Holiday")))
    receipt = await scene.record(enrollment.id, "negative", MONDAY + timedelta(minutes=1))
    await scene.value(lambda act: add_to_event(act, receipt.event.id, NewAddition("A note.")))
    correction = NewCorrection("lab_overturn", "The lab called.", "positive")
    await scene.value(lambda act: correct_event(act, receipt.event.id, correction))
    newer = replace(program("ladder", 5000), title="Another title")
    await scene.value(lambda act: publish_program(act, newer))
    to = MoveEnrollment(2, "It is newer.")
    await scene.value(lambda act: move_enrollment(act, enrollment.id, to, is_preview=False))
    await scene.value(lambda act: issue_key(act, NewKey("manager")))
    item, card = await scene.reward(stock=2), await scene.code_reward()
    await scene.value(lambda act: change_stock(act, item.id, StockChange(1, "More came")))
    await scene.value(lambda act: change_stock(act, item.id, StockChange(-1, "One broke")))
    award = NewManualAward(enrollment.participant, "usd", 100, "Helped others")
    await scene.value(lambda act: propose_manual_award(act, award))
    await scene.value(lambda act: add_codes(act, card.id, NewCodes(("A-1",))))
    await draw(scene, enrollment.participant)
    await tell_effect(scene)
    await merge(scene, enrollment.participant)
    await enter(scene, enrollment.participant)
    gone = await scene.participant("P-3")
    await scene.value(lambda act: change_participant(act, gone, LEFT, 1))
    brought = NewOpening(enrollment.participant, "usd", TODAY, "From the old system.", available=100)
    await scene.value(lambda act: propose_opening(act, brought))
    new = NewRedemption(enrollment.participant, card.id)
    rules = SecondPersonRulesChange(roles=("manager",), recorded_points_max=0)
    await scene.value(lambda act: set_rules(act, rules))
    look = NewSecondLook("Read.")
    await scene.by_another(lambda act: take_second_look(act, enrollment.participant, look))
    await scene.value(partial(make_checkpoint, why="asked"))
    await Denials(scene.database).tell(scene.actor("auditor"), "forbidden", "POST", "/v1/events")
    limit = NewSecondPersonLimit("usd", 10_000)
    await scene.value(lambda act: set_second_person_limit(act, limit))
    redeemed = await scene.ask(lambda act: redeem(act, new), once=Once("k", bytes(32)))
    assert isinstance(redeemed, Done)
    lost = redeemed.value
    if lost.status == "held":
        await scene.value(lambda act: give_redemption(act, lost.id))
    await scene.value(lambda act: take_back_redemption(act, lost.id, NewTakeBack("Lost.")))


async def merge(scene: Scene, participant: UUID) -> None:
    """Merge a second chart into somebody's, take it apart again, and say that they are two people."""
    new = NewMerge(await scene.participant("P-2"))
    await scene.value(lambda act: merge_participants(act, participant, new))
    await scene.by_another(lambda act: unmerge_participants(act, participant, NewUnmerge()))
    await scene.value(lambda act: tell_apart(act, participant, new.from_))


async def listen(scene: Scene, enrollment: Enrollment) -> None:
    """Plan a visit, and let somebody be told of an event, with consent; of two notices one arrives."""
    planned = NewVisitPlan("test", "other", day=TODAY + timedelta(days=1))
    await scene.value(lambda act: plan_visit(act, enrollment.id, planned))
    await provided(scene, enrollment.participant)
    subscriber = await listening(scene, consent=True)
    new = NewConsent(enrollment.participant, subscriber.id, "Shared care.")
    await scene.value(lambda act: give_consent(act, new))
    await scene.record(enrollment.id, "positive")
    await scene.value(lambda act: ping_subscriber(act, subscriber.id))
    first, second = await queued(scene, subscriber)
    await attempted(scene, first, "delivered")
    await scene.value(lambda act: release_file(act, [enrollment.participant], "tax_report", "Taxes"))
    asked = NewRestriction(enrollment.participant, "Not my aunt.", recipient="My aunt")
    await scene.value(lambda act: ask_restriction(act, asked))
    urgent = NewEmergency(enrollment.participant, "Overdose", "Dr. Poe")
    await scene.value(lambda act: open_emergency(act, urgent))
    await scene.value(lambda act: propose_erasure(act, enrollment.participant, NewErasure("Asked.")))
    await attempted(scene, second, "failed", due_at=MONDAY)


async def enter(scene: Scene, participant: UUID) -> None:
    """Give somebody every way to sign in, with a message on its way."""

    async def given(act: Act) -> Done[None]:
        await issue_code(act, participant)
        await pins.put(act, participant, "$argon2id$", None)
        act.audit(
            "pin.set", participant, participant, mark=pins.mark_of(act, participant, "$argon2id$", None)
        )
        passkey = Passkey(act.new_id(), participant, b"key", 0)
        await passkeys.insert(act, passkey, b"id")
        act.audit("passkey.added", passkey.id, participant, mark=passkeys.mark_of(act, passkey))
        await own_passkey(act)
        message = code_message("text", "619 555 0100", "K7Q4-M9XD", "en")
        await messages_out.insert(act, message, act.now + timedelta(minutes=10))
        await open_session(act, "portal", participant)
        member = Staff(act.clinic, "manager@example.org", "manager", "en", act.now)
        await staff.insert(act, member, None, is_temporary=False, by=act.clinic)
        act.audit("staff.created", member.id, role=member.role)
        for row in CODE_AND_IMPORT:
            await act.connection.execute(row, act.clinic)
        return Done(None)

    await scene.value(given)


async def draw(scene: Scene, participant: UUID) -> None:
    """Draw a name from the hat, and with the draw won a slip that wins."""
    bowl = Bowl("coins", (Tier("a coin", 1, value=100),))
    session = Target("session", "attendance", (Phase(weeks=(1, 12), earn=Flat(1)),), hat=Hat(1, "coins"))
    groups = Program("groups", "Groups", "points", 12, (session,), bowls=(bowl,))
    await scene.value(lambda act: publish_program(act, groups))
    new = NewEnrollment(participant, "groups", TODAY)
    made = await scene.value(lambda act: open_enrollment(act, new))
    event = NewEvent("attended", MONDAY, enrollment=made.id, target="session")
    recorder = Recorder(scene.database, timedelta(minutes=5))
    await recorder.record(scene.clinic, [ToRecord(scene.actor(), event)])
    await scene.value(lambda act: draw_names(act, NewHat("groups", "session", TODAY)))
    budget = NewBudget("points", 1, TODAY, TODAY, "The board's.", program="groups")
    await scene.value(lambda act: set_budget(act, budget))
    await watch_budgets(scene.database, scene.clinic)
    rule = NewBillingRule("groups", "session", TODAY, procedure="H0005")
    await scene.value(lambda act: set_billing_rule(act, rule))
    brands = NewBrandRule(program="groups", categories=("Groceries",))
    await scene.value(lambda act: set_brand_rule(act, brands))
    await scene.value(lambda act: set_guardian_rule(act, NewGuardianRule("minors")))
    consent = NewGuardianConsent("Ana Lopez", "parent", TODAY)
    await scene.value(lambda act: record_guardian_consent(act, participant, consent))
    asks = NewScreeningQuestions((Question("age", Asked("Are they 18 or older?")),))
    await scene.value(lambda act: set_questions(act, "groups", asks))
    answered = NewScreening("groups", (ScreeningAnswer("age", "yes"),))
    await scene.value(lambda act: screen(act, participant, answered))
    new_group = NewGroup(GroupName("Mornings", "Mañanas"), (GroupPlace("groups", "session"),))
    group = await scene.value(lambda act: create_group(act, new_group))
    await scene.value(lambda act: add_member(act, group.id, participant))
    await scene.value(lambda act: draw_prizes(act, participant, NewDraws(1, bowl="coins")))


async def test_an_operation_touches_no_row_of_another_clinic(scene: Scene) -> None:
    """It cannot be read, and a row under another clinic's id cannot be written."""
    elsewhere = await scene.elsewhere()
    for one in (scene, elsewhere):
        await fill(one)
        await rekeyed(one)
    async with scene.database.transaction(scene.clinic) as tx:
        tables = [row["relname"] for row in await tx.connection.fetch(TABLES)]
    assert len(tables) >= 19
    for table in tables:
        async with scene.database.transaction(scene.clinic) as tx:
            seen = await tx.connection.fetch(f'select distinct clinic_id from "{table}"')  # noqa: S608
        assert [row["clinic_id"] for row in seen] == [scene.clinic], table
        smuggle = (
            f'insert into "{table}" select (jsonb_populate_record(own, '  # noqa: S608
            f"jsonb_build_object('clinic_id', '{elsewhere.clinic}'))).* from \"{table}\" as own limit 1"
        )
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match=f'policy for table "{table}"'):
            async with scene.database.transaction(scene.clinic) as tx:
                await tx.connection.execute(smuggle)


@pytest.mark.usefixtures("own_database")
async def test_a_transaction_that_names_no_clinic_sees_none(scene: Scene) -> None:
    """Whoever forgets the clinic gets nothing, not everything; only the clinics' ids can be listed."""
    await fill(scene)
    async with scene.database.transaction(None) as tx:
        for row in await tx.connection.fetch(TABLES):
            table = row["relname"]
            assert await tx.connection.fetch(f'select * from "{table}"') == [], table  # noqa: S608
    assert await scene.database.clinics() == [scene.clinic]


async def test_outside_a_transaction_the_tables_are_closed(scene: Scene) -> None:
    """No connection carries one operation's clinic into the next."""
    await fill(scene)
    async with scene.database.pool.acquire() as connection:
        with pytest.raises(asyncpg.PostgresError):
            await connection.fetch("select * from participants")
