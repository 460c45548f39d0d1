"""A seed is not revealed under a draw: a rotation waits for it, and a draw made after the reveal is found."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from schemas.people import NewEnrollment
from schemas.program import Bowl, Draws, Phase, Program, Target, Tier
from service.core.cursors import Page
from service.core.draws.draws import draw, draw_name
from service.core.ledger import Movement
from service.flows.draws.seeds import hold_seed, list_seeds, rotate_seeds
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Act, Done, perform
from service.flows.programs.programs import publish_program
from service.flows.verify.verify import verify
from service.store import charts, draws, ledger
from service.store.draws import NewDraw
from tests.flows.conftest import TODAY
from tests.flows.drawing import drawing

if TYPE_CHECKING:
    from schemas.draws import SeedRotation
    from schemas.people import Enrollment
    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

THANKS = Bowl("thanks", (Tier("good job", 3),))
"""A bowl whose slips win nothing, so that a draw is only its slips."""


async def thanked(scene: Scene) -> Enrollment:
    """Enroll somebody who has earned two slips that win nothing."""
    target = Target("test", "test", (Phase(weeks=(1, 12), earn=Draws(2, 0, bowl="thanks")),))
    program = Program("d", "Draws", "points", 12, (target,), bowls=(THANKS,))
    await scene.value(lambda act: publish_program(act, program))
    new = NewEnrollment(await scene.participant(), "d", TODAY)
    made = await scene.value(lambda act: open_enrollment(act, new))
    await scene.record(made.id, "negative")
    return made


async def somebody_waits(scene: Scene) -> bool:
    """Whether a transaction waits for another one's row."""
    query = "select count(*) from pg_locks where not granted"
    async with scene.database.transaction(scene.clinic) as tx:
        return bool(await tx.connection.fetchval(query))


async def fault(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def test_a_rotation_waits_for_an_open_draw(scene: Scene) -> None:
    """The seed that a draw holds is revealed only once the draw is done."""
    held_by_draw = asyncio.Event()
    let_go = asyncio.Event()

    async def open_draw(act: Act) -> Done[str]:
        held = await hold_seed(act)
        held_by_draw.set()
        await let_go.wait()
        return Done(held.commitment)

    drawn = asyncio.create_task(perform(scene.database, scene.actor(), open_draw))
    await held_by_draw.wait()
    rotating = asyncio.create_task(scene.ask(rotate_seeds))
    # What PostgreSQL waits for, nobody is told of.
    while not rotating.done() and not await somebody_waits(scene):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    was_done = rotating.done()
    let_go.set()
    answers = await asyncio.gather(drawn, rotating)
    assert not was_done
    commitment, rotated = (answer.value for answer in answers if isinstance(answer, Done))
    rotation: SeedRotation = rotated  # type: ignore[assignment]
    assert rotation.revealed is not None
    assert rotation.revealed.commitment == commitment


async def test_a_draw_made_after_its_seed_was_revealed_is_found(scene: Scene) -> None:
    """All else of it agrees: its slips follow from the seed, and the trail tells of it."""
    made = await thanked(scene)
    await scene.value(drawing(made.participant, 1))
    await scene.value(rotate_seeds)
    (_, revealed) = (await scene.value(lambda act: list_seeds(act, Page()))).items
    assert revealed.seed is not None
    seed = bytes.fromhex(revealed.seed)

    async def known_beforehand(act: Act) -> Done[None]:
        await charts.lock(act, [], [made.participant], [])
        draw_id = act.new_id()
        slips = tuple(one.number for one in draw(seed, draw_name(made.id, 2), THANKS, 1))
        new = NewDraw(draw_id, made.participant, made.id, 2, revealed.id, THANKS, slips, act.actor.id)
        await draws.insert(act, new)
        spent = Movement(made.participant, "draw", "available", "given", 1, "draw", draw_id, made.id)
        await ledger.move(act, [spent])
        told: dict[str, str | int] = {
            "enrollment": str(made.id),
            "n": 2,
            "bowl": "thanks",
            "count": 1,
            "prizes": 0,
        }
        act.audit("draw.made", draw_id, made.participant, **told)
        return Done(None)

    assert await fault(scene) is None
    await scene.value(known_beforehand)
    found = await fault(scene)
    assert found is not None
    assert (found.table, found.ids["seed_id"]) == ("draws", str(revealed.id))
    assert "revealed" in found.expected
