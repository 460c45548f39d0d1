"""An operation is one transaction: all of it is kept, told and answered again, or nothing of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
import pytest

from schemas.people import CloseEnrollment, NewEnrollment, NewParticipant, Participant
from service.core.refusals import Refused, refused
from service.flows.expire_idempotency import expire_keys
from service.flows.people.admission import admit_person
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Act, Again, Done, Once, perform
from service.settings import Settings
from service.store.database.cipher import Cipher
from service.store.database.pool import connect
from service.store.database.waits import in_background
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

ONCE = Once("key-1", bytes(32))


def registering(reference: str) -> Operation[Participant]:
    """Register a participant."""
    return lambda act: register_participant(act, NewParticipant(reference))


async def people(scene: Scene) -> int:
    """Count the participants."""
    async with scene.database.transaction(scene.clinic) as tx:
        count: int = await tx.connection.fetchval("select count(*) from participants")
    return count


async def test_a_repeat_is_answered_with_the_first_answer(scene: Scene) -> None:
    """Byte for byte, and the operation is not done again."""
    first = await scene.ask(registering("P-1"), once=ONCE)
    again = await scene.ask(registering("P-1"), once=ONCE)
    assert isinstance(first, Done)
    assert again == Again(msgspec.json.encode(first.value), "created")
    assert await scene.deeds() == ["clinic.created", "participant.registered"]


async def test_one_key_with_another_request_is_refused(scene: Scene) -> None:
    """The key stands for what was asked first."""
    await scene.ask(registering("P-1"), once=ONCE)
    answer = await scene.ask(registering("P-2"), once=Once("key-1", b"\1" * 32))
    assert isinstance(answer, Refused)
    assert answer.code == "idempotency_conflict"
    assert await people(scene) == 1


async def test_two_people_may_choose_the_same_key(scene: Scene) -> None:
    """A key belongs to whoever sent it."""
    for role, reference in (("manager", "P-1"), ("front_desk", "P-2")):
        actor = scene.actor("manager" if role == "manager" else "front_desk")
        assert isinstance(await perform(scene.database, actor, registering(reference), ONCE), Done)
    assert await people(scene) == 2


async def test_a_first_answer_is_kept_encrypted(scene: Scene) -> None:
    """Answers hold names and codes."""
    await scene.ask(lambda act: register_participant(act, NewParticipant("P-1", "Ann Lee")), once=ONCE)
    async with scene.database.transaction(scene.clinic) as tx:
        kept: bytes = await tx.connection.fetchval("select answer from idempotency")
    assert b"Ann" not in kept


async def test_fifty_requests_with_one_key_at_once_are_done_once(scene: Scene) -> None:
    """One is done, and forty-nine get its answer."""
    answers = await asyncio.gather(*(scene.ask(registering("P-1"), once=ONCE) for _ in range(50)))
    bodies = {answer.body for answer in answers if isinstance(answer, Again)}
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert sum(isinstance(answer, Again) for answer in answers) == 49
    assert len(bodies) == 1
    assert (await scene.deeds()).count("participant.registered") == 1


async def test_a_refusal_writes_notifies_and_uses_up_nothing(scene: Scene) -> None:
    """What was written before the refusal is taken back with it."""

    async def regret(act: Act) -> Done[Participant] | Refused:
        await register_participant(act, NewParticipant("P-1"))
        return refused("invalid.no_text")

    assert isinstance(await scene.ask(regret, once=ONCE), Refused)
    assert (await people(scene), await scene.deeds()) == (0, ["clinic.created"])
    assert isinstance(await scene.ask(registering("P-1"), once=ONCE), Done)


async def test_an_exception_rolls_everything_back(scene: Scene) -> None:
    """The connection goes back to the pool clean, and the next operation is done."""

    async def stumble(act: Act) -> Done[Participant] | Refused:
        await register_participant(act, NewParticipant("P-1"))
        raise ZeroDivisionError

    for _ in range(20):
        with pytest.raises(ZeroDivisionError):
            await scene.ask(stumble, once=ONCE)
    assert await people(scene) == 0
    assert isinstance(await scene.ask(registering("P-1"), once=ONCE), Done)


async def test_a_repeat_in_flight_is_409(scene: Scene, test_settings: Settings) -> None:
    """It waits for as long as it may, and is then refused; nothing is done twice."""
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    hasty = await connect(
        test_settings.database_url, cipher, scene.clock, in_background(0.05), connections_max=1
    )
    begun, enough = asyncio.Event(), asyncio.Event()

    async def slowly(act: Act) -> Done[Participant] | Refused:
        begun.set()
        await enough.wait()
        return await register_participant(act, NewParticipant("P-1"))

    first = asyncio.create_task(scene.ask(slowly, once=ONCE))
    await begun.wait()
    second = await perform(hasty, scene.actor(), registering("P-1"), ONCE)
    enough.set()
    assert isinstance(second, Refused)
    assert second.code == "idempotency_in_flight"
    assert isinstance(await first, Done)
    assert isinstance(await perform(hasty, scene.actor(), registering("P-1"), ONCE), Again)
    await hasty.close()


async def test_keys_of_operations_that_move_value_never_expire(scene: Scene) -> None:
    """The operation says so, whoever calls it: alone, inside another operation, or by a page or a route."""
    document = await scene.program()
    known = await scene.participant("P-1")
    first = NewEnrollment(known, document.name, TODAY)
    opened = await scene.ask(lambda act: open_enrollment(act, first), once=Once("open", bytes(32)))
    await scene.ask(
        lambda act: admit_person(act, NewParticipant("P-2"), first), once=Once("admit", bytes(32))
    )
    await scene.ask(registering("P-3"), once=Once("register", bytes(32)))
    assert isinstance(opened, Done)
    close = CloseEnrollment("Done", TODAY)
    await scene.ask(lambda act: close_enrollment(act, opened.value.id, close), once=Once("close", bytes(32)))
    assert await expire_keys(scene.database, scene.clinic, timedelta(days=-1)) == 2
    async with scene.database.transaction(scene.clinic) as tx:
        left = await tx.connection.fetch("select key from idempotency where clinic_id = $1", scene.clinic)
    assert {row["key"] for row in left} == {"open", "admit"}


def test_digest_is_the_sha256_of_the_parts_joined_by_line_feeds() -> None:
    """Keys on record hold digests made this way; another way would refuse their repeats."""
    asked = Once.of("k", "POST", b"/v1/redemptions", b"", b'{"a":1}')
    assert asked == Once("k", sha256(b'POST\n/v1/redemptions\n\n{"a":1}').digest())
