"""Names are drawn once for a session, from those who came, and each is credited its draws."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from schemas.corrections import NewCorrection
from schemas.draws import HatRecord, NewDraws, NewHat
from schemas.events import NewEvent
from schemas.people import Enrollment, NewEnrollment
from schemas.program import Bowl, Draws, Hat, Phase, Program, Target, Tier
from service.core.cursors import Page
from service.core.draws.hats import check_hat
from service.core.refusals import Refused
from service.flows.draws.draws import draw_prizes
from service.flows.draws.hats import draw_names, list_hats, read_hat
from service.flows.draws.seeds import rotate_seeds
from service.flows.ledger.statements import read_statement
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Done
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from tests.flows.drawing import balances

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
COINS = Bowl("coins", (Tier("a coin", 2, value=100),))


def drawing(on: date = TODAY, program: str = "groups", target: str = "session") -> Operation[HatRecord]:
    """Draw names for a session."""
    return lambda act: draw_names(act, NewHat(program, target, on))


async def published(scene: Scene, hat: Hat | None = None) -> None:
    """Publish a program of sessions with a hat: each session earns a draw from the standard bowl."""
    session = Target(
        "session", "attendance", (Phase(weeks=(1, 12), earn=Draws(1, 0)),), hat=hat or Hat(2, "coins")
    )
    other = Target("other", "attendance", (Phase(weeks=(1, 12), earn=Draws(1, 0)),))
    document = Program("groups", "Groups", "usd", 12, (session, other), bowls=(COINS,))
    await scene.value(lambda act: publish_program(act, document))


async def joined(scene: Scene, *days: int, funding: str | None = None) -> Enrollment:
    """Enroll somebody who came on these days before today, 0 being today."""
    who = await scene.participant(f"P-{uuid4()}")
    new = NewEnrollment(who, "groups", TODAY - timedelta(days=14), funding=funding)
    made = await scene.value(lambda act: open_enrollment(act, new))
    for day in sorted(days, reverse=True):
        await came(scene, made.id, AT - timedelta(days=day))
    return made


async def came(scene: Scene, enrollment: UUID, at: datetime, outcome: str = "attended") -> None:
    """Record a session."""
    event = NewEvent(outcome, at, enrollment=enrollment, target="session")
    recorder = Recorder(scene.database, timedelta(days=1))
    (answer,) = await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
    assert isinstance(answer, Recorded), answer


async def test_half_of_those_who_came_are_drawn_and_credited(scene: Scene) -> None:
    """Tickets are the sessions in a row; who was absent is not in the hat."""
    await published(scene)
    three = await joined(scene, 4, 2, 0)
    one = await joined(scene, 0, funding="state")
    two = await joined(scene, 4, 2, 0)
    await came(scene, two.id, AT - timedelta(days=3), "absent")
    away = await joined(scene, 2)
    await came(scene, away.id, AT, "absent")
    await joined(scene, 7)
    hat = (await scene.done(drawing(), "front_desk")).value
    assert [(person.enrollment, person.tickets) for person in hat.people] == [
        (three.id, 3),
        (one.id, 1),
        (two.id, 2),
    ]
    assert (len(hat.names), hat.bowl, hat.draws) == (2, "coins", 2)
    assert hat.draw_id == f"hat/{scene.clinic}/groups/session/2026-03-02/1"
    for enrollment in (three, one, two):
        sessions = {three.id: 3, one.id: 1, two.id: 3}[enrollment.id]
        won = 2 if enrollment.id in {name.enrollment for name in hat.names} else 0
        assert (await balances(scene, enrollment.participant))["draw"] == (sessions + won, 0)
    winner = next(one for one in (three, one, two) if one.id == hat.names[0].enrollment)
    lines = (await scene.value(lambda act: read_statement(act, winner.participant, Page()))).items
    assert lines[0].sentence == "Your name was drawn: 2 draws."
    assert {"hat.drawn", "hat.won"} <= set(await scene.deeds())


async def test_a_win_is_drawn_from_the_hat_s_bowl_and_counts_for_the_day_of_drawing(scene: Scene) -> None:
    """The funding is the winner's own."""
    await published(scene)
    only = await joined(scene, 0, funding="state")
    scene.clock.now += timedelta(days=1)
    await scene.value(drawing())
    new = NewDraws(2, bowl="coins")
    drawn = await scene.value(lambda act: draw_prizes(act, only.participant, new))
    assert (drawn.bowl, [one.tier for one in drawn.draws]) == ("coins", ["a coin"] * 2)
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow(
            "select day, funding, enrollment_id, amount, unit from transfers where cause = 'hat'"
        )
    assert row is not None
    assert tuple(row) == (TODAY + timedelta(days=1), "state", only.id, 2, "draw")


