"""A restriction binds whom it names once it is agreed to, and a look in an emergency is looked over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from schemas.consents import NewConsent
from schemas.merges import NewMerge
from schemas.restrictions import NewEmergency, NewRestriction
from service.core.cursors import Page
from service.flows.people.consents import give_consent
from service.flows.people.emergencies import list_emergencies, open_emergency, review_emergency
from service.flows.people.merges import merge_participants
from service.flows.people.restrictions import (
    ask_restriction,
    end_restriction,
    list_restrictions,
    settle_restriction,
)
from service.store import leases
from service.store.database.ids import new_id
from tests.flows.subscribers import Worker, award, outcomes, subscribe, tell
from tests.flows.test_accounting import told
from tests.outbound.receivers import answer, answering, receiving

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.restrictions import Restriction
    from tests.flows.conftest import Scene


async def asked(scene: Scene, who: UUID, subscriber: UUID) -> Restriction:
    """Record that somebody asks that a subscriber is not told of them."""
    new = NewRestriction(who, "Do not tell them.", subscriber)
    return await scene.value(lambda act: ask_restriction(act, new), "clinician")


@pytest.mark.parametrize("consented", [True, False])
async def test_an_agreed_restriction_stops_what_a_subscriber_is_told(
    scene: Scene, *, consented: bool
) -> None:
    """Whether it needs a consent and has one, or needs none; others are told of, and an end ends it."""
    worker = Worker(scene)
    who, other = await scene.participant("A-1"), await scene.participant("A-2")
    async with receiving(answering(answer(200, b"thanks"))) as receiver:
        one = await subscribe(scene, receiver.url, consent_required=consented)
        for person in (who, other):
            new = NewConsent(person, one, "Shared care.")
            await scene.value(lambda act, new=new: give_consent(act, new))  # type: ignore[misc]
        restriction = await asked(scene, who, one)
        await tell(scene, award(1, who), award(2, other))
        await worker.deliver(one)
        await scene.value(lambda act: settle_restriction(act, restriction.id, "agreed"))
        await tell(scene, award(3, who), award(4, other))
        await worker.deliver(one)
        await scene.value(lambda act: end_restriction(act, restriction.id))
        await tell(scene, award(5, who))
        await worker.deliver(one)
    assert [how for _, how in await outcomes(scene, one)] == [
        "delivered", "delivered", "withheld", "delivered", "delivered",
    ]  # fmt: skip  # table: one a notice


async def test_whoever_delivers_meanwhile_is_told_to_ask_anew(scene: Scene) -> None:
    """A lease that was taken before nobody had a restriction is worth nothing once somebody has one."""
    who, one, worker = await scene.participant(), await subscribe(scene, "https://a.example.org/"), new_id()
    restriction = await asked(scene, who, one)
    async with scene.database.transaction(scene.clinic) as tx:
        lease = await leases.take(tx, one, worker, tx.now + timedelta(minutes=1))
    assert lease is not None
    assert not lease.restricted
    await scene.value(lambda act: settle_restriction(act, restriction.id, "agreed"))
    async with scene.database.transaction(scene.clinic) as tx:
        assert not await leases.settle(tx, lease, 0, lease.receiver, None)
        again = await leases.take(tx, one, worker, tx.now + timedelta(minutes=1))
    assert again is not None
    assert again.restricted


async def test_a_restriction_goes_on_for_the_survivor_of_a_merge(scene: Scene) -> None:
    """It was asked for by the person, whichever chart of theirs it stands in."""
    worker = Worker(scene)
    kept, ended = await scene.participant("A-1"), await scene.participant("A-2")
    async with receiving(answering(answer(200, b"thanks"))) as receiver:
        one = await subscribe(scene, receiver.url)
        restriction = await asked(scene, ended, one)
        await scene.value(lambda act: settle_restriction(act, restriction.id, "agreed"))
        await scene.value(lambda act: merge_participants(act, kept, NewMerge(ended)))
        await tell(scene, award(1, kept))
        await worker.deliver(one)
    assert [how for _, how in await outcomes(scene, one)] == ["withheld"]
    (shown,) = (await scene.value(lambda act: list_restrictions(act, Page(), kept))).items
    assert (shown.participant, shown.status) == (kept, "agreed")


async def test_a_request_is_settled_once_and_names_somebody(scene: Scene) -> None:
    """Declined with an answer, and then neither agreed to nor ended."""
    who = await scene.participant()
    for new, refusal in (
        (NewRestriction(who, "x"), ("invalid", ("$.recipient",))),
        (NewRestriction(who, "x", new_id()), ("unknown_subscriber", ("$.subscriber",))),
        (NewRestriction(new_id(), "x", recipient="y"), ("unknown_participant", ("$.participant",))),
    ):
        assert await scene.refusal(lambda act, new=new: ask_restriction(act, new)) == refusal  # type: ignore[misc]
    new = NewRestriction(who, "Tell her nothing.", recipient="My aunt")
    made = await scene.value(lambda act: ask_restriction(act, new))
    done = await scene.value(lambda act: settle_restriction(act, made.id, "declined", "The court asks."))
    assert (done.status, done.answer, done.settled_by) == ("declined", "The court asks.", scene.actor().id)
    for again in (
        lambda act: settle_restriction(act, made.id, "agreed"),
        lambda act: end_restriction(act, made.id),
    ):
        assert await scene.refusal(again) == ("already_settled", ())
    assert await scene.refusal(lambda act: end_restriction(act, new_id())) == ("not_found", ())


async def test_an_emergency_is_accounted_for_and_looked_over_by_another(scene: Scene) -> None:
    """With whom was told and why; whoever looked does not look it over, and nobody does so twice."""
    who = await scene.participant()
    new = NewEmergency(who, "Found unconscious.", "Dr. Poe, County Hospital")
    made = await scene.value(lambda act: open_emergency(act, new))
    assert made.ends_at == made.opened_at + timedelta(hours=1)
    (shown,) = await told(scene, who)
    assert (shown.how, shown.recipient, shown.purpose) == ("emergency", new.recipient, new.reason)
    assert (await scene.value(lambda act: list_emergencies(act, Page(), to_review=True))).items == (made,)
    assert await scene.refusal(lambda act: review_emergency(act, made.id)) == ("same_person", ())
    reviewed = await scene.by_another(lambda act: review_emergency(act, made.id))
    assert reviewed.reviewed_by == scene.another.id
    again = await scene.ask_another(lambda act: review_emergency(act, made.id))
    assert getattr(again, "code", None) == "already_settled"
    assert (await scene.value(lambda act: list_emergencies(act, Page(), to_review=True))).items == ()
    assert await scene.refusal(lambda act: review_emergency(act, new_id())) == ("not_found", ())