async def test_concurrent_hat_drawings_of_a_session_make_one(scene: Scene) -> None:
    """A second hat would be a second chance; another day is another session."""
    await published(scene)
    for _ in range(3):
        await joined(scene, 2, 0)
    answers = await asyncio.gather(*(scene.ask(drawing()) for _ in range(8)))
    assert sum(isinstance(one, Done) for one in answers) == 1
    assert {one.code for one in answers if isinstance(one, Refused)} == {"already_drawn"}
    await scene.value(drawing(TODAY - timedelta(days=2)))
    shown = (await scene.value(lambda act: list_hats(act, Page()))).items
    assert [hat.on for hat in shown] == [TODAY - timedelta(days=2), TODAY]


async def test_an_impossible_hat_is_refused_at_its_field(scene: Scene) -> None:
    """Nobody there, no such program, a target without a hat, a day to come."""
    await published(scene)
    assert await scene.refusal(drawing()) == ("hat_empty", ("$.on",))
    assert await scene.refusal(drawing(program="none")) == ("unknown_program", ("$.program",))
    assert await scene.refusal(drawing(target="none")) == ("unknown_target", ("$.target",))
    assert await scene.refusal(drawing(target="other")) == ("unknown_target", ("$.target",))
    assert await scene.refusal(drawing(TODAY + timedelta(days=1))) == ("event_in_future", ("$.on",))
    assert (await scene.refusal(lambda act: read_hat(act, uuid4())))[0] == "not_found"


async def test_the_local_day_decides_who_was_there(scene: Scene) -> None:
    """Half past eleven in the evening belongs to that evening, whatever the day is in Greenwich."""
    await published(scene)
    late = await joined(scene)
    scene.clock.now += timedelta(days=2)
    await came(scene, late.id, datetime(2026, 3, 3, 7, 30, tzinfo=UTC))
    assert (await scene.refusal(drawing(TODAY + timedelta(days=1))))[0] == "hat_empty"
    assert [one.enrollment for one in (await scene.value(drawing())).people] == [late.id]


async def test_a_later_fact_undoes_no_hat(scene: Scene) -> None:
    """Who was in the hat stays in it, with the tickets of that time."""
    await published(scene)
    first = await joined(scene, 2, 0)
    hat = await scene.value(drawing())
    await came(scene, first.id, AT - timedelta(days=1), "absent")
    assert await scene.value(lambda act: read_hat(act, hat.id)) == hat
    assert (await scene.refusal(drawing()))[0] == "already_drawn"


async def test_a_hat_s_record_can_be_checked_once_its_seed_is_revealed(scene: Scene) -> None:
    """From the record alone; whose names were in it is told in each one's trail."""
    await published(scene)
    everyone = [await joined(scene, *range(count + 1)) for count in range(5)]
    hat = await scene.value(drawing())
    assert hat.revealed_seed is None
    await scene.value(rotate_seeds)
    shown = await scene.value(lambda act: read_hat(act, hat.id), "auditor")
    assert shown.revealed_seed is not None
    assert list(check_hat(shown, bytes.fromhex(shown.revealed_seed))) == []
    assert (len(shown.names), shown.names) == (3, hat.names)
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch("select participant_id from audit where deed = 'hat.read'")
    assert {row["participant_id"] for row in rows} == {one.participant for one in everyone}


async def test_another_clinic_sees_no_hat_of_this_one(scene: Scene) -> None:
    """An id from elsewhere is one that is not there."""
    await published(scene)
    await joined(scene, 0)
    hat = await scene.value(drawing())
    other = await scene.elsewhere()
    assert (await other.refusal(lambda act: read_hat(act, hat.id)))[0] == "not_found"
    assert (await other.value(lambda act: list_hats(act, Page()))).items == ()


async def test_a_correction_decides_who_is_in_a_hat_that_is_not_drawn_yet(scene: Scene) -> None:
    """Who was entered by a slip of the hand is not there; who was, stays when that is said later."""
    await published(scene)
    here, slip = await joined(scene, 0), await joined(scene, 0)
    await withdraw(scene, slip)
    hat = await scene.value(drawing())
    assert [person.enrollment for person in hat.people] == [here.id]
    await withdraw(scene, here)
    assert await scene.value(lambda act: read_hat(act, hat.id)) == hat


async def withdraw(scene: Scene, enrollment: Enrollment) -> None:
    """Say that the only event of an enrollment was entered by a slip of the hand."""
    query = "select event_id from events where enrollment_id = $1"
    async with scene.database.transaction(scene.clinic) as tx:
        event = await tx.connection.fetchval(query, enrollment.id)
    error = NewCorrection("entry_error", "Another person's session.")
    await scene.value(lambda act: correct_event(act, event, error), "clinician")
